// The frame's end of the apps framework: a greeting, then questions with numbers, as JSON in text.
window.ZAFClient = {
  init() {
    const query = new URLSearchParams(location.search);
    const origin = query.get("origin");
    const appGuid = query.get("app_guid");
    if (!origin || !appGuid) return false;
    const say = (message) => parent.postMessage(JSON.stringify({ ...message, appGuid }), origin);
    const waiting = new Map();
    const registered = new Promise((ready) =>
      addEventListener("message", ({ source, origin: from, data }) => {
        if (source !== parent || from !== origin) return;
        const { key, id, result } = JSON.parse(data);
        if (key === "zaf.app.registered") ready();
        if (waiting.has(id)) waiting.get(id)(result);
      }));
    const call = (request, params) =>
      registered.then(() => new Promise((answer) => {
        const id = waiting.size + 1;
        waiting.set(id, answer);
        say({ id, request, params });
      }));
    say({ key: "iframe.handshake", message: { version: "2.0.0" } });
    return { get: (paths) => call("get", paths), invoke: (name, ...given) => call("invoke", { [name]: given }) };
  },
};
