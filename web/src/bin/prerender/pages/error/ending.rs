//! What stands below the causes: the errors that this one is mistaken for, and a form for a message to support.

use error_model::{
    Code, Lang,
    own_words::{SEND_LEAD_TEXT, SEND_TITLE_TEXT},
    strings::article::{
        COPY_FAILED, LINK_COPIED, RELATED, SEND_ADDRESS, SEND_COPIED, SEND_COPY, SEND_ERROR, SEND_IMAP,
        SEND_RESULT, SEND_SERVICE, SEND_SMTP, SEND_TRIED, SEND_WHEN,
    },
};
use leptos::prelude::*;
use web::{
    route,
    view::icon::{Icon, icon},
};

use crate::{
    markdown::{plain, sentence},
    related,
};

/// The `id` of the form for support.
const FORM: &str = "support-form";

/// Links to other errors, each with the reason.
pub fn related(code: Code, lang: Lang) -> impl IntoView + use<> {
    let links = related::to(code)
        .iter()
        .map(|(other, why)| {
            view! {
                <li>
                    <a href=route::error(lang, *other)>
                        <span class="code">{other.as_str()}</span>
                        <span inner_html=sentence(other.texts().get(lang).title())></span>
                    </a>
                    <p>{why.get(lang)}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="related" aria-labelledby="related">
            <h2 id="related">{RELATED.get(lang)}</h2>
            <ul>{links}</ul>
        </section>
    }
}

/// What support needs, as lines to be filled in.
pub fn support(code: Code, lang: Lang) -> impl IntoView + use<> {
    let title = plain(code.texts().get(lang).title());
    let first = SEND_ERROR.fill(lang, &[("code", code.as_str()), ("title", &title)]);
    let gaps = [SEND_WHEN, SEND_ADDRESS, SEND_SERVICE, SEND_IMAP, SEND_SMTP, SEND_TRIED, SEND_RESULT];
    let lines: Vec<String> = std::iter::once(first).chain(gaps.map(|gap| gap.get(lang).to_owned())).collect();
    view! {
        <section class="send" aria-labelledby="send">
            <h2 id="send">{SEND_TITLE_TEXT.token(lang)}</h2>
            <p>{SEND_LEAD_TEXT.token(lang)}</p>
            <pre id=FORM>{lines.join("\n")}</pre>
            <button class="button small" type="button" data-copies=FORM>
                {icon(Icon::Copy)} {SEND_COPY.get(lang)}
            </button>
        </section>
        <p
            id="copied"
            class="copied"
            role="status"
            data-link=LINK_COPIED.get(lang)
            data-text=SEND_COPIED.get(lang)
            data-failed=COPY_FAILED.get(lang)
        ></p>
    }
}
