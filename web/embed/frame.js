// The error page within a frame: takes the looks that its address asks for, and talks to the page around it. Without
// it the page is complete.
const root = document.documentElement;
const asked = new URLSearchParams(location.search);

// Looks. Colours are set as properties of the document's own style, which the Content-Security-Policy lets scripts do.
const luminance = (rgb) => {
  const [r, g, b] = rgb.map((c) => (c / 255 <= 0.04045 ? c / 3294.6 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};
const parse = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const mix = (a, b, part) => a.map((c, i) => Math.round(c + (b[i] - c) * part));
const css = (rgb) => `rgb(${rgb.join(" ")})`;
const dress = () => {
  const accent = asked.get("accent");
  if (!/^[0-9a-f]{6}$/i.test(accent || "")) return;
  const token = (name) => parse(getComputedStyle(root).getPropertyValue(name).trim().padEnd(7, "f"));
  const [paper, surface, ink] = ["--paper", "--surface", "--ink"].map(token);
  let colour = parse("#" + accent);
  let soft = mix(surface, colour, 0.12);
  // What can't be read isn't shown: the colour moves towards that of the text until it can (WCAG 2.2, 1.4.3).
  for (let i = 0; i < 20 && Math.min(...[paper, surface, soft].map((on) => contrast(colour, on))) < 4.5; i++) {
    colour = mix(colour, ink, 0.1);
    soft = mix(surface, colour, 0.12);
  }
  const white = [255, 255, 255];
  const black = [16, 20, 24];
  const values = {
    "--accent": colour,
    "--accent-hover": mix(colour, ink, 0.25),
    "--accent-soft": soft,
    "--on-accent": contrast(colour, white) > contrast(colour, black) ? white : black,
  };
  for (const [name, value] of Object.entries(values)) root.style.setProperty(name, css(value));
};
if (["light", "dark"].includes(asked.get("theme"))) root.dataset.theme = asked.get("theme");
if (asked.has("compact")) root.dataset.compact = "";
dress();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  root.removeAttribute("style");
  dress();
});

// The test stands where a link to it would be. Without scripts the link is there, and the test isn't.
const check = document.querySelector(".framed-check");
document.querySelector(".article-check").replaceWith(check);
check.hidden = false;

// Every way out leads out of the frame.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || link.getAttribute("href").startsWith("#")) return;
  link.target = "_blank";
  link.rel = "noopener";
  if (link.dataset.carries !== undefined) carry(link);
}, true);

// The settings go along to the full page in the fragment, which no server is told.
const FIELDS = ["email", "imap-host", "imap-port", "imap-security", "smtp-host", "smtp-port", "smtp-security", "user"];
const carry = (link) => {
  const settings = new URLSearchParams();
  for (const id of FIELDS) {
    const field = document.getElementById(id);
    if (field && field.value) settings.set(id, field.value);
  }
  link.hash = settings.toString();
};

// The page around the frame. It speaks first, so that its exact origin is known before anything is said.
if (parent !== window) {
  let origin;
  const say = (type, more) => {
    if (origin !== undefined) parent.postMessage({ source: "mailtriage", v: 1, type, ...more }, origin);
  };
  let height = 0;
  const measure = () => {
    const now = Math.ceil(document.body.getBoundingClientRect().height);
    if (now === height) return;
    height = now;
    say("height", { height });
  };
  addEventListener("message", ({ source, origin: from, data }) => {
    if (source !== parent || !data || data.source !== "mailtriage" || data.v !== 1 || data.type !== "hello") return;
    // A page without an origin of its own can't be addressed.
    if (origin !== undefined || from === "null") return;
    origin = from;
    height = 0;
    measure();
    say("ready", { code: root.dataset.code, lang: root.lang });
  });
  new ResizeObserver(measure).observe(document.body);
  const results = document.getElementById("results");
  let told = "";
  new MutationObserver(() => {
    const place = results.querySelector("[data-diagnosis]");
    const outcome = place ? place.dataset.diagnosis : "";
    if (outcome && outcome !== told) {
      const [code, cause, confidence] = outcome.split(" ").map((word) => word || null);
      say("diagnosis", { code, cause, confidence });
    }
    told = outcome;
  }).observe(results, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-diagnosis"] });
}
