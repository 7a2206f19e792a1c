//! A few representative values of every kind of observation and question.

use error_model::{
    Code, Endpoint, Lane, Security, Step,
    evidence::{
        AlternativeOutcome, Asked, Certificate, CertificateFault, ConnectOutcome, DeniedClass, DnsOutcome,
        DnsRecord, DnsSubject, ForeignProtocol, GreetingOutcome, HostFault, KeyAlgorithm, MissingInformation,
        NameRelation, Observation, ProviderClue, PublicKey, Reply, ReplyStatus, SignInSkip, TlsOutcome,
        TlsVersion, Transcript, TranscriptSide,
    },
};
use proptest::prelude::*;

const HOST: &str = "mail.example.com";

pub fn lane() -> impl Strategy<Value = Lane> {
    prop::sample::select(Lane::ALL.to_vec())
}

pub fn endpoint() -> Endpoint {
    Endpoint { host: HOST.into(), port: 993, security: Security::Tls }
}

/// What may be asked.
pub fn asked() -> impl Strategy<Value = Asked> {
    let ports = vec![
        (993, Security::Tls),
        (143, Security::StartTls),
        (25, Security::StartTls),
        (587, Security::Plain),
    ];
    let server = prop::option::weighted(
        0.8,
        prop::sample::select(ports).prop_map(|(port, security)| Endpoint { port, security, ..endpoint() }),
    );
    let user = prop::option::of(Just("taro@example.com".to_owned()));
    let reported = prop::option::of(prop::sample::select(Code::FAULTS.to_vec()));
    (server.clone(), server, user, reported, any::<[bool; 4]>()).prop_map(
        |(imap, smtp, user, reported, flags)| Asked {
            email: user.clone(),
            imap,
            smtp,
            imap_user: user.clone(),
            smtp_user: user,
            same_credentials: flags[0],
            token: flags[1],
            allow_unclean_tls: flags[2],
            reported,
            worked_before: flags[3],
        },
    )
}

/// What may be seen.
pub fn observations() -> Vec<Observation> {
    [names(), connections(), greetings(), tls(), certificates(), sign_in(), interruptions(), follow_ups()]
        .concat()
}

fn names() -> Vec<Observation> {
    let mut samples = vec![
        Observation::HostInvalid {
            typed: "https://a/".into(),
            fault: HostFault::Url,
            corrected: Some("a".into()),
        },
        Observation::HostInvalid { typed: String::new(), fault: HostFault::Empty, corrected: None },
        Observation::NearName { name: "mail.example.org".into(), distance: 1 },
        Observation::AddressDenied {
            address: [10, 0, 0, 1].into(),
            class: DeniedClass::Private,
            range: "Private-Use".into(),
        },
    ];
    let outcomes = [DnsOutcome::NoData, DnsOutcome::NxDomain, DnsOutcome::ServFail, DnsOutcome::TimedOut];
    for subject in [DnsSubject::Host, DnsSubject::MailDomain] {
        for record in [DnsRecord::A, DnsRecord::Aaaa, DnsRecord::Mx] {
            samples.extend(outcomes.map(|outcome| answer(subject, record, outcome, vec![], &[])));
        }
        samples.push(answer(subject, DnsRecord::A, DnsOutcome::Answer, vec![[192, 0, 2, 1].into()], &[]));
        samples.push(answer(subject, DnsRecord::A, DnsOutcome::Answer, vec![[10, 0, 0, 1].into()], &[]));
        samples.push(answer(subject, DnsRecord::Mx, DnsOutcome::Answer, vec![], &["."]));
    }
    samples
}

fn answer(
    subject: DnsSubject,
    record: DnsRecord,
    outcome: DnsOutcome,
    addresses: Vec<std::net::IpAddr>,
    exchanges: &[&str],
) -> Observation {
    Observation::DnsAnswer {
        name: HOST.into(),
        subject,
        record,
        outcome,
        addresses,
        aliases: vec!["alias.example.net".into()],
        exchanges: exchanges.iter().map(|name| (*name).into()).collect(),
        ttl_s: Some(300),
        extended_error: Some(6),
        elapsed_ms: 12,
    }
}

fn connections() -> Vec<Observation> {
    use ConnectOutcome::*;
    let attempt = |outcome| Observation::ConnectAttempt {
        address: [192, 0, 2, 1].into(),
        port: 993,
        outcome,
        elapsed_ms: 30,
    };
    [Connected, Refused, TimedOut, NetworkUnreachable, HostUnreachable, Prohibited, Abandoned, Failed]
        .map(attempt)
        .to_vec()
}

fn greetings() -> Vec<Observation> {
    use GreetingOutcome::*;
    let greeting = |outcome, reply, protocol, elapsed_ms| Observation::Greeting {
        outcome,
        reply,
        raw: "\u{1b}?\\".into(),
        protocol,
        elapsed_ms,
    };
    let bare = [Ready, PreAuth, Refused, Foreign, Unrecognised, Silent, Closed, Reset];
    let mut samples: Vec<Observation> = bare.map(|outcome| greeting(outcome, None, None, 40)).to_vec();
    samples.push(greeting(Ready, None, None, 9_000));
    samples.push(greeting(Closed, None, None, 9_000));
    samples.extend(replies().into_iter().map(|reply| greeting(Refused, Some(reply), None, 40)));
    let protocols =
        [ForeignProtocol::Imap, ForeignProtocol::Smtp, ForeignProtocol::Pop3, ForeignProtocol::Tls];
    samples.extend(protocols.map(|protocol| greeting(Foreign, None, Some(protocol), 40)));
    samples
}

fn reply(status: ReplyStatus, code: Option<u16>, response_code: Option<&str>, text: &str) -> Reply {
    let enhanced = code.map(|_| "5.7.8".into());
    Reply {
        status,
        code,
        enhanced,
        response_code: response_code.map(Into::into),
        charset: None,
        text: text.into(),
    }
}

fn replies() -> Vec<Reply> {
    vec![
        reply(ReplyStatus::Ok, Some(250), None, "fine"),
        reply(ReplyStatus::No, Some(554), None, "blocked 192.0.2.1"),
        reply(ReplyStatus::No, None, Some("AUTHENTICATIONFAILED"), "Invalid credentials"),
        reply(
            ReplyStatus::Bad,
            Some(535),
            None,
            "5.7.139 SmtpClientAuthentication is disabled for the tenant",
        ),
        reply(ReplyStatus::Bye, Some(421), None, "busy"),
        reply(ReplyStatus::Bye, None, Some("UNAVAILABLE"), ""),
        reply(ReplyStatus::Later, Some(454), None, "TLS not available"),
    ]
}

fn tls() -> Vec<Observation> {
    let alert =
        |number, after_certificate| TlsOutcome::Alert { number, name: "alert".into(), after_certificate };
    let outcomes = vec![
        TlsOutcome::Established { version: TlsVersion::Tls13, cipher: "TLS13_AES_128_GCM_SHA256".into() },
        alert(40, false),
        alert(80, false),
        alert(112, false),
        alert(42, true),
        TlsOutcome::ClientCertificateRequired,
        TlsOutcome::Plaintext { protocol: None },
        TlsOutcome::Plaintext { protocol: Some(ForeignProtocol::Imap) },
        TlsOutcome::Plaintext { protocol: Some(ForeignProtocol::Http) },
        TlsOutcome::Closed { reset: true, after_bytes: false },
        TlsOutcome::Closed { reset: false, after_bytes: true },
        TlsOutcome::TimedOut,
        TlsOutcome::VersionTooOld,
        TlsOutcome::NothingInCommon { detail: "NoCipherSuitesInCommon".into() },
        TlsOutcome::NoCertificate,
        TlsOutcome::CertificateUnusable { detail: "BadEncoding".into() },
        TlsOutcome::Broken { detail: "DecryptError".into() },
    ];
    let handshake = |outcome| Observation::TlsHandshake { outcome, elapsed_ms: 60 };
    let mut samples: Vec<Observation> = outcomes.into_iter().map(handshake).collect();
    samples.push(Observation::StartTls { offered: false, reply: None, injected: 0 });
    samples.extend(replies().into_iter().map(|reply| Observation::StartTls {
        offered: true,
        reply: Some(reply),
        injected: 0,
    }));
    samples.push(Observation::StartTls { offered: true, reply: None, injected: 7 });
    samples
}

fn certificates() -> Vec<Observation> {
    use CertificateFault::{
        BrokenSignature, ChainIncomplete, DefaultCertificate, DistrustedAuthority, Expired,
        InterceptionProduct, NameMismatch, NotYetValid, PrivateAuthority, Revoked, SelfSigned,
        UnknownAuthority, Unreadable, WeakKey, WeakSignature,
    };
    let mut faults = vec![
        vec![],
        vec![Unreadable { index: 0 }],
        vec![BrokenSignature { index: 0 }],
        vec![SelfSigned, DefaultCertificate { sign: "localhost".into() }],
        vec![ChainIncomplete { missing: "CN=Sub".into(), completed: true }],
        vec![ChainIncomplete { missing: "CN=Sub".into(), completed: false }],
        vec![PrivateAuthority { root: "CN=Root".into() }],
        vec![DistrustedAuthority { root: "CN=Root".into(), certain: true }],
        vec![DistrustedAuthority { root: "CN=Root".into(), certain: false }],
        vec![UnknownAuthority { issuer: "CN=Sub".into() }, Expired { index: 0, not_after: 1 }],
        vec![InterceptionProduct { product: "Scanner".into() }],
        vec![CertificateFault::MissingInformation {
            index: 0,
            what: MissingInformation::ServerAuthentication,
        }],
        vec![NotYetValid { index: 0, not_before: 1_800_000_000 }],
        vec![
            WeakKey { index: 0, bits: 1024 },
            WeakSignature { index: 1, algorithm: "sha1WithRSAEncryption".into() },
        ],
        vec![Revoked { index: 0 }],
    ];
    let relations = [
        NameRelation::OtherDomain,
        NameRelation::SameDomain,
        NameRelation::WildcardTooShallow,
        NameRelation::AddressTyped,
    ];
    faults.extend(
        relations.map(|relation| vec![NameMismatch { relation, names: vec!["a.example.com".into()] }]),
    );
    let verdict = |faults| Observation::CertificateVerdict {
        host: HOST.into(),
        faults,
        trusted_root: Some("CN=Root".into()),
    };
    let mut samples: Vec<Observation> = faults.into_iter().map(verdict).collect();
    samples.push(Observation::CertificateChain { certificates: vec![certificate()] });
    samples.push(Observation::CertificateChain { certificates: vec![] });
    samples.push(Observation::CertificateName { name: "a.example.com".into(), same_address: true });
    samples
}

fn certificate() -> Certificate {
    Certificate {
        subject: "CN=a.example.com".into(),
        issuer: "CN=Sub".into(),
        common_name: Some("a.example.com".into()),
        names: vec!["a.example.com".into()],
        not_before: 1_789_000_000,
        not_after: 1_800_000_000,
        serial: "01".into(),
        key: PublicKey { algorithm: KeyAlgorithm::Rsa, bits: 2048 },
        signature: "sha256WithRSAEncryption".into(),
        authority: false,
        self_signed: false,
        sha256: "00".repeat(32),
    }
}

fn sign_in() -> Vec<Observation> {
    let mut samples = Vec::new();
    for reply in replies() {
        let accepted = reply.status == ReplyStatus::Ok;
        samples.push(Observation::SignIn {
            mechanism: "PLAIN".into(),
            accepted,
            reply: reply.clone(),
            challenge: r#"{"status":"400"}"#.into(),
        });
        samples.push(Observation::Mailbox {
            opened: accepted,
            reply: reply.clone(),
            messages: Some(250_000),
            size: Some(12_000_000_000),
        });
        samples.push(Observation::Reading {
            read: if accepted { 40 } else { 0 },
            of: 300,
            messages: 25_000,
            size: accepted.then_some(3_000_000_000),
            octets: 80_000,
            elapsed_ms: 5_000,
        });
        samples.push(Observation::Sender { allowed: accepted, reply });
    }
    let reasons = [
        SignInSkip::NoSecret,
        SignInSkip::NotEncrypted,
        SignInSkip::CertificateNotClean,
        SignInSkip::NoMechanism,
        SignInSkip::Unsendable,
        SignInSkip::Budget,
        SignInSkip::NotIssued,
    ];
    samples.extend(reasons.map(|reason| Observation::SignInSkipped { reason }));
    for (inside_tls, starttls, login_disabled) in
        [(true, false, false), (false, true, true), (false, false, false)]
    {
        let mechanisms = if login_disabled { vec![] } else { vec!["PLAIN".into(), "XOAUTH2".into()] };
        let tokens = vec!["IMAP4REV1".into()];
        samples.push(Observation::Capabilities { inside_tls, tokens, mechanisms, starttls, login_disabled });
    }
    samples
}

fn interruptions() -> Vec<Observation> {
    let at = |step| {
        [
            Observation::Dropped { step, reset: true, elapsed_ms: 200 },
            Observation::TimedOut { step, elapsed_ms: 9_000 },
            Observation::Unrecognised { step, raw: "??".into() },
        ]
    };
    Step::ALL.into_iter().flat_map(at).collect()
}

fn follow_ups() -> Vec<Observation> {
    use AlternativeOutcome::*;
    let mut samples = vec![
        Observation::LegacyTls { version: TlsVersion::Tls10 },
        Observation::LegacyTls { version: TlsVersion::Tls12 },
        Observation::EveryHelloRefused { hellos: 4 },
        Observation::TlsWithoutName { accepted: true },
        Observation::TlsWithoutName { accepted: false },
        Observation::Transcript(Transcript { side: TranscriptSide::Server, text: "* OK\r".into() }),
    ];
    let outcomes = [
        Works,
        TlsUnclean,
        PlaintextOnly,
        Foreign { protocol: Some(ForeignProtocol::Pop3) },
        Unusable,
        Closed,
        Silent,
        NotAllowed,
    ];
    for (port, security) in [(993, Security::Tls), (143, Security::Tls), (587, Security::StartTls)] {
        samples.extend(outcomes.clone().map(|outcome| Observation::Alternative {
            host: HOST.into(),
            port,
            security,
            outcome,
        }));
    }
    for (app_password, oauth_only) in [(true, false), (false, true), (false, false)] {
        samples.push(Observation::Provider {
            id: "example".into(),
            name: "Example Mail".into(),
            name_ja: app_password.then(|| "例メール".into()),
            clue: if oauth_only { ProviderClue::Domain } else { ProviderClue::Exchanger },
            app_password,
            oauth_only,
            off_by_default: !oauth_only,
            overseas_filter: !app_password,
            user_name: Some("local-part".into()),
        });
    }
    for (identity, error) in [(Some("jiro@example.com"), None), (None, Some("invalid_grant"))] {
        samples.push(Observation::Token {
            identity: identity.map(Into::into),
            scopes: vec!["https://outlook.office.com/SMTP.Send".into()],
            audience: error.map(|_| "https://graph.microsoft.com".into()),
            expires_at: identity.map(|_| 1_800_000_000),
            error: error.map(Into::into),
        });
    }
    samples
}
