//! What agents and customers send to the relay about a case, and what it answers.

use serde::{Deserialize, Serialize};

use super::{CaseEvent, CaseSettings, Summary};
use crate::{Endpoint, Field, Lang};

/// An agent opens a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewCase {
    /// The ticket's number in the agents' own system.
    #[serde(default)]
    pub ticket: Option<String>,
    /// The customer's language.
    #[serde(default)]
    pub lang: Lang,
    /// The customer's address, where the agent knows it. It's kept masked.
    #[serde(default)]
    pub email: Option<String>,
    /// The IMAP server, where it's known.
    #[serde(default)]
    pub imap: Option<Endpoint>,
    /// The SMTP server, where it's known.
    #[serde(default)]
    pub smtp: Option<Endpoint>,
}

/// The case that was opened, or that got a new code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The case's identifier.
    pub case: String,
    /// The code to give to the customer.
    pub code: String,
    /// The path of the page on which it is typed or that it's part of.
    pub path: String,
    /// When the code stops working, in milliseconds since the Unix epoch.
    pub expires_at_ms: i64,
}

/// A case with all that its reader may see of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OpenCase {
    /// How it stands.
    pub summary: Summary,
    /// Its events, in order.
    pub events: Vec<CaseEvent>,
}

/// What an agent does in a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum AgentCommand {
    /// Propose a value for the customer's form.
    Propose {
        /// The field.
        field: Field,
        /// The value.
        value: String,
    },
    /// Point at a field.
    Point {
        /// The field.
        field: Field,
    },
    /// Ask for another run.
    AskRerun {},
    /// Write a note that only agents see.
    Note {
        /// The note.
        text: String,
    },
    /// Give the case to another agent.
    HandOver {
        /// That agent's name.
        to: String,
    },
    /// Close the case.
    Close {},
}

/// What a customer sends with the code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JoinRequest {
    /// The customer agreed to share what the page lists.
    pub agreed: bool,
    /// The customer's address, to be shown to the agent. Without it the address stays masked.
    #[serde(default)]
    pub show_email: Option<String>,
}

/// The customer is in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Joined {
    /// The case's identifier.
    pub case: String,
    /// The customer's own key to the case, for `watch`, for commands and for `start`.
    pub token: String,
    /// Who is asking.
    pub agent: String,
    /// What the agent knows already.
    pub settings: CaseSettings,
}

/// What a customer does in a case, with the key to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CustomerOrder {
    /// The key that joining gave.
    pub token: String,
    /// The client's own identifier of this command; a repetition does nothing.
    pub id: String,
    /// What to do.
    #[serde(flatten)]
    pub command: CustomerCommand,
}

/// What a customer does in a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum CustomerCommand {
    /// Take a proposal over.
    Accept {
        /// The `seq` of the proposal.
        proposal: u64,
    },
    /// Turn a proposal down.
    Decline {
        /// The `seq` of the proposal.
        proposal: u64,
    },
    /// Show the address.
    ShowAddress {
        /// The address.
        email: String,
    },
    /// Mask the address from now on.
    MaskAddress {
        /// The address.
        email: String,
    },
    /// Leave: nothing is shared any more.
    Leave {},
}

/// The first message on the WebSocket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Watch {
    /// Send what comes after this `seq`; 0 for everything.
    #[serde(default)]
    pub after: u64,
    /// The customer's key; agents are known by their session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

/// What the relay says on the WebSocket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum WatchMessage {
    /// An event, in order, each once.
    Event(Box<CaseEvent>),
    /// Everything that was there at the beginning has been sent.
    Current {},
    /// The watcher fell behind, or the store is away for a while: connect again with the last `seq`.
    Behind {},
    /// The case is closed, removed or no longer shared with this watcher.
    Over {},
    /// A message of a later version; clients ignore it.
    #[serde(other)]
    Unknown,
}
