//! Replies of `protocol` in the shape of the evidence.

use error_model::evidence::{GreetingOutcome, Reply, ReplyStatus};
use protocol::{imap, smtp};

use super::charset;
use crate::{dialogue::Broken, foreign, service::Greeted};

/// Upper-case text of protocol tokens, lossy: they're ASCII by grammar, whatever a server sends.
pub(super) fn token(bytes: &[u8]) -> String {
    error_model::text::escape(&String::from_utf8_lossy(bytes)).to_uppercase()
}

pub(super) fn imap_reply(status: ReplyStatus, code: Option<&imap::ResponseCode>, text: &[u8]) -> Reply {
    let (text, charset) = charset::read(text);
    Reply {
        status,
        code: None,
        enhanced: None,
        response_code: code.map(|code| token(code.name())),
        charset,
        text,
    }
}

pub(super) fn imap_status(status: imap::Status) -> ReplyStatus {
    match status {
        imap::Status::Ok => ReplyStatus::Ok,
        imap::Status::No => ReplyStatus::No,
        imap::Status::Bad => ReplyStatus::Bad,
    }
}

pub(super) fn smtp_reply(reply: &smtp::Reply) -> Reply {
    let status = match reply.code {
        200..=399 => ReplyStatus::Ok,
        421 => ReplyStatus::Bye,
        400..=499 => ReplyStatus::Later,
        500..=504 => ReplyStatus::Bad,
        _ => ReplyStatus::No,
    };
    let (text, charset) = charset::read(&reply.lines.join(&b'\n'));
    Reply {
        status,
        code: Some(reply.code),
        enhanced: reply.enhanced.map(|code| code.to_string()),
        response_code: None,
        charset,
        text,
    }
}

/// A greeting that never came, or that this service doesn't speak.
pub(super) fn no_greeting(broken: Broken) -> Greeted {
    match broken {
        Broken::Closed | Broken::Over | Broken::Tls(_) => Greeted::other(GreetingOutcome::Closed, b"", None),
        Broken::Reset => Greeted::other(GreetingOutcome::Reset, b"", None),
        Broken::TimedOut => Greeted::other(GreetingOutcome::Silent, b"", None),
        Broken::Unrecognised(bytes) => {
            let protocol = bytes.looks_like.map(foreign);
            let outcome =
                if protocol.is_some() { GreetingOutcome::Foreign } else { GreetingOutcome::Unrecognised };
            Greeted::other(outcome, &bytes.bytes, protocol)
        }
    }
}
