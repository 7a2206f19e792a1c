//! Every key of the configuration, its type and its default.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;

use ipnet::IpNet;
use probe::discover::Database;
use probe::egress::Nat64;
use serde::{Deserialize, Serialize};

use super::{
    AgentSettings, Ancestor, Brand, CaseSettings, DeskApp, NatsSettings, OAuthClient, Origin, StoreAddress,
    ZendeskSettings, oauth, texts,
};
use crate::limits;

/// The configuration in force. None of it is secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Where the relay listens.
    pub listen: SocketAddr,
    /// The address that people see in their browser, where a proxy stands in front of the relay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_origin: Option<Origin>,
    /// Further origins whose pages may open the WebSocket.
    pub websocket_origins: Vec<Origin>,
    /// Whose pages may put those of `/embed` into a frame: origins, `https://*.example.com`, or `*`.
    #[serde(with = "texts")]
    pub frame_ancestors: Vec<Ancestor>,
    /// The addresses that the relay dials from, told to people for their allow-lists.
    pub egress_addresses: Vec<IpAddr>,
    /// Networks lifted from the address deny list.
    pub allow_net: Vec<IpNet>,
    /// Ports that may be dialled besides the mail ports.
    pub allow_port: Vec<u16>,
    /// Networks that are denied besides the deny list, also inside those of `allow_net`.
    pub deny_net: Vec<IpNet>,
    /// Prefixes that a NAT64 translator behind the relay turns into IPv4 (RFC 6052).
    #[serde(with = "texts")]
    pub nat64: Vec<Nat64>,
    /// The DNS server to ask instead of the system's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolver: Option<SocketAddr>,
    /// A database of settings, in the form of Mozilla's, that is told the mail domains that people look up. None is asked
    /// without this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ispdb: Option<Database>,
    /// PEM files of roots that are trusted besides Mozilla's.
    pub trust_anchors: Vec<PathBuf>,
    /// Where cases, sessions and shared budgets are kept. Without it a file in the usual place, once there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store: Option<StoreAddress>,
    /// The form of the log.
    pub log_format: LogFormat,
    /// The relay's own certificate; without one it speaks HTTP, for a proxy in front of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls: Option<Tls>,
    /// What people see of whoever runs the relay.
    pub brand: Brand,
    /// Who may be asked for access tokens, in the order in which they are offered.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub oauth: Vec<OAuthClient>,
    /// How agents sign in besides with tokens.
    pub agents: AgentSettings,
    /// The app beside tickets of Zendesk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zendesk: Option<ZendeskSettings>,
    /// The app beside tickets of other help desks.
    pub desk_app: DeskApp,
    /// How the relays of a deployment use NATS.
    pub nats: NatsSettings,
    /// How long cases live.
    pub cases: CaseSettings,
    /// What the relay won't exceed.
    pub limits: Limits,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080),
            public_origin: None,
            websocket_origins: Vec::new(),
            frame_ancestors: Vec::new(),
            egress_addresses: Vec::new(),
            allow_net: Vec::new(),
            allow_port: Vec::new(),
            deny_net: Vec::new(),
            nat64: Vec::new(),
            resolver: None,
            ispdb: None,
            trust_anchors: Vec::new(),
            store: None,
            log_format: LogFormat::Text,
            tls: None,
            brand: Brand::default(),
            oauth: Vec::new(),
            agents: AgentSettings::default(),
            zendesk: None,
            desk_app: DeskApp::default(),
            nats: NatsSettings::default(),
            cases: CaseSettings::default(),
            limits: Limits::default(),
        }
    }
}

/// The form of the log on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// A line for people.
    Text,
    /// A JSON object a line.
    Json,
}

/// The relay's own certificate, as PEM files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// The certificate, followed by its intermediates.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Limits that an operator may set; `crate::limits` has the defaults and those that are fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Runs at a time in the whole relay.
    pub runs: usize,
    /// Runs at a time for one client address. Behind a proxy all clients share one: raise it there.
    pub runs_per_client: usize,
    /// Longest run, in seconds.
    pub run_seconds: u64,
    /// How long a run goes on after its connection was lost, for a page that comes back, in seconds. 0: not at all.
    pub resume_seconds: u64,
    /// Runs in a minute for one client address. Behind a proxy all clients share one: raise it there.
    pub runs_per_client_per_minute: NonZeroU32,
    /// Runs in a minute against one target: a registrable domain, or an address.
    pub runs_per_target_per_minute: NonZeroU32,
    /// Refused sign-ins to one account within the window.
    pub refusals_per_account: NonZeroU32,
    /// How long a refused sign-in counts, in seconds.
    pub refusal_window_seconds: u64,
    /// How many hashes a client has to try, at most, before a run that signs in. 0: none.
    pub proof_of_work: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            runs: limits::RUNS,
            runs_per_client: limits::RUNS_PER_CLIENT,
            run_seconds: limits::RUN_SECONDS,
            resume_seconds: limits::RESUME_SECONDS,
            runs_per_client_per_minute: number(limits::RUNS_PER_CLIENT_PER_MINUTE),
            runs_per_target_per_minute: number(limits::RUNS_PER_TARGET_PER_MINUTE),
            refusals_per_account: number(limits::REFUSALS_PER_ACCOUNT),
            refusal_window_seconds: limits::REFUSAL_WINDOW_SECONDS,
            proof_of_work: 0,
        }
    }
}

/// A limit of `crate::limits`, none of which is 0.
fn number(limit: u32) -> NonZeroU32 {
    NonZeroU32::new(limit).unwrap_or(NonZeroU32::MIN)
}

impl Settings {
    /// The configuration as a file would say it.
    ///
    /// # Errors
    /// Where a path in it isn't text.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(self)
    }

    /// Bounds that the types don't express. The error is the key, and what is wrong with its value.
    pub(super) fn check(&self) -> Result<(), (&'static str, String)> {
        let ceiling = limits::RUN_SECONDS_CEILING;
        if self.limits.runs == 0 {
            return Err(("limits.runs", "at least 1 is needed".to_owned()));
        }
        if self.limits.runs_per_client == 0 {
            return Err(("limits.runs_per_client", "at least 1 is needed".to_owned()));
        }
        if !(1..=ceiling).contains(&self.limits.run_seconds) {
            return Err(("limits.run_seconds", format!("a number from 1 to {ceiling} is needed")));
        }
        let ceiling = limits::RESUME_SECONDS_CEILING;
        if self.limits.resume_seconds > ceiling {
            return Err(("limits.resume_seconds", format!("a number from 0 to {ceiling} is needed")));
        }
        let longest = limits::REFUSAL_WINDOW_CEILING;
        if !(1..=longest).contains(&self.limits.refusal_window_seconds) {
            let problem = format!("a number from 1 to {longest} is needed");
            return Err(("limits.refusal_window_seconds", problem));
        }
        let hardest = limits::PROOF_OF_WORK_CEILING;
        if self.limits.proof_of_work > hardest {
            return Err(("limits.proof_of_work", format!("a number from 0 to {hardest} is needed")));
        }
        if self.allow_port.contains(&0) {
            return Err(("allow_port", "port 0 can't be dialled".to_owned()));
        }
        oauth::check(&self.oauth).map_err(|problem| ("oauth", problem))?;
        self.agents.check()?;
        self.zendesk.as_ref().map_or(Ok(()), ZendeskSettings::check)?;
        self.nats.check()?;
        self.cases.check()?;
        self.brand.check()
    }
}
