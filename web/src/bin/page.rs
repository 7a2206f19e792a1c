//! What browsers run: prepares the page for its islands. The boot script then wakes each of them by its exported name.

fn main() {
    // The islands are exported from the library; nothing here calls them.
    web::view::adopt_names();
    leptos::mount::hydrate_islands();
}
