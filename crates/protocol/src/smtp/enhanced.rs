//! Enhanced status codes (RFC 3463, RFC 5248): `5.7.8` and its like.

use std::fmt;

/// A code of three numbers: class, subject, detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EnhancedCode {
    /// 2 success, 4 for now, 5 for good.
    pub class: u8,
    /// What it is about: 7 is security and policy.
    pub subject: u16,
    /// What exactly.
    pub detail: u16,
}

/// What a code means, of those that a sign-in or a sender check can meet. Some servers use them in a sense of their
/// own (Exchange: 5.7.3 for any refusal), so the text counts too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Condition {
    /// X.1.7, X.1.8: the sender's address is malformed, or its domain unknown.
    BadSender,
    /// X.2.1: the mailbox is disabled.
    MailboxDisabled,
    /// X.3.2: the system takes no messages now.
    NotAcceptingMessages,
    /// X.4.5: congestion.
    Congestion,
    /// X.5.1: not in this state, or unknown.
    InvalidCommand,
    /// X.5.4: the arguments, a mechanism's name among them, aren't supported.
    InvalidArguments,
    /// X.5.6: the line of the exchange is too long (RFC 4954).
    ExchangeLineTooLong,
    /// X.7.0: security, nothing said.
    OtherSecurity,
    /// X.7.1: not authorised: a policy, or no right to this sender.
    NotAuthorised,
    /// X.7.3: a conversion is needed that isn't possible.
    ConversionImpossible,
    /// X.7.4: a security feature, a mechanism for example, isn't supported.
    FeatureUnsupported,
    /// X.7.8: the credentials are wrong (RFC 4954).
    CredentialsInvalid,
    /// X.7.9: the mechanism is too weak (RFC 4954).
    MechanismTooWeak,
    /// X.7.10: encryption is needed (RFC 5248).
    EncryptionNeeded,
    /// X.7.11: encryption is needed for this mechanism (RFC 4954).
    EncryptionRequiredForMechanism,
    /// X.7.12: the password must first be changed over to the new mechanism (RFC 4954).
    PasswordTransitionNeeded,
    /// X.7.13: the account is disabled (RFC 5248).
    AccountDisabled,
    /// X.7.14: a trust relationship is needed (RFC 5248).
    TrustRelationshipRequired,
    /// X.7.15: the priority is too low (RFC 6710).
    PriorityTooLow,
}

impl EnhancedCode {
    /// The meaning, where this is one of the codes that matter here.
    #[must_use]
    pub fn condition(self) -> Option<Condition> {
        Some(match (self.subject, self.detail) {
            (1, 7 | 8) => Condition::BadSender,
            (2, 1) => Condition::MailboxDisabled,
            (3, 2) => Condition::NotAcceptingMessages,
            (4, 5) => Condition::Congestion,
            (5, 1) => Condition::InvalidCommand,
            (5, 4) => Condition::InvalidArguments,
            (5, 6) => Condition::ExchangeLineTooLong,
            (7, 0) => Condition::OtherSecurity,
            (7, 1) => Condition::NotAuthorised,
            (7, 3) => Condition::ConversionImpossible,
            (7, 4) => Condition::FeatureUnsupported,
            (7, 8) => Condition::CredentialsInvalid,
            (7, 9) => Condition::MechanismTooWeak,
            (7, 10) => Condition::EncryptionNeeded,
            (7, 11) => Condition::EncryptionRequiredForMechanism,
            (7, 12) => Condition::PasswordTransitionNeeded,
            (7, 13) => Condition::AccountDisabled,
            (7, 14) => Condition::TrustRelationshipRequired,
            (7, 15) => Condition::PriorityTooLow,
            _ => return None,
        })
    }

    /// Finds the code of one line: at its beginning (RFC 2034), or as `(#5.7.1)` anywhere, which is qmail's way.
    pub(crate) fn find(text: &[u8]) -> Option<Self> {
        let first = text.split(|byte| byte.is_ascii_whitespace()).next().unwrap_or_default();
        Self::parse(first).or_else(|| {
            let begin = text.windows(2).position(|window| window == b"(#")? + 2;
            let length = text[begin..].iter().position(|&byte| byte == b')')?;
            Self::parse(&text[begin..begin + length])
        })
    }

    fn parse(word: &[u8]) -> Option<Self> {
        let mut numbers = word.split(|&byte| byte == b'.').map(|digits| {
            let is_number = (1..=3).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
            is_number.then(|| digits.iter().fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0')))
        });
        let class = match numbers.next()?? {
            2 => 2,
            4 => 4,
            5 => 5,
            _ => return None,
        };
        let code = Self { class, subject: numbers.next()??, detail: numbers.next()?? };
        numbers.next().is_none().then_some(code)
    }
}

impl fmt::Display for EnhancedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

#[cfg(test)]
mod tests {
    use super::{Condition, EnhancedCode};

    #[track_caller]
    fn check(text: &str, code: Option<&str>) {
        assert_eq!(EnhancedCode::find(text.as_bytes()).map(|code| code.to_string()).as_deref(), code);
    }

    #[test]
    fn a_code_stands_at_the_beginning_or_in_the_way_of_qmail() {
        check("5.7.139 Authentication unsuccessful", Some("5.7.139"));
        check("2.7.0", Some("2.7.0"));
        check("sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", Some("5.7.1"));
    }

    #[test]
    fn other_numbers_are_not_codes() {
        for text in [
            "3.7.1 x",
            "5.7 x",
            "5.7.1.2 x",
            "5.7.1000 x",
            "5..1",
            "(#AUTH005) Bad credentials",
            "(#5.7.1",
            "",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn codes_of_a_sign_in_have_a_meaning() {
        let condition = |text: &str| EnhancedCode::find(text.as_bytes()).and_then(EnhancedCode::condition);
        assert_eq!(condition("5.7.8 no"), Some(Condition::CredentialsInvalid));
        assert_eq!(condition("4.7.12 change it"), Some(Condition::PasswordTransitionNeeded));
        assert_eq!(condition("5.7.139 Exchange's own"), None);
    }
}
