// The app beside a ticket. The help desk says which ticket it is and takes the export; all the rest is between this page and
// its own relay. No cookie: the session is held here, and by this tab's storage, which browsers keep apart for each site
// that frames us.
const root = document.documentElement;
const app = document.querySelector("main");
const by = (id) => document.getElementById(id);
const KEPT = "mailtriage.desk-app";

const show = (element, shown = true) => (element.hidden = !shown);
// Of these elements, the one with the name.
const only = (attribute, name) =>
  document.querySelectorAll(`[${attribute}]`).forEach((one) => show(one, one.getAttribute(attribute) === name));
const trouble = (name) => only("data-trouble", name ?? "");
const tell = (name) => only("data-told", name ?? "");

// The session.
let session = app.dataset.session || "";
app.removeAttribute("data-session");
const keep = (value) => {
  session = value;
  try {
    value ? sessionStorage.setItem(KEPT, value) : sessionStorage.removeItem(KEPT);
  } catch {
    // Where nothing may be kept, it lasts as long as this page.
  }
};
const kept = () => {
  try {
    return sessionStorage.getItem(KEPT) ?? "";
  } catch {
    return "";
  }
};

// Asks the relay. Throws the status.
const ask = async (method, path, message) => {
  const head = { authorization: `Bearer ${session}` };
  if (message) head["content-type"] = "application/json";
  const answer = await fetch(path, { method, headers: head, body: message && JSON.stringify(message) });
  if (!answer.ok) throw answer.status;
  return answer;
};
const failed = (status) => {
  if (status === 401 && app.dataset.app === "desk") {
    keep("");
    show(by("sign-in"));
    show(by("open"), false);
    show(by("case"), false);
    return trouble("session-over");
  }
  trouble(status === 401 ? "reload" : "away");
};

// The case.
let ticket = {};
let current;
let socket;
let seen = 0;
let standing = {};

const draw = async () => {
  const { state, running, code, cause } = standing;
  only("data-state", state);
  show(by("running"), Boolean(running));
  show(by("nothing"), !code && !running);
  show(by("found"), Boolean(code));
  by("add").disabled = !code;
  if (!code) return;
  by("found-code").textContent = code;
  const texts = await catalogue();
  const text = texts.causes.find((one) => one.cause === cause) ?? texts.codes.find((one) => one.code === code);
  by("found-title").textContent = text ? text.title.replaceAll("`", "") : "";
};

let texts;
const catalogue = () => (texts ??= fetch(`/api/v1/catalogue?lang=${root.lang}`).then((answer) => answer.json()));

// What an event changes. Kinds that nobody knows change nothing.
const saw = ({ kind, message }) => {
  const states = { opened: "waiting", joined: "joined", left: "left", closed: "closed" };
  if (states[kind]) standing.state = states[kind];
  if (kind === "run-started") standing = { state: standing.state, running: true };
  if (kind === "ran" && message.type === "diagnosis") {
    standing = { ...standing, code: message.code, cause: message.cause };
  }
  if (kind === "ran" && message.type === "done") standing.running = false;
};

const follow = (id) => {
  const mine = new WebSocket(`/api/v1/cases/${id}/watch`, "mailtriage.case.v1");
  socket = mine;
  let over = false;
  mine.onopen = () => mine.send(JSON.stringify({ after: seen, token: session }));
  mine.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === "event") {
      seen = message.seq;
      saw(message);
    }
    over ||= message.type === "over";
    draw();
  };
  // Lost, or too slow: what was missed comes with the next connection.
  mine.onclose = () => !over && socket === mine && setTimeout(() => socket === mine && follow(id), 2000);
};

const enter = (id, opened) => {
  current = id;
  [seen, standing] = [0, { state: "waiting" }];
  trouble();
  tell();
  show(by("open"), false);
  show(by("case"));
  show(by("invitation"), Boolean(opened));
  show(by("new-code"), !opened);
  if (opened) {
    const link = new URL(`/${ticket.lang}${opened.path}`, location.origin).href;
    by("code").textContent = opened.code;
    by("link").textContent = link;
  }
  draw();
  follow(id);
};

// The ticket's case that is still open, or the way to open one.
const begin = async () => {
  trouble();
  show(by("sign-in"), !session);
  if (!session) return;
  for (const place of document.querySelectorAll("[data-ticket]")) place.textContent = ticket.id;
  show(by("of-ticket"), Boolean(ticket.id));
  try {
    if (ticket.id) {
      const query = new URLSearchParams({ ticket: ticket.id });
      const { cases } = await (await ask("GET", `/api/v1/cases?${query}`)).json();
      const open = cases.find((one) => one.state !== "closed");
      if (open) return enter(open.case);
    }
  } catch (status) {
    return failed(status);
  }
  by("email").value = ticket.email;
  show(by("open"));
};

by("open").addEventListener("submit", async (event) => {
  event.preventDefault();
  const email = by("email").value.trim();
  const wish = { lang: ticket.lang, ...(ticket.id && { ticket: ticket.id }), ...(email && { email }) };
  try {
    const opened = await (await ask("POST", "/api/v1/cases", wish)).json();
    enter(opened.case, opened);
    by("code").focus();
  } catch (status) {
    failed(status);
  }
});

by("new-code").addEventListener("click", async () => {
  try {
    const opened = await (await ask("POST", `/api/v1/cases/${current}/code`)).json();
    by("code").textContent = opened.code;
    by("link").textContent = new URL(`/${ticket.lang}${opened.path}`, location.origin).href;
    show(by("invitation"));
    show(by("new-code"), false);
    by("code").focus();
  } catch (status) {
    failed(status);
  }
});

by("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(by("link").textContent);
    tell("copied");
  } catch {
    // The frame may not: then the person can, with the link selected.
    getSelection().selectAllChildren(by("link"));
  }
});

by("add").addEventListener("click", async () => {
  try {
    const text = await (await ask("GET", `/api/v1/cases/${current}/export?format=plain&lang=${root.lang}`)).text();
    await desk.add(text);
    tell("added");
  } catch (status) {
    failed(status);
  }
});

by("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  const token = by("token").value.trim();
  by("token").value = "";
  try {
    const answer = await ask("POST", "/api/v1/agent/sign-in", { token, bearer: true });
    keep((await answer.json()).session);
    begin();
  } catch (status) {
    status === 401 ? trouble("wrong-token") : failed(status);
  }
});

const told = (id, email, lang) => {
  show(by("alone"), false);
  const language = (lang ?? "").toLowerCase().startsWith("ja") ? "ja" : lang ? "en" : root.lang;
  const next = { id: String(id ?? "").slice(0, 100), email: String(email ?? "").slice(0, 320), lang: language };
  // The same again changes nothing.
  if (JSON.stringify(next) === JSON.stringify(ticket)) return;
  ticket = next;
  socket = undefined;
  show(by("case"), false);
  show(by("open"), false);
  begin();
};

// Zendesk, by the script that its apps have to load from there.
const zendesk = () => {
  const client = window.ZAFClient && window.ZAFClient.init();
  if (!client) return trouble("no-host");
  const asked = ["ticket.id", "ticket.requester.email", "ticket.requester.locale"];
  client.get(asked).then(
    (data) => told(data["ticket.id"], data["ticket.requester.email"], data["ticket.requester.locale"]),
    () => trouble("no-host"),
  );
  return {
    add: (text) => client.invoke("comment.appendText", text),
    resize: (height) => client.invoke("resize", { width: "100%", height: `${height}px` }),
  };
};

// Any other help desk. It speaks first; only the window around us is heard, and only of an origin that we were told.
const anyDesk = () => {
  const origins = app.dataset.origins.split(" ");
  let parentOrigin;
  const say = (message) => parentOrigin && parent.postMessage({ mailtriage: 1, ...message }, parentOrigin);
  addEventListener("message", ({ source, origin, data }) => {
    if (source !== parent || source === window || !origins.includes(origin)) return;
    if (!data || data.mailtriage !== 1 || data.type !== "context") return;
    if (parentOrigin === undefined) {
      parentOrigin = origin;
      say({ type: "ready", lang: root.lang });
    }
    told(data.ticket, data.requester, data.lang);
  });
  session = kept();
  return { add: (text) => say({ type: "export", text }), resize: (height) => say({ type: "height", height }) };
};

const desk = app.dataset.app === "zendesk" ? zendesk() : anyDesk();
if (desk) new ResizeObserver(() => desk.resize(Math.ceil(document.body.getBoundingClientRect().height))).observe(document.body);
root.dataset.ready = "true";
