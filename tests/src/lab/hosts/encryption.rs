//! Hosts without TLS, and hosts with which no secure connection can be made.

use super::{Dovecot::WithoutTls, api::*};

const NO_TLS: &[&str] = &["smtpd_tls_security_level=none"];
const NO_CERTIFICATE: &[&str] = &["smtpd_tls_cert_file=none", "smtpd_tls_key_file="];
const LOST_CERTIFICATE: &[&str] = &["smtpd_tls_cert_file=/nonexistent", "smtpd_tls_key_file=/nonexistent"];
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

pub(super) const HOSTS: &[Host] = &[
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
    // No secure connection.
    host("old-tls", Cert::Good, &[smtp(465, Implicit, OLD_TLS), smtp(587, OnRequest, OLD_TLS)]),
    host("old-and-expired", Cert::Expired, &[smtp(465, Implicit, OLD_TLS), smtp(587, OnRequest, OLD_TLS)]),
    host("old-cipher", Cert::Good, &[smtp(465, Implicit, OLD_CIPHER)]),
    host("members-only", Cert::Good, &[haproxy(993, "verify required ca-file {ca}")]),
    host("aborting", Cert::Good, &[haproxy(993, "accept-proxy")]),
];
