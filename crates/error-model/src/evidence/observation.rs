//! Every kind of observation. A failure is an observation like any other.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::*;
use crate::{Security, ServerText, Step};

/// What was seen. A failure is an observation like any other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Observation {
    /// What was typed isn't a host name or address.
    HostInvalid {
        /// As typed, escaped.
        typed: String,
        /// Why not.
        fault: HostFault,
        /// What was probably meant.
        corrected: Option<String>,
    },
    /// The answer to one DNS question.
    DnsAnswer {
        /// The name asked for.
        name: String,
        /// Why it was asked.
        subject: DnsSubject,
        /// The record type.
        record: DnsRecord,
        /// What came back.
        outcome: DnsOutcome,
        /// A / AAAA data.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        addresses: Vec<IpAddr>,
        /// The CNAME chain followed, in order.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        aliases: Vec<String>,
        /// MX hosts, the preferred first; `.` is a null MX (RFC 7505).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        exchanges: Vec<String>,
        /// Seconds that the answer may be cached.
        ttl_s: Option<u32>,
        /// Extended DNS error code (RFC 8914), where the resolver gave one.
        extended_error: Option<u16>,
        /// Duration of the question.
        elapsed_ms: u64,
    },
    /// A name close to the one typed does resolve.
    NearName {
        /// The name that resolves.
        name: String,
        /// Edit distance to what was typed.
        distance: u32,
    },
    /// The egress policy doesn't let the relay dial this address.
    AddressDenied {
        /// The address.
        address: IpAddr,
        /// What kind of network it belongs to.
        class: DeniedClass,
        /// The range's name and source.
        range: String,
    },
    /// One TCP attempt (RFC 8305 races several).
    ConnectAttempt {
        /// Where to.
        address: IpAddr,
        /// Which port.
        port: u16,
        /// How it ended.
        outcome: ConnectOutcome,
        /// Duration of the attempt.
        elapsed_ms: u64,
    },
    /// What the server said first, or that it didn't.
    Greeting {
        /// What came.
        outcome: GreetingOutcome,
        /// The reply where one was understood.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reply: Option<Reply>,
        /// The first bytes where they weren't this service's.
        #[serde(default, skip_serializing_if = "ServerText::is_empty")]
        raw: ServerText,
        /// The service that speaks like this.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        protocol: Option<ForeignProtocol>,
        /// From the connection to the greeting, or the time waited.
        elapsed_ms: u64,
    },
    /// The upgrade to TLS (RFC 3501 §6.2.1, RFC 3207).
    StartTls {
        /// The server advertised it.
        offered: bool,
        /// The answer to the command, where it was sent.
        reply: Option<Reply>,
        /// Bytes that arrived in clear after the answer: an injection.
        injected: u32,
    },
    /// A handshake with the server asked for.
    TlsHandshake {
        /// How it ended.
        outcome: TlsOutcome,
        /// Duration.
        elapsed_ms: u64,
    },
    /// The certificates as the server sent them, the server's own first.
    CertificateChain {
        /// In the order sent.
        certificates: Vec<Certificate>,
    },
    /// Every fault of the chain that holds; none means clean.
    CertificateVerdict {
        /// The name that it was held against.
        host: String,
        /// All that hold.
        faults: Vec<CertificateFault>,
        /// The trusted root that the path ends in.
        trusted_root: Option<String>,
    },
    /// A name that the certificate covers, resolved.
    CertificateName {
        /// The name.
        name: String,
        /// It leads to an address of the host asked for.
        same_address: bool,
    },
    /// What the server offers.
    Capabilities {
        /// The list was read inside TLS.
        inside_tls: bool,
        /// Capability names or EHLO keywords, upper case.
        tokens: Vec<String>,
        /// SASL mechanisms, upper case.
        mechanisms: Vec<String>,
        /// STARTTLS is among them.
        starttls: bool,
        /// IMAP: LOGINDISABLED is among them.
        login_disabled: bool,
    },
    /// The one attempt to sign in.
    SignIn {
        /// `PLAIN`, `LOGIN`, `LOGIN command`, `XOAUTH2` or `OAUTHBEARER`.
        mechanism: String,
        /// It worked.
        accepted: bool,
        /// The last reply.
        reply: Reply,
        /// The decoded error challenge of an OAuth mechanism (RFC 7628 §3.2.2).
        #[serde(default, skip_serializing_if = "ServerText::is_empty")]
        challenge: ServerText,
    },
    /// No sign-in was tried, and why.
    SignInSkipped {
        /// Why.
        reason: SignInSkip,
    },
    /// INBOX was opened (EXAMINE), or not.
    Mailbox {
        /// It opened.
        opened: bool,
        /// The reply to the command.
        reply: Reply,
        /// EXISTS: messages in it.
        messages: Option<u32>,
        /// Bytes that they take, where the server tells (STATUS=SIZE, RFC 8438).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        size: Option<u64>,
    },
    /// How fast the server hands mail over, so far: the sizes and the beginnings of the headers of some messages, which were
    /// counted and dropped. Read where somebody waits for a first sync; the last one of a lane is the whole measurement.
    Reading {
        /// Messages that have come.
        read: u32,
        /// Messages that were to come.
        of: u32,
        /// Messages in the mailbox.
        messages: u32,
        /// Bytes that they take: as the server tells (RFC 8438), or else by the sizes of those that have come.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        size: Option<u64>,
        /// Bytes that have come.
        octets: u64,
        /// Since the first was asked for.
        elapsed_ms: u64,
    },
    /// The server was asked whether this sender may send (MAIL FROM, then RSET).
    Sender {
        /// It may.
        allowed: bool,
        /// The reply to MAIL FROM.
        reply: Reply,
    },
    /// The connection ended before the step did.
    Dropped {
        /// The step under way.
        step: Step,
        /// Reset (RST) rather than closed (FIN).
        reset: bool,
        /// Since the connection stood.
        elapsed_ms: u64,
    },
    /// A step reached its time limit.
    TimedOut {
        /// The step under way.
        step: Step,
        /// The time waited.
        elapsed_ms: u64,
    },
    /// A reply that fits no protocol, or broke a limit.
    Unrecognised {
        /// The step under way.
        step: Step,
        /// The first bytes.
        raw: ServerText,
    },
    /// Follow-up: another port or security mode of the same host was tried.
    Alternative {
        /// The host tried.
        host: String,
        /// The port.
        port: u16,
        /// How.
        security: Security,
        /// What came of it.
        outcome: AlternativeOutcome,
    },
    /// Follow-up: a hand-made hello for old versions was answered.
    LegacyTls {
        /// The version that the server chose.
        version: TlsVersion,
    },
    /// Follow-up: hand-made hellos of every version, with every cipher suite in use, were refused alike.
    EveryHelloRefused {
        /// How many were sent.
        hellos: u32,
    },
    /// Follow-up: a hello without a server name (SNI).
    TlsWithoutName {
        /// The handshake went through.
        accepted: bool,
    },
    /// The provider is known, and with it what a sign-in needs there: what is said of it, not what was seen.
    Provider {
        /// Its name in the table of providers: stable, lower case, with hyphens.
        id: String,
        /// What it calls itself.
        name: String,
        /// What it calls itself in Japanese, where that's another name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name_ja: Option<String>,
        /// What gives it away.
        clue: ProviderClue,
        /// It demands an app password instead of the account's password.
        app_password: bool,
        /// It takes OAuth only.
        oauth_only: bool,
        /// IMAP, or access by other programs, is off there until someone switches it on.
        off_by_default: bool,
        /// It may refuse sign-ins from outside its country.
        overseas_filter: bool,
        /// The user-name form it wants (`address`, `local-part`, or a pattern), where it says so.
        user_name: Option<String>,
    },
    /// What an OAuth token says of itself, where it can be read; its signature isn't checked, and never kept.
    Token {
        /// The account it names (upn / email claim).
        identity: Option<String>,
        /// The scopes it carries (`scp`, `scope`), or the roles of an application.
        scopes: Vec<String>,
        /// The service that it was issued for (`aud`).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        audience: Option<String>,
        /// When it ends (`exp`), Unix time in seconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires_at: Option<i64>,
        /// The issuer's error (`invalid_grant` …), where it gave one.
        error: Option<String>,
    },
    /// One line of the conversation. AUTH exchanges are never recorded.
    Transcript(Transcript),
}

/// A borrowed [`Observation::DnsAnswer`].
#[derive(Debug, Clone, Copy)]
pub struct DnsAnswerView<'a> {
    /// The name asked for.
    pub name: &'a str,
    /// Why it was asked.
    pub subject: DnsSubject,
    /// The record type.
    pub record: DnsRecord,
    /// What came back.
    pub outcome: DnsOutcome,
    /// A / AAAA data.
    pub addresses: &'a [IpAddr],
    /// MX hosts.
    pub exchanges: &'a [String],
}

impl Observation {
    /// The step that an observation belongs to; follow-ups and context belong to none.
    #[must_use]
    pub fn step(&self) -> Option<Step> {
        Some(match self {
            Self::HostInvalid { .. } | Self::AddressDenied { .. } => Step::Resolve,
            Self::DnsAnswer { subject: DnsSubject::Host, .. } => Step::Resolve,
            Self::ConnectAttempt { .. } => Step::Connect,
            Self::Greeting { .. } => Step::Greeting,
            Self::TlsHandshake { outcome: TlsOutcome::CertificateUnusable { .. }, .. } => Step::Certificate,
            Self::StartTls { .. } | Self::TlsHandshake { .. } => Step::Tls,
            Self::CertificateChain { .. } | Self::CertificateVerdict { .. } => Step::Certificate,
            Self::Capabilities { .. } => Step::Capabilities,
            Self::SignInSkipped { reason: SignInSkip::NotEncrypted | SignInSkip::NoMechanism } => {
                Step::Capabilities
            }
            Self::SignInSkipped { reason: SignInSkip::Unsendable | SignInSkip::NotIssued } => Step::SignIn,
            Self::SignIn { .. } => Step::SignIn,
            Self::Mailbox { .. } | Self::Reading { .. } | Self::Sender { .. } => Step::Mailbox,
            Self::Dropped { step, .. } | Self::TimedOut { step, .. } | Self::Unrecognised { step, .. } => {
                *step
            }
            _ => return None,
        })
    }

    /// The observation as a DNS answer, if it's one.
    #[must_use]
    pub fn dns_answer(&self) -> Option<DnsAnswerView<'_>> {
        match self {
            Self::DnsAnswer { name, subject, record, outcome, addresses, exchanges, .. } => {
                Some(DnsAnswerView {
                    name,
                    subject: *subject,
                    record: *record,
                    outcome: *outcome,
                    addresses,
                    exchanges,
                })
            }
            _ => None,
        }
    }
}
