//! Response codes (RFC 9051, 7.1; RFC 5530 and a few others): the part of a status response that programs read.

use super::Capabilities;

/// What stands in brackets before the text of a status response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResponseCode {
    /// The text must be shown to the person.
    Alert,
    /// The capabilities from now on.
    Capability(Capabilities),
    /// RFC 5530: user name and secret don't match, or the server won't say more.
    AuthenticationFailed,
    /// RFC 5530: authenticated, but not allowed to act as the user named.
    AuthorizationFailed,
    /// RFC 5530: the password, the token or the account has expired.
    Expired,
    /// RFC 5530: encryption is needed first.
    PrivacyRequired,
    /// RFC 5530: only the administrator can help.
    ContactAdmin,
    /// RFC 5530: a part of the server is down.
    Unavailable,
    /// RFC 5530: another session holds the mailbox.
    InUse,
    /// RFC 5530: rights are missing.
    NoPerm,
    /// RFC 5530: a limit of the server is reached.
    Limit,
    /// RFC 5530: over quota.
    OverQuota,
    /// RFC 5530: the data is damaged.
    Corruption,
    /// RFC 5530: a defect of the server.
    ServerBug,
    /// RFC 5530: the server sees a defect of the client.
    ClientBug,
    /// RFC 5530: can't be done here, ever.
    Cannot,
    /// RFC 5530: there is no such mailbox.
    NonExistent,
    /// RFC 5530: exists already.
    AlreadyExists,
    /// RFC 5530: another client expunged messages.
    ExpungeIssued,
    /// The mailbox was opened without the right to change it.
    ReadOnly,
    /// The mailbox was opened for reading and writing.
    ReadWrite,
    /// The mailbox doesn't exist and may be created.
    TryCreate,
    /// The next message's UID.
    UidNext(u32),
    /// The validity of UIDs.
    UidValidity(u32),
    /// The first unseen message's number.
    Unseen(u32),
    /// RFC 2221 and RFC 2193: sign in elsewhere. The URL is shown and never followed.
    Referral(Vec<u8>),
    /// Google's: sign in on this web page first. The URL is shown and never followed.
    WebAlert(Vec<u8>),
    /// Any other, also one of the above with arguments that make no sense.
    Other {
        /// The name as it was written.
        name: Vec<u8>,
        /// What follows it.
        arguments: Vec<u8>,
    },
}

/// The codes that stand alone.
const PLAIN: [(&str, ResponseCode); 21] = [
    ("ALERT", ResponseCode::Alert),
    ("AUTHENTICATIONFAILED", ResponseCode::AuthenticationFailed),
    ("AUTHORIZATIONFAILED", ResponseCode::AuthorizationFailed),
    ("EXPIRED", ResponseCode::Expired),
    ("PRIVACYREQUIRED", ResponseCode::PrivacyRequired),
    ("CONTACTADMIN", ResponseCode::ContactAdmin),
    ("UNAVAILABLE", ResponseCode::Unavailable),
    ("INUSE", ResponseCode::InUse),
    ("NOPERM", ResponseCode::NoPerm),
    ("LIMIT", ResponseCode::Limit),
    ("OVERQUOTA", ResponseCode::OverQuota),
    ("CORRUPTION", ResponseCode::Corruption),
    ("SERVERBUG", ResponseCode::ServerBug),
    ("CLIENTBUG", ResponseCode::ClientBug),
    ("CANNOT", ResponseCode::Cannot),
    ("NONEXISTENT", ResponseCode::NonExistent),
    ("ALREADYEXISTS", ResponseCode::AlreadyExists),
    ("EXPUNGEISSUED", ResponseCode::ExpungeIssued),
    ("READ-ONLY", ResponseCode::ReadOnly),
    ("READ-WRITE", ResponseCode::ReadWrite),
    ("TRYCREATE", ResponseCode::TryCreate),
];

impl ResponseCode {
    /// The name, in capitals where it is a known one.
    #[must_use]
    pub fn name(&self) -> &[u8] {
        match self {
            Self::Capability(_) => b"CAPABILITY",
            Self::UidNext(_) => b"UIDNEXT",
            Self::UidValidity(_) => b"UIDVALIDITY",
            Self::Unseen(_) => b"UNSEEN",
            Self::Referral(_) => b"REFERRAL",
            Self::WebAlert(_) => b"WEBALERT",
            Self::Other { name, .. } => name,
            plain => PLAIN.iter().find(|(_, code)| code == plain).map_or(b"", |(name, _)| name.as_bytes()),
        }
    }

    /// Reads what stands between the brackets.
    pub(crate) fn parse(inside: &[u8]) -> Self {
        let inside = inside.trim_ascii();
        let end = inside.iter().position(|&byte| byte == b' ').unwrap_or(inside.len());
        let (name, arguments) = (&inside[..end], inside[end..].trim_ascii());
        let other = || Self::Other { name: name.to_vec(), arguments: arguments.to_vec() };
        if let Some((_, code)) = PLAIN.iter().find(|(known, _)| name.eq_ignore_ascii_case(known.as_bytes())) {
            return code.clone();
        }
        let number = || std::str::from_utf8(arguments).ok()?.parse().ok();
        match name.to_ascii_uppercase().as_slice() {
            b"CAPABILITY" => Self::Capability(Capabilities::parse(arguments)),
            b"UIDNEXT" => number().map_or_else(other, Self::UidNext),
            b"UIDVALIDITY" => number().map_or_else(other, Self::UidValidity),
            b"UNSEEN" => number().map_or_else(other, Self::Unseen),
            b"REFERRAL" => Self::Referral(arguments.to_vec()),
            b"WEBALERT" => Self::WebAlert(arguments.to_vec()),
            _ => other(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PLAIN, ResponseCode};

    #[test]
    fn every_plain_code_is_read_in_any_case_and_knows_its_name() {
        for (name, code) in &PLAIN {
            assert_eq!(&ResponseCode::parse(name.to_ascii_lowercase().as_bytes()), code);
            assert_eq!(code.name(), name.as_bytes());
        }
    }

    #[test]
    fn arguments_are_kept() {
        assert_eq!(ResponseCode::parse(b"UIDNEXT 4392 "), ResponseCode::UidNext(4392));
        let url = b"imap://other.example.com/".to_vec();
        assert_eq!(ResponseCode::parse(b"REFERRAL imap://other.example.com/"), ResponseCode::Referral(url));
    }

    #[test]
    fn unknown_codes_and_senseless_arguments_become_other() {
        for (inside, name, arguments) in [
            (&b"X-Custom some thing"[..], &b"X-Custom"[..], &b"some thing"[..]),
            (b"UIDNEXT 99999999999", b"UIDNEXT", b"99999999999"),
            (b"", b"", b""),
        ] {
            let code = ResponseCode::Other { name: name.to_vec(), arguments: arguments.to_vec() };
            assert_eq!(ResponseCode::parse(inside), code);
        }
    }
}
