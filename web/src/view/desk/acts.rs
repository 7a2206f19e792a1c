//! What an agent does at the console.

use error_model::{
    Field, Lane, Lang,
    case::{AgentCommand, NewCase, Opened},
    strings::desk::{CHECK_NEEDS_SERVER, COPIED, COPY_FAILED, DONE, TOKEN_WRONG},
};
use leptos::task::spawn_local;
use serde::Serialize;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::{
    agent::{Desk, set_text, text_of},
    api::{Failed, ask, new_id, of_case, order, read},
    place,
};
use crate::{
    card::{Card, card},
    desk::{
        case::Case,
        code::link,
        console::{Invitation, endpoint},
        refusal::Refusal,
        triage::check_of,
    },
    route,
    view::browser::{action_of, copy, download, input_value, set_input_value},
};

/// A day.
const DAY_MS: f64 = 86_400_000.0;

/// A command with an identifier of its own.
#[derive(Serialize)]
struct Order {
    id: String,
    #[serde(flatten)]
    command: AgentCommand,
}

impl Desk {
    pub(super) fn happened(&self, event: &Event) {
        let target = event.target();
        let element = target.as_ref().and_then(|target| target.dyn_ref::<Element>());
        match (event.type_().as_str(), element) {
            ("hashchange", _) => self.go(),
            ("submit", Some(element)) => {
                event.prevent_default();
                if let Some(form) = element.get_attribute("data-form") {
                    self.sent(&form);
                }
            }
            ("input" | "change", Some(element)) => self.filter(&element.id()),
            ("click", Some(element)) => {
                if let Some(action) = action_of(element) {
                    self.act(&action);
                }
            }
            _ => {}
        }
    }

    fn filter(&self, id: &str) {
        let Some(mut value) = input_value(id) else { return };
        if matches!(id, "filter-since" | "filter-until") && !value.is_empty() {
            // Days as the list shows them, in UTC; the last one counts as a whole.
            let day = js_sys::Date::parse(&value);
            let at = if id == "filter-until" { day + DAY_MS } else { day };
            value = if at.is_nan() { String::new() } else { at.to_string() };
        }
        if self.with(|state| state.console.filter.set(id, &value)) {
            self.filtered();
        }
    }

    fn sent(&self, form: &str) {
        let value = |id: &str| input_value(id).map(|value| value.trim().to_owned()).unwrap_or_default();
        match form {
            "sign-in" => self.sign_in(value("token")),
            "new-case" => self.open_case(value),
            "propose" => {
                let text = value("propose-value");
                if let Some(field) = field_of(&value("propose-field")).filter(|_| !text.is_empty()) {
                    self.order(AgentCommand::Propose { field, value: text }, "propose-value");
                }
            }
            "note" => {
                let text = text_of("note").unwrap_or_default();
                if !text.trim().is_empty() {
                    self.order(AgentCommand::Note { text }, "note");
                }
            }
            "hand-over" => {
                let to = value("hand-over-to");
                if !to.is_empty() {
                    self.order(AgentCommand::HandOver { to }, "hand-over-to");
                }
            }
            _ => {}
        }
    }

    fn act(&self, action: &str) {
        if let Some(number) = action.strip_prefix("suggest ").and_then(|number| number.parse().ok()) {
            return self.suggest(number);
        }
        match action {
            "sign-out" => {
                self.asks_nothing_more();
                let desk = self.clone();
                spawn_local(async move {
                    match ask(route::AGENT_SIGN_OUT, Some(String::new())).await {
                        Ok(_) => desk.failed(&Failed::Refused(401, Refusal::default())),
                        Err(failed) => {
                            desk.ask_who();
                            desk.failed(&failed);
                        }
                    }
                });
            }
            "provider" => place::keep(),
            "point" => {
                let field = input_value("propose-field").and_then(|id| field_of(&id));
                if let Some(field) = field {
                    self.order(AgentCommand::Point { field }, "");
                }
            }
            "ask-rerun" => self.order(AgentCommand::AskRerun {}, ""),
            "close" => self.order(AgentCommand::Close {}, ""),
            "check" => self.check(),
            "new-code" => self.new_code(),
            "copy-code" | "copy-link" => {
                let text = self.with(|state| {
                    let known = state.console.invitation.as_ref()?;
                    Some(if action == "copy-code" { known.opened.code.clone() } else { known.link.clone() })
                });
                self.copy(text.unwrap_or_default());
            }
            "copy-reply" => self.copy(text_of("reply").unwrap_or_default()),
            "copy-markdown" => self.export("markdown"),
            "copy-plain" => self.export("plain"),
            "save-json" => self.export("json"),
            _ => {}
        }
    }

    fn sign_in(&self, token: String) {
        let desk = self.clone();
        spawn_local(async move {
            // A secret: it leaves its input, and the page, with this message.
            let message = ["{\"token\":", &serde_json::Value::from(token).to_string(), "}"].concat();
            match ask(route::AGENT_SIGN_IN, Some(message)).await {
                Ok(_) => {
                    set_input_value("token", "");
                    desk.ask_who();
                }
                Err(Failed::Refused(401, _)) => {
                    desk.tell(TOKEN_WRONG.get(desk.lang()));
                }
                Err(failed) => desk.failed(&failed),
            }
        });
    }

    fn open_case(&self, value: impl Fn(&str) -> String) {
        let some = |text: String| (!text.is_empty()).then_some(text);
        let new = NewCase {
            ticket: some(value("new-ticket")),
            lang: Lang::parse(&value("new-lang")).unwrap_or_default(),
            email: some(value("new-email")),
            imap: endpoint(&value("new-imap"), Lane::Imap),
            smtp: endpoint(&value("new-smtp"), Lane::Smtp),
        };
        let desk = self.clone();
        spawn_local(async move {
            // Plain values: there is nothing in it that could fail to be written.
            let body = serde_json::to_string(&new).unwrap_or_default();
            match read::<Opened>(route::CASES, Some(body)).await {
                Ok(opened) => {
                    let fragment = ["case=", &opened.case].concat();
                    desk.invited(opened, new.lang);
                    place::go_to(&fragment);
                }
                Err(failed) => desk.failed(&failed),
            }
        });
    }

    fn new_code(&self) {
        let Some(id) = self.case_id() else { return };
        let customer = self.with(|state| {
            let summary = state.console.case.as_ref().and_then(|case| case.summary.as_ref());
            summary.map(|summary| summary.lang).unwrap_or_default()
        });
        let desk = self.clone();
        spawn_local(async move {
            match read::<Opened>(&of_case(&id, "code"), Some(String::new())).await {
                Ok(opened) => {
                    desk.invited(opened, customer);
                    desk.draw();
                }
                Err(failed) => desk.failed(&failed),
            }
        });
    }

    fn invited(&self, opened: Opened, customer: Lang) {
        let origin = web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
        let link = link(&opened, &origin, customer);
        self.with(|state| {
            let case = state.console.case.as_ref().filter(|case| case.id == opened.case);
            let joins = case.map_or(0, Case::joins);
            state.console.invitation = Some(Invitation { opened, link, joins });
        });
    }

    fn suggest(&self, number: usize) {
        let changes = self.with(|state| {
            let case = state.console.case.as_ref()?;
            let Some(Card::Fault(fault)) = card(&case.latest()?.run, state.console.lang) else { return None };
            fault.suggestions.get(number).cloned()
        });
        for change in changes.unwrap_or_default() {
            self.order(AgentCommand::Propose { field: change.field, value: change.value }, "");
        }
    }

    fn check(&self) {
        let Some(id) = self.case_id() else { return };
        let body = self.with(|state| state.console.case.as_ref().and_then(check_of));
        let Some(body) = body else {
            return self.tell(CHECK_NEEDS_SERVER.get(self.lang()));
        };
        let desk = self.clone();
        spawn_local(async move {
            if let Err(failed) = ask(&of_case(&id, "check"), Some(body)).await {
                desk.failed(&failed);
            }
        });
    }

    /// Sends a command, and empties the input that it came from.
    fn order(&self, command: AgentCommand, from: &'static str) {
        let Some(id) = self.case_id() else { return };
        let body = serde_json::to_string(&Order { id: new_id(), command }).unwrap_or_default();
        let desk = self.clone();
        spawn_local(async move {
            match order(&of_case(&id, "commands"), body).await {
                Ok(_) => {
                    set_input_value(from, "");
                    set_text(from, "");
                    if desk.with(|state| state.console.case.as_ref().is_some_and(|case| case.over)) {
                        // What is noted in a closed case is told to whoever asks, once.
                        desk.follow();
                    }
                    desk.tell(DONE.get(desk.lang()));
                }
                Err(failed) => desk.failed(&failed),
            }
        });
    }

    fn export(&self, format: &'static str) {
        let Some(id) = self.case_id() else { return };
        let desk = self.clone();
        spawn_local(async move {
            let query = ["export?format=", format, "&lang=", desk.lang().as_str()].concat();
            match ask(&of_case(&id, &query), None).await {
                Ok(text) if format == "json" => {
                    let saved = download("case.json", "application/json", &text).is_some();
                    if !saved {
                        desk.tell(COPY_FAILED.get(desk.lang()));
                    }
                }
                Ok(text) => desk.copy(text),
                Err(failed) => desk.failed(&failed),
            }
        });
    }

    fn copy(&self, text: String) {
        let desk = self.clone();
        spawn_local(async move {
            let told = if copy(&text).await { COPIED } else { COPY_FAILED };
            desk.tell(told.get(desk.lang()));
        });
    }

    fn case_id(&self) -> Option<String> {
        self.with(|state| state.console.case.as_ref().map(|case| case.id.clone()))
    }

    fn lang(&self) -> Lang {
        self.with(|state| state.console.lang)
    }
}

fn field_of(id: &str) -> Option<Field> {
    serde_json::from_value(serde_json::Value::from(id)).ok()
}
