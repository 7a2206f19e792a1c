//! The code of a case, in the page's address and as people type it.

use leptos::prelude::document;

/// The code in the page's address.
pub(super) fn of_page() -> String {
    let path = web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default();
    path.split_once("/join/").map_or_else(String::new, |(_, code)| plain_code(code))
}

/// The page in the other language is about the same code.
pub(super) fn keep_in_language_link(code: &str) {
    if let (false, Ok(Some(link))) = (code.is_empty(), document().query_selector("a.language")) {
        let href = link.get_attribute("href").unwrap_or_default();
        // The attribute's name is ours and valid.
        let _ = link.set_attribute("href", &[&href, "/", code].concat());
    }
}

/// A code as typed, in one form.
pub(super) fn plain_code(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}
