//! Observations.

use error_model::{
    ServerText,
    evidence::{AlternativeOutcome, Observation as O, Reply, TlsOutcome, Transcript},
};

use super::{
    certificate::{certificate, fault},
    fields::Fields,
};

pub(super) fn observation(f: Fields<'_>) -> Option<O> {
    Some(match f.tag("kind")? {
        "host-invalid" => O::HostInvalid {
            typed: f.text("typed")?,
            fault: f.word("fault")?,
            corrected: f.text("corrected"),
        },
        "dns-answer" => O::DnsAnswer {
            name: f.text("name")?,
            subject: f.word("subject")?,
            record: f.word("record")?,
            outcome: f.word("outcome")?,
            addresses: f.list("addresses", |v| v.as_str()?.parse().ok()),
            aliases: f.texts("aliases"),
            exchanges: f.texts("exchanges"),
            ttl_s: f.number("ttl_s"),
            extended_error: f.number("extended_error"),
            elapsed_ms: f.number("elapsed_ms")?,
        },
        "near-name" => O::NearName { name: f.text("name")?, distance: f.number("distance")? },
        "address-denied" => O::AddressDenied {
            address: f.tag("address")?.parse().ok()?,
            class: f.word("class")?,
            range: f.text("range")?,
        },
        "connect-attempt" => O::ConnectAttempt {
            address: f.tag("address")?.parse().ok()?,
            port: f.number("port")?,
            outcome: f.word("outcome")?,
            elapsed_ms: f.number("elapsed_ms")?,
        },
        "greeting" => O::Greeting {
            outcome: f.word("outcome")?,
            reply: f.inner("reply").and_then(reply),
            raw: server_text(f, "raw"),
            protocol: f.word("protocol"),
            elapsed_ms: f.number("elapsed_ms")?,
        },
        "start-tls" => O::StartTls {
            offered: f.flag("offered"),
            reply: f.inner("reply").and_then(reply),
            injected: f.number("injected")?,
        },
        "tls-handshake" => {
            O::TlsHandshake { outcome: handshake(f.inner("outcome")?)?, elapsed_ms: f.number("elapsed_ms")? }
        }
        "every-hello-refused" => O::EveryHelloRefused { hellos: f.number("hellos")? },
        "legacy-tls" => O::LegacyTls { version: f.word("version")? },
        "tls-without-name" => O::TlsWithoutName { accepted: f.flag("accepted") },
        "certificate-chain" => {
            O::CertificateChain { certificates: f.list("certificates", |v| certificate(Fields::of(v)?)) }
        }
        "certificate-verdict" => O::CertificateVerdict {
            host: f.text("host")?,
            faults: f.list("faults", |v| fault(Fields::of(v)?)),
            trusted_root: f.text("trusted_root"),
        },
        "certificate-name" => {
            O::CertificateName { name: f.text("name")?, same_address: f.flag("same_address") }
        }
        "alternative" => O::Alternative {
            host: f.text("host")?,
            port: f.number("port")?,
            security: f.word("security")?,
            outcome: alternative(f.inner("outcome")?)?,
        },
        _ => return dialogue(f),
    })
}

fn dialogue(f: Fields<'_>) -> Option<O> {
    Some(match f.tag("kind")? {
        "capabilities" => O::Capabilities {
            inside_tls: f.flag("inside_tls"),
            tokens: f.texts("tokens"),
            mechanisms: f.texts("mechanisms"),
            starttls: f.flag("starttls"),
            login_disabled: f.flag("login_disabled"),
        },
        "sign-in" => O::SignIn {
            mechanism: f.text("mechanism")?,
            accepted: f.flag("accepted"),
            reply: reply(f.inner("reply")?)?,
            challenge: server_text(f, "challenge"),
        },
        "sign-in-skipped" => O::SignInSkipped { reason: f.word("reason")? },
        "mailbox" => O::Mailbox {
            opened: f.flag("opened"),
            reply: reply(f.inner("reply")?)?,
            messages: f.number("messages"),
            size: f.number("size"),
        },
        "reading" => O::Reading {
            read: f.number("read")?,
            of: f.number("of")?,
            messages: f.number("messages")?,
            size: f.number("size"),
            octets: f.number("octets")?,
            elapsed_ms: f.number("elapsed_ms")?,
        },
        "sender" => O::Sender { allowed: f.flag("allowed"), reply: reply(f.inner("reply")?)? },
        "dropped" => {
            O::Dropped { step: f.word("step")?, reset: f.flag("reset"), elapsed_ms: f.number("elapsed_ms")? }
        }
        "timed-out" => O::TimedOut { step: f.word("step")?, elapsed_ms: f.number("elapsed_ms")? },
        "unrecognised" => O::Unrecognised { step: f.word("step")?, raw: server_text(f, "raw") },
        "provider" => O::Provider {
            id: f.text("id")?,
            name: f.text("name")?,
            name_ja: f.text("name_ja"),
            clue: f.word("clue")?,
            app_password: f.flag("app_password"),
            oauth_only: f.flag("oauth_only"),
            off_by_default: f.flag("off_by_default"),
            overseas_filter: f.flag("overseas_filter"),
            user_name: f.text("user_name"),
        },
        "token" => O::Token {
            identity: f.text("identity"),
            scopes: f.texts("scopes"),
            audience: f.text("audience"),
            expires_at: f.moment("expires_at"),
            error: f.text("error"),
        },
        "transcript" => O::Transcript(Transcript { side: f.word("side")?, text: server_text(f, "text") }),
        _ => return None,
    })
}

fn reply(f: Fields<'_>) -> Option<Reply> {
    Some(Reply {
        status: f.word("status")?,
        code: f.number("code"),
        enhanced: f.text("enhanced"),
        response_code: f.text("response_code"),
        charset: f.text("charset"),
        text: server_text(f, "text"),
    })
}

fn server_text(f: Fields<'_>, name: &str) -> ServerText {
    f.word(name).unwrap_or_default()
}

fn handshake(f: Fields<'_>) -> Option<TlsOutcome> {
    Some(match f.tag("result")? {
        "established" => TlsOutcome::Established { version: f.word("version")?, cipher: f.text("cipher")? },
        "alert" => TlsOutcome::Alert {
            number: f.number("number")?,
            name: f.text("name")?,
            after_certificate: f.flag("after_certificate"),
        },
        "client-certificate-required" => TlsOutcome::ClientCertificateRequired,
        "plaintext" => TlsOutcome::Plaintext { protocol: f.word("protocol") },
        "closed" => TlsOutcome::Closed { reset: f.flag("reset"), after_bytes: f.flag("after_bytes") },
        "timed-out" => TlsOutcome::TimedOut,
        "version-too-old" => TlsOutcome::VersionTooOld,
        "nothing-in-common" => TlsOutcome::NothingInCommon { detail: f.text("detail")? },
        "no-certificate" => TlsOutcome::NoCertificate,
        "certificate-unusable" => TlsOutcome::CertificateUnusable { detail: f.text("detail")? },
        "broken" => TlsOutcome::Broken { detail: f.text("detail")? },
        _ => return None,
    })
}

fn alternative(f: Fields<'_>) -> Option<AlternativeOutcome> {
    Some(match f.tag("result")? {
        "works" => AlternativeOutcome::Works,
        "tls-unclean" => AlternativeOutcome::TlsUnclean,
        "plaintext-only" => AlternativeOutcome::PlaintextOnly,
        "foreign" => AlternativeOutcome::Foreign { protocol: f.word("protocol") },
        "unusable" => AlternativeOutcome::Unusable,
        "closed" => AlternativeOutcome::Closed,
        "silent" => AlternativeOutcome::Silent,
        "not-allowed" => AlternativeOutcome::NotAllowed,
        _ => return None,
    })
}
