//! Messages as the relay writes them, read back.

use super::*;
use error_model::evidence::{AlternativeOutcome, CertificateFault, Observation as O, TlsOutcome};
use serde_json::{Value, json};

/// Reads with both readers and compares.
fn same(value: &Value) -> RelayMessage {
    let text = value.to_string();
    let by_serde: RelayMessage = serde_json::from_str(&text).unwrap();
    assert_eq!(message(&text).map(|(_, message)| message).as_ref(), Some(&by_serde), "{text}");
    by_serde
}

fn seen(observation: &Value) -> O {
    let message =
        json!({"type": "evidence", "seq": 3, "at_ms": 40, "lane": "smtp", "observation": observation});
    let RelayMessage::Evidence(observed) = same(&message) else { panic!("not evidence: {message}") };
    observed.observation
}

/// Every kind once. A new kind stops this from compiling until it's read here too.
fn kind(observation: &O) -> usize {
    match observation {
        O::HostInvalid { .. } => 0,
        O::DnsAnswer { .. } => 1,
        O::NearName { .. } => 2,
        O::AddressDenied { .. } => 3,
        O::ConnectAttempt { .. } => 4,
        O::Greeting { .. } => 5,
        O::StartTls { .. } => 6,
        O::TlsHandshake { .. } => 7,
        O::CertificateChain { .. } => 8,
        O::CertificateVerdict { .. } => 9,
        O::CertificateName { .. } => 10,
        O::Capabilities { .. } => 11,
        O::SignIn { .. } => 12,
        O::SignInSkipped { .. } => 13,
        O::Mailbox { .. } => 14,
        O::Sender { .. } => 15,
        O::Dropped { .. } => 16,
        O::TimedOut { .. } => 17,
        O::Unrecognised { .. } => 18,
        O::Alternative { .. } => 19,
        O::LegacyTls { .. } => 20,
        O::EveryHelloRefused { .. } => 21,
        O::TlsWithoutName { .. } => 22,
        O::Provider { .. } => 23,
        O::Token { .. } => 24,
        O::Transcript(_) => 25,
        O::Reading { .. } => 26,
    }
}

const KINDS: usize = 27;

fn reply() -> Value {
    json!({"status": "no", "code": 535, "enhanced": "5.7.8", "response_code": "LIMIT",
        "charset": "GBK", "text": "\\u{1b}no \\xff\\\\"})
}

#[test]
fn every_kind_of_observation_is_read_as_serde_reads_it() {
    let certificate = json!({"subject": "CN=a", "issuer": "CN=b", "common_name": "a", "names": ["a", "b"],
        "not_before": -1, "not_after": 4_000_000_000_u64, "serial": "0a", "key": {"algorithm": "rsa", "bits": 2048},
        "signature": "sha256WithRSAEncryption", "authority": true, "self_signed": true, "sha256": "ff"});
    let samples = [
        json!({"kind": "host-invalid", "typed": "a b", "fault": "space", "corrected": "ab"}),
        json!({"kind": "host-invalid", "typed": "a b", "fault": "address-literal", "corrected": null}),
        json!({"kind": "dns-answer", "name": "a", "subject": "mail-domain", "record": "MX", "outcome": "nx-domain",
            "addresses": ["192.0.2.1", "2001:db8::1"], "aliases": ["b"], "exchanges": ["c"], "ttl_s": 60,
            "extended_error": 6, "elapsed_ms": 5}),
        json!({"kind": "dns-answer", "name": "a", "subject": "host", "record": "AAAA", "outcome": "timed-out",
            "ttl_s": null, "extended_error": null, "elapsed_ms": 5}),
        json!({"kind": "near-name", "name": "a", "distance": 1}),
        json!({"kind": "address-denied", "address": "10.0.0.1", "class": "private", "range": "r"}),
        json!({"kind": "connect-attempt", "address": "::1", "port": 993, "outcome": "host-unreachable", "elapsed_ms": 1}),
        json!({"kind": "greeting", "outcome": "pre-auth", "reply": reply(), "elapsed_ms": 1}),
        json!({"kind": "greeting", "outcome": "foreign", "raw": "SSH\\r", "protocol": "manage-sieve", "elapsed_ms": 1}),
        json!({"kind": "start-tls", "offered": true, "reply": reply(), "injected": 2}),
        json!({"kind": "start-tls", "offered": false, "reply": null, "injected": 0}),
        json!({"kind": "tls-handshake", "outcome": {"result": "timed-out"}, "elapsed_ms": 1}),
        json!({"kind": "certificate-chain", "certificates": [certificate]}),
        json!({"kind": "certificate-verdict", "host": "h", "faults": [{"fault": "self-signed"}], "trusted_root": "CN=r"}),
        json!({"kind": "certificate-name", "name": "a", "same_address": true}),
        json!({"kind": "capabilities", "inside_tls": true, "tokens": ["IMAP4REV1"], "mechanisms": ["PLAIN"],
            "starttls": true, "login_disabled": true}),
        json!({"kind": "sign-in", "mechanism": "PLAIN", "accepted": true, "reply": reply(), "challenge": "{}"}),
        json!({"kind": "sign-in-skipped", "reason": "certificate-not-clean"}),
        json!({"kind": "mailbox", "opened": true, "reply": reply(), "messages": 3, "size": 2_000_000_000_u64}),
        json!({"kind": "sender", "allowed": true, "reply": {"status": "ok", "text": ""}}),
        json!({"kind": "dropped", "step": "sign-in", "reset": true, "elapsed_ms": 1}),
        json!({"kind": "timed-out", "step": "tls", "elapsed_ms": 1}),
        json!({"kind": "unrecognised", "step": "greeting", "raw": "\\x00"}),
        json!({"kind": "alternative", "host": "h", "port": 1, "security": "starttls", "outcome": {"result": "works"}}),
        json!({"kind": "legacy-tls", "version": "TLS 1.1"}),
        json!({"kind": "every-hello-refused", "hellos": 9}),
        json!({"kind": "tls-without-name", "accepted": true}),
        json!({"kind": "provider", "id": "i", "name": "p", "name_ja": "ピー", "clue": "exchanger", "app_password": true, "oauth_only": true,
            "off_by_default": true, "overseas_filter": true, "user_name": "address"}),
        json!({"kind": "token", "identity": "a", "scopes": ["s"], "audience": "b", "expires_at": -1,
            "error": "invalid_grant"}),
        json!({"kind": "transcript", "side": "client", "text": "a1 CAPABILITY"}),
        json!({"kind": "reading", "read": 3, "of": 300, "messages": 9_000, "size": 2_000_000_000_u64, "octets": 7_000,
            "elapsed_ms": 5}),
    ];
    let mut kinds: Vec<usize> = samples.iter().map(|sample| kind(&seen(sample))).collect();
    kinds.dedup();
    assert_eq!(kinds, (0..KINDS).collect::<Vec<_>>());
}

#[test]
fn every_outcome_of_a_handshake_is_read_as_serde_reads_it() {
    let all = [
        TlsOutcome::Established { version: error_model::evidence::TlsVersion::Tls13, cipher: "c".into() },
        TlsOutcome::Alert { number: 40, name: "n".into(), after_certificate: true },
        TlsOutcome::ClientCertificateRequired,
        TlsOutcome::Plaintext { protocol: Some(error_model::evidence::ForeignProtocol::Smtp) },
        TlsOutcome::Closed { reset: true, after_bytes: true },
        TlsOutcome::TimedOut,
        TlsOutcome::VersionTooOld,
        TlsOutcome::NothingInCommon { detail: "d".into() },
        TlsOutcome::NoCertificate,
        TlsOutcome::CertificateUnusable { detail: "d".into() },
        TlsOutcome::Broken { detail: "d".into() },
    ];
    for outcome in all {
        let seen = seen(&json!({"kind": "tls-handshake", "outcome": outcome, "elapsed_ms": 1}));
        assert_eq!(seen, O::TlsHandshake { outcome, elapsed_ms: 1 });
    }
}

#[test]
fn every_outcome_of_a_try_is_read_as_serde_reads_it() {
    use AlternativeOutcome as A;
    for outcome in [
        A::Works,
        A::TlsUnclean,
        A::PlaintextOnly,
        A::Foreign { protocol: None },
        A::Unusable,
        A::Closed,
        A::Silent,
        A::NotAllowed,
    ] {
        seen(&json!({"kind": "alternative", "host": "h", "port": 1, "security": "tls", "outcome": outcome}));
    }
}

#[test]
fn every_fault_of_a_certificate_is_read_as_serde_reads_it() {
    use CertificateFault as F;
    let faults = vec![
        F::Unreadable { index: 1 },
        F::BrokenSignature { index: 1 },
        F::SelfSigned,
        F::DefaultCertificate { sign: "s".into() },
        F::ChainIncomplete { missing: "m".into(), completed: true },
        F::PrivateAuthority { root: "r".into() },
        F::DistrustedAuthority { root: "r".into(), certain: true },
        F::UnknownAuthority { issuer: "i".into() },
        F::InterceptionProduct { product: "p".into() },
        F::MissingInformation { index: 1, what: error_model::evidence::MissingInformation::Version1 },
        F::Expired { index: 1, not_after: -5 },
        F::NotYetValid { index: 1, not_before: 5 },
        F::WeakKey { index: 1, bits: 1024 },
        F::WeakSignature { index: 1, algorithm: "a".into() },
        F::NameMismatch {
            relation: error_model::evidence::NameRelation::OtherDomain,
            names: vec!["n".into()],
        },
        F::Revoked { index: 1 },
    ];
    let O::CertificateVerdict { faults: read, .. } =
        seen(&json!({"kind": "certificate-verdict", "host": "h", "faults": faults, "trusted_root": null}))
    else {
        panic!("not a verdict")
    };
    assert_eq!(read, faults);
}

#[test]
fn the_other_messages_are_read_as_serde_reads_them() {
    let finding = json!({"code": "006", "cause": "name-not-covered", "confidence": "proven", "also_shown_as": ["008"],
        "observations": [12], "suggestions": [{"id": "s1", "field": "imap.host", "value": "v", "tried": "works"}]});
    for message in [
        json!({"type": "hello", "version": "1", "egress_addresses": ["192.0.2.9"],
            "limits": {"message_bytes": 65536, "run_seconds": 60}}),
        json!({"type": "step", "lane": "imap", "step": "sign-in", "state": "skipped", "elapsed_ms": 1}),
        json!({"type": "diagnosis", "code": "006", "cause": "name-not-covered", "confidence": "proven", "lane": "imap",
            "final": true, "lanes": {"imap": {"state": "failed", "step": "certificate", "signed_in": true,
            "findings": [finding]}}}),
        json!({"type": "diagnosis", "code": "003", "cause": "works-from-here", "confidence": "likely", "lane": "imap",
            "final": true, "lanes": {}, "reported": {"code": "006", "relation": "other-lane", "lane": "smtp",
            "cause": "expired", "reasons": [
                {"why": "dns-ttl", "observations": [1, 2], "at": 1_790_000_060_i64, "ttl_s": 60},
                {"why": "lane-not-tested", "lane": "imap"},
                {"why": "renewed-certificate", "observations": [4], "at": -1}]}}),
        json!({"type": "diagnosis", "code": "ok", "cause": null, "confidence": null, "lane": null, "final": true,
            "lanes": {}, "reported": {"code": "first-sync", "relation": "nothing-found"}}),
        json!({"type": "diagnosis", "code": "ok", "cause": null, "confidence": null, "lane": null, "final": false,
            "lanes": {"smtp": {"state": "running", "step": "tls", "signed_in": false, "findings": []}}}),
        json!({"type": "problem", "code": "bad-request", "message": "m", "field": "imap.host", "retry_after_s": 5}),
        json!({"type": "problem", "code": "overloaded", "message": "m"}),
        json!({"type": "done", "elapsed_ms": 900}),
        json!({"type": "weather"}),
    ] {
        same(&message);
    }
}

#[test]
fn junk_is_no_message() {
    for text in ["", "null", "[]", "{}", r#"{"type":1}"#, r#"{"type":"evidence","seq":1}"#, "not JSON"] {
        assert_eq!(message(text), None, "{text}");
    }
}
