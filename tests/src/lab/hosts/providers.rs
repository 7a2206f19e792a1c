//! Servers by the names of real providers, which exist on this machine only: by such a name the program knows whom it asks.
//! Most are a Dovecot and a Postfix, whose refusals say nothing: what a provider is known for is all that speaks.

use super::api::*;

const OTHER_PASSWORDS: &[&str] = &["smtpd_sasl_path=$lab_other_passwords"];

pub(super) const HOSTS: &[Host] = &[
    host("imap.mail.yahoo.co.jp.", Cert::Good, RECEIVING),
    host("imap.mail.yahoo.com.", Cert::Good, RECEIVING),
    host("smtp.mail.yahoo.com.", Cert::Good, &[SMTPS]),
    host("imap.mail.me.com.", Cert::Good, RECEIVING),
    host("imap.gmail.com.", Cert::Good, RECEIVING),
    host("imap.yandex.com.", Cert::Good, RECEIVING),
    host("imap.zoho.com.", Cert::Good, RECEIVING),
    host("sv9999.xserver.jp.", Cert::Good, &[IMAPS, smtp(587, OnRequest, OTHER_PASSWORDS)]),
];
