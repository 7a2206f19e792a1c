//! The certificate chain, drawn as a chain.

use error_model::{
    Lane, Lang,
    strings::run::{CHAIN, CHAIN_LINK_BROKEN, CHAIN_LINK_GOOD, CHAIN_VALID},
};

use crate::{
    chain::{Link, links},
    icon::Icon,
    run::Run,
    tree::{Node, el, icon, words},
};

/// The chain of a lane; nothing while none was seen.
pub(super) fn chain(run: &Run, lane: Lane, lang: Lang) -> Option<Node> {
    let links = links(run.seen_on(lane), lang);
    (!links.is_empty()).then(|| {
        let links = links.iter().map(|link| link_view(link, lang)).collect();
        el("div", "chain", vec![words("h4", "", CHAIN.get(lang)), el("ol", "", links)])
    })
}

fn link_view(link: &Link, lang: Lang) -> Node {
    let state = match (link.missing, link.faults.is_empty()) {
        (true, _) => "missing",
        (false, true) => "good",
        (false, false) => "bad",
    };
    let mut lines =
        vec![words("p", "chain-role", link.role.get(lang)), words("p", "chain-title", &link.title)];
    for fault in &link.faults {
        lines.push(el("p", "chain-fault", vec![icon(Icon::Failed), words("span", "", fault)]));
    }
    let facts = link.facts.iter().map(|(label, value)| {
        // A date is never broken at its hyphens.
        let class = if *label == CHAIN_VALID { "dates" } else { "" };
        el("div", "", vec![words("dt", "", label.get(lang)), words("dd", class, value)])
    });
    lines.push(el("dl", "", facts.collect()));
    let mut whole = vec![el("div", "chain-link", lines).with("data-state", state)];
    whole.extend(link.holds.map(|holds| {
        let (picture, text, state) = if holds {
            (Icon::Link, CHAIN_LINK_GOOD, "good")
        } else {
            (Icon::LinkBroken, CHAIN_LINK_BROKEN, "bad")
        };
        el("p", "chain-joint", vec![icon(picture), words("span", "", text.get(lang))])
            .with("data-state", state)
    }));
    el("li", "", whole)
}
