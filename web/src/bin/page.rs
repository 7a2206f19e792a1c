//! What browsers run: prepares the page for its islands. The boot script then wakes each of them by its exported name.

// The islands are exported from the library; nothing here calls them.
use web as _;

fn main() {
    leptos::mount::hydrate_islands();
}
