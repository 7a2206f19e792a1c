//! The desk at which agents and customers meet: opens cases, gives out codes, lets customers in, and writes down what both do.

mod codes;
mod customers;
mod recorder;

use std::num::NonZeroU32;
use std::sync::Arc;

use error_model::{
    case::{AgentCommand, By, CaseSettings, CaseState, Draft, NewCase, Opened, Summary, What, mask_address},
    wire::{Problem, ProblemCode},
};

use crate::{
    agents::{Agent, Agents, Role},
    budget::{Client, Rate, Watch},
    cases::{AppendError, CaseId, Unavailable},
    config::Settings,
    limits,
    random::NoRandomness,
    store::{KeyError, PutError, Store},
};
use codes::Codes;
pub(crate) use recorder::Recorder;

/// Everything about cases that isn't HTTP.
pub(crate) struct Desk {
    pub store: Store,
    pub agents: Agents,
    codes: Codes,
    sign_ins: Rate<Client>,
    retention_ms: i64,
}

/// Why something isn't done.
#[derive(Debug)]
pub(crate) enum Refused {
    /// There's no such case, for this person at least.
    NoCase,
    /// The case is another agent's, of this name.
    NotYours(String),
    /// The relay says why.
    Problem(Problem),
    /// The store is away, or something else that nobody asked for.
    Failed(String),
}

impl Refused {
    fn field(field: &str, message: impl Into<String>) -> Self {
        Self::Problem(Problem {
            code: ProblemCode::BadRequest,
            message: message.into(),
            field: Some(field.to_owned()),
            retry_after_s: None,
        })
    }
}

impl From<Unavailable> for Refused {
    fn from(error: Unavailable) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<NoRandomness> for Refused {
    fn from(error: NoRandomness) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<PutError> for Refused {
    fn from(error: PutError) -> Self {
        Self::Failed(error.to_string())
    }
}

impl From<AppendError> for Refused {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::NoCase => Self::NoCase,
            AppendError::Unavailable(error) => error.into(),
            AppendError::Full => Self::field("case", "The case is full: open another one."),
            AppendError::TooLong { .. } | AppendError::Moved { .. } => {
                Self::field("message", error.to_string())
            }
        }
    }
}

impl Desk {
    /// A desk with this store.
    ///
    /// # Errors
    /// [`KeyError`], where the store has no keys and none can be made.
    pub async fn new(store: Store, settings: &Settings, watch: &Watch) -> Result<Arc<Self>, KeyError> {
        let codes = Codes::new(&store.key("codes").await?, Arc::clone(&store.shelf), watch);
        let tries = NonZeroU32::new(limits::AGENT_SIGN_INS).unwrap_or(NonZeroU32::MIN);
        let sign_ins = Rate::per_minute(tries, limits::REMEMBERED, watch.clone());
        let retention_ms = i64::try_from(settings.cases.retention().as_millis()).unwrap_or(i64::MAX / 4);
        Ok(Arc::new(Self {
            agents: Agents::new(Arc::clone(&store.shelf)),
            store,
            codes,
            sign_ins,
            retention_ms,
        }))
    }

    /// Lets a client try to sign in as an agent, so many times a minute.
    pub fn take_sign_in(&self, client: Client) -> Result<(), Refused> {
        self.sign_ins.take(&client).map_err(codes::wait)
    }

    /// Opens a case, with a code for its customer.
    pub async fn open(&self, agent: &Agent, new: NewCase) -> Result<Opened, Refused> {
        let ticket = new.ticket.map(|ticket| ticket.trim().to_owned()).filter(|ticket| !ticket.is_empty());
        if let Some(ticket) = &ticket {
            short("ticket", ticket, limits::TICKET_NUMBER)?;
        }
        for server in [&new.imap, &new.smtp].into_iter().flatten() {
            short("host", &server.host, limits::VALUE)?;
        }
        let settings = CaseSettings {
            email: new.email.as_deref().map(mask_address),
            imap: new.imap,
            smtp: new.smtp,
            user: None,
            smtp_user: None,
        };
        if let Some(email) = &settings.email {
            short("email", email.as_str(), limits::VALUE)?;
        }
        let case = CaseId::random()?;
        let what = What::Opened { ticket, lang: new.lang, settings };
        let draft = Draft { id: "opened".to_owned(), by: By::Agent(agent.name.clone()), what };
        self.store.cases.append(case, draft, Some(0)).await?;
        self.new_code(case).await
    }

    /// Another code for a case: the first one has ended, or was used.
    pub async fn new_code(&self, case: CaseId) -> Result<Opened, Refused> {
        self.summary(case)?;
        let (code, expires_at_ms) = self.codes.issue(case).await?;
        let path = format!("/join/{code}");
        Ok(Opened { case: case.to_string(), code, path, expires_at_ms })
    }

    /// How a case stands.
    pub fn summary(&self, case: CaseId) -> Result<Summary, Refused> {
        let summary = self.store.cases.board().summary(case).ok_or(Refused::NoCase)?;
        // It's over, even if nobody has removed it yet.
        let over = summary.opened_at_ms.saturating_add(self.retention_ms) < crate::store::now_ms();
        if over { Err(Refused::NoCase) } else { Ok(summary) }
    }

    /// Does what an agent wants done in a case. Gives the event's `seq`.
    pub async fn command(
        &self,
        agent: &Agent,
        case: CaseId,
        id: &str,
        command: AgentCommand,
    ) -> Result<u64, Refused> {
        let summary = self.summary(case)?;
        if summary.state == CaseState::Closed && !matches!(command, AgentCommand::Note { .. }) {
            return Err(Refused::field("kind", "The case is closed: open another one."));
        }
        let settles = matches!(command, AgentCommand::Close {} | AgentCommand::HandOver { .. });
        if settles && summary.agent != agent.name && agent.role < Role::Lead {
            return Err(Refused::NotYours(summary.agent));
        }
        let what = match command {
            AgentCommand::Propose { field, value } => {
                let value = value.trim().to_owned();
                short("value", &value, limits::VALUE)?;
                What::Proposed { field, value }
            }
            AgentCommand::Point { field } => What::Pointed { field },
            AgentCommand::AskRerun {} => What::RerunAsked {},
            AgentCommand::Note { text } => {
                short("text", &text, limits::NOTE)?;
                What::Noted { text }
            }
            AgentCommand::HandOver { to } => {
                short("to", &to, limits::VALUE)?;
                if !self.agents.list().await?.iter().any(|agent| agent.name == to) {
                    let message =
                        "There's no agent of the name in `to`: it must be one that GET /api/v1/agents lists.";
                    return Err(Refused::field("to", message));
                }
                What::HandedOver { to }
            }
            AgentCommand::Close {} => What::Closed {},
        };
        let by = By::Agent(agent.name.clone());
        Ok(self.store.cases.append(case, Draft { id: checked_id('a', id)?, by, what }, None).await?)
    }

    /// Removes what is over, for as long as the relay runs.
    pub async fn expire(&self) {
        loop {
            let before = crate::store::now_ms().saturating_sub(self.retention_ms);
            if let Err(error) = self.store.cases.expire(before).await {
                tracing::warn!(%error, "cases that are over can't be removed");
            }
            tokio::time::sleep(limits::EXPIRY_PAUSE).await;
        }
    }
}

/// A client's identifier of an event. Each side has its own, so that neither can take one of the other's.
fn checked_id(side: char, id: &str) -> Result<String, Refused> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if (1..=64).contains(&id.len()) && id.chars().all(plain) {
        return Ok(format!("{side}-{id}"));
    }
    Err(Refused::field("id", "`id` must have 1 to 64 letters, digits, hyphens or underscores."))
}

fn short(field: &str, text: &str, most: usize) -> Result<(), Refused> {
    if (1..=most).contains(&text.chars().count()) {
        return Ok(());
    }
    Err(Refused::field(field, format!("`{field}` must have 1 to {most} characters.")))
}
