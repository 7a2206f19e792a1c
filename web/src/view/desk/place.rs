//! Where the console is: the fragment of the page's address.

use error_model::Lang;
use leptos::prelude::document;

use crate::{
    route,
    view::browser::{recall, remember},
};

/// The name under which the place is kept, in this tab only.
const KEPT: &str = "mailtriage-desk";

/// The fragment with its `#`; empty where there's none.
pub(super) fn fragment() -> String {
    web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Goes to a place; the change is heard like any other.
pub(super) fn go_to(fragment: &str) {
    if let Some(window) = web_sys::window() {
        // A fragment is always valid.
        let _ = window.location().set_hash(fragment);
    }
}

/// Keeps the place for the way back from the identity provider, whose address has none.
pub(super) fn keep() {
    remember(KEPT, &fragment());
}

/// Goes to the place that was kept, once. `true`: there was one.
pub(super) fn restore() -> bool {
    let kept = recall(KEPT).filter(|_| fragment().is_empty());
    remember(KEPT, "");
    if let Some(kept) = &kept {
        go_to(kept);
    }
    kept.is_some()
}

/// The page in the other language is about the same.
pub(super) fn keep_in_language_link(lang: Lang) {
    let other = if lang == Lang::Ja { Lang::En } else { Lang::Ja };
    if let Ok(Some(link)) = document().query_selector("a.language") {
        // The attribute's name is ours and valid.
        let _ = link.set_attribute("href", &[route::agent(other), fragment()].concat());
    }
}
