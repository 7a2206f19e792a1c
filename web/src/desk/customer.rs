//! The customer's side of a case: who is asking, what is shared, and what the agent proposes.

use error_model::{
    Field, Lang,
    strings::desk::{
        ACCEPT, ADDRESS_MASK, ADDRESS_MASKED, ADDRESS_SHOW, ADDRESS_SHOWN, AGREE, DECLINE, DECLINED,
        HAS_LEFT, JOIN_ASKS, JOIN_ENTER, JOIN_GO, JOIN_WRONG, LEAVE, OVER, POINTED_HERE, PROPOSAL,
        RECONNECTING, RERUN, RERUN_ASKED, SHARING_WITH, SHOW_ADDRESS, TURN_DOWN, YOUR_ADDRESS,
    },
};

use super::{
    case::Case,
    pieces::{self, heading, small, text_field, typed, value},
};
use crate::{
    form::Input,
    icon::Icon,
    tree::{Node, button, el, icon, words},
};

pub use super::pieces::FIELDS;

/// The heading of what is shown, which takes the focus when that changes.
pub const JOIN_HEADING: &str = "join-heading";

/// How far the customer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// The relay is being asked.
    Asking,
    /// A code is needed; `true`: the last one doesn't work.
    Code(bool),
    /// An agent asks for consent.
    Consent,
    /// The case is shared.
    Sharing,
    /// The customer said no.
    Declined,
    /// The customer left.
    Left,
    /// The case is over.
    Over,
}

/// Everything that the customer's side shows.
pub struct Side {
    /// The page's language.
    pub lang: Lang,
    /// How far the customer is.
    pub stage: Stage,
    /// Who is asking.
    pub agent: String,
    /// The address is shown to the agent.
    pub shown: bool,
    /// The customer wants to show the address when joining.
    pub wants_to_show: bool,
    /// What came of the last thing that was done, where that isn't seen otherwise.
    pub told: Option<String>,
    /// The case as the customer may see it.
    pub case: Case,
}

/// The panel above the form.
#[must_use]
pub fn panel(side: &Side) -> Vec<Node> {
    let lang = side.lang;
    let shown = match side.stage {
        Stage::Asking => el("div", "", Vec::new()),
        Stage::Code(wrong) => code_form(lang, wrong),
        Stage::Consent => consent(side),
        Stage::Sharing => sharing(side),
        Stage::Declined => ended(DECLINED.get(lang)),
        Stage::Left => ended(HAS_LEFT.get(lang)),
        Stage::Over => ended(OVER.get(lang)),
    };
    vec![words("p", "desk-told", side.told.as_deref().unwrap_or_default()).with("role", "status"), shown]
}

fn code_form(lang: Lang, wrong: bool) -> Node {
    let mut parts = vec![text_field("join-code", JOIN_ENTER.get(lang), None)];
    if wrong {
        let text = vec![icon(Icon::Warning), words("span", "", JOIN_WRONG.get(lang))];
        parts.push(el("p", "advice", text).with("role", "alert"));
    }
    pieces::form("desk-card desk-enter", "code", parts, JOIN_GO.get(lang), true)
}

fn consent(side: &Side) -> Node {
    let lang = side.lang;
    let mut tick = el("input", "", Vec::new()).with("type", "checkbox").with("id", "show-address");
    if side.wants_to_show {
        tick = tick.with("checked", "");
    }
    let address = if side.wants_to_show {
        vec![text_field("address", YOUR_ADDRESS.get(lang), None)]
    } else {
        Vec::new()
    };
    let parts = vec![
        heading(JOIN_HEADING, &JOIN_ASKS.fill(lang, &[("name", &typed(&side.agent))])),
        el("label", "tick", vec![tick, words("span", "", SHOW_ADDRESS.get(lang))]),
        el("div", "", address),
        el(
            "div",
            "desk-buttons",
            vec![
                button("button primary", "agree", vec![Node::text(AGREE.get(lang))]),
                button("button", "decline-case", vec![Node::text(DECLINE.get(lang))]),
            ],
        ),
    ];
    el("section", "desk-card desk-consent", parts).with("aria-labelledby", JOIN_HEADING)
}

fn sharing(side: &Side) -> Node {
    let lang = side.lang;
    let (state, toggle, action) = if side.shown {
        (ADDRESS_SHOWN, ADDRESS_MASK, "mask-address")
    } else {
        (ADDRESS_MASKED, ADDRESS_SHOW, "show-address")
    };
    let live = if side.case.lost { RECONNECTING.get(lang) } else { "" };
    let asked = side.case.rerun_asked.as_ref().map(|agent| {
        let text = RERUN_ASKED.fill(lang, &[("name", &typed(agent))]);
        el(
            "div",
            "rerun",
            vec![
                words("p", "", &text),
                button("button primary small", "rerun", vec![Node::text(RERUN.get(lang))]),
            ],
        )
    });
    let parts = vec![
        heading(JOIN_HEADING, &SHARING_WITH.fill(lang, &[("name", &typed(&side.agent))])),
        words("p", "desk-live", live).with("role", "status"),
        words("p", "desk-muted", state.get(lang)),
        el("div", "desk-buttons", vec![small(action, toggle.get(lang)), small("leave", LEAVE.get(lang))]),
        el("div", "", asked.into_iter().collect()).with("role", "status"),
    ];
    el("section", "desk-card desk-sharing", parts).with("aria-labelledby", JOIN_HEADING)
}

fn ended(text: &str) -> Node {
    el("section", "desk-card desk-ended", vec![heading(JOIN_HEADING, text)])
}

/// What the agent proposes for a field, or that it's pointed at, beside it.
#[must_use]
pub fn beside(side: &Side, field: Field) -> Vec<Node> {
    let lang = side.lang;
    if side.stage != Stage::Sharing {
        return Vec::new();
    }
    let mut nodes = Vec::new();
    if let Some(proposal) = side.case.waiting().find(|proposal| proposal.field == field) {
        let seq = proposal.seq.to_string();
        let who = PROPOSAL.fill(lang, &[("name", &typed(&proposal.agent))]);
        let said = vec![
            words("span", "", &who),
            Node::text(" "),
            words("strong", "mono", &value(field, &proposal.value)),
        ];
        let buttons = vec![
            button("button primary small", &["accept ", &seq].concat(), vec![Node::text(ACCEPT.get(lang))]),
            small(&["turn-down ", &seq].concat(), TURN_DOWN.get(lang)),
        ];
        nodes.push(el("div", "proposal", vec![el("p", "", said), el("div", "desk-buttons", buttons)]));
    }
    if let Some((pointed, agent)) = &side.case.pointed
        && *pointed == field
    {
        let text = POINTED_HERE.fill(lang, &[("name", &typed(agent))]);
        nodes.push(el("p", "pointed", vec![icon(Icon::Arrow), words("span", "", &text)]));
    }
    nodes
}

/// The `id` of a field's input in the guided form.
#[must_use]
pub fn input_of(field: Field) -> &'static str {
    Input::of(field).id()
}
