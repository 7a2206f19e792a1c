//! SMTP (RFC 5321), the client's side, as far as an account check needs it: up to MAIL FROM, never further.

mod capability;
mod command;
mod dialogue;
mod enhanced;
mod event;
mod reply;

pub use capability::{Capabilities, Keyword};
pub use command::{ArgumentError, ClientName, Command, CommandKind, NoMechanism, Sender};
pub use dialogue::Dialogue;
pub use enhanced::{Condition, EnhancedCode};
pub use event::{Completed, Event};
pub use reply::Reply;
