//! The agent's console while it's awake.

use std::{cell::RefCell, rc::Rc, time::Duration};

use error_model::{
    Cause, Code, Lang,
    case::{Counted, Summary},
    strings::desk::UNREACHABLE,
};
use leptos::{
    prelude::{document, set_interval, set_timeout},
    task::spawn_local,
};
use serde::Deserialize;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTextAreaElement};

use super::{
    api::{Failed, of_case, read, with_query},
    place,
    watch::{CONNECT_AGAIN, Heard, follow, hear},
};
use crate::{
    card::CauseText,
    desk::{
        case::Case,
        console::{Console, HEADING, Place, Who, console},
    },
    route,
    show::Loaded,
    view::{
        browser::{Listener, Socket, SocketEvent, by_id, fetch_text, focus, listen},
        draw::Drawing,
    },
};

/// How often the list is asked for.
const LIST_AGAIN: Duration = Duration::from_secs(2);

/// Who is signed in, as the relay says.
#[derive(Deserialize)]
struct Session {
    agent: Option<Named>,
    /// The identity provider.
    oidc: Option<Named>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct Listed {
    cases: Vec<Summary>,
    found: usize,
}

#[derive(Deserialize)]
struct Statistics {
    counted: Vec<Counted>,
}

#[derive(Deserialize)]
struct Reply {
    lang: Lang,
    text: String,
}

/// What the console is, besides what it shows.
pub(super) struct State {
    pub console: Console,
    drawing: Drawing,
    socket: Option<Socket>,
    /// Counts places and filters: an answer to a question of before is for nobody.
    turn: u32,
    /// What the reply is about.
    replied: Option<(Code, Option<Cause>)>,
    /// The reply as it came, to tell whether the agent has edited it.
    proposed: String,
    _listener: Option<Listener>,
}

/// A handle to the console; clones are the same one.
#[derive(Clone)]
pub struct Desk(Rc<RefCell<State>>);

impl Desk {
    /// Asks who is there, and listens.
    pub fn wake(lang: Lang, place: Element) {
        let drawing = Drawing::new(document(), place.clone());
        let console = Console::new(lang);
        let state = State {
            console,
            drawing,
            socket: None,
            turn: 0,
            replied: None,
            proposed: String::new(),
            _listener: None,
        };
        let desk = Self(Rc::new(RefCell::new(state)));
        let hearing = desk.clone();
        let listener = Listener::new(move |event| hearing.happened(&event));
        listen(&place, &["click", "submit", "input", "change"], &listener);
        if let Some(window) = web_sys::window() {
            listen(&window, &["hashchange"], &listener);
        }
        desk.with(|state| state._listener = Some(listener));
        desk.ask_who();
        set_interval(
            move || {
                if desk.with(|state| state.console.place == Place::List) && !document().hidden() {
                    desk.list();
                }
            },
            LIST_AGAIN,
        );
    }

    /// Looks at the state or changes it. Nothing inside may let the page do anything that comes back as an event.
    pub(super) fn with<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.0.borrow_mut())
    }

    pub(super) fn draw(&self) {
        self.with(|State { console: shown, drawing, .. }| drawing.show(console(shown)));
    }

    pub(super) fn tell(&self, text: &str) {
        self.with(|state| state.console.told = Some(text.to_owned()));
        self.draw();
    }

    /// Says why something wasn't possible. Who isn't signed in any more signs in again.
    pub(super) fn failed(&self, failed: &Failed) {
        let lang = self.with(|state| state.console.lang);
        match failed {
            Failed::Refused(401, _) => {
                self.with(|state| {
                    state.console.who = Who::Stranger;
                    state.socket.take()
                });
                self.draw();
            }
            Failed::Refused(status, refusal) => self.tell(&refusal.words(*status, lang)),
            Failed::Unreachable => self.tell(UNREACHABLE.get(lang)),
        }
    }

    /// The session is about to end: nothing is asked in its name any more.
    pub(super) fn asks_nothing_more(&self) {
        self.with(|state| (state.console.who, state.turn) = (Who::Asking, state.turn + 1));
    }

    pub(super) fn ask_who(&self) {
        let desk = self.clone();
        spawn_local(async move {
            match read::<Session>(route::AGENT_SIGN_IN, None).await {
                Ok(session) => {
                    let who = session.agent.map_or(Who::Stranger, |agent| Who::Agent(agent.name));
                    let known = matches!(who, Who::Agent(_));
                    let provider = session.oidc.map(|provider| provider.name);
                    desk.with(|state| (state.console.who, state.console.provider) = (who, provider));
                    if known {
                        // A place that was kept is a change of the address, which is heard.
                        if !place::restore() {
                            desk.go();
                        }
                    } else {
                        desk.draw();
                    }
                }
                Err(failed) => desk.failed(&failed),
            }
        });
    }

    /// Shows what the address names.
    pub(super) fn go(&self) {
        let place = Place::of(&place::fragment());
        let (old, lang) = self.with(|state| {
            state.turn += 1;
            state.console.told = None;
            state.console.case = match &place {
                Place::Case(id) => Some(Case::new(id)),
                Place::List | Place::Statistics => None,
            };
            state.console.reply = None;
            state.replied = None;
            state.proposed.clear();
            state.console.place = place.clone();
            (state.socket.take(), state.console.lang)
        });
        place::keep_in_language_link(lang);
        // Dropped outside of the state: a connection that closes is no event of ours.
        drop(old);
        self.draw();
        focus(HEADING);
        match place {
            Place::List => self.list(),
            Place::Case(_) => self.follow(),
            Place::Statistics => self.count(),
        }
    }

    /// Asks for the list as it's filtered.
    pub(super) fn list(&self) {
        let known = self.with(|state| {
            if !matches!(state.console.who, Who::Agent(_)) {
                return None;
            }
            state.console.csv = with_query(route::CASES_CSV, state.console.filter.pairs());
            Some((state.turn, with_query(route::CASES, state.console.filter.pairs())))
        });
        let Some((turn, path)) = known else { return };
        let desk = self.clone();
        spawn_local(async move {
            let listed = read::<Listed>(&path, None).await;
            if desk.with(|state| state.turn != turn) {
                return;
            }
            match listed {
                Ok(Listed { cases, found }) => {
                    let causes: Vec<Cause> = cases.iter().filter_map(|one| one.cause).collect();
                    desk.with(|state| (state.console.cases, state.console.found) = (cases, found));
                    desk.want_texts(causes);
                    desk.draw();
                }
                Err(failed) => desk.failed(&failed),
            }
        });
    }

    /// The filter has changed.
    pub(super) fn filtered(&self) {
        self.with(|state| state.turn += 1);
        self.list();
    }

    fn count(&self) {
        let turn = self.with(|state| state.turn);
        let desk = self.clone();
        spawn_local(async move {
            let counted = read::<Statistics>(route::STATISTICS, None).await;
            if desk.with(|state| state.turn != turn) {
                return;
            }
            match counted {
                Ok(Statistics { counted }) => {
                    let causes = counted.iter().filter_map(|one| one.cause).collect();
                    desk.with(|state| state.console.counted = Some(counted));
                    desk.want_texts(causes);
                    desk.draw();
                }
                Err(failed) => desk.failed(&failed),
            }
        });
    }

    /// Follows the case from where it was seen last.
    pub(super) fn follow(&self) {
        let turn = self.with(|state| state.turn);
        let desk = self.clone();
        let tell = move |event| {
            if desk.with(|state| state.turn == turn) {
                desk.heard(event);
            }
        };
        let socket = self.with(|state| state.console.case.as_ref().and_then(|case| follow(case, None, tell)));
        let old = self.with(|state| std::mem::replace(&mut state.socket, socket));
        drop(old);
    }

    fn heard(&self, event: SocketEvent) {
        match event {
            SocketEvent::Message(text) => {
                let heard = self.with(|state| state.console.case.as_mut().map(|case| hear(case, &text)));
                if heard.is_some_and(|heard| heard != Heard::More) {
                    self.draw();
                    self.after_news();
                }
            }
            // Nothing is asked of those who watch.
            SocketEvent::Proving | SocketEvent::Unproven => {}
            SocketEvent::Closed => {
                let (turn, over) = self.with(|state| {
                    let over = state.console.case.as_mut().is_none_or(|case| {
                        case.disconnected();
                        case.over
                    });
                    (state.turn, over)
                });
                self.draw();
                if over {
                    // It may also be that the session has ended.
                    return;
                }
                let desk = self.clone();
                set_timeout(
                    move || {
                        if desk.with(|state| state.turn == turn) {
                            desk.follow();
                        }
                    },
                    CONNECT_AGAIN,
                );
            }
        }
    }

    /// Fetches the words for what was found, and the reply, once a run is through.
    fn after_news(&self) {
        let found = self.with(|state| {
            let case = state.console.case.as_ref()?;
            let summary = case.summary.as_ref()?;
            let causes: Vec<Cause> = case
                .latest()
                .and_then(|latest| latest.run.diagnosis.as_ref())
                .into_iter()
                .flat_map(|found| [&found.lanes.imap, &found.lanes.smtp])
                .flatten()
                .flat_map(|lane| lane.findings.iter().map(|finding| finding.cause))
                .collect();
            let over = case.latest().is_some_and(|latest| !latest.run.phase.active());
            let found = summary.code.filter(|_| over).map(|code| (code, summary.cause));
            let wanted = found.filter(|found| state.replied != Some(*found));
            if wanted.is_some() {
                state.replied = wanted;
            }
            Some((causes, wanted.map(|_| (case.id.clone(), summary.lang, state.turn))))
        });
        let Some((causes, reply)) = found else { return };
        self.want_texts(causes);
        let Some((id, lang, turn)) = reply else { return };
        let desk = self.clone();
        spawn_local(async move {
            let path = of_case(&id, &["reply?lang=", lang.as_str()].concat());
            let Ok(Reply { lang, text }) = read(&path, None).await else { return };
            if desk.with(|state| state.turn != turn) {
                return;
            }
            // What the agent has written is worth more than what fits a later run.
            let written = text_of("reply").filter(|written| desk.with(|state| *written != state.proposed));
            if written.is_some() {
                return;
            }
            desk.with(|state| (state.console.reply, state.proposed) = (Some(lang), text.clone()));
            desk.draw();
            set_text("reply", &text);
        });
    }

    /// Fetches the texts of causes, each once.
    fn want_texts(&self, causes: Vec<Cause>) {
        for cause in causes {
            let known = self.with(|state| {
                let texts = &mut state.console.texts;
                let known = texts.iter().any(|(known, _)| *known == cause);
                if !known {
                    texts.push((cause, Loaded::Pending));
                }
                known
            });
            if known {
                continue;
            }
            let desk = self.clone();
            spawn_local(async move {
                let lang = desk.with(|state| state.console.lang);
                let text = fetch_text(&route::cause_text(lang, cause)).await;
                let loaded = text.and_then(|text| CauseText::read(&text));
                let loaded = loaded.map_or(Loaded::Missing, |text| Loaded::Ready(Box::new(text)));
                desk.with(|state| {
                    state.console.texts.retain(|(known, _)| *known != cause);
                    state.console.texts.push((cause, loaded));
                });
                desk.draw();
            });
        }
    }
}

/// What a text area holds.
pub(super) fn text_of(id: &str) -> Option<String> {
    by_id(id)?.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value)
}

/// Changes what a text area holds.
pub(super) fn set_text(id: &str, text: &str) {
    if let Some(element) = by_id(id).and_then(|element| element.dyn_into::<HtmlTextAreaElement>().ok()) {
        element.set_value(text);
    }
}
