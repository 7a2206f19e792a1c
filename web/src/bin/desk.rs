//! What browsers run on the pages of live triage: the agent's console, and the customer's side of a case. It has the islands of
//! the other pages as well.

fn main() {
    web::view::adopt_names();
    leptos::mount::hydrate_islands();
    web::view::desk::wake();
}
