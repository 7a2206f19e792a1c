//! Every kind of observation is told in both languages, and nothing of a server reaches a sentence unescaped.

use super::*;
use crate::{
    ServerText, Step,
    evidence::{
        AlternativeOutcome, Certificate, CertificateFault, ConnectOutcome, DeniedClass, DnsOutcome,
        DnsRecord, DnsSubject, GreetingOutcome, HostFault, KeyAlgorithm, NameRelation, ProviderClue,
        PublicKey, ReplyStatus, SignInSkip, TlsOutcome, TlsVersion, Transcript, TranscriptSide,
    },
    text::is_control,
};

const HOSTILE: &str = "evil\u{1b}[31m\u{202e}\r\nname";

fn dns(outcome: DnsOutcome, exchanges: Vec<String>) -> Observation {
    Observation::DnsAnswer {
        name: "mail.example.com".to_owned(),
        subject: DnsSubject::Host,
        record: DnsRecord::A,
        outcome,
        addresses: vec!["192.0.2.1".parse().unwrap()],
        aliases: vec![HOSTILE.to_owned()],
        exchanges,
        ttl_s: None,
        extended_error: None,
        elapsed_ms: 7,
    }
}

fn no() -> Reply {
    Reply {
        status: ReplyStatus::No,
        code: Some(535),
        enhanced: Some("5.7.8".to_owned()),
        response_code: None,
        charset: None,
        text: HOSTILE.into(),
    }
}

fn certificate(subject: &str) -> Certificate {
    Certificate {
        subject: subject.to_owned(),
        issuer: "CN=Example CA".to_owned(),
        common_name: None,
        names: vec![HOSTILE.to_owned()],
        not_before: 0,
        not_after: 0,
        serial: "01".to_owned(),
        key: PublicKey { algorithm: KeyAlgorithm::Rsa, bits: 2048 },
        signature: "sha256WithRSAEncryption".to_owned(),
        authority: false,
        self_signed: false,
        sha256: "00".to_owned(),
    }
}

fn hostile() -> Vec<Observation> {
    use Observation as O;
    let text = || HOSTILE.to_owned();
    let raw = || ServerText::from(HOSTILE);
    let mismatch =
        CertificateFault::NameMismatch { relation: NameRelation::OtherDomain, names: vec![text(), text()] };
    vec![
        O::HostInvalid { typed: text(), fault: HostFault::Characters, corrected: Some(text()) },
        dns(DnsOutcome::Answer, vec![text()]),
        dns(DnsOutcome::NxDomain, vec![]),
        O::NearName { name: text(), distance: 1 },
        O::AddressDenied {
            address: "10.0.0.1".parse().unwrap(),
            class: DeniedClass::Private,
            range: "RFC 1918".to_owned(),
        },
        O::ConnectAttempt {
            address: "2001:db8::1".parse().unwrap(),
            port: 993,
            outcome: ConnectOutcome::Refused,
            elapsed_ms: 3,
        },
        O::Greeting {
            outcome: GreetingOutcome::Foreign,
            reply: None,
            raw: raw(),
            protocol: None,
            elapsed_ms: 1500,
        },
        O::StartTls { offered: true, reply: Some(no()), injected: 0 },
        O::TlsHandshake {
            outcome: TlsOutcome::Alert { number: 40, name: text(), after_certificate: false },
            elapsed_ms: 9,
        },
        O::TlsHandshake { outcome: TlsOutcome::Broken { detail: text() }, elapsed_ms: 9 },
        O::TlsHandshake {
            outcome: TlsOutcome::Established { version: TlsVersion::Tls13, cipher: text() },
            elapsed_ms: 9,
        },
        O::CertificateChain { certificates: vec![certificate(HOSTILE), certificate("CN=b")] },
        O::CertificateVerdict { host: text(), faults: vec![mismatch], trusted_root: None },
        O::CertificateVerdict { host: text(), faults: vec![], trusted_root: Some(text()) },
        O::CertificateName { name: text(), same_address: true },
        O::Capabilities {
            inside_tls: true,
            tokens: vec![text()],
            mechanisms: vec![text()],
            starttls: false,
            login_disabled: false,
        },
        O::SignIn { mechanism: "PLAIN".to_owned(), accepted: false, reply: no(), challenge: raw() },
        O::SignInSkipped { reason: SignInSkip::CertificateNotClean },
        O::Mailbox { opened: true, reply: no(), messages: Some(12), size: Some(3_400_000_000) },
        O::Reading { read: 7, of: 300, messages: 9_000, size: Some(10), octets: 9_000, elapsed_ms: 5_000 },
        O::Reading { read: 0, of: 300, messages: 9_000, size: None, octets: 0, elapsed_ms: 5_000 },
        O::Sender { allowed: false, reply: no() },
        O::Dropped { step: Step::Greeting, reset: true, elapsed_ms: 8 },
        O::TimedOut { step: Step::Tls, elapsed_ms: 10_000 },
        O::Unrecognised { step: Step::Greeting, raw: raw() },
        O::Alternative {
            host: text(),
            port: 587,
            security: Security::StartTls,
            outcome: AlternativeOutcome::Works,
        },
        O::LegacyTls { version: TlsVersion::Tls10 },
        O::EveryHelloRefused { hellos: 5 },
        O::TlsWithoutName { accepted: true },
        O::Provider {
            id: text(),
            name: text(),
            name_ja: Some(text()),
            clue: ProviderClue::Host,
            app_password: true,
            oauth_only: true,
            off_by_default: true,
            overseas_filter: true,
            user_name: None,
        },
        O::Token {
            identity: Some(text()),
            scopes: vec![text()],
            audience: Some(text()),
            expires_at: Some(1_800_000_000),
            error: Some(text()),
        },
        O::Transcript(Transcript { side: TranscriptSide::Server, text: raw() }),
    ]
}

#[test]
fn every_observation_is_told_without_a_gap_left_open_and_without_a_control() {
    for observation in hostile() {
        for lang in Lang::ALL {
            let told = line(&observation, lang);
            assert!(!told.is_empty(), "{observation:?}");
            assert!(!told.chars().any(is_control), "{told:?}");
            let open =
                ["{name}", "{list}", "{value}", "{host}", "{s}", "{n}", "{step}", "{port}", "{protocol}"];
            assert!(!open.iter().any(|gap| told.contains(gap)), "{told}");
        }
    }
}

#[test]
fn the_two_languages_differ_where_there_is_a_sentence() {
    for observation in hostile().iter().filter(|o| !matches!(o, Observation::Transcript(_))) {
        assert_ne!(describe(observation, Lang::Ja), describe(observation, Lang::En));
    }
}

#[test]
fn a_sentence_its_duration_and_the_servers_words_make_a_line() {
    let refused = Observation::SignIn {
        mechanism: "PLAIN".to_owned(),
        accepted: false,
        reply: Reply { text: "Incorrect".into(), ..no() },
        challenge: ServerText::default(),
    };
    assert_eq!(line(&refused, Lang::En), r#"The sign-in was refused (PLAIN) "535 5.7.8 Incorrect""#);
    assert_eq!(
        line(&dns(DnsOutcome::NxDomain, vec![]), Lang::En).split(',').next(),
        Some("The name mail.example.com doesn't exist (NXDOMAIN)")
    );
    let silent = Observation::TimedOut { step: Step::Greeting, elapsed_ms: 10_040 };
    assert_eq!(line(&silent, Lang::Ja), "「サーバーの応答」で10秒待ちましたが応答がありません (10040 ms)");
}

#[test]
fn a_null_mx_is_no_list_of_exchanges() {
    assert!(describe(&dns(DnsOutcome::Answer, vec![".".to_owned()]), Lang::En).contains("null MX"));
}

#[test]
fn a_distinguished_name_is_known_by_its_common_name() {
    for (distinguished, short) in [
        ("C=US, O=Let's Encrypt, CN=R11", "R11"),
        ("CN=mail.example.com", "mail.example.com"),
        (r"O=Example\, Inc., C=JP", "Example, Inc."),
        ("C=JP", "C=JP"),
        ("", ""),
        ("cn=lower", "lower"),
        ("日本=あ,O=会社", "会社"),
    ] {
        assert_eq!(short_name(distinguished), short, "{distinguished:?}");
    }
}

#[test]
fn a_long_list_tells_how_many_more() {
    let names: Vec<String> = (0..9).map(|n| format!("n{n}.example")).collect();
    let fault = CertificateFault::NameMismatch { relation: NameRelation::SameDomain, names };
    let told = super::fault(&fault, Lang::En);
    assert!(told.contains("n5.example, and 3 more") && !told.contains("n6"), "{told}");
}

#[test]
fn seconds_have_one_decimal_where_it_matters() {
    assert_eq!([0, 449, 1_000, 1_250, 61_000].map(seconds), ["0", "0.4", "1", "1.3", "61"]);
}

#[test]
fn a_failure_of_dnssec_is_told_from_another_failure_of_dns() {
    let failed = |code| match dns(DnsOutcome::ServFail, vec![]) {
        Observation::DnsAnswer { name, subject, record, outcome, ttl_s, elapsed_ms, .. } => {
            Observation::DnsAnswer {
                name,
                subject,
                record,
                outcome,
                addresses: vec![],
                aliases: vec![],
                exchanges: vec![],
                ttl_s,
                extended_error: code,
                elapsed_ms,
            }
        }
        other => other,
    };
    let said = |code| describe(&failed(code), Lang::En);
    assert!(said(Some(7)).ends_with("(SERVFAIL), DNSSEC validation failed (EDE 7)"), "{}", said(Some(7)));
    assert!(said(Some(22)).ends_with("error code (EDE): 22"), "{}", said(Some(22)));
    assert!(said(None).ends_with("(SERVFAIL)"), "{}", said(None));
}

#[test]
fn a_full_mailbox_comes_with_an_estimate_of_a_first_sync() {
    let told = |messages| {
        let seen = Observation::Mailbox { opened: true, reply: no(), messages: Some(messages), size: None };
        Lang::ALL.map(|lang| describe(&seen, lang))
    };
    assert_eq!(told(19_999)[1], "The inbox opened (19999 messages)");
    assert_eq!(
        told(20_000),
        [
            "受信トレイを開けました(メール20000通)、一般的な速さなら、最初の同期の目安は7分〜67分",
            "The inbox opened (20000 messages), at usual speeds, a first sync may take 7 min to 67 min",
        ]
    );
    assert!(told(400_000)[1].ends_with("a first sync may take 3 h to 23 h"), "{}", told(400_000)[1]);
}

#[test]
fn large_messages_take_longer_than_their_number_says() {
    let told = |size| {
        let seen = Observation::Mailbox { opened: true, reply: no(), messages: Some(900), size: Some(size) };
        Lang::ALL.map(|lang| describe(&seen, lang))
    };
    assert_eq!(told(45_678_901)[1], "The inbox opened (900 messages, 46 MB)");
    assert_eq!(
        told(36_480_000_000),
        [
            "受信トレイを開けました(メール900通、36.4 GB)、一般的な速さなら、最初の同期の目安は3時間〜21時間",
            "The inbox opened (900 messages, 36.4 GB), at usual speeds, a first sync may take 3 h to 21 h",
        ]
    );
}

#[test]
fn the_speed_that_was_measured_comes_with_an_estimate_of_its_own() {
    let told = |read, elapsed_ms| {
        let octets = u64::from(read) * 1_500;
        let seen = Observation::Reading { read, of: 300, messages: 9_000, size: None, octets, elapsed_ms };
        Lang::ALL.map(|lang| describe(&seen, lang))
    };
    assert_eq!(
        told(120, 5_000),
        [
            "メールを300通のうち120通まで試しに読み込みました(毎秒24通)、この速さなら、最初の同期の目安は7分〜25分",
            "Read 120 of 300 messages as a trial (24 a second), at this speed, a first sync may take 7 min to 25 min",
        ]
    );
    assert!(told(4, 5_000)[1].contains("(0.8 a second)"), "{}", told(4, 5_000)[1]);
    assert_eq!(told(0, 5_000)[1], "No message came within 5 s of asking for some as a trial");
}

#[test]
fn microsoft_365_says_which_of_its_switches_is_off() {
    let refused = |whose: &str| {
        let text = format!(
            "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the {whose}."
        );
        let reply = Reply { text: text.as_str().into(), ..no() };
        let seen =
            Observation::SignIn { mechanism: "XOAUTH2".into(), accepted: false, reply, challenge: "".into() };
        describe(&seen, Lang::En)
    };
    assert!(refused("Tenant").ends_with("off for the whole organisation"), "{}", refused("Tenant"));
    assert!(refused("Mailbox").ends_with("off for this mailbox"), "{}", refused("Mailbox"));
    assert_eq!(refused("moon"), "The sign-in was refused (XOAUTH2)");
}
