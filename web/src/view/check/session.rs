//! What the parts of the check share: the form, the run, and the connection of the run.

mod connection;

use std::{cell::RefCell, rc::Rc, time::Duration};

use error_model::{
    Cause, Lane, Lang, Str,
    strings::card::{COPIED, COPY_FAILED},
};
use leptos::{leptos_dom::helpers::IntervalHandle, prelude::set_interval_with_handle, task::spawn_local};

use super::{
    page::{About, Shown},
    shared,
};
use crate::{
    card::{Card, CauseText, card},
    export::{Audience, Format, json, report},
    form::{Form, Input, Secrets, Settings},
    remarks::remarks,
    route,
    run::{Event, Phase, Run, Trouble},
    show::{Action, Loaded, RESULT_HEADING, Results, Texts},
    trouble::refusal,
    view::browser::{
        Entry, Listener, Socket, copy, download, fetch_text, focus, input_value, keep, now_ms, print_opened,
        set_input_value,
    },
};

/// How often the clock of a running test moves.
const TICK: Duration = Duration::from_millis(200);

/// Where a sign-in at the mail service's page is left for the next test.
const SIGNED_IN: &str = "signed-in";

/// The message that stops a run.
const CANCEL: &str = r#"{"type":"cancel"}"#;

/// Everything that the check knows.
pub struct State {
    /// The form.
    pub form: Form,
    about: About,
    run: Run,
    /// The test before, where that one came to an end.
    before: Option<Run>,
    /// Texts of causes that were found.
    texts: Texts,
    /// The sentences of the page's HTML.
    sentences: String,
    /// What came of the last copying or saving.
    told: Option<Str>,
    /// Counts what is typed into the address, to notice a pause.
    pub typed: u32,
    socket: Option<Socket>,
    clock: Option<IntervalHandle>,
    shown: Option<Shown>,
}

impl State {
    /// The page listens.
    pub fn awake(&mut self, listener: Listener) {
        self.shown = Some(Shown::new(listener));
    }

    /// Shows a password, or hides it again.
    pub fn reveal(&mut self, input: Input) {
        let revealed = &mut self.about.revealed;
        match revealed.iter().position(|shown| *shown == input) {
            Some(at) => {
                revealed.remove(at);
            }
            None => revealed.push(input),
        }
    }
}

/// A handle to the state of the check; clones are the same state.
#[derive(Clone)]
pub struct Check {
    /// The page's language.
    pub lang: Lang,
    state: Rc<RefCell<State>>,
}

impl Check {
    /// A form without a run.
    pub fn new(lang: Lang, sentences: String) -> Self {
        let state = State {
            form: Form::default(),
            about: About { lang, active: false, tested: false, revealed: Vec::new() },
            run: Run::default(),
            before: None,
            texts: Texts::new(),
            sentences,
            told: None,
            typed: 0,
            socket: None,
            clock: None,
            shown: None,
        };
        Self { lang, state: Rc::new(RefCell::new(state)) }
    }

    /// Looks at the state or changes it. Nothing inside may let the page do anything that comes back as an event.
    pub fn with<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.state.borrow_mut())
    }

    /// Shows everything as it is now.
    pub fn draw(&self) {
        self.draw_form();
        self.draw_results();
    }

    /// Shows the form as it is now.
    pub fn draw_form(&self) {
        self.with(|State { shown, form, about, .. }| {
            if let Some(shown) = shown {
                shown.form(form, about);
                let kept = form.keep();
                keep(if kept == Form::default().keep() { "" } else { &kept });
            }
        });
    }

    fn draw_results(&self) {
        self.with(|State { shown, about, run, before, texts, sentences, told, .. }| {
            if let Some(shown) = shown {
                let before = before.as_ref();
                shown.results(&Results { lang: about.lang, run, before, texts, sentences, told: *told });
            }
        });
    }

    /// A run is under way.
    pub fn active(&self) -> bool {
        self.with(|state| state.about.active)
    }

    /// Starts a test, of one lane where it is named, with what the form holds, or moves to the first input that stands in the way.
    pub fn submit(&self, only: Option<Lane>) {
        // Two halves of a sign-in at the mail service's page, good for one test; see `sign-in.js`.
        let signed_in = input_value(SIGNED_IN).filter(|shown| !shown.is_empty());
        set_input_value(SIGNED_IN, "");
        let typed = |id: Input| input_value(id.id()).filter(|value| !value.is_empty() && signed_in.is_none());
        let password = typed(Input::Password);
        let separate = self.with(|state| state.form.separate);
        let smtp_password = separate.then(|| typed(Input::SmtpPassword)).flatten();
        let secrets = Secrets { password: password.as_deref(), smtp_password: smtp_password.as_deref() };
        match self.with(|state| state.form.submit(&secrets, only)) {
            Ok(settings) => self.begin(&settings, &secrets, signed_in.as_deref()),
            Err(input) => {
                self.draw_form();
                focus(input.id());
            }
        }
    }

    /// Does what a button of the results asks for.
    pub fn act(&self, action: Action) {
        match action {
            Action::Apply(change) => {
                if let Some(input) = self.apply(change) {
                    focus(input.id());
                }
            }
            Action::ApplyAndTest(change) => {
                self.apply(change);
                self.submit(None);
            }
            Action::Again(only) => self.submit(only),
            Action::Copy(audience) => {
                let (check, text) = (self.clone(), self.written(audience, Format::Plain));
                spawn_local(async move {
                    let done = copy(&text).await;
                    check.tell(if done { COPIED } else { COPY_FAILED });
                });
            }
            Action::SaveMarkdown => {
                let text = self.written(Audience::Everyone, Format::Markdown);
                self.save("mail-check.md", "text/markdown", &text);
            }
            Action::SaveJson => {
                let text = self.with(|state| json(&state.run));
                self.save("mail-check.json", "application/json", &text);
            }
            Action::Print => print_opened(".card details"),
        }
    }

    fn apply(&self, change: usize) -> Option<Input> {
        let input = self.with(|state| {
            let Some(Card::Fault(fault)) = card(&state.run, state.about.lang) else { return None };
            state.form.apply(fault.suggestions.get(change)?)
        });
        self.draw_form();
        input
    }

    fn written(&self, audience: Audience, format: Format) -> String {
        self.with(|State { run, texts, sentences, about, .. }| {
            let text = match card(run, about.lang) {
                Some(Card::Fault(fault)) => texts.iter().find(|(cause, _)| *cause == fault.cause),
                _ => None,
            };
            let text = match text {
                Some((_, Loaded::Ready(text))) => Some(&**text),
                _ => None,
            };
            let remarks = remarks(run, sentences, about.lang);
            report(run, text, &remarks, audience, format, about.lang)
        })
    }

    fn save(&self, name: &str, kind: &str, text: &str) {
        if download(name, kind, text).is_none() {
            self.tell(COPY_FAILED);
        }
    }

    fn tell(&self, told: Str) {
        self.with(|state| state.told = Some(told));
        self.draw_results();
    }

    /// Stops the run under way.
    pub fn cancel(&self) {
        self.with(|state| {
            if let Some(socket) = &state.socket {
                socket.send(CANCEL);
            }
        });
        self.happen(Event::Cancelled);
    }

    /// The person leaves the page. Browsers keep some pages for coming back to, with their connections open.
    pub fn leave(&self) {
        if self.active() {
            self.cancel();
        }
    }

    /// Fetches the texts of the causes on the card, each once.
    fn want_texts(&self) {
        let Some(Card::Fault(fault)) = self.with(|state| card(&state.run, state.about.lang)) else { return };
        self.want_text(fault.cause);
        for (_, _, cause) in fault.others {
            self.want_text(cause);
        }
    }

    fn want_text(&self, cause: Cause) {
        let known = self.with(|state| {
            let known = state.texts.iter().any(|(known, _)| *known == cause);
            if !known {
                state.texts.push((cause, Loaded::Pending));
            }
            known
        });
        if known {
            return;
        }
        let check = self.clone();
        spawn_local(async move {
            let text = fetch_text(&route::cause_text(check.lang, cause)).await;
            let text = text.and_then(|text| CauseText::read(&text));
            let loaded = text.map_or(Loaded::Missing, |text| Loaded::Ready(Box::new(text)));
            check.with(|state| {
                state.texts.retain(|(known, _)| *known != cause);
                state.texts.push((cause, loaded));
            });
            check.draw_results();
        });
    }

    fn begin(&self, settings: &Settings, secrets: &Secrets<'_>, signed_in: Option<&str>) {
        let started = now_ms();
        self.stop_clock();
        let adrift = self.with(|state| state.run.adrift());
        self.with(|state| {
            state.about.tested = true;
            state.told = None;
            if state.run.phase == Phase::Finished {
                state.before = Some(std::mem::take(&mut state.run));
            }
        });
        // Whole seconds are enough here, and fit.
        #[expect(clippy::cast_possible_truncation, reason = "seconds since 1970 are far below 2^53")]
        let started_at = (started / 1000.0) as i64;
        self.happen(Event::Started(Box::new(settings.asked(secrets)), started_at));
        // Text keys and plain values: there is nothing in it that could fail to be written.
        let mut first =
            serde_json::to_string(&settings.start(secrets, adrift.as_deref(), self.lang)).unwrap_or_default();
        if let Some(shown) = signed_in {
            first = [first.trim_end_matches('}'), ",\"sign_in\":", shown, "}"].concat();
        }
        let signs_in = secrets.password.or(secrets.smtp_password).or(signed_in).is_some();
        self.connect(shared::in_case(first), if signs_in { Entry::SignIn } else { Entry::Ticket });
        let check = self.clone();
        let clock = set_interval_with_handle(
            move || {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a short duration"
                )]
                check.with(|state| state.run.tick((now_ms() - started).max(0.0) as u64));
                check.draw_results();
                check.stop_clock_where_nothing_moves();
            },
            TICK,
        );
        self.with(|state| {
            state.clock = clock.ok();
        });
        focus(RESULT_HEADING);
    }

    fn happen(&self, event: Event) {
        let was = self.active();
        let closed = matches!(event, Event::Closed);
        let active = self.with(|state| {
            state.run.happen(event);
            state.about.active = state.run.phase.active();
            state.about.active
        });
        self.want_texts();
        self.draw_results();
        self.stop_clock_where_nothing_moves();
        if !active {
            // A connection carries one run. Dropped outside of the state: a socket that closes is no event of ours.
            let socket = self.with(|state| state.socket.take());
            drop(socket);
            self.mark_refused_field();
        }
        if closed && active {
            self.reconnect();
        }
        if was != active {
            self.draw_form();
        }
    }

    /// The clock goes on while a test runs, and while there's a time to wait for the next one.
    fn stop_clock_where_nothing_moves(&self) {
        let waits = self.with(|state| state.run.wait_s().is_some_and(|wait| wait > 0));
        if !waits && !self.active() {
            self.stop_clock();
        }
    }

    fn stop_clock(&self) {
        if let Some(clock) = self.with(|state| state.clock.take()) {
            clock.clear();
        }
    }

    /// A field that the relay refused is marked in the form.
    fn mark_refused_field(&self) {
        let refused = self.with(|state| {
            let Phase::Stopped(Trouble::Problem(problem)) = &state.run.phase else { return None };
            let (input, text) = (Input::named(problem.field.as_deref()?)?, refusal(problem.code));
            state.form.refuse(input, text);
            Some(input)
        });
        if let Some(input) = refused {
            self.draw_form();
            focus(input.id());
        }
    }
}
