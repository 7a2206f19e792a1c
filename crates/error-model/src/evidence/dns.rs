//! Names and addresses: what the resolver and the egress policy saw.

use serde::{Deserialize, Serialize};

/// Why something typed isn't a host name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HostFault {
    /// Nothing was typed.
    Empty,
    /// White space inside.
    Space,
    /// A URL: scheme, path or query.
    Url,
    /// An e-mail address or user information.
    UserInfo,
    /// Full-width letters, digits or dots.
    FullWidth,
    /// A port behind a colon.
    Port,
    /// An address literal with a typing error.
    AddressLiteral,
    /// Characters or labels that no host name has (RFC 1123 §2.1, RFC 5890).
    Characters,
}

/// Why a DNS question was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DnsSubject {
    /// The server's name.
    Host,
    /// The domain of the e-mail address.
    MailDomain,
}

/// The record types that are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum DnsRecord {
    /// IPv4 address.
    A,
    /// IPv6 address.
    Aaaa,
    /// Mail exchange.
    Mx,
}

/// What a DNS question brought (RFC 1035 §4.1.1, RFC 2308).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DnsOutcome {
    /// Records of this type.
    Answer,
    /// The name exists, without records of this type.
    NoData,
    /// NXDOMAIN: the name doesn't exist.
    NxDomain,
    /// SERVFAIL.
    ServFail,
    /// REFUSED.
    Refused,
    /// No answer within the limit.
    TimedOut,
    /// Anything else that is no answer.
    Failed,
}

impl DnsOutcome {
    /// The question stays open: neither records nor a definite 'no'.
    #[must_use]
    pub const fn is_failure(self) -> bool {
        matches!(self, Self::ServFail | Self::Refused | Self::TimedOut | Self::Failed)
    }
}

/// Whether an Extended DNS Error says that validation of DNSSEC failed: bogus, signatures expired or not yet valid, keys,
/// signatures, key bits or denials missing (RFC 8914 §4.7 to §4.13).
#[must_use]
pub const fn is_dnssec_failure(extended_error: u16) -> bool {
    matches!(extended_error, 6..=12)
}

/// The kind of network that a denied address belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeniedClass {
    /// The machine itself.
    Loopback,
    /// A network without a route from the Internet (RFC 1918, RFC 4193, RFC 6598, link-local).
    Private,
    /// Reserved, documentation, multicast, transition mechanisms.
    Reserved,
}
