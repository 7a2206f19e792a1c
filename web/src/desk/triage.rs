//! One case as its agent sees it: the live run, what was found, and everything that can be done about it.

use error_model::{
    Lane, Lang,
    case::{CaseState, Summary},
    strings::{
        self,
        card::SUGGESTIONS,
        desk::{
            ACTIONS, ASK_RERUN, BACK, CASE_OF, CERTAIN, CHECK_CONNECTION, CLOSE, COPY_MARKDOWN, COPY_PLAIN,
            CUSTOMER, EXPORT, FIELD, HAND_OVER, HAND_OVER_TO, HISTORY, LIVE, NEW_CODE, NOTE, NOTE_ADD, POINT,
            PROPOSE, PROPOSE_THIS, PROPOSE_TITLE, RECONNECTING, REPLY, REPLY_COPY, REPLY_HINT, RUN_NONE,
            RUN_OF_CUSTOMER, RUN_OF_RELAY, SAVE_JSON, VALUE,
        },
        run::{FINISHED, RUNNING},
    },
};

use super::{
    case::{Case, CaseRun},
    code::invitation,
    console::{Console, HEADING},
    history::history,
    pieces::{self, FIELDS, called, choice, found, heading, hosts, name, small, text_field, typed},
};
use crate::{
    card::{Card, Fault, card, field_name, shown_value},
    show::lanes,
    tree::{Node, button, el, words},
};

/// The case that the console looks at.
pub fn triage(console: &Console) -> Node {
    let lang = console.lang;
    let Some(case) = &console.case else { return el("div", "desk-case", Vec::new()) };
    let open = case.summary.as_ref().is_none_or(|summary| summary.state != CaseState::Closed) && !case.over;
    let mut main = vec![head(case, lang)];
    let invited = console.invitation.as_ref().filter(|it| open && it.opened.case == case.id);
    let unused = invited.filter(|it| it.joins == case.joins());
    main.push(el("div", "", unused.map(|it| invitation(&it.opened, &it.link, lang)).into_iter().collect()));
    main.push(run(console, case, lang));
    main.push(el("div", "", console.reply.map(|reply| reply_card(reply, lang)).into_iter().collect()));
    main.push(el("section", "desk-history", vec![words("h3", "", HISTORY.get(lang)), history(case, lang)]));
    let mut side = Vec::new();
    side.push(el("div", "", if open { actions(lang) } else { Vec::new() }));
    side.push(note(lang));
    side.push(el("div", "", if open { vec![hand_over(lang)] } else { Vec::new() }));
    side.push(export(lang));
    el("div", "desk-case", vec![el("div", "desk-main", main), el("div", "desk-side", side)])
}

fn head(case: &Case, lang: Lang) -> Node {
    let title = called(case.summary.as_ref().and_then(|summary| summary.ticket.as_deref()), &case.id);
    let live = match case.live {
        _ if case.over => "",
        true => LIVE.get(lang),
        false if case.lost => RECONNECTING.get(lang),
        false => "",
    };
    let mut parts = vec![
        words("a", "desk-back", BACK.get(lang)).with("href", "#"),
        heading(HEADING, &CASE_OF.fill(lang, &[("ticket", &title)])),
        words("p", "desk-live", live).with("role", "status"),
    ];
    parts.extend(case.summary.as_ref().map(|summary| about(case, summary, lang)));
    el("header", "case-head", parts)
}

fn about(case: &Case, summary: &Summary, lang: Lang) -> Node {
    let (state, text) = pieces::state(summary.state);
    let mut parts = vec![
        words("span", "state", text.get(lang)).with("data-state", state),
        words("span", "", &typed(&summary.agent)),
        words("span", "mono", &hosts(summary)),
    ];
    let customer = case.email.as_ref().map(|email| typed(email.as_str()));
    parts.extend(customer.map(|it| words("span", "", &[CUSTOMER.get(lang), ": ", &it].concat())));
    el("p", "case-about", parts)
}

fn run(console: &Console, case: &Case, lang: Lang) -> Node {
    let Some(CaseRun { run, connection_only, .. }) = case.latest() else {
        return words("p", "desk-empty", RUN_NONE.get(lang));
    };
    let whose = if *connection_only { RUN_OF_RELAY } else { RUN_OF_CUSTOMER };
    let status = if run.phase.active() { RUNNING } else { FINISHED };
    let head = el(
        "div",
        "results-head",
        vec![
            words("h3", "", whose.get(lang)),
            words("p", "results-status", status.get(lang)).with("role", "status"),
        ],
    );
    let told = match card(run, lang) {
        Some(Card::Fault(fault)) => vec![fault_card(console, &fault, lang)],
        Some(Card::Fine { .. }) => {
            vec![el("div", "desk-card desk-found", found(error_model::Code::Ok, None, &console.texts))]
        }
        None => Vec::new(),
    };
    el("section", "results desk-run", vec![head, el("div", "", told), lanes(run, lang)])
}

fn fault_card(console: &Console, fault: &Fault, lang: Lang) -> Node {
    let sure = strings::confidence(fault.confidence).get(lang);
    let mut parts = vec![
        el("p", "found-title", found(fault.code, Some(fault.cause), &console.texts)),
        words(
            "p",
            "desk-muted",
            &[strings::lane(fault.lane).get(lang), " · ", CERTAIN.get(lang), ": ", sure].concat(),
        ),
    ];
    if !fault.suggestions.is_empty() {
        let offers = fault.suggestions.iter().enumerate().map(|(number, change)| {
            let said: Vec<String> = change
                .iter()
                .map(|one| {
                    PROPOSE_THIS
                        .fill(lang, &[("field", &field_name(one, lang)), ("value", &shown_value(one))])
                })
                .collect();
            let action = ["suggest ", &number.to_string()].concat();
            el("li", "", vec![button("button small", &action, vec![Node::text(&said.join(" / "))])])
        });
        parts.push(words("h4", "", SUGGESTIONS.get(lang)));
        parts.push(el("ul", "offers", offers.collect()));
    }
    for (lane, code, cause) in &fault.others {
        let mut line = vec![Node::text(&[strings::lane(*lane).get(lang), ": "].concat())];
        line.extend(found(*code, Some(*cause), &console.texts));
        parts.push(el("p", "desk-muted", line));
    }
    el("div", "desk-card desk-found", parts).with("data-code", fault.code.as_str())
}

fn actions(lang: Lang) -> Vec<Node> {
    let fields = FIELDS.iter().filter_map(|field| {
        let id = serde_json::to_value(field).ok()?;
        Some((id.as_str()?.to_owned(), name(*field, lang)))
    });
    let propose = vec![
        words("h3", "", PROPOSE_TITLE.get(lang)),
        choice("propose-field", FIELD.get(lang), fields.collect()),
        text_field("propose-value", VALUE.get(lang), None),
    ];
    let point = vec![small("point", POINT.get(lang))];
    let buttons = vec![
        small("ask-rerun", ASK_RERUN.get(lang)),
        small("check", CHECK_CONNECTION.get(lang)),
        small("new-code", NEW_CODE.get(lang)),
        small("close", CLOSE.get(lang)),
    ];
    vec![
        pieces::form_with("desk-card", "propose", propose, PROPOSE.get(lang), false, point),
        el(
            "section",
            "desk-card",
            vec![words("h3", "", ACTIONS.get(lang)), el("div", "desk-buttons", buttons)],
        ),
    ]
}

/// Notes may be added to a closed case, too.
fn note(lang: Lang) -> Node {
    let text = el("textarea", "", Vec::new()).with("id", "note").with("rows", "3");
    let parts = vec![pieces::field("note", NOTE.get(lang), None, text)];
    pieces::form("desk-card", "note", parts, NOTE_ADD.get(lang), false)
}

fn hand_over(lang: Lang) -> Node {
    let parts = vec![text_field("hand-over-to", HAND_OVER_TO.get(lang), None)];
    pieces::form("desk-card", "hand-over", parts, HAND_OVER.get(lang), false)
}

fn reply_card(reply: Lang, lang: Lang) -> Node {
    let text =
        el("textarea", "", Vec::new()).with("id", "reply").with("rows", "10").with("lang", reply.as_str());
    let text = text.with("aria-describedby", "reply-hint");
    let parts = vec![
        pieces::field("reply", REPLY.get(lang), Some(REPLY_HINT.get(lang)), text),
        small("copy-reply", REPLY_COPY.get(lang)),
    ];
    el("section", "desk-card desk-reply", parts)
}

fn export(lang: Lang) -> Node {
    let buttons = vec![
        small("copy-markdown", COPY_MARKDOWN.get(lang)),
        small("copy-plain", COPY_PLAIN.get(lang)),
        small("save-json", SAVE_JSON.get(lang)),
    ];
    let parts = vec![words("h3", "", EXPORT.get(lang)), el("div", "desk-buttons", buttons)];
    el("section", "desk-card", parts)
}

/// The servers of a connection check, for the relay: as the last run had them. `None`: none is known.
#[must_use]
pub fn check_of(case: &Case) -> Option<String> {
    let servers: Vec<String> = Lane::ALL
        .into_iter()
        .filter_map(|lane| {
            let server = serde_json::to_string(case.server(lane)?).ok()?;
            Some(["\"", lane.as_str(), "\":", &server].concat())
        })
        .collect();
    (!servers.is_empty()).then(|| ["{", &servers.join(","), "}"].concat())
}
