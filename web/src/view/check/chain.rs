//! The certificate chain, drawn as a chain.

use error_model::{
    Lane, Lang,
    strings::run::{CHAIN, CHAIN_LINK_BROKEN, CHAIN_LINK_GOOD},
};
use leptos::prelude::*;

use super::session::Check;
use crate::{
    chain::{Link, links},
    view::icon::{Icon, icon},
};

/// The chain of a lane; nothing while none was seen.
pub fn chain_view(check: Check, lane: Lane) -> impl IntoView {
    let Check { lang, run, .. } = check;
    let chain = Memo::new(move |_| links(run.read().seen_on(lane), lang));
    move || {
        let links = chain.get();
        (!links.is_empty()).then(|| {
            view! {
                <div class="chain">
                    <h4>{CHAIN.get(lang)}</h4>
                    <ol>{links.into_iter().map(|link| link_view(link, lang)).collect_view()}</ol>
                </div>
            }
        })
    }
}

fn link_view(link: Link, lang: Lang) -> impl IntoView {
    let state = match (link.missing, link.faults.is_empty()) {
        (true, _) => "missing",
        (false, true) => "good",
        (false, false) => "bad",
    };
    let facts = link
        .facts
        .into_iter()
        .map(|(label, value)| view! { <div><dt>{label.get(lang)}</dt><dd>{value}</dd></div> })
        .collect_view();
    let faults = link
        .faults
        .into_iter()
        .map(|fault| view! { <p class="chain-fault">{icon(Icon::Failed)} <span>{fault}</span></p> })
        .collect_view();
    let joint = link.holds.map(|holds| {
        let (picture, words, state) = if holds {
            (Icon::Link, CHAIN_LINK_GOOD, "good")
        } else {
            (Icon::LinkBroken, CHAIN_LINK_BROKEN, "bad")
        };
        view! { <p class="chain-joint" data-state=state>{icon(picture)} <span>{words.get(lang)}</span></p> }
    });
    view! {
        <li>
            <div class="chain-link" data-state=state>
                <p class="chain-role">{link.role.get(lang)}</p>
                <p class="chain-title">{link.title}</p>
                {faults}
                <dl>{facts}</dl>
            </div>
            {joint}
        </li>
    }
}
