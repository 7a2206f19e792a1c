// Starts the islands of a prerendered page. A file of its own, because the Content-Security-Policy allows no
// inline script. The prerenderer fills in the two addresses and names this file after its content.
import init, * as page from "__JS__";

await init({ module_or_path: "__WASM__" });
for (const island of document.querySelectorAll("leptos-island")) {
  page[island.dataset.component](island);
}
document.documentElement.dataset.ready = "true";
