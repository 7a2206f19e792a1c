//! What the parts of the check share: the form, the run, and the connection of the run.

use std::time::Duration;

use error_model::{
    Cause, Lang, Str,
    strings::card::{COPIED, COPY_FAILED},
};
use leptos::{leptos_dom::helpers::IntervalHandle, prelude::*, task::spawn_local};

use crate::{
    card::{Card, CauseText, card},
    export::{Audience, Format, json, report},
    form::{Form, Input, Secrets, Settings},
    remarks::remarks,
    route,
    run::{Event, Phase, Run, Trouble},
    show::{Action, Loaded, RESULT_HEADING, Texts},
    trouble::refusal,
    view::browser::{
        Socket, SocketEvent, copy, download, fetch_text, focus, input_value, now_ms, print_opened,
    },
};

/// How often the clock of a running test moves.
const TICK: Duration = Duration::from_millis(200);

/// The message that stops a run.
const CANCEL: &str = r#"{"type":"cancel"}"#;

/// What the results are made of.
#[derive(Default)]
pub struct Shown {
    /// The run.
    pub run: Run,
    /// Texts of causes that were found.
    pub texts: Texts,
    /// The sentences of the page's HTML.
    pub sentences: String,
    /// What came of the last copying or saving.
    pub told: Option<Str>,
}

/// Handles to the state of the check; copies are the same state.
#[derive(Clone, Copy)]
pub struct Check {
    /// The page's language.
    pub lang: Lang,
    /// The form.
    pub form: RwSignal<Form>,
    /// The run and what belongs to it.
    pub shown: RwSignal<Shown>,
    /// A run is under way.
    pub active: RwSignal<bool>,
    /// A test was started before.
    pub tested: RwSignal<bool>,
    /// The page takes input.
    pub awake: RwSignal<bool>,
    socket: StoredValue<Option<Socket>, LocalStorage>,
    clock: StoredValue<Option<IntervalHandle>, LocalStorage>,
}

impl Check {
    /// A form without a run.
    pub fn new(lang: Lang, sentences: String) -> Self {
        Self {
            lang,
            form: RwSignal::new(Form::default()),
            shown: RwSignal::new(Shown { sentences, ..Shown::default() }),
            active: RwSignal::new(false),
            tested: RwSignal::new(false),
            awake: RwSignal::new(false),
            socket: StoredValue::new_local(None),
            clock: StoredValue::new_local(None),
        }
    }

    /// Starts a test with what the form holds, or moves to the first input that stands in the way.
    pub fn submit(self) {
        let typed = |id: Input| input_value(id.id()).filter(|value| !value.is_empty());
        let password = typed(Input::Password);
        let smtp_password =
            self.form.with_untracked(|form| form.separate).then(|| typed(Input::SmtpPassword)).flatten();
        let secrets = Secrets { password: password.as_deref(), smtp_password: smtp_password.as_deref() };
        match self.form.try_update(|form| form.submit(&secrets)) {
            Some(Ok(settings)) => self.begin(&settings, &secrets),
            Some(Err(input)) => focus(input.id()),
            None => {}
        }
    }

    /// Does what a button of the results asks for.
    pub fn act(self, action: Action) {
        match action {
            Action::Apply(change) => {
                if let Some(input) = self.apply(change) {
                    focus(input.id());
                }
            }
            Action::ApplyAndTest(change) => {
                self.apply(change);
                self.submit();
            }
            Action::Copy(audience) => {
                let text = self.written(audience, Format::Plain);
                spawn_local(async move {
                    let done = copy(&text).await;
                    self.tell(if done { COPIED } else { COPY_FAILED });
                });
            }
            Action::SaveMarkdown => {
                self.save(
                    "mailtriage.md",
                    "text/markdown",
                    &self.written(Audience::Everyone, Format::Markdown),
                );
            }
            Action::SaveJson => {
                let text = self.shown.with_untracked(|shown| json(&shown.run));
                self.save("mailtriage.json", "application/json", &text);
            }
            Action::Print => print_opened(".card details"),
        }
    }

    fn apply(self, change: usize) -> Option<Input> {
        let found = self.shown.with_untracked(|shown| card(&shown.run, self.lang));
        let Some(Card::Fault(fault)) = found else { return None };
        let change = fault.suggestions.get(change)?;
        self.form.try_update(|form| form.apply(change)).flatten()
    }

    fn written(self, audience: Audience, format: Format) -> String {
        self.shown.with_untracked(|shown| {
            let text = match card(&shown.run, self.lang) {
                Some(Card::Fault(fault)) => shown.texts.iter().find(|(cause, _)| *cause == fault.cause),
                _ => None,
            };
            let text = match text {
                Some((_, Loaded::Ready(text))) => Some(&**text),
                _ => None,
            };
            let remarks = remarks(&shown.run, &shown.sentences, self.lang);
            report(&shown.run, text, &remarks, audience, format, self.lang)
        })
    }

    fn save(self, name: &str, kind: &str, text: &str) {
        if download(name, kind, text).is_none() {
            self.tell(COPY_FAILED);
        }
    }

    fn tell(self, told: Str) {
        self.shown.update(|shown| shown.told = Some(told));
    }

    /// Stops the run under way.
    pub fn cancel(self) {
        self.socket.with_value(|socket| {
            if let Some(socket) = socket {
                socket.send(CANCEL);
            }
        });
        self.happen(Event::Cancelled);
    }

    /// The person leaves the page. Browsers keep some pages for coming back to, with their connections open.
    pub fn leave(self) {
        if self.active.get_untracked() {
            self.cancel();
        }
    }

    /// Fetches the texts of the causes on the card, each once.
    fn want_texts(self) {
        let found = self.shown.with_untracked(|shown| card(&shown.run, self.lang));
        let Some(Card::Fault(fault)) = found else { return };
        self.want_text(fault.cause);
        for (_, _, cause) in fault.others {
            self.want_text(cause);
        }
    }

    fn want_text(self, cause: Cause) {
        if self.shown.with_untracked(|shown| shown.texts.iter().any(|(known, _)| *known == cause)) {
            return;
        }
        self.shown.update(|shown| shown.texts.push((cause, Loaded::Pending)));
        spawn_local(async move {
            let text = fetch_text(&route::cause_text(self.lang, cause)).await;
            let text = text.and_then(|text| CauseText::read(&text));
            let loaded = text.map_or(Loaded::Missing, |text| Loaded::Ready(Box::new(text)));
            self.shown.update(|shown| {
                shown.texts.retain(|(known, _)| *known != cause);
                shown.texts.push((cause, loaded));
            });
        });
    }

    fn begin(self, settings: &Settings, secrets: &Secrets<'_>) {
        let started = now_ms();
        self.tested.set(true);
        self.shown.update(|shown| shown.told = None);
        // Whole seconds are enough here, and fit.
        #[expect(clippy::cast_possible_truncation, reason = "seconds since 1970 are far below 2^53")]
        let started_at = (started / 1000.0) as i64;
        self.happen(Event::Started(Box::new(settings.asked(secrets)), started_at));
        // Text keys and plain values: there is nothing in it that could fail to be written.
        let first = serde_json::to_string(&settings.start(secrets, self.lang)).unwrap_or_default();
        let socket = Socket::open(first, move |event| match event {
            SocketEvent::Message(text) => self.happen(Event::Message(text)),
            SocketEvent::Closed => self.happen(Event::Closed),
        });
        if socket.is_none() {
            self.happen(Event::Closed);
        }
        self.socket.set_value(socket);
        let clock = set_interval_with_handle(
            move || {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a short duration"
                )]
                self.shown.update(|shown| shown.run.tick((now_ms() - started).max(0.0) as u64));
            },
            TICK,
        );
        self.clock.set_value(clock.ok());
        focus(RESULT_HEADING);
    }

    fn happen(self, event: Event) {
        self.shown.update(|shown| shown.run.happen(event));
        self.want_texts();
        let active = self.shown.with_untracked(|shown| shown.run.phase.active());
        self.active.set(active);
        if !active {
            if let Some(clock) = self.clock.try_update_value(Option::take).flatten() {
                clock.clear();
            }
            // A connection carries one run.
            self.socket.set_value(None);
            self.mark_refused_field();
        }
    }

    /// A field that the relay refused is marked in the form.
    fn mark_refused_field(self) {
        let refused = self.shown.with_untracked(|shown| match &shown.run.phase {
            Phase::Stopped(Trouble::Problem(problem)) => {
                Some((Input::named(problem.field.as_deref()?)?, refusal(problem.code)))
            }
            _ => None,
        });
        if let Some((input, text)) = refused {
            self.form.update(|form| form.refuse(input, text));
            focus(input.id());
        }
    }
}
