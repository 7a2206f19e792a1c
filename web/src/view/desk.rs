//! Live triage in the browser: the agent's console and the customer's side of a case. Pages of their own load it, as a program
//! of its own.

mod acts;
mod agent;
mod api;
mod code;
mod customer;
mod guided;
mod place;
mod watch;

use error_model::Lang;

use super::browser::{by_id, page_attribute};

pub use super::check::{CheckMailbox, GRID};

/// The `id` of the console's place.
pub const DESK: &str = "desk";
/// The `id` of the place of the customer's panel.
pub const JOIN: &str = "join";
/// The `id` of what is shown once a case is shared.
pub const SHARED: &str = "shared";
/// The `id` of the list of what is shared and what never is.
pub const SHARING: &str = "sharing";

/// Wakes up what stands in the page.
pub fn wake() {
    let lang = page_attribute("lang").and_then(|lang| Lang::parse(&lang)).unwrap_or_default();
    if let Some(place) = by_id(DESK) {
        agent::Desk::wake(lang, place);
    }
    if let Some(place) = by_id(JOIN) {
        customer::Customer::wake(lang, place);
    }
}
