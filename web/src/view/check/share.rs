//! Taking the result away: clipboard, files, paper.

use error_model::strings::card::{
    COPIED, COPY_FAILED, COPY_IT, COPY_SUPPORT, DOWNLOAD, DOWNLOAD_JSON, DOWNLOAD_MARKDOWN, NO_SECRETS,
    PRINT, SHARE,
};
use leptos::{prelude::*, task::spawn_local};

use super::session::{Check, Loaded};
use crate::{
    card::{Card, CauseText},
    export::{Audience, Format, json, report},
    view::{
        browser::{copy, download, print_opened},
        icon::{Icon, icon},
    },
};

/// The row of buttons at the end of the card.
pub fn share_view(check: Check) -> impl IntoView {
    let lang = check.lang;
    let told = RwSignal::new("");
    let copy_for = move |audience| {
        let text = written(check, audience, Format::Plain);
        spawn_local(async move {
            let done = copy(&text).await;
            told.set(if done { COPIED.get(lang) } else { COPY_FAILED.get(lang) });
        });
    };
    let save = move |name, kind, text: String| {
        if download(name, kind, &text).is_none() {
            told.set(COPY_FAILED.get(lang));
        }
    };
    view! {
        <footer class="share">
            <h4>{SHARE.get(lang)}</h4>
            <p class="share-buttons">
                <button type="button" class="button small" id="copy-it" on:click=move |_| copy_for(Audience::It)>
                    {icon(Icon::Copy)} {COPY_IT.get(lang)}
                </button>
                <button type="button" class="button small" id="copy-support" on:click=move |_| copy_for(Audience::Support)>
                    {icon(Icon::Copy)} {COPY_SUPPORT.get(lang)}
                </button>
                <button
                    type="button"
                    class="button small"
                    id="download-markdown"
                    aria-label=format!("{} {}", DOWNLOAD.get(lang), DOWNLOAD_MARKDOWN.get(lang))
                    on:click=move |_| {
                        save("mailtriage.md", "text/markdown", written(check, Audience::Everyone, Format::Markdown));
                    }
                >
                    {icon(Icon::Download)} {DOWNLOAD_MARKDOWN.get(lang)}
                </button>
                <button
                    type="button"
                    class="button small"
                    id="download-json"
                    aria-label=format!("{} {}", DOWNLOAD.get(lang), DOWNLOAD_JSON.get(lang))
                    on:click=move |_| save("mailtriage.json", "application/json", check.run.with_untracked(json))
                >
                    {icon(Icon::Download)} {DOWNLOAD_JSON.get(lang)}
                </button>
                <button type="button" class="button small" id="print" on:click=move |_| print_opened(".card details")>
                    {icon(Icon::Print)} {PRINT.get(lang)}
                </button>
            </p>
            <p class="share-note">
                <span>{NO_SECRETS.get(lang)}</span> <span role="status">{told}</span>
            </p>
        </footer>
    }
}

fn written(check: Check, audience: Audience, format: Format) -> String {
    let text = found_text(check);
    check.run.with_untracked(|run| report(run, text.as_ref(), audience, format, check.lang))
}

/// The text of the cause on the card, where it's there.
fn found_text(check: Check) -> Option<CauseText> {
    let Some(Card::Fault(fault)) = check.card.get_untracked() else { return None };
    check.texts.with_untracked(|texts| {
        texts.iter().find_map(|(cause, loaded)| match loaded {
            Loaded::Ready(text) if *cause == fault.cause => Some((**text).clone()),
            _ => None,
        })
    })
}
