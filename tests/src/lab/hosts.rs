//! The hosts of the lab: which servers each one runs, and what is wrong with them. Reads as a table.

mod certificate;
mod connection;
mod discovery;
mod encryption;
mod providers;
mod sign_in;

use super::DOMAIN;
use super::ca::Cert;
use super::dialogue::{Charset, Imap, Smtp};
use super::dovecot::Dovecot;
use super::scripted::Script;
use super::web;

/// A host `NAME.mail.test` with an address of its own.
pub struct Host {
    /// The name below `mail.test`; a name that ends in a dot is the whole name.
    pub name: &'static str,
    /// The certificate that its servers show.
    pub cert: Cert,
    /// What answers at which port.
    pub services: &'static [(u16, Service)],
}

impl Host {
    /// The whole name.
    pub fn full_name(&self) -> String {
        match self.name.strip_suffix('.') {
            Some(name) => name.to_owned(),
            None => format!("{}.{DOMAIN}", self.name),
        }
    }
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

use Dovecot::Usual;
use Service::Scripted;
use Tls::{Implicit, OnRequest};

/// What every family of hosts is made of.
mod api {
    pub(super) use super::{
        Cert, Charset, EVERYTHING, Host, IMAP, IMAPS, Imap, RECEIVING, SMTPS, SUBMISSION, Script,
        Script::{HangsUpAfter, Says},
        Service::Filtered,
        Smtp,
        Tls::{Implicit, OnRequest},
        host, imap, imap_refusing, script, smtp, smtp_refusing,
    };
}

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

/// The healthy host, and the names under which people look for one.
const HEALTHY: &[Host] = &[
    host("good", Cert::Good, &[IMAPS, IMAP, SMTPS, SUBMISSION, smtp(25, OnRequest, &[])]),
    host("imap", Cert::Good, &[IMAPS, IMAP]),
    host("smtp", Cert::Good, &[SMTPS, SUBMISSION]),
];

/// Every host of the lab, always in the same order.
pub fn all() -> impl Iterator<Item = &'static Host> {
    [
        HEALTHY,
        connection::HOSTS,
        encryption::HOSTS,
        certificate::HOSTS,
        sign_in::HOSTS,
        providers::HOSTS,
        discovery::HOSTS,
    ]
        .into_iter()
        .flatten()
}
