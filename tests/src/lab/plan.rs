//! Which server has to open which listener, and in which order the servers start.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;

use tokio::runtime::Runtime;

use super::ca::{Authority, Cert, Files};
use super::crowd::Crowd;
use super::dovecot::{Control, Dovecot};
use super::hosts::{self, Host, Service, Tls};
use super::network::Network;
use super::process::Reaper;
use super::scripted::{self, Filtered, Props, Script};
use super::{courier, cyrus, dovecot, exim, haproxy, nginx, postfix};

/// The listeners of all hosts, sorted by the server that has to open them.
#[derive(Default)]
pub struct Plan {
    dovecot: BTreeMap<Dovecot, Vec<dovecot::Listener>>,
    postfix: Vec<postfix::Listener>,
    exim: Vec<exim::Listener>,
    cyrus: Vec<cyrus::Listener>,
    courier: Vec<courier::Listener>,
    nginx: Vec<nginx::Listener>,
    haproxy: Vec<haproxy::Listener>,
    filtered: Vec<SocketAddr>,
}

/// The certificates of a host.
struct Certificates {
    /// Those of single ports.
    own: BTreeMap<u16, Files>,
    /// The one of all other ports.
    others: Files,
}

/// What has to be held for as long as the lab is up.
pub struct Standing {
    _filtered: Vec<Filtered>,
    _crowd: Crowd,
}

impl Plan {
    /// Sorts the services of every host; the peers that live in this process are started on the way.
    pub fn of_all_hosts(network: &Network, authority: &Authority, runtime: &Runtime) -> Self {
        let mut plan = Self::default();
        for host in hosts::all() {
            let name = host.full_name();
            let own =
                host.ports.iter().map(|&(port, cert)| (port, authority.issue_for_port(cert, &name, port)));
            let own = own.collect();
            let files = Certificates { own, others: authority.issue(host.cert, &name) };
            plan.add(host, network, &files, authority, runtime);
        }
        plan
    }

    fn add(
        &mut self,
        host: &Host,
        network: &Network,
        files: &Certificates,
        authority: &Authority,
        runtime: &Runtime,
    ) {
        for &(port, service) in host.services {
            let files = files.own.get(&port).unwrap_or(&files.others).clone();
            let address = network.listen(host, port);
            match service {
                Service::Dovecot(server, tls) => {
                    let listener = dovecot::Listener { address, implicit_tls: tls == Tls::Implicit, files };
                    self.dovecot.entry(server).or_default().push(listener);
                }
                Service::Postfix(tls, settings) => {
                    let implicit_tls = tls == Tls::Implicit;
                    self.postfix.push(postfix::Listener { address, implicit_tls, files, settings });
                }
                Service::Exim(tls, behaviour) => self.exim.push(tls.listener(address, files, behaviour)),
                Service::Cyrus(tls, behaviour) => self.cyrus.push(tls.listener(address, files, behaviour)),
                Service::Courier(tls, behaviour) => {
                    self.courier.push(tls.listener(address, files, behaviour))
                }
                Service::Nginx(tls, behaviour) => self.nginx.push(tls.listener(address, files, behaviour)),
                Service::HaProxy(tls, behaviour) => {
                    self.haproxy.push(tls.listener(address, files, behaviour))
                }
                Service::Scripted(script) => {
                    let props = Props {
                        files,
                        issuer: authority.issuer_der(),
                        revocation_list: authority.revocation_list(),
                    };
                    scripted::start(runtime.handle(), address, script, props);
                }
                Service::Filtered => self.filtered.push(address),
            }
        }
    }

    /// Starts the real servers side by side, and returns when each of them answers.
    pub fn start(
        &self,
        reaper: &mut Reaper,
        directory: &Path,
        network: &Network,
        authority: &Authority,
        runtime: &Runtime,
    ) -> Standing {
        let filtered = Filtered::start(runtime.handle(), &self.filtered);
        let spare = authority.issue(Cert::Good, super::DOMAIN);
        let dying = SocketAddr::from((network.own(99), 12345));
        let props = Props { files: spare.clone(), issuer: Vec::new(), revocation_list: Vec::new() };
        scripted::start(runtime.handle(), dying, Script::DyingSasl, props);

        let control = |server: Dovecot| Control::at(network.own(100 + server as u8), network.issuer());
        let mut dovecots = Vec::new();
        for server in Dovecot::ALL {
            let listeners = self.dovecot.get(&server).map(Vec::as_slice).unwrap_or_default();
            dovecots.push(dovecot::start(reaper, directory, server, &control(server), &spare, listeners));
        }
        let in_clear = control(Dovecot::WithoutTls).greeting();
        let behind = nginx::Behind { imap: in_clear, smtp: SocketAddr::from((network.own(25), 25)) };
        // Port 9 of an address of our own: nobody is there.
        let nobody = SocketAddr::from((network.own(9), 9));
        let root = authority.trust_anchor();
        let starting = [
            exim::start(reaper, directory, &self.exim),
            cyrus::start(reaper, directory, &self.cyrus),
            courier::start(reaper, directory, &self.courier),
            nginx::start(reaper, directory, runtime.handle(), network.own(80), behind, &self.nginx),
            haproxy::start(reaper, directory, &root, in_clear, nobody, &self.haproxy),
        ];
        // Postfix gives up for a minute when the password check it asks isn't there.
        dovecots.into_iter().for_each(dovecot::Starting::wait);
        let sasl = postfix::Sasl {
            usual: control(Dovecot::Usual).sasl,
            other_passwords: control(Dovecot::OtherPasswords).sasl,
            issuer: control(Dovecot::AskingTheIssuer).sasl,
            dying,
        };
        postfix::start(reaper, directory, network.own(25), &sasl, &self.postfix).wait();
        starting.into_iter().for_each(super::listener::Starting::wait);
        Standing { _filtered: filtered, _crowd: Crowd::at(&self.crowded()) }
    }

    fn crowded(&self) -> Vec<SocketAddr> {
        let exim = self.exim.iter().filter(|it| it.behaviour == exim::Exim::Crowded).map(|it| it.address);
        let courier = self.courier.iter().filter(|it| it.behaviour == courier::Courier::Crowded);
        exim.chain(courier.map(|it| it.address)).collect()
    }
}
