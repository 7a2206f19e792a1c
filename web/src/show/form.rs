//! What changes in the form, as trees: the advice below an input.

use error_model::{
    Lang,
    strings::{
        self,
        form::{FAULTS_TITLE, REPAIR, REPAIR_SWAP},
    },
};

use crate::{
    fill::fill,
    form::{Form, Input, Press, Repair},
    icon::Icon,
    tree::{Node, button, el, icon, words},
};

/// The advice below an input, with the button that mends it.
#[must_use]
pub fn advice(form: &Form, input: Input, lang: Lang) -> Vec<Node> {
    let Some(advice) = form.shown_advice(input) else { return Vec::new() };
    let said = fill(advice.text, lang, &[("value", &advice.value)]);
    let mut nodes = vec![el("p", "advice", vec![icon(Icon::Warning), words("span", "", &said)])];
    nodes.extend(advice.repair.map(|repair| {
        let label = Node::text(&repair_label(&repair, lang));
        button("button small", &Press::Repair(input).name(), vec![icon(Icon::Repair), label])
    }));
    nodes
}

/// Everything that stopped the last try, each with a way to its input.
#[must_use]
pub fn faults(form: &Form, lang: Lang) -> Vec<Node> {
    let rows = form.faults().iter().map(|(input, advice)| {
        let said = fill(advice.text, lang, &[("value", &advice.value)]);
        let said = match input.lane() {
            Some(lane) => [strings::lane(lane).get(lang), ": ", &said].concat(),
            None => said,
        };
        el("li", "", vec![words("a", "", &said).with("href", &["#", input.id()].concat())])
    });
    let rows: Vec<Node> = rows.collect();
    if rows.is_empty() {
        return rows;
    }
    vec![words("p", "faults-title", FAULTS_TITLE.get(lang)), el("ul", "", rows)]
}

fn repair_label(repair: &Repair, lang: Lang) -> String {
    match repair {
        Repair::Value(value) => fill(REPAIR, lang, &[("value", value)]),
        Repair::HostAndPort(host, port) => {
            fill(REPAIR, lang, &[("value", &[host, " : ", &port.to_string()].concat())])
        }
        Repair::Swap => REPAIR_SWAP.get(lang).to_owned(),
    }
}
