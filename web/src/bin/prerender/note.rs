//! The place of an operator's note on a code or a cause: kept by the relay where there is one.

use error_model::{Lang, Names, names::token, own_words::Noted, strings::article::NOTE_FROM};
use leptos::prelude::*;
use web::fill::say;

/// On a page.
pub fn of(noted: Noted, lang: Lang) -> impl IntoView + use<> {
    let name = noted.token_name(lang);
    view! {
        {format!("__IF_{name}__")}
        <div class="note">
            <p class="note-from">{say(NOTE_FROM, lang)}</p>
            <p>{format!("__{name}__")}</p>
        </div>
        {format!("__END_{name}__")}
    }
}

/// The same as HTML that is a text of JSON.
pub fn html(noted: Noted, lang: Lang) -> String {
    let name = noted.token_name(lang);
    let names = Names { product: token::PRODUCT_HTML.to_owned(), site: token::SITE_HTML.to_owned() };
    let from = names.put(NOTE_FROM.get(lang));
    format!(
        "__IF_{name}__<div class=\"note\"><p class=\"note-from\">{from}</p><p>__{name}_HTML__</p></div>__END_{name}__"
    )
}
