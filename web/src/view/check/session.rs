//! What the parts of the check share: the form, the run, and the connection of the run.

use std::time::Duration;

use error_model::{Cause, Lang, Suggestion};
use leptos::{leptos_dom::helpers::IntervalHandle, prelude::*, task::spawn_local};

use crate::{
    card::{Card, CauseText, card},
    form::{Form, Input, Secrets, Settings},
    route,
    run::{Event, Run, Trouble},
    trouble::refusal,
    view::browser::{Socket, SocketEvent, fetch_text, focus, input_value, now_ms},
};

/// How often the clock of a running test moves.
const TICK: Duration = Duration::from_millis(200);

/// The message that stops a run.
const CANCEL: &str = r#"{"type":"cancel"}"#;

/// The heading that takes the focus when a test starts.
pub const RESULT_HEADING: &str = "result-title";

/// The text of a cause, as far as it's there.
#[derive(Clone, PartialEq)]
pub enum Loaded {
    /// Being fetched.
    Pending,
    /// There.
    Ready(Box<CauseText>),
    /// Couldn't be fetched.
    Missing,
}

/// Handles to the state of the check; copies are the same state.
#[derive(Clone, Copy)]
pub struct Check {
    /// The page's language.
    pub lang: Lang,
    /// The form.
    pub form: RwSignal<Form>,
    /// The run.
    pub run: RwSignal<Run>,
    /// The card of the run.
    pub card: Memo<Option<Card>>,
    /// The page takes input.
    pub awake: RwSignal<bool>,
    /// Texts of causes that were found.
    pub texts: RwSignal<Vec<(Cause, Loaded)>>,
    socket: StoredValue<Option<Socket>, LocalStorage>,
    clock: StoredValue<Option<IntervalHandle>, LocalStorage>,
}

impl Check {
    /// A form without a run.
    pub fn new(lang: Lang) -> Self {
        let run = RwSignal::new(Run::default());
        Self {
            lang,
            form: RwSignal::new(Form::default()),
            run,
            card: Memo::new(move |_| card(&run.read(), lang)),
            awake: RwSignal::new(false),
            texts: RwSignal::new(Vec::new()),
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

    /// Fills in a suggested change; `again` tests with it at once.
    pub fn apply(self, change: &[Suggestion], again: bool) {
        let input = self.form.try_update(|form| form.apply(change)).flatten();
        if again {
            self.submit();
        } else if let Some(input) = input {
            focus(input.id());
        }
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
        if self.run.with_untracked(|run| run.phase.active()) {
            self.cancel();
        }
    }

    /// Fetches the text of a cause, once.
    pub fn want_text(self, cause: Cause) {
        if self.texts.with_untracked(|texts| texts.iter().any(|(known, _)| *known == cause)) {
            return;
        }
        self.texts.update(|texts| texts.push((cause, Loaded::Pending)));
        spawn_local(async move {
            let text = fetch_text(&route::cause_text(self.lang, cause)).await;
            let text = text.and_then(|text| CauseText::read(&text));
            let loaded = text.map_or(Loaded::Missing, |text| Loaded::Ready(Box::new(text)));
            self.texts.update(|texts| texts.retain(|(known, _)| *known != cause));
            self.texts.update(|texts| texts.push((cause, loaded)));
        });
    }

    /// The text of a cause, as far as it's there.
    pub fn text(self, cause: Cause) -> Loaded {
        let texts = self.texts.read();
        texts.iter().find(|(known, _)| *known == cause).map_or(Loaded::Pending, |(_, loaded)| loaded.clone())
    }

    fn begin(self, settings: &Settings, secrets: &Secrets<'_>) {
        let started = now_ms();
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
                self.run.update(|run| run.tick((now_ms() - started).max(0.0) as u64));
            },
            TICK,
        );
        self.clock.set_value(clock.ok());
        focus(RESULT_HEADING);
    }

    fn happen(self, event: Event) {
        self.run.update(|run| run.happen(event));
        if self.run.with_untracked(|run| run.phase.active()) {
            return;
        }
        if let Some(clock) = self.clock.try_update_value(Option::take).flatten() {
            clock.clear();
        }
        // A connection carries one run.
        self.socket.set_value(None);
        self.mark_refused_field();
    }

    /// A field that the relay refused is marked in the form.
    fn mark_refused_field(self) {
        let refused = self.run.with_untracked(|run| match &run.phase {
            crate::run::Phase::Stopped(Trouble::Problem(problem)) => {
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
