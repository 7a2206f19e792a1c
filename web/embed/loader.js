/* Puts an error page into every <div data-mailtriage="006"> and <mail-triage code="006"> of this page, now and later.
   docs/embedding.md has the attributes, events and messages. ES2018, no dependency, no inline style. */
(() => {
  "use strict";
  const own = document.currentScript || document.querySelector('script[src$="/embed.js"]');
  if (!own || window.mailtriageEmbed) return;
  window.mailtriageEmbed = 1;
  const relay = new URL(own.src).origin;
  const SELECTOR = "[data-mailtriage], mail-triage[code]";
  /* Host elements by the windows of their frames are found by looking: frames are few and windows change. */
  const frames = new Map();

  const language = (host) => {
    const tag = ((host.closest("[lang]") || {}).lang || "").toLowerCase();
    return tag && (/^ja\b/.test(tag) ? "ja" : "en");
  };

  const address = (host) => {
    const code = host.dataset.mailtriage || host.getAttribute("code");
    const url = new URL("/embed/" + encodeURIComponent(code), relay);
    const set = (name, value) => value && url.searchParams.set(name, value);
    set("lang", language(host));
    set("theme", host.dataset.theme);
    set("accent", (host.dataset.accent || "").replace("#", ""));
    set("compact", host.hasAttribute("data-compact") && "1");
    return url.href;
  };

  const tell = (host, name, detail) =>
    host.dispatchEvent(new CustomEvent("mailtriage:" + name, { bubbles: true, detail }));

  const add = (host) => {
    if (frames.has(host)) return;
    const frame = document.createElement("iframe");
    const fallback = host.textContent.trim();
    frame.title = fallback || "Error " + (host.dataset.mailtriage || host.getAttribute("code"));
    frame.allow = "clipboard-write";
    frame.referrerPolicy = "no-referrer";
    /* Until the frame has answered, what the host element had in it is what people see. */
    Object.assign(frame.style, { display: "block", width: "100%", border: "0", height: "0", colorScheme: "normal" });
    frame.addEventListener("load", () =>
      frame.contentWindow.postMessage({ source: "mailtriage", v: 1, type: "hello" }, relay));
    frames.set(host, frame);
    frame.src = address(host);
    host.appendChild(frame);
  };

  addEventListener("message", (event) => {
    const data = event.data;
    if (event.origin !== relay || !data || data.source !== "mailtriage" || data.v !== 1) return;
    frames.forEach((frame, host) => {
      if (event.source !== frame.contentWindow) return;
      if (data.type === "height" && typeof data.height === "number" && data.height > 0 && data.height < 1e5) {
        frame.style.height = Math.ceil(data.height) + "px";
      } else if (data.type === "ready") {
        Array.from(host.children).forEach((child) => (child.hidden = child !== frame));
        tell(host, "ready", { code: data.code, lang: data.lang });
      } else if (data.type === "diagnosis") {
        const { code, cause, confidence } = data;
        tell(host, "diagnosis", { code, cause, confidence });
      }
    });
  });

  const look = () => {
    frames.forEach((frame, host) => {
      if (host.isConnected) return;
      frame.remove();
      frames.delete(host);
    });
    document.querySelectorAll(SELECTOR).forEach(add);
  };
  new MutationObserver(look).observe(document.documentElement, { childList: true, subtree: true });
  look();
})();
