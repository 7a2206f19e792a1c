//! The hosts of the lab: which servers each one runs, and what is wrong with them. Reads as a table.

use super::ca::Cert;
use super::dialogue::{Imap, Smtp};
use super::dovecot::Dovecot;
use super::scripted::Script;

/// A host `NAME.mail.test` with an address of its own.
pub struct Host {
    /// The name below `mail.test`.
    pub name: &'static str,
    /// The certificate that its servers show.
    pub cert: Cert,
    /// What answers at which port.
    pub services: &'static [(u16, Service)],
}

/// What answers at a port.
#[derive(Clone, Copy)]
pub enum Service {
    /// A real IMAP server.
    Dovecot(Dovecot, Tls),
    /// A real SMTP server, with the settings of `postconf(5)` that differ here.
    Postfix(Tls, &'static [&'static str]),
    /// A peer that plays a script.
    Scripted(Script),
    /// A port that answers no SYN.
    Filtered,
}

/// When TLS begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// With the first byte.
    Implicit,
    /// After STARTTLS, as far as the server offers it.
    OnRequest,
}

use Dovecot::{CramMd5Only, Usual, WithoutPasswords, WithoutTls};
use Script::{HangsUpAfter, Says};
use Service::{Filtered, Scripted};
use Tls::{Implicit, OnRequest};

const IMAPS: (u16, Service) = (993, Service::Dovecot(Usual, Implicit));
const IMAP: (u16, Service) = (143, Service::Dovecot(Usual, OnRequest));
const SMTPS: (u16, Service) = (465, Service::Postfix(Implicit, &[]));
const SUBMISSION: (u16, Service) = (587, Service::Postfix(OnRequest, &[]));
const RECEIVING: &[(u16, Service)] = &[IMAPS, IMAP];
const EVERYTHING: &[(u16, Service)] = &[IMAPS, IMAP, SMTPS, SUBMISSION];

/// Dovecot at a port and in a mode of the host's own.
const fn imap(port: u16, server: Dovecot, tls: Tls) -> (u16, Service) {
    (port, Service::Dovecot(server, tls))
}

/// Postfix at a port, in a mode and with settings of the host's own.
const fn smtp(port: u16, tls: Tls, settings: &'static [&'static str]) -> (u16, Service) {
    (port, Service::Postfix(tls, settings))
}

const fn script(port: u16, script: Script) -> (u16, Service) {
    (port, Scripted(script))
}

const fn imap_refusing(reply: &'static str) -> (u16, Service) {
    script(993, Script::Imap(Imap::refusing(reply)))
}

const fn smtp_refusing(reply: &'static str) -> (u16, Service) {
    script(465, Script::Smtp(Smtp::refusing(reply)))
}

const fn host(name: &'static str, cert: Cert, services: &'static [(u16, Service)]) -> Host {
    Host { name, cert, services }
}

const NO_TLS: &[&str] = &["smtpd_tls_security_level=none"];
const NO_CERTIFICATE: &[&str] = &["smtpd_tls_cert_file=none", "smtpd_tls_key_file="];
const LOST_CERTIFICATE: &[&str] = &["smtpd_tls_cert_file=/nonexistent", "smtpd_tls_key_file=/nonexistent"];
const BLOCKS: &[&str] = &["smtpd_delay_reject=no", "smtpd_client_restrictions=reject"];
const BUSY: &[&str] = &[
    "smtpd_delay_reject=no",
    "smtpd_client_restrictions=check_client_access static:{421 4.3.2 All server ports are busy}",
];
const SLOW: &[&str] = &["smtpd_delay_reject=no", "smtpd_client_restrictions=sleep 9"];
const OLD_TLS: &[&str] = &[
    "smtpd_tls_protocols=<=TLSv1.1",
    "smtpd_tls_mandatory_protocols=<=TLSv1.1",
    "tls_medium_cipherlist=ALL:@SECLEVEL=0",
];
const OLD_CIPHER: &[&str] = &[
    "smtpd_tls_protocols=TLSv1.2",
    "smtpd_tls_mandatory_protocols=TLSv1.2",
    "tls_medium_cipherlist=ECDHE-ECDSA-AES128-SHA",
];
const OTHER_PASSWORDS: &[&str] = &["smtpd_sasl_path=$lab_other_passwords"];
const DYING_SASL: &[&str] = &["smtpd_sasl_path=$lab_dying"];

/// Markup as in `ca::MARKUP`, a reversed direction of writing and a sequence that clears a terminal.
const HOSTILE_GREETING: &str =
    "220 <img src=x onerror=ran=1><script>ran=1</script> \u{202e}tset.liam\u{202c} \u{1b}[2J ESMTP\r\n";

/// Every host of the lab.
pub const HOSTS: &[Host] = &[
    host("good", Cert::Good, &[IMAPS, IMAP, SMTPS, SUBMISSION, smtp(25, OnRequest, &[])]),
    // No connection.
    host("closed", Cert::Good, &[IMAP, SUBMISSION]),
    host("smtp-everywhere", Cert::Good, &[smtp(143, OnRequest, &[]), smtp(993, Implicit, &[])]),
    host("pop3", Cert::Good, &[script(143, Says("+OK POP3 server ready\r\n"))]),
    host("ssh", Cert::Good, &[script(587, Says("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"))]),
    host("tls-at-once", Cert::Good, &[imap(143, Usual, Implicit), smtp(587, Implicit, &[])]),
    host("filtered", Cert::Good, &[(993, Filtered), IMAP, (465, Filtered), SUBMISSION]),
    host("no-port-25", Cert::Good, &[(25, Filtered), SMTPS, SUBMISSION]),
    host(
        "down",
        Cert::Good,
        &[
            (25, Filtered),
            (143, Filtered),
            (465, Filtered),
            (587, Filtered),
            (993, Filtered),
            (2525, Filtered),
        ],
    ),
    host("silent", Cert::Good, &[script(143, Script::Silent), script(587, Script::Silent)]),
    host(
        "blocking",
        Cert::Good,
        &[
            smtp(587, OnRequest, BLOCKS),
            script(143, Says("* BYE Access from your country is not allowed\r\n")),
        ],
    ),
    host("closing", Cert::Good, &[script(143, Script::ClosesAtOnce)]),
    host("slow", Cert::Good, &[smtp(587, OnRequest, SLOW)]),
    host(
        "busy",
        Cert::Good,
        &[smtp(587, OnRequest, BUSY), script(143, Says("* BYE [UNAVAILABLE] Server shutting down.\r\n"))],
    ),
    host("dropping", Cert::Good, &[script(143, HangsUpAfter("* OK IMAP4rev1 ready\r\n"))]),
    host("hostile", Cert::Hostile, &[IMAPS, script(587, HangsUpAfter(HOSTILE_GREETING))]),
    host("puzzling", Cert::Good, &[script(143, Says("\u{1b}[2J?? 42 who are you\r\n"))]),
    // No TLS.
    host("no-tls", Cert::Good, &[imap(143, WithoutTls, OnRequest), smtp(587, OnRequest, NO_TLS)]),
    host(
        "broken-tls",
        Cert::Good,
        &[smtp(465, Implicit, NO_CERTIFICATE), smtp(587, OnRequest, LOST_CERTIFICATE)],
    ),
    host("plain-993", Cert::Good, &[imap(993, WithoutTls, OnRequest), smtp(465, OnRequest, NO_TLS)]),
    host("tls-elsewhere", Cert::Good, &[IMAPS, imap(143, WithoutTls, OnRequest)]),
    host("tls-for-imap-only", Cert::Good, &[IMAPS, IMAP, smtp(587, OnRequest, NO_TLS)]),
    // A certificate that isn't good.
    host("self-signed", Cert::SelfSigned, EVERYTHING),
    host("default", Cert::Default, EVERYTHING),
    host("expired", Cert::Expired, EVERYTHING),
    host("not-yet-valid", Cert::NotYetValid, EVERYTHING),
    host("incomplete", Cert::ChainIncomplete, EVERYTHING),
    host("weak-key", Cert::WeakKey, RECEIVING),
    host("weak-signature", Cert::WeakSignature, RECEIVING),
    host("uncovered", Cert::OtherHost("covered.mail.test"), EVERYTHING),
    host("wrong-domain", Cert::OtherDomain, EVERYTHING),
    host("too.deep", Cert::Wildcard, EVERYTHING),
    host("unnamed", Cert::Good, &[script(993, Script::RefusesServerName)]),
    host("private", Cert::PrivateAuthority, EVERYTHING),
    host("unknown", Cert::UnknownAuthority, EVERYTHING),
    host("no-alternative-name", Cert::NoAlternativeName, EVERYTHING),
    host("client-only", Cert::ClientOnly, EVERYTHING),
    host("version-1", Cert::Version1, RECEIVING),
    host("broken-signature", Cert::BrokenSignature, RECEIVING),
    host("inspected", Cert::Inspected, EVERYTHING),
    // Where the incomplete chain says that its issuer can be fetched.
    host("aia", Cert::Good, &[script(80, Script::IssuerOverHttp)]),
    // No secure connection.
    host("old-tls", Cert::Good, &[smtp(465, Implicit, OLD_TLS), smtp(587, OnRequest, OLD_TLS)]),
    host("old-cipher", Cert::Good, &[smtp(465, Implicit, OLD_CIPHER)]),
    host("members-only", Cert::Good, &[script(993, Script::WantsClientCertificate)]),
    host("aborting", Cert::Good, &[script(993, Script::ClosesInHandshake)]),
    // No sign-in.
    host("cram-md5", Cert::Good, &[imap(993, CramMd5Only, Implicit)]),
    host(
        "no-passwords",
        Cert::Good,
        &[imap(993, WithoutPasswords, Implicit), smtp(465, Implicit, DYING_SASL)],
    ),
    host("two-passwords", Cert::Good, &[IMAPS, smtp(465, Implicit, OTHER_PASSWORDS)]),
    host(
        "gmail-like",
        Cert::Good,
        &[
            imap_refusing(
                "NO [ALERT] Application-specific password required: \
                 https://support.google.com/accounts/answer/185833 (Failure)",
            ),
            smtp_refusing("535 5.7.1 Application-specific password required"),
        ],
    ),
    host(
        "zoho-like",
        Cert::Good,
        &[imap_refusing(
            "NO You are yet to enable IMAP for your account. Please contact your administrator.",
        )],
    ),
    host("yahoo-like", Cert::Good, &[smtp_refusing("535 5.7.0 (#AUTH005) Too many bad auth attempts.")]),
    host(
        "microsoft-like",
        Cert::Good,
        &[smtp_refusing(
            "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults \
             policy. Contact your administrator.",
        )],
    ),
    host(
        "outlook-like",
        Cert::Good,
        &[
            script(993, Script::Imap(Imap { mechanisms: "AUTH=PLAIN AUTH=XOAUTH2", ..Imap::USUAL })),
            smtp_refusing(
                "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. \
                 Visit https://aka.ms/smtp_auth_disabled for more information.",
            ),
        ],
    ),
    host(
        "yandex-like",
        Cert::Good,
        &[imap_refusing("NO [AUTHENTICATIONFAILED] LOGIN invalid credentials or IMAP is disabled sc=lab")],
    ),
    host(
        "overseas-filter",
        Cert::Good,
        &[imap_refusing(
            "NO [NOPERM] Login from this country is not permitted (overseas access restriction)",
        )],
    ),
];
