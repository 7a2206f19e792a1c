//! Opens the real sockets of a mailbox check and turns what happens into evidence.
//!
//! What holds here: a failed probe is evidence, not an `Err`. Only an [`egress::AllowedAddr`] is dialled, and only
//! [`egress::Policy`] makes one, after resolution. No secret is sent unless TLS stands and the verdict is clean, or the
//! person has agreed for that run; then one sign-in is tried. Every wait has a limit, all of them in [`limits`].
//! This crate holds no sentence about a fault: it speaks observations, and [`error_model::diagnose`] their causes.

mod aia;
pub mod certificate;
mod connect;
mod dialogue;
pub mod discover;
pub mod egress;
mod engine;
mod experiment;
mod fetch;
#[cfg(fuzzing)]
pub mod fuzzing;
pub mod host;
mod lane;
pub mod limits;
pub mod providers;
mod record;
mod request;
pub mod resolve;
mod revocation;
mod run;
mod secure;
mod service;
mod sign_ins;
mod stream;
mod tls;
mod token;

pub use certificate::NotAnAnchor;
pub use engine::{Engine, Options, SetupError, certificates_from_pem};
pub use fetch::{Allowance, CallError};
pub use request::Request;
pub use sign_ins::{SignIn, SignInBudget};
pub use token::Issued;

use error_model::evidence::ForeignProtocol;

/// A protocol in the words of the evidence.
fn foreign(protocol: protocol::ForeignProtocol) -> ForeignProtocol {
    use protocol::ForeignProtocol as P;
    match protocol {
        P::Imap => ForeignProtocol::Imap,
        P::Smtp => ForeignProtocol::Smtp,
        P::Pop3 => ForeignProtocol::Pop3,
        P::Http => ForeignProtocol::Http,
        P::Ssh => ForeignProtocol::Ssh,
        P::Ftp => ForeignProtocol::Ftp,
        P::TlsRecord => ForeignProtocol::Tls,
        P::Nntp => ForeignProtocol::Nntp,
        P::ManageSieve => ForeignProtocol::ManageSieve,
    }
}
