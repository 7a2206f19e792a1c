//! The check: guided form, live run, diagnosis. One island, beside a form that is prerendered and stays plain HTML.
//!
//! The form's elements are found by their ids. What happens to them goes to [`session::Check`], which changes the state;
//! what follows from the state is written back by [`page::Shown`]. Typed views of the form would be a tenth of the page's
//! WebAssembly.

mod events;
mod lookup;
mod page;
mod session;
mod shared;

use error_model::Lang;
use leptos::prelude::*;

use self::session::Check;
pub use self::shared::share;
use crate::show::RESULT_HEADING;

/// The `id` of what the form and the results stand in.
pub const GRID: &str = "check";
/// The `id` of the results' place.
const RESULTS: &str = "results";

/// The results of the form that stands beside them. They're drawn once the page is awake.
#[island]
pub fn CheckMailbox(
    /// The page's language.
    lang: Lang,
    /// The sentences that results need: see [`crate::remarks`]. One text, because each property has a reader of its own.
    sentences: String,
) -> impl IntoView {
    // Effects run in the browser only, once the page is awake.
    Effect::new(move || Check::new(lang, sentences.clone()).wake());
    view! { <section id=RESULTS class="results" aria-labelledby=RESULT_HEADING></section> }
}
