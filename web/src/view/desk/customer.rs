//! The customer's side of a case while it's awake.

use std::{cell::RefCell, rc::Rc};

use error_model::{
    Field, Lang,
    case::{CustomerCommand, CustomerOrder, JoinRequest, Joined},
    strings::{desk::UNREACHABLE, form::EMAIL_HINT},
};
use leptos::{
    prelude::{document, set_timeout},
    task::spawn_local,
};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement};

use super::{
    SHARED, SHARING,
    api::{Failed, new_id, of_case, order, part, read},
    code::{keep_in_language_link, of_page, plain_code},
    guided::{fill_in, place_beside, press, ticked, type_in},
    watch::{CONNECT_AGAIN, Heard, follow, hear},
};
use crate::{
    desk::{
        case::Case,
        customer::{FIELDS, JOIN_HEADING, Side, Stage, beside, input_of, panel},
    },
    form::Input,
    view::{
        browser::{
            Listener, Socket, SocketEvent, action_of, by_id, focus, input_value, listen, recall, remember,
        },
        check::share,
        draw::Drawing,
    },
};

/// The name under which the way back into the case is kept, in this tab only.
const KEPT: &str = "mailtriage-case";

/// Who asks, before anything is shared.
#[derive(Deserialize)]
struct Asking {
    agent: String,
}

/// The way back into the case.
#[derive(Serialize, Deserialize)]
struct Kept {
    code: String,
    joined: Joined,
}

struct State {
    side: Side,
    code: String,
    token: String,
    panel: Drawing,
    besides: Vec<(Field, Drawing)>,
    socket: Option<Socket>,
    _listener: Option<Listener>,
}

/// A handle to the customer's side; clones are the same one.
#[derive(Clone)]
pub struct Customer(Rc<RefCell<State>>);

impl Customer {
    /// Goes back into the case of this tab, or asks who the code is from.
    pub fn wake(lang: Lang, place: Element) {
        let side = Side {
            lang,
            stage: Stage::Asking,
            agent: String::new(),
            shown: false,
            wants_to_show: false,
            told: None,
            case: Case::default(),
        };
        let state = State {
            side,
            code: String::new(),
            token: String::new(),
            panel: Drawing::new(document(), place.clone()),
            besides: Vec::new(),
            socket: None,
            _listener: None,
        };
        let customer = Self(Rc::new(RefCell::new(state)));
        let hearing = customer.clone();
        let listener = Listener::new(move |event| hearing.happened(&event));
        listen(&place, &["click", "submit", "change"], &listener);
        if let Some(shared) = by_id(SHARED) {
            listen(&shared, &["click"], &listener);
        }
        customer.with(|state| state._listener = Some(listener));
        let code = of_page();
        keep_in_language_link(&code);
        let kept = recall(KEPT).and_then(|kept| serde_json::from_str::<Kept>(&kept).ok());
        match kept {
            Some(kept) if code.is_empty() || code == kept.code => {
                customer.with(|state| state.code = kept.code);
                customer.enter(kept.joined, None);
            }
            _ if code.is_empty() => customer.at(Stage::Code(false)),
            _ => customer.ask_who(code),
        }
    }

    fn with<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.0.borrow_mut())
    }

    fn draw(&self) {
        self.with(|State { side, panel: drawing, besides, .. }| {
            drawing.show(panel(side));
            for (field, drawing) in besides {
                drawing.show(beside(side, *field));
            }
        });
    }

    fn at(&self, stage: Stage) {
        let shared = stage == Stage::Sharing;
        self.with(|state| (state.side.stage, state.side.told) = (stage, None));
        if let Some(place) = by_id(SHARED) {
            // Attribute names are ours and valid.
            let _ = place.toggle_attribute_with_force("hidden", !shared);
        }
        if let (true, Some(list)) = (shared, by_id(SHARING)) {
            let _ = list.remove_attribute("open");
        }
        self.draw();
        focus(JOIN_HEADING);
    }

    fn tell(&self, text: String) {
        self.with(|state| state.side.told = Some(text));
        self.draw();
    }

    fn failed(&self, failed: &Failed) {
        let lang = self.with(|state| state.side.lang);
        match failed {
            Failed::Refused(status, refusal) => self.tell(refusal.words(*status, lang)),
            Failed::Unreachable => self.tell(UNREACHABLE.get(lang).to_owned()),
        }
    }

    fn happened(&self, event: &Event) {
        let target = event.target();
        let element = target.as_ref().and_then(|target| target.dyn_ref::<Element>());
        match (event.type_().as_str(), element) {
            ("submit", _) => {
                event.prevent_default();
                let code = input_value("join-code").map(|code| plain_code(&code)).unwrap_or_default();
                if !code.is_empty() {
                    self.ask_who(code);
                }
            }
            ("change", Some(element)) if element.id() == "show-address" => {
                let ticked = element.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked);
                self.with(|state| state.side.wants_to_show = ticked);
                self.draw();
                if ticked {
                    focus("address");
                }
            }
            ("click", Some(element)) => {
                if let Some(action) = action_of(element) {
                    self.act(&action);
                }
            }
            _ => {}
        }
    }

    fn act(&self, action: &str) {
        if let Some((action, seq)) = action.split_once(' ') {
            let Ok(proposal) = seq.parse() else { return };
            match action {
                "accept" => self.accept(proposal),
                "turn-down" => self.order(CustomerCommand::Decline { proposal }),
                _ => {}
            }
            return;
        }
        match action {
            "agree" => self.join(),
            "decline-case" => self.at(Stage::Declined),
            // A click of ours is heard by the listener that we're in: it has to be through first.
            "rerun" => spawn_local(async { press("submit") }),
            "show-address" | "mask-address" => {
                let email = input_value(Input::Email.id()).unwrap_or_default().trim().to_owned();
                if action == "mask-address" {
                    self.order(CustomerCommand::MaskAddress { email });
                } else if email.is_empty() {
                    let lang = self.with(|state| state.side.lang);
                    self.tell(EMAIL_HINT.get(lang).to_owned());
                    focus(Input::Email.id());
                } else {
                    self.order(CustomerCommand::ShowAddress { email });
                }
            }
            "leave" => {
                self.order(CustomerCommand::Leave {});
                self.end(Stage::Left);
            }
            _ => {}
        }
    }

    fn ask_who(&self, code: String) {
        let customer = self.clone();
        spawn_local(async move {
            match read::<Asking>(&["/api/v1/join/", &part(&code)].concat(), None).await {
                Ok(Asking { agent }) => {
                    customer.with(|state| (state.code, state.side.agent) = (code, agent));
                    customer.at(Stage::Consent);
                }
                Err(Failed::Refused(400..=404, _)) => customer.at(Stage::Code(true)),
                Err(failed) => {
                    customer.at(Stage::Code(false));
                    customer.failed(&failed);
                }
            }
        });
    }

    fn join(&self) {
        let (code, wants) = self.with(|state| (state.code.clone(), state.side.wants_to_show));
        let address = input_value("address").map(|address| address.trim().to_owned());
        let show_email = address.filter(|address| wants && !address.is_empty());
        let customer = self.clone();
        spawn_local(async move {
            let request = JoinRequest { agreed: true, show_email: show_email.clone() };
            // Plain values: there is nothing in it that could fail to be written.
            let body = serde_json::to_string(&request).unwrap_or_default();
            match read::<Joined>(&["/api/v1/join/", &part(&code)].concat(), Some(body)).await {
                Ok(joined) => {
                    let kept = Kept { code, joined };
                    remember(KEPT, &serde_json::to_string(&kept).unwrap_or_default());
                    customer.enter(kept.joined, show_email);
                }
                Err(Failed::Refused(400..=404, _)) => customer.at(Stage::Code(true)),
                Err(failed) => customer.failed(&failed),
            }
        });
    }

    /// The case is shared from now on.
    fn enter(&self, joined: Joined, email: Option<String>) {
        share(Some(joined.token.clone()));
        self.with(|state| {
            state.side.case = Case::new(&joined.case);
            state.side.agent = joined.agent;
            state.token = joined.token;
            state.besides =
                FIELDS.into_iter().filter_map(|field| Some((field, place_beside(field)?))).collect();
        });
        self.at(Stage::Sharing);
        fill_in(&joined.settings, email.as_deref());
        self.follow();
    }

    /// Nothing is shared any more.
    fn end(&self, stage: Stage) {
        share(None);
        remember(KEPT, "");
        let old = self.with(|state| state.socket.take());
        drop(old);
        self.at(stage);
    }

    fn follow(&self) {
        let customer = self.clone();
        let tell = move |event| customer.heard(event);
        let socket = self.with(|state| follow(&state.side.case, Some(state.token.clone()), tell));
        let old = self.with(|state| std::mem::replace(&mut state.socket, socket));
        drop(old);
    }

    fn heard(&self, event: SocketEvent) {
        match event {
            SocketEvent::Message(text) => {
                let heard = self.with(|state| {
                    let heard = hear(&mut state.side.case, &text);
                    if let Some(summary) = &state.side.case.summary {
                        state.side.agent.clone_from(&summary.agent);
                        let email = summary.email.as_ref();
                        state.side.shown = email.is_some_and(|email| !email.as_str().starts_with('•'));
                    }
                    heard
                });
                match heard {
                    Heard::Over => self.end(Stage::Over),
                    Heard::News => self.draw(),
                    Heard::More => {}
                }
            }
            // Nothing is asked of those who watch.
            SocketEvent::Proving | SocketEvent::Unproven => {}
            SocketEvent::Closed => {
                self.with(|state| state.side.case.disconnected());
                self.draw();
                let customer = self.clone();
                set_timeout(
                    move || {
                        if customer.with(|state| state.side.stage == Stage::Sharing) {
                            customer.follow();
                        }
                    },
                    CONNECT_AGAIN,
                );
            }
        }
    }

    /// Puts what was proposed into the form, as if it had been typed.
    fn accept(&self, proposal: u64) {
        let found = self.with(|state| {
            let known = state.side.case.proposals.iter().find(|known| known.seq == proposal)?;
            Some((known.field, known.value.clone()))
        });
        let Some((field, value)) = found else { return };
        spawn_local(async move {
            if field == Field::SmtpUser && !ticked("separate") {
                press("separate");
            }
            type_in(input_of(field), &value);
        });
        self.order(CustomerCommand::Accept { proposal });
    }

    fn order(&self, command: CustomerCommand) {
        let (case, token) = self.with(|state| (state.side.case.id.clone(), state.token.clone()));
        let body = serde_json::to_string(&CustomerOrder { token, id: new_id(), command }).unwrap_or_default();
        let customer = self.clone();
        spawn_local(async move {
            if let Err(failed) = order(&of_case(&case, "customer"), body).await {
                customer.failed(&failed);
            }
        });
    }
}
