//! The hosts of the lab: which servers each one runs, and what is wrong with them. Reads as a table.

mod certificate;
mod connection;
mod discovery;
mod encryption;
mod odd;
mod programs;
mod providers;
mod sign_in;

use std::net::SocketAddr;

use super::DOMAIN;
use super::ca::{Cert, Files};
use super::courier::Courier;
use super::cyrus::Cyrus;
use super::dialogue::{Charset, Imap, Smtp};
use super::dovecot::Dovecot;
use super::exim::Exim;
use super::haproxy::HaProxy;
use super::listener::Listener;
use super::nginx::Nginx;
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
    /// Ports that show a certificate of their own.
    pub ports: &'static [(u16, Cert)],
    /// Which kind of address it has.
    pub family: Family,
}

/// Kinds of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// IPv4, as nearly all hosts of the lab.
    V4,
    /// IPv6 alone. Such a host has one service.
    V6,
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
    /// A real SMTP server.
    Exim(Tls, Exim),
    /// A real IMAP server.
    Cyrus(Tls, Cyrus),
    /// A real IMAP server.
    Courier(Tls, Courier),
    /// A real mail proxy.
    Nginx(Tls, Nginx),
    /// A real proxy that ends TLS.
    HaProxy(Tls, HaProxy),
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

impl Tls {
    /// A listener of a server that behaves so.
    pub fn listener<B>(self, address: SocketAddr, files: Files, behaviour: B) -> Listener<B> {
        Listener { address, implicit_tls: self == Self::Implicit, files, behaviour }
    }
}

use Dovecot::Usual;
use Service::Scripted;
use Tls::{Implicit, OnRequest};

/// What every family of hosts is made of.
mod api {
    pub(super) use super::{
        Cert, Charset, Courier, Cyrus, EVERYTHING, Exim, Family, HaProxy, Host, IMAP, IMAPS, Imap, Nginx,
        RECEIVING, SMTPS, SUBMISSION, Script,
        Script::{HangsUpAfter, Says},
        Service::{self, Filtered},
        Smtp,
        Tls::{Implicit, OnRequest},
        courier, cyrus, exim, haproxy, host, imap, imap_refusing, nginx, script, smtp, smtp_refusing, uneven,
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

const fn exim(port: u16, tls: Tls, behaviour: Exim) -> (u16, Service) {
    (port, Service::Exim(tls, behaviour))
}

const fn cyrus(port: u16, tls: Tls, behaviour: Cyrus) -> (u16, Service) {
    (port, Service::Cyrus(tls, behaviour))
}

const fn courier(port: u16, tls: Tls, behaviour: Courier) -> (u16, Service) {
    (port, Service::Courier(tls, behaviour))
}

const fn nginx(port: u16, tls: Tls, behaviour: Nginx) -> (u16, Service) {
    (port, Service::Nginx(tls, behaviour))
}

/// HAProxy before a server that is up.
const fn haproxy(port: u16, options: &'static str) -> (u16, Service) {
    (port, Service::HaProxy(Implicit, HaProxy { options, backend: true }))
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
    Host { name, cert, services, ports: &[], family: Family::V4 }
}

/// A host some of whose ports show a certificate of their own.
const fn uneven(
    name: &'static str,
    cert: Cert,
    ports: &'static [(u16, Cert)],
    services: &'static [(u16, Service)],
) -> Host {
    Host { name, cert, services, ports, family: Family::V4 }
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
        programs::HOSTS,
        odd::HOSTS,
    ]
    .into_iter()
    .flatten()
}
