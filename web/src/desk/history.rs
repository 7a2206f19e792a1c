//! What happened in a case, in words.

use error_model::{
    Lang,
    case::{By, CaseEvent, What},
    strings::desk::{
        CUSTOMER, EVENT_ACCEPTED, EVENT_ADDRESS, EVENT_CLOSED, EVENT_DECLINED, EVENT_FOUND,
        EVENT_HANDED_OVER, EVENT_JOINED, EVENT_LEFT, EVENT_NOTED, EVENT_OPENED, EVENT_POINTED,
        EVENT_PROPOSED, EVENT_REMOVED, EVENT_RERUN, EVENT_RUN, HISTORY, RELAY,
    },
    wire::RelayMessage,
};

use super::{
    case::Case,
    pieces::{code_name, name, time, typed, value as shown},
};
use crate::tree::{Node, el, words};

/// The history, the last event first.
pub fn history(case: &Case, lang: Lang) -> Node {
    let lines = case.history.iter().rev().filter_map(|event| {
        let said = said(case, event, lang)?;
        let who = match &event.draft.by {
            By::Agent(name) => typed(name),
            By::Customer => CUSTOMER.get(lang).to_owned(),
            By::Relay => RELAY.get(lang).to_owned(),
        };
        let parts = vec![
            time(event.at_ms),
            Node::text(" "),
            words("strong", "", &who),
            Node::text(" "),
            words("span", "", &said),
        ];
        Some(el("li", "", parts))
    });
    // It scrolls, so the keyboard has to reach it.
    el("ol", "history", lines.collect()).with("tabindex", "0").with("aria-label", HISTORY.get(lang))
}

fn said(case: &Case, event: &CaseEvent, lang: Lang) -> Option<String> {
    let with = |string: error_model::Str, value: &str| string.fill(lang, &[("value", value)]);
    let of = |proposal: u64| {
        let known = case.proposals.iter().find(|known| known.seq == proposal);
        known.map_or_else(String::new, |known| shown(known.field, &known.value))
    };
    Some(match &event.draft.what {
        What::Opened { .. } => EVENT_OPENED.get(lang).to_owned(),
        What::Joined { .. } => EVENT_JOINED.get(lang).to_owned(),
        What::Address { email } => with(EVENT_ADDRESS, &typed(email.as_str())),
        What::Left {} => EVENT_LEFT.get(lang).to_owned(),
        What::Proposed { field, value } => {
            EVENT_PROPOSED.fill(lang, &[("field", &name(*field, lang)), ("value", &shown(*field, value))])
        }
        What::Accepted { proposal } => with(EVENT_ACCEPTED, &of(*proposal)),
        What::Declined { proposal } => with(EVENT_DECLINED, &of(*proposal)),
        What::Pointed { field } => EVENT_POINTED.fill(lang, &[("field", &name(*field, lang))]),
        What::RerunAsked {} => EVENT_RERUN.get(lang).to_owned(),
        What::Noted { text } => with(EVENT_NOTED, &typed(text)),
        What::HandedOver { to } => with(EVENT_HANDED_OVER, &typed(to)),
        What::Closed {} => EVENT_CLOSED.get(lang).to_owned(),
        What::RunStarted { .. } => EVENT_RUN.get(lang).to_owned(),
        What::Ran { message, .. } => match &**message {
            RelayMessage::Diagnosis(found) => with(EVENT_FOUND, code_name(found.code)),
            _ => return None,
        },
        What::Removed {} => EVENT_REMOVED.get(lang).to_owned(),
        What::Omitted { .. } | What::Unknown => return None,
    })
}
