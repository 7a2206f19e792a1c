//! Hosts that are out of the ordinary, and whether the product would connect to them all the same.

use super::super::dialogue::{HANG_UP, SILENCE};
use super::api::*;

const UNHURRIED: &[&str] = &["smtpd_delay_reject=no", "smtpd_client_restrictions=sleep 6, permit"];

const fn imap_with(imap: Imap) -> (u16, Service) {
    script(993, Script::Imap(imap))
}

pub(super) const HOSTS: &[Host] = &[
    host("p521", Cert::P521, EVERYTHING),
    host("long-chain", Cert::LongChain, EVERYTHING),
    host("endless-chain", Cert::EndlessChain, EVERYTHING),
    Host { family: Family::V6, ..host("ipv6-only", Cert::Good, &[IMAPS]) },
    // Each has a second address, which comes first and leads nowhere.
    host("half-closed", Cert::Good, EVERYTHING),
    host("half-filtered", Cert::Good, EVERYTHING),
    // At the end of three aliases; the certificate has the first one's name.
    host("aliased", Cert::OtherHost("alias.mail.test"), EVERYTHING),
    host("unhurried", Cert::Good, &[smtp(587, OnRequest, UNHURRIED)]),
    host("abrupt", Cert::Good, &[imap_with(Imap::USUAL)]),
    host("dying-in-sign-in", Cert::Good, &[imap_with(Imap { sign_in: HANG_UP, ..Imap::USUAL })]),
    host("stuck-in-sign-in", Cert::Good, &[imap_with(Imap { sign_in: SILENCE, ..Imap::USUAL })]),
];
