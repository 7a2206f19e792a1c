//! The look-up of settings: what was asked, what came back, and which fields it fills.

use error_model::{
    Endpoint, Lane, Lang, Security,
    discovery::{SettingsSource, Trial},
};

use super::{Form, Input, Server};
use crate::decode::discovery;

/// What one source said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The kind of source.
    pub source: SettingsSource,
    /// The servers, with what came of trying them, in the order of [`Lane::ALL`].
    pub servers: [Option<(Endpoint, Option<Trial>)>; 2],
    /// The user name.
    pub user: Option<String>,
    /// The provider behind it.
    pub provider: Option<Provider>,
}

/// What to know of a provider, in the page's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provider {
    /// What it calls itself.
    pub name: String,
    /// Sentences about its servers.
    pub servers: Vec<String>,
    /// Sentences about signing in.
    pub sign_in: Vec<String>,
    /// Its own page about it.
    pub help: Option<String>,
}

/// How a look-up stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Lookup {
    /// Nothing was asked about the address that is in the form.
    #[default]
    Idle,
    /// Under way, about this address.
    Looking(String),
    /// Nobody answered.
    Failed(String),
    /// What was found, the best first.
    Done(String, Vec<Found>),
}

impl Lookup {
    fn address(&self) -> &str {
        match self {
            Self::Idle => "",
            Self::Looking(address) | Self::Failed(address) | Self::Done(address, _) => address,
        }
    }
}

impl Found {
    /// Reads the relay's answer. `None`: it isn't one.
    #[must_use]
    pub fn read_all(answer: &str, lang: Lang) -> Option<Vec<Self>> {
        discovery(answer, lang)
    }

    /// The server for a lane.
    #[must_use]
    pub fn server(&self, lane: Lane) -> Option<&Endpoint> {
        self.servers[lane as usize].as_ref().map(|(server, _)| server)
    }

    /// Whether it names a server at all.
    #[must_use]
    pub fn names_a_server(&self) -> bool {
        self.servers.iter().any(Option::is_some)
    }

    /// Whether another source says the same.
    #[must_use]
    pub fn agrees(&self, other: &Self) -> bool {
        Lane::ALL.into_iter().all(|lane| self.server(lane) == other.server(lane))
    }
}

impl Form {
    /// How the look-up stands.
    #[must_use]
    pub const fn lookup(&self) -> &Lookup {
        &self.lookup
    }

    /// Begins a look-up of the address in the form, where it's whole and wasn't looked up yet, or `again`. Returns what to
    /// ask about.
    pub fn look_up(&mut self, again: bool) -> Option<String> {
        let address = self.email.trim();
        if address.is_empty() || self.advice(Input::Email).is_some() {
            return None;
        }
        (again || self.lookup.address() != address).then(|| {
            self.lookup = Lookup::Looking(address.to_owned());
            address.to_owned()
        })
    }

    /// The look-up has come back. `None`: it failed. An answer about another address than that of the form is too late.
    pub fn looked_up(&mut self, address: &str, answer: Option<Vec<Found>>) {
        if self.lookup.address() != address {
            return;
        }
        let Some(answer) = answer else {
            self.lookup = Lookup::Failed(address.to_owned());
            return;
        };
        for lane in Lane::ALL {
            let server = answer.iter().find_map(|found| found.server(lane));
            self.fill(lane, server);
        }
        if !self.is_by_hand(Input::User) {
            let user =
                answer.iter().find(|found| found.names_a_server()).and_then(|found| found.user.clone());
            self.put(Input::User, user.as_deref().unwrap_or(address));
        }
        self.lookup = Lookup::Done(address.to_owned(), answer);
    }

    /// The person chose one of the answers: it fills the form, whatever was typed. Returns the first input filled.
    pub fn use_found(&mut self, number: usize) -> Option<Input> {
        let Lookup::Done(_, answer) = &self.lookup else { return None };
        let found = answer.get(number)?.clone();
        let mut first = None;
        for lane in Lane::ALL {
            if let Some(server) = found.server(lane) {
                let lanes = [Input::Host(lane), Input::Port(lane), Input::Security(lane)];
                self.by_hand.retain(|input| !lanes.contains(input));
                self.fill(lane, Some(server));
                first = first.or(Some(Input::Host(lane)));
            }
        }
        if let Some(user) = found.user {
            self.by_hand.retain(|input| *input != Input::User);
            self.put(Input::User, &user);
        }
        first
    }

    /// The form holds this server.
    #[must_use]
    pub fn holds(&self, lane: Lane, server: &Endpoint) -> bool {
        let held = self.server(lane);
        held.host == server.host
            && held.port_number() == Some(server.port)
            && held.security() == server.security
    }

    /// Fills in a server where the person has typed none, or empties what an earlier look-up filled in.
    fn fill(&mut self, lane: Lane, server: Option<&Endpoint>) {
        let [host, port, security] = [Input::Host(lane), Input::Port(lane), Input::Security(lane)];
        if self.is_by_hand(host) {
            return;
        }
        let blank = Server::of_lane(lane);
        self.put(host, server.map_or("", |server| &server.host));
        if self.is_by_hand(port) {
            return;
        }
        self.put(port, &server.map_or(blank.port, |server| server.port.to_string()));
        if !self.is_by_hand(security) {
            // A port that speaks as its number says needs no choice.
            let unusual = server.filter(|server| Security::of_port(server.port) != server.security);
            self.server_mut(lane).chosen = unusual.map(|server| server.security);
        }
    }

    /// A port that was found belongs to the server that was found, not to another one.
    pub(super) fn forget_found_port(&mut self, lane: Lane) {
        if !self.is_by_hand(Input::Port(lane)) && !self.is_by_hand(Input::Security(lane)) {
            let blank = Server::of_lane(lane);
            self.put(Input::Port(lane), &blank.port);
            self.server_mut(lane).chosen = blank.chosen;
        }
    }

    /// What was found for another address is no longer shown.
    pub(super) fn forget_other_address(&mut self) {
        if self.lookup.address() != self.email.trim() {
            self.lookup = Lookup::Idle;
        }
    }
}

#[cfg(test)]
mod tests;
