//! IMAP (RFC 3501, RFC 9051), the client's side, as far as an account check needs it.

mod capability;
mod code;
mod command;
mod data;
mod dialogue;
mod event;
mod frame;
mod login;
mod response;
mod token;

pub use capability::Capabilities;
pub use code::ResponseCode;
pub use command::{Command, CommandKind, NoMechanism};
pub use data::{IdField, Namespace, Namespaces, StatusData};
pub use dialogue::Dialogue;
pub use event::{Completed, Event, Fetched, Greeting, GreetingKind, Status};
