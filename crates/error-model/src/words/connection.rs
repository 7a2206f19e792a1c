//! Names, addresses, connections and handshakes in words.

use std::net::IpAddr;

use super::{list, protocol, say};
use crate::{
    Lang, Str,
    evidence::{
        AlternativeOutcome, ConnectOutcome, DeniedClass, DnsOutcome, DnsRecord, GreetingOutcome, Observation,
        Reply, ReplyStatus, TlsOutcome, is_dnssec_failure,
    },
    strings::sight,
    text::escape,
};

/// Most addresses or names told of one answer.
const NAMES: usize = 8;

/// A DNS answer; empty for any other observation.
pub(super) fn dns(observation: &Observation, lang: Lang) -> String {
    let Observation::DnsAnswer {
        name, record, outcome, addresses, aliases, exchanges, extended_error, ..
    } = observation
    else {
        return String::new();
    };
    let record = match record {
        DnsRecord::A => "A",
        DnsRecord::Aaaa => "AAAA",
        DnsRecord::Mx => "MX",
    };
    let sentence = match outcome {
        // RFC 7505: the only exchange is the root.
        DnsOutcome::Answer if exchanges.iter().any(|e| e == ".") => sight::DNS_NULL_MX,
        DnsOutcome::Answer => sight::DNS_ANSWER,
        DnsOutcome::NoData => sight::DNS_NO_DATA,
        DnsOutcome::NxDomain => sight::DNS_NX,
        DnsOutcome::ServFail => sight::DNS_SERVFAIL,
        DnsOutcome::Refused => sight::DNS_REFUSED,
        DnsOutcome::TimedOut => sight::DNS_TIMEOUT,
        DnsOutcome::Failed => sight::DNS_FAILED,
    };
    let addresses: Vec<String> = addresses.iter().map(IpAddr::to_string).collect();
    let found = list(addresses.iter().chain(exchanges).map(String::as_str), NAMES, lang);
    let mut text = say(sentence, lang, &[("name", &escape(name)), ("record", record), ("list", &found)]);
    if !aliases.is_empty() {
        let aliases = list(aliases.iter().map(String::as_str), NAMES, lang);
        text.push_str(sight::LIST_SEPARATOR.get(lang));
        text.push_str(&say(sight::DNS_ALIASES, lang, &[("list", &aliases)]));
    }
    if let Some(code) = extended_error {
        text.push_str(sight::LIST_SEPARATOR.get(lang));
        text.push_str(&why_dns_failed(*code, lang));
    }
    text
}

/// An Extended DNS Error (RFC 8914), with what it means where that is DNSSEC.
#[must_use]
pub fn why_dns_failed(extended_error: u16, lang: Lang) -> String {
    let sentence = if is_dnssec_failure(extended_error) { sight::DNS_DNSSEC } else { sight::DNS_EXTENDED };
    say(sentence, lang, &[("code", &extended_error.to_string())])
}

pub(super) fn denied(address: IpAddr, class: DeniedClass, lang: Lang) -> String {
    let sentence = match class {
        DeniedClass::Loopback => sight::DENIED_LOOPBACK,
        DeniedClass::Private => sight::DENIED_PRIVATE,
        DeniedClass::Reserved => sight::DENIED_RESERVED,
    };
    say(sentence, lang, &[("address", &address.to_string())])
}

pub(super) fn attempt(address: IpAddr, port: u16, outcome: ConnectOutcome, lang: Lang) -> String {
    let sentence = match outcome {
        ConnectOutcome::Connected => sight::CONNECTED,
        ConnectOutcome::Refused => sight::CONNECT_REFUSED,
        ConnectOutcome::TimedOut => sight::CONNECT_TIMEOUT,
        ConnectOutcome::NetworkUnreachable => sight::CONNECT_NETWORK,
        ConnectOutcome::HostUnreachable => sight::CONNECT_HOST,
        ConnectOutcome::Prohibited => sight::CONNECT_PROHIBITED,
        ConnectOutcome::Abandoned => sight::CONNECT_ABANDONED,
        ConnectOutcome::Failed => sight::CONNECT_FAILED,
    };
    say(sentence, lang, &[("address", &address.to_string()), ("port", &port.to_string())])
}

pub(super) const fn greeting(outcome: GreetingOutcome) -> Str {
    match outcome {
        GreetingOutcome::Ready => sight::GREETING_READY,
        GreetingOutcome::PreAuth => sight::GREETING_PREAUTH,
        GreetingOutcome::Refused => sight::GREETING_REFUSED,
        GreetingOutcome::Foreign => sight::GREETING_FOREIGN,
        GreetingOutcome::Unrecognised => sight::GREETING_UNKNOWN,
        GreetingOutcome::Silent => sight::GREETING_SILENT,
        GreetingOutcome::Closed => sight::GREETING_CLOSED,
        GreetingOutcome::Reset => sight::GREETING_RESET,
    }
}

pub(super) fn starttls(offered: bool, reply: Option<&Reply>, injected: u32, lang: Lang) -> String {
    if injected > 0 {
        return say(sight::STARTTLS_INJECTED, lang, &[("n", &injected.to_string())]);
    }
    let sentence = match (offered, reply.map(|reply| reply.status)) {
        (_, Some(ReplyStatus::Ok)) => sight::STARTTLS_ACCEPTED,
        (_, Some(_)) => sight::STARTTLS_REFUSED,
        (true, None) => sight::STARTTLS_OFFERED,
        (false, None) => sight::STARTTLS_MISSING,
    };
    sentence.get(lang).to_owned()
}

/// The outcome of a handshake; what the TLS library said of it follows in brackets.
pub(super) fn tls(outcome: &TlsOutcome, lang: Lang) -> String {
    let (sentence, detail) = match outcome {
        TlsOutcome::Established { version, cipher } => {
            return say(sight::TLS_UP, lang, &[("version", version.as_str()), ("cipher", &escape(cipher))]);
        }
        TlsOutcome::Alert { number, name, .. } => {
            let values = [("number", number.to_string()), ("name", escape(name))];
            return say(sight::TLS_ALERT, lang, &values.each_ref().map(|(n, v)| (*n, v.as_str())));
        }
        TlsOutcome::ClientCertificateRequired => (sight::TLS_CLIENT_CERT, ""),
        TlsOutcome::Plaintext { protocol: None } => (sight::TLS_PLAINTEXT, ""),
        TlsOutcome::Plaintext { protocol: Some(protocol) } => (sight::TLS_PLAINTEXT, protocol.as_str()),
        TlsOutcome::Closed { .. } => (sight::TLS_CLOSED, ""),
        TlsOutcome::TimedOut => (sight::TLS_TIMEOUT, ""),
        TlsOutcome::VersionTooOld => (sight::TLS_OLD, ""),
        TlsOutcome::NothingInCommon { detail } => (sight::TLS_NOTHING_IN_COMMON, detail.as_str()),
        TlsOutcome::NoCertificate => (sight::TLS_NO_CERTIFICATE, ""),
        TlsOutcome::CertificateUnusable { detail } => (sight::TLS_UNUSABLE, detail.as_str()),
        TlsOutcome::Broken { detail } => (sight::TLS_BROKEN, detail.as_str()),
    };
    match detail {
        "" => sentence.get(lang).to_owned(),
        detail => [sentence.get(lang), " (", &escape(detail), ")"].concat(),
    }
}

pub(super) fn alternative(outcome: &AlternativeOutcome, lang: Lang) -> String {
    let sentence = match outcome {
        AlternativeOutcome::Works => sight::TRY_WORKS,
        AlternativeOutcome::TlsUnclean => sight::TRY_UNCLEAN,
        AlternativeOutcome::PlaintextOnly => sight::TRY_PLAINTEXT,
        AlternativeOutcome::Foreign { protocol: foreign } => {
            return say(sight::TRY_FOREIGN, lang, &[("protocol", protocol(*foreign, lang))]);
        }
        AlternativeOutcome::Unusable => sight::TRY_UNUSABLE,
        AlternativeOutcome::Closed => sight::TRY_CLOSED,
        AlternativeOutcome::Silent => sight::TRY_SILENT,
        AlternativeOutcome::NotAllowed => sight::TRY_NOT_ALLOWED,
    };
    sentence.get(lang).to_owned()
}
