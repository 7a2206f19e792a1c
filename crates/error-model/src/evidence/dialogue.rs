//! Replies of IMAP and SMTP servers in one shape, and the transcript.

use serde::{Deserialize, Serialize};

use crate::ServerText;

/// The word or number that a reply begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReplyStatus {
    /// IMAP OK, SMTP 2yz or 3yz.
    Ok,
    /// IMAP NO, SMTP 5yz.
    No,
    /// IMAP BAD, SMTP 500 to 504 where the command itself is refused.
    Bad,
    /// IMAP BYE, SMTP 421.
    Bye,
    /// IMAP PREAUTH.
    PreAuth,
    /// SMTP 4yz: try again later.
    Later,
}

/// One reply (RFC 9051 §7.1, RFC 5321 §4.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// What kind of reply.
    pub status: ReplyStatus,
    /// SMTP: the three digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<u16>,
    /// SMTP: the enhanced status code (RFC 3463), `5.7.8`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enhanced: Option<String>,
    /// IMAP: the response code (RFC 5530) without its brackets, upper case, `AUTHENTICATIONFAILED`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_code: Option<String>,
    /// The charset that `text` was turned into UTF-8 from; `None` where the server's own bytes stand there. The
    /// transcript has those bytes in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
    /// The rest, in the server's words; several lines are joined by a line feed.
    pub text: ServerText,
}

/// What gives a provider away, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProviderClue {
    /// The name of the server: it's the provider's own.
    Host,
    /// The domain of the address.
    Domain,
    /// The mail exchanger of the domain. Mail may be read elsewhere.
    Exchanger,
}

/// A protocol known by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForeignProtocol {
    /// `* OK`.
    Imap,
    /// `220 … SMTP`.
    Smtp,
    /// `+OK`.
    Pop3,
    /// `HTTP/1.1`.
    Http,
    /// `SSH-2.0`.
    Ssh,
    /// `220 … FTP`.
    Ftp,
    /// A TLS record.
    Tls,
    /// `200 … NNTP`.
    Nntp,
    /// ManageSieve (RFC 5804).
    ManageSieve,
}

impl ForeignProtocol {
    /// The protocol's usual name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Imap => "IMAP",
            Self::Smtp => "SMTP",
            Self::Pop3 => "POP3",
            Self::Http => "HTTP",
            Self::Ssh => "SSH",
            Self::Ftp => "FTP",
            Self::Tls => "TLS",
            Self::Nntp => "NNTP",
            Self::ManageSieve => "ManageSieve",
        }
    }
}

/// Why no sign-in was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignInSkip {
    /// Neither password nor token was given.
    NoSecret,
    /// The connection isn't encrypted.
    NotEncrypted,
    /// The certificate's verdict isn't clean.
    CertificateNotClean,
    /// The server offers no mechanism that the product can use.
    NoMechanism,
    /// The user name or the secret holds characters that can't be sent.
    Unsendable,
    /// The account met as many refusals as may be tried for the time being.
    Budget,
    /// Who issues tokens gave none: its error is in the observation of the token.
    NotIssued,
}

/// Who said a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TranscriptSide {
    /// We did.
    Client,
    /// The server did.
    Server,
}

/// A line of the conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transcript {
    /// Who said it.
    pub side: TranscriptSide,
    /// What was said, without its line end.
    pub text: ServerText,
}
