//! What a greeting that isn't a welcome means: a block of this source, or a server that can't take anybody just now.

use std::net::IpAddr;

use crate::{
    Confidence,
    evidence::{Reply, ReplyStatus},
};

/// What a refusal in the greeting means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The server turns this source away.
    Policy(Confidence),
    /// The server can't take connections just now.
    Unavailable(Confidence),
}

/// Words of a server that is full, starting or stopping. They come first: 'too many connections from your address' is
/// a limit, not a block.
const LOAD: &[&str] = &[
    "too many connections",
    "too many concurrent",
    "too many sessions",
    "too many simultaneous",
    "connection limit",
    "connections exceeded",
    "maximum number",
    "maximum connections",
    "rate limit",
    "busy",
    "overload",
    "load too high",
    "maintenance",
    "shutting down",
    "shutdown",
    "starting up",
    "混雑",
    "メンテナンス",
];

/// Words of a block.
const BLOCK: &[&str] = &[
    "block",
    "blacklist",
    "black list",
    "blackhole",
    "banned",
    "denied",
    "spam",
    "abuse",
    "reputation",
    "country",
    "countries",
    "region",
    "geoip",
    "geo-",
    "dnsbl",
    " rbl ",
    "listed in",
    "listed on",
    "listed by",
    "listed at",
    "not allowed",
    "not permitted",
    "not authorized",
    "unauthorized",
    "prohibited",
    "reject",
    "refused",
    "policy",
    "your ip",
    "海外",
    "国外",
    "拒否",
    "許可されて",
];

/// Words of a passing trouble, which some blocks use too.
const PASSING: &[&str] = &["unavailable", "not available", "temporar", "try again", "try later", "later"];

impl Refusal {
    /// Reads a greeting's reply. `None`: it says neither.
    pub fn read(reply: &Reply) -> Option<Self> {
        use Confidence::{Likely, Proven};
        let text = words(reply);
        let says = |list: &[&str]| list.iter().any(|word| text.contains(word));
        if reply.response_code.as_deref() == Some("UNAVAILABLE") || says(LOAD) {
            return Some(Self::Unavailable(Proven));
        }
        if says(BLOCK) {
            return Some(Self::Policy(Proven));
        }
        match (reply.code, reply.status) {
            // The server itself calls it passing.
            (Some(400..=499), _) => Some(Self::Unavailable(Proven)),
            // RFC 5321 §3.1: 'no SMTP service here' for this client; why, it doesn't say.
            (Some(500..=599), _) => Some(Self::Policy(Likely)),
            (None, ReplyStatus::Bye) if says(PASSING) => Some(Self::Unavailable(Proven)),
            (None, ReplyStatus::Bye) if names_an_address(reply) => Some(Self::Policy(Likely)),
            (None, ReplyStatus::Bye) => Some(Self::Unavailable(Likely)),
            _ => None,
        }
    }
}

/// The text in lower case with single spaces around each word. Host names and addresses are left out: a server called
/// `spamfilter.example.com` blocks nobody by its name.
fn words(reply: &Reply) -> String {
    let text = reply.text.lowercase();
    let kept = text.split_whitespace().filter(|word| !word.trim_end_matches('.').contains('.'));
    kept.fold(String::from(" "), |mut line, word| {
        line.push_str(word.trim_matches(|c: char| c.is_ascii_punctuation() && c != '-'));
        line.push(' ');
        line
    })
}

fn names_an_address(reply: &Reply) -> bool {
    let text = reply.text.lowercase();
    let bare = |word: &str| {
        word.trim_matches(|c: char| c.is_ascii_punctuation() && c != ':').parse::<IpAddr>().is_ok()
    };
    text.split(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '=')).any(bare)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::reply;

    #[test]
    fn a_refusal_is_read_by_its_words_first_and_by_its_number_second() {
        use Confidence::{Likely, Proven};
        use Refusal::{Policy, Unavailable};
        use ReplyStatus::{Bye, Later, No};
        for (status, code, text, meaning) in [
            (
                No,
                Some(554),
                "5.7.1 <unknown[192.0.2.1]>: Client host rejected: Access denied",
                Policy(Proven),
            ),
            (No, Some(554), "mail.example.com", Policy(Likely)),
            (Bye, Some(421), "4.3.2 All server ports are busy", Unavailable(Proven)),
            (Bye, Some(421), "4.7.0 Too many connections from your IP, denied", Unavailable(Proven)),
            (Bye, Some(421), "spamfilter.example.com Service not available", Unavailable(Proven)),
            (Bye, Some(421), "4.7.1 blocked using zen.example.org", Policy(Proven)),
            (Later, Some(450), "mail.example.com", Unavailable(Proven)),
            (Bye, None, "Access from your country is not allowed", Policy(Proven)),
            (Bye, None, "Goodbye [192.0.2.1]", Policy(Likely)),
            (Bye, None, "Please try again", Unavailable(Proven)),
            (Bye, None, "", Unavailable(Likely)),
        ] {
            assert_eq!(Refusal::read(&reply(status, code, text)), Some(meaning), "{text}");
        }
        assert_eq!(Refusal::read(&reply(No, None, "what?")), None);
    }
}
