//! What the views of live triage are made of.

use error_model::{
    Cause, Code, Field, Lang, Str, Suggestion,
    case::{CaseState, Summary},
    strings::desk::{CLOSED, JOINED, LEFT, WAITING},
    text::escape,
    words::moment,
};

use crate::{
    card::{field_name, shown_value},
    show::{Loaded, Texts},
    tree::{Node, button, el, words},
};

/// The fields that an agent can propose a value for, in the order of the form.
pub const FIELDS: [Field; 9] = [
    Field::Email,
    Field::ImapHost,
    Field::ImapPort,
    Field::ImapSecurity,
    Field::SmtpHost,
    Field::SmtpPort,
    Field::SmtpSecurity,
    Field::User,
    Field::SmtpUser,
];

/// A text input with its label.
pub fn text_field(id: &str, label: &str, hint: Option<&str>) -> Node {
    field(id, label, hint, input(id, "text", hint.is_some()))
}

/// An input with its label.
pub fn field(id: &str, label: &str, hint: Option<&str>, input: Node) -> Node {
    let mut parts = vec![words("label", "", label).with("for", id)];
    let hint_id = [id, "-hint"].concat();
    parts.extend(hint.map(|hint| words("p", "hint", hint).with("id", &hint_id)));
    parts.push(input);
    el("div", "field", parts)
}

/// An input alone.
pub fn input(id: &str, kind: &str, hinted: bool) -> Node {
    let hint = [id, "-hint"].concat();
    el("input", "", Vec::new())
        .with("id", id)
        .with("type", kind)
        .with("autocomplete", "off")
        .with("autocapitalize", "none")
        .with("spellcheck", "false")
        .with_some("aria-describedby", hinted.then_some(hint.as_str()))
}

/// A choice with its label; each option is a value and its words.
pub fn choice(id: &str, label: &str, options: Vec<(String, String)>) -> Node {
    let options =
        options.iter().map(|(value, text)| words("option", "", text).with("value", value)).collect();
    field(id, label, None, el("select", "", options).with("id", id).with("autocomplete", "off"))
}

/// A form that is sent by its button.
pub fn form(class: &'static str, name: &str, parts: Vec<Node>, send: &str, primary: bool) -> Node {
    form_with(class, name, parts, send, primary, Vec::new())
}

/// As [`form`], with further buttons beside that one.
pub fn form_with(
    class: &'static str,
    name: &str,
    mut parts: Vec<Node>,
    send: &str,
    primary: bool,
    more: Vec<Node>,
) -> Node {
    let kind = if primary { "button primary" } else { "button small" };
    let mut buttons = vec![words("button", kind, send).with("type", "submit")];
    buttons.extend(more);
    parts.push(el("div", "desk-buttons", buttons));
    el("form", class, parts).with("data-form", name).with("method", "post").with("novalidate", "")
}

/// A small button.
pub fn small(action: &str, text: &str) -> Node {
    button("button small", action, vec![Node::text(text)])
}

/// The name of a field, with its server.
pub fn name(field: Field, lang: Lang) -> String {
    field_name(&suggested(field, ""), lang)
}

/// A value as the form shows it.
pub fn value(field: Field, value: &str) -> String {
    shown_value(&suggested(field, value))
}

fn suggested(field: Field, value: &str) -> Suggestion {
    Suggestion { id: String::new(), field, value: value.to_owned(), tried: None }
}

/// A moment in milliseconds since the Unix epoch.
pub fn time(at_ms: i64) -> Node {
    words("span", "mono", &moment(at_ms / 1000))
}

/// The heading of what is shown, which takes the focus when that changes.
pub fn heading(id: &str, text: &str) -> Node {
    words("h2", "", text).with("id", id).with("tabindex", "-1")
}

/// What a case is called: its ticket, or the beginning of its identifier.
pub fn called(ticket: Option<&str>, id: &str) -> String {
    ticket.map_or_else(|| id.chars().take(8).collect(), typed)
}

/// The servers of a case.
pub fn hosts(summary: &Summary) -> String {
    let hosts: Vec<String> = summary.hosts.iter().map(|host| typed(host)).collect();
    hosts.join(", ")
}

/// How a case stands.
pub const fn state(state: CaseState) -> (&'static str, Str) {
    match state {
        CaseState::Waiting => ("waiting", WAITING),
        CaseState::Joined => ("joined", JOINED),
        CaseState::Left => ("left", LEFT),
        CaseState::Closed => ("closed", CLOSED),
    }
}

/// What was found, in the page's words as far as they're here.
pub fn found(code: Code, cause: Option<Cause>, texts: &Texts) -> Vec<Node> {
    vec![
        words("span", if code == Code::Ok { "code code-good" } else { "code" }, code_name(code)),
        Node::text(" "),
        words("span", "", cause.map_or("", |cause| title(cause, texts))),
    ]
}

/// A cause in the page's words, or by its identifier until they're here.
pub fn title(cause: Cause, texts: &Texts) -> &str {
    match texts.iter().find(|(known, _)| *known == cause) {
        Some((_, Loaded::Ready(text))) => &text.title,
        _ => cause.id(),
    }
}

/// A code as people read it.
pub const fn code_name(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        fault => fault.as_str(),
    }
}

/// Text that somebody typed, with what can't be seen made visible.
pub fn typed(text: &str) -> String {
    escape(text)
}
