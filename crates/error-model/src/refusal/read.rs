//! Holds a reply against the table, from its first row to its last.

use super::{
    Origin, Reason,
    bare::is_bare,
    table::{ISSUER, REPLIES, Row, When},
    words::{normalise, says},
};
use crate::evidence::{Reply, ReplyStatus};

/// A reply in the form in which the table looks at it.
pub(super) struct Said<'a> {
    reply: &'a Reply,
    text: String,
    challenge: String,
    origin: &'a Origin,
}

impl<'a> Said<'a> {
    pub fn new(reply: &'a Reply, challenge: &[u8], origin: &'a Origin) -> Self {
        Self { reply, text: normalise(reply.text.bytes()), challenge: normalise(challenge), origin }
    }

    fn fits(&self, when: &When) -> bool {
        let any = |list: &[&str], text: &str| list.iter().any(|pattern| says(text, pattern));
        match when {
            When::Says(list) => any(list, &self.text),
            When::Challenge(list) => any(list, &self.challenge),
            When::Bare => is_bare(&self.text),
            When::From(list) => list.iter().any(|name| self.origin.is(name)),
            When::Response(list) => self.reply.response_code.as_deref().is_some_and(|c| list.contains(&c)),
            When::Code(list) => self.reply.code.is_some_and(|code| list.contains(&code)),
            When::Enhanced(list) => self.reply.enhanced.as_deref().is_some_and(|code| {
                // The class only repeats the reply's first digit.
                code.split_once('.').is_some_and(|(_, detail)| list.contains(&detail))
            }),
            When::Status(status) => self.reply.status == *status,
            When::All(list) => list.iter().all(|when| self.fits(when)),
        }
    }
}

/// The first row that fits. Where none does, the reply says something that nobody has told us the meaning of.
pub(super) fn reason(said: &Said<'_>) -> Reason {
    let row = REPLIES.iter().copied().flatten().find(|Row(when, _)| said.fits(when));
    row.map_or(Reason::Plain { coded: false, understood: false }, |Row(_, reason)| *reason)
}

/// What the issuer of a token says is words only.
pub(super) fn issuer_reason(error: &str) -> Option<Reason> {
    let reply = Reply {
        status: ReplyStatus::No,
        code: None,
        enhanced: None,
        response_code: None,
        charset: None,
        text: error.into(),
    };
    let origin = Origin::default();
    let said = Said::new(&reply, b"", &origin);
    ISSUER.iter().find(|Row(when, _)| said.fits(when)).map(|Row(_, reason)| *reason)
}
