//! What the pipeline asks of a service, the same for IMAP and SMTP; each service answers in its own protocol.

mod charset;
mod imap;
mod reading;
mod reply;
mod smtp;

use error_model::{
    ServerText,
    evidence::{ForeignProtocol, GreetingOutcome, Observation, Reply},
};
use protocol::sasl::Credentials;

pub(crate) use imap::Imap;
pub(crate) use smtp::Smtp;

use crate::{
    dialogue::{Broken, Conversation, Dialogue},
    record::Pen,
};

/// What a fuzz target sees of [`charset`].
#[cfg(fuzzing)]
pub(crate) fn fuzzing(bytes: &[u8]) -> ServerText {
    charset::read(bytes).0
}

/// What the server said first.
pub(crate) struct Greeted {
    pub outcome: GreetingOutcome,
    pub reply: Option<Reply>,
    pub raw: ServerText,
    pub protocol: Option<ForeignProtocol>,
}

impl Greeted {
    /// A reply of this service.
    pub fn reply(outcome: GreetingOutcome, reply: Reply) -> Self {
        Self { outcome, reply: Some(reply), raw: ServerText::default(), protocol: None }
    }

    /// No reply of this service.
    pub fn other(outcome: GreetingOutcome, raw: &[u8], protocol: Option<ForeignProtocol>) -> Self {
        Self { outcome, reply: None, raw: ServerText::new(raw), protocol }
    }

    pub fn observation(self, elapsed_ms: u64) -> Observation {
        let Self { outcome, reply, raw, protocol } = self;
        Observation::Greeting { outcome, reply, raw, protocol, elapsed_ms }
    }
}

/// What the server offers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Offer {
    pub tokens: Vec<String>,
    pub mechanisms: Vec<String>,
    pub starttls: bool,
    pub login_disabled: bool,
}

/// How the one sign-in went.
pub(crate) struct SignedIn {
    pub mechanism: String,
    pub accepted: bool,
    pub reply: Reply,
    pub challenge: ServerText,
}

/// No mechanism of the offer carries this kind of secret.
pub(crate) struct NoMechanism;

/// A mail service as the pipeline sees it.
pub(crate) trait Service: Sized {
    type Dialogue: Dialogue + Send;

    /// A dialogue that awaits the greeting.
    fn dialogue() -> Self::Dialogue;

    /// Waits for the greeting.
    fn greeting(
        c: &mut Conversation<Self::Dialogue>,
        limit: std::time::Duration,
    ) -> impl Future<Output = Greeted> + Send;

    /// Asks what the server offers, where it hasn't said so already.
    fn offer(c: &mut Conversation<Self::Dialogue>) -> impl Future<Output = Result<Offer, Broken>> + Send;

    /// Sends STARTTLS and waits for the answer.
    fn starttls(c: &mut Conversation<Self::Dialogue>) -> impl Future<Output = Result<Reply, Broken>> + Send;

    /// The sign-in command for these credentials: one mechanism, never a second.
    fn sign_in_command(
        c: &Conversation<Self::Dialogue>,
        credentials: Credentials,
    ) -> Result<<Self::Dialogue as Dialogue>::Command, NoMechanism>;

    /// Signs in, once.
    fn sign_in(
        c: &mut Conversation<Self::Dialogue>,
        command: <Self::Dialogue as Dialogue>::Command,
    ) -> impl Future<Output = Result<SignedIn, Broken>> + Send;

    /// Looks at the mailbox (IMAP) or asks whether `sender` may send (SMTP), and says goodbye, unless it `stays`.
    fn mailbox(
        c: &mut Conversation<Self::Dialogue>,
        sender: Option<&str>,
        stays: bool,
    ) -> impl Future<Output = Result<Option<Observation>, Broken>> + Send;

    /// Reads some mail of the mailbox that was opened, to see how fast that goes, and says so while it does. Nothing of it is
    /// kept.
    fn read(
        _c: &mut Conversation<Self::Dialogue>,
        _opened: &Observation,
        _pen: &Pen,
    ) -> impl Future<Output = ()> + Send {
        std::future::ready(())
    }

    /// Says goodbye without waiting for the answer.
    fn goodbye(c: &mut Conversation<Self::Dialogue>) -> impl Future<Output = ()> + Send;
}
