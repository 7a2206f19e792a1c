//! Observations of names, connections, greetings and TLS, short enough to read in a rule's test.

use std::net::IpAddr;

use crate::{Security, evidence::*};

/// An answer about the host, without records.
pub(crate) fn host_answer(record: DnsRecord, outcome: DnsOutcome) -> Observation {
    dns(DnsSubject::Host, record, outcome)
}

/// An answer about the domain of the e-mail address, without records.
pub(crate) fn domain_answer(record: DnsRecord, outcome: DnsOutcome) -> Observation {
    dns(DnsSubject::MailDomain, record, outcome)
}

/// The host resolves to this address.
pub(crate) fn resolved(address: &str) -> Observation {
    let address: IpAddr = address.parse().expect("an address");
    let record = if address.is_ipv4() { DnsRecord::A } else { DnsRecord::Aaaa };
    with_data(host_answer(record, DnsOutcome::Answer), vec![address], &[])
}

/// The domain of the e-mail address names these mail exchangers.
pub(crate) fn exchanges(names: &[&str]) -> Observation {
    with_data(domain_answer(DnsRecord::Mx, DnsOutcome::Answer), vec![], names)
}

fn dns(subject: DnsSubject, record: DnsRecord, outcome: DnsOutcome) -> Observation {
    Observation::DnsAnswer {
        name: "name.example".into(),
        subject,
        record,
        outcome,
        addresses: vec![],
        aliases: vec![],
        exchanges: vec![],
        ttl_s: None,
        extended_error: None,
        elapsed_ms: 9,
    }
}

fn with_data(answer: Observation, data: Vec<IpAddr>, names: &[&str]) -> Observation {
    let mut answer = answer;
    if let Observation::DnsAnswer { addresses, exchanges, .. } = &mut answer {
        *addresses = data;
        *exchanges = names.iter().map(|name| (*name).into()).collect();
    }
    answer
}

/// One TCP attempt.
pub(crate) fn attempt(address: &str, outcome: ConnectOutcome) -> Observation {
    let address = address.parse().expect("an address");
    Observation::ConnectAttempt { address, port: 993, outcome, elapsed_ms: 30 }
}

/// A connection to 192.0.2.1.
pub(crate) fn connected() -> Observation {
    attempt("192.0.2.1", ConnectOutcome::Connected)
}

/// A greeting without a reply, after so many milliseconds.
pub(crate) fn greeting(outcome: GreetingOutcome, elapsed_ms: u64) -> Observation {
    Observation::Greeting { outcome, reply: None, raw: "".into(), protocol: None, elapsed_ms }
}

/// Another protocol greets.
pub(crate) fn foreign(protocol: Option<ForeignProtocol>) -> Observation {
    let outcome = GreetingOutcome::Foreign;
    Observation::Greeting { outcome, reply: None, raw: "?".into(), protocol, elapsed_ms: 30 }
}

/// A greeting that turns us away.
pub(crate) fn turned_away(reply: Reply) -> Observation {
    let outcome = GreetingOutcome::Refused;
    Observation::Greeting { outcome, reply: Some(reply), raw: "".into(), protocol: None, elapsed_ms: 30 }
}

/// A reply without extended codes.
pub(crate) fn reply(status: ReplyStatus, code: Option<u16>, text: &str) -> Reply {
    Reply { status, code, enhanced: None, response_code: None, charset: None, text: text.into() }
}

/// How the handshake ended.
pub(crate) fn handshake(outcome: TlsOutcome) -> Observation {
    Observation::TlsHandshake { outcome, elapsed_ms: 60 }
}

/// A handshake that went through.
pub(crate) fn encrypted() -> Observation {
    handshake(TlsOutcome::Established {
        version: TlsVersion::Tls13,
        cipher: "TLS13_AES_128_GCM_SHA256".into(),
    })
}

/// A clean verdict.
pub(crate) fn clean() -> Observation {
    Observation::CertificateVerdict {
        host: "mail.example.com".into(),
        faults: vec![],
        trusted_root: Some("CN=Root".into()),
    }
}

/// STARTTLS isn't advertised.
pub(crate) fn no_starttls() -> Observation {
    Observation::StartTls { offered: false, reply: None, injected: 0 }
}

/// STARTTLS is advertised and refused.
pub(crate) fn starttls_refused(reply: Reply) -> Observation {
    Observation::StartTls { offered: true, reply: Some(reply), injected: 0 }
}

/// A try of another port or mode.
pub(crate) fn tried(port: u16, security: Security, outcome: AlternativeOutcome) -> Observation {
    Observation::Alternative { host: "mail.example.com".into(), port, security, outcome }
}
