// Starts the islands of a prerendered page. A file of its own, because the Content-Security-Policy allows no
// inline script. The prerenderer fills in the three addresses and names this file after its content.
import init, * as page from "__JS__";

// What some relays ask for before a sign-in. Nobody else fetches it.
globalThis.prove = async (...asked) => (await import("__PROOF__")).prove(...asked);

await init({ module_or_path: "__WASM__" });
for (const island of document.querySelectorAll("leptos-island")) {
  page[island.dataset.component](island);
}
document.documentElement.dataset.ready = "true";
