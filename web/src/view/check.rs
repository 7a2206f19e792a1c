//! The check: guided form, live run, diagnosis. One island.

mod card;
mod chain;
mod field;
mod form;
mod lane;
mod results;
mod server;
mod session;
mod share;

use error_model::{Code, Lang};
use leptos::{html, mount::mount_to, prelude::*};

use self::{form::settings_form, results::results, session::Check};
use super::browser::query_value;

/// The guided form and the run. The form is prerendered; what comes of a run can't be, so that half is built in the
/// browser, and the code that would adopt its HTML isn't shipped.
#[island]
pub fn CheckMailbox(
    /// The page's language.
    lang: Lang,
    /// What the person may have seen: a line for each code, the code, a blank, its title.
    choices: String,
) -> impl IntoView {
    let check = Check::new(lang);
    let place = NodeRef::<html::Div>::new();
    // Effects run in the browser only, once the page is awake.
    Effect::new(move || {
        let Some(place) = place.get() else { return };
        mount_to(place.into(), move || results(check)).forget();
        check.awake.set(true);
        // As long as the page lives, so nobody needs the handle.
        let _ = window_event_listener_untyped("pagehide", move |_| check.leave());
        if let Some(code) = query_value("code").and_then(|code| Code::parse(&code)) {
            check.form.update(|form| form.reported = Some(code));
        }
    });
    view! {
        <div class="check-grid">
            {settings_form(check, &choices)}
            <div class="results-place" node_ref=place></div>
        </div>
    }
}
