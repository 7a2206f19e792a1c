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
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use self::{form::settings_form, results::results, session::Check};
use super::browser::query_value;

/// A code that a person can say they saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The code.
    pub code: Code,
    /// Its title.
    pub title: String,
}

/// The guided form and the run.
#[island]
pub fn CheckMailbox(
    /// The page's language.
    lang: Lang,
    /// What the person may have seen.
    choices: Vec<Choice>,
) -> impl IntoView {
    let check = Check::new(lang);
    // Effects run in the browser only, once the page is awake.
    Effect::new(move || {
        check.awake.set(true);
        if let Some(code) = query_value("code").and_then(|code| Code::parse(&code)) {
            check.form.update(|form| form.reported = Some(code));
        }
    });
    view! {
        <div class="check-grid">
            {settings_form(check, choices)}
            {results(check)}
        </div>
    }
}
