//! The check: guided form, live run, diagnosis.

use error_model::{Code, Lang};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

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
    view! { <p lang=lang.as_str()>{choices.len()}</p> }
}
