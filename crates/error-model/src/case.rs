//! Live triage on the wire: the events of a case, which an agent and a customer both follow.
//!
//! An event has no place for a password or a token, and addresses are [`Masked`] until their owner shows them.

mod command;
mod mask;
mod summary;

pub use command::{
    AgentCommand, CustomerCommand, CustomerOrder, JoinRequest, Joined, NewCase, OpenCase, Opened, Watch,
    WatchMessage,
};
pub use mask::{Masked, Veil, mask_address};
pub use summary::{CaseState, Counted, Summary};

use serde::{Deserialize, Serialize};

use crate::{Endpoint, Field, Lang, wire::RelayMessage};

/// The WebSocket sub-protocol on which a case is followed.
pub const SUBPROTOCOL: &str = "mailtriage.case.v1";

/// One entry of a case's log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseEvent {
    /// Its place: it grows within a case, with gaps. Whoever has seen it continues after it.
    pub seq: u64,
    /// When it was appended, in milliseconds since the Unix epoch.
    pub at_ms: i64,
    /// What was appended.
    #[serde(flatten)]
    pub draft: Draft,
}

/// An event before it has its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// The client's own identifier, unique in the case: a repeated append with it does nothing.
    pub id: String,
    /// Who did it.
    pub by: By,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The agent of this name.
    Agent(String),
    /// The customer.
    Customer,
    /// The relay itself.
    Relay,
}

/// What happened in a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum What {
    /// An agent opened the case.
    Opened {
        /// The ticket's number in the agents' own system.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ticket: Option<String>,
        /// The customer's language.
        lang: Lang,
        /// The settings that are known already.
        settings: CaseSettings,
    },
    /// The customer agreed to share the run, and came in.
    Joined {
        /// The customer's address, masked unless they chose to show it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        email: Option<Masked>,
    },
    /// The customer showed their address, or masked it again.
    Address {
        /// The address from now on.
        email: Masked,
    },
    /// The customer left; nothing is shared any more.
    Left {},
    /// The agent proposed a value for the customer's form.
    Proposed {
        /// The field.
        field: Field,
        /// The value.
        value: String,
    },
    /// The customer took a proposal over.
    Accepted {
        /// The `seq` of the proposal.
        proposal: u64,
    },
    /// The customer turned a proposal down.
    Declined {
        /// The `seq` of the proposal.
        proposal: u64,
    },
    /// The agent points the customer at a field.
    Pointed {
        /// The field.
        field: Field,
    },
    /// The agent asked for another run.
    RerunAsked {},
    /// The agent wrote a note, which only agents see.
    Noted {
        /// The note.
        text: String,
    },
    /// Another agent has the case now.
    HandedOver {
        /// That agent.
        to: String,
    },
    /// The agent closed the case.
    Closed {},
    /// A run began.
    RunStarted {
        /// Tells the runs of a case apart.
        run: String,
        /// Its settings, without secrets.
        settings: CaseSettings,
        /// The relay checks the connection alone, for the agent.
        connection_only: bool,
    },
    /// A message of a run.
    Ran {
        /// The run.
        run: String,
        /// The message, redacted.
        message: Box<RelayMessage>,
    },
    /// A message of a run that was too long to keep.
    Omitted {
        /// The run.
        run: String,
        /// Its length, bytes.
        bytes: u64,
    },
    /// The case was removed before its time.
    Removed {},
    /// An event of a later version; clients ignore it.
    #[serde(other)]
    Unknown,
}

impl What {
    /// Whether the customer sees it too. Notes are the agents' own.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        !matches!(self, Self::Noted { .. })
    }
}

/// The settings of a case or a run: what [`crate::wire::ProbeRequest`] has, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CaseSettings {
    /// The e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Masked>,
    /// The IMAP server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imap: Option<Endpoint>,
    /// The SMTP server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smtp: Option<Endpoint>,
    /// The user name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<Masked>,
    /// The user name for sending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smtp_user: Option<Masked>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_one_flat_object() {
        let what = What::Proposed { field: Field::ImapHost, value: "mail.example.com".into() };
        let draft = Draft { id: "7f".into(), by: By::Agent("anna".into()), what };
        let event = CaseEvent { seq: 9, at_ms: 1_700_000_000_000, draft };
        let json = r#"{"seq":9,"at_ms":1700000000000,"id":"7f","by":{"agent":"anna"},"kind":"proposed","field":"imap.host","value":"mail.example.com"}"#;
        assert_eq!(serde_json::to_string(&event).unwrap(), json);
        assert_eq!(serde_json::from_str::<CaseEvent>(json).unwrap(), event);
    }

    #[test]
    fn an_event_of_a_later_version_is_no_error() {
        let json = r#"{"seq":1,"at_ms":0,"id":"a","by":"relay","kind":"danced","with":"otto"}"#;
        assert_eq!(serde_json::from_str::<CaseEvent>(json).unwrap().draft.what, What::Unknown);
    }

    #[test]
    fn a_customer_sees_everything_but_notes() {
        assert!(!What::Noted { text: "a bit slow".into() }.is_shared());
        assert!(What::RerunAsked {}.is_shared() && What::Closed {}.is_shared());
    }
}
