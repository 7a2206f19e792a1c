//! The commands and their options, as `clap` reads them.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};
use error_model::{Code, Endpoint, Lane, Lang};
use ipnet::IpNet;
use probe::discover::Database;

use super::target::{self, TargetError};
use crate::agents::Role;
use crate::limits;

/// Finds out why a mailbox can't be connected over IMAP and SMTP.
#[derive(Debug, Parser)]
#[command(name = "mailtriage", version, about, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the page and its API.
    Serve(ServeArguments),
    /// Check a mailbox's servers and print the diagnosis.
    Check(Box<CheckArguments>),
    /// Find the settings for an e-mail address, and say where each came from.
    Discover(DiscoverArguments),
    /// Explain a code or a cause of the catalogue.
    Explain(ExplainArguments),
    /// Say who may open cases of live triage.
    Agent(AgentArguments),
}

/// Options of `serve`.
#[derive(Debug, Args)]
pub struct ServeArguments {
    /// Where to listen [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR:PORT")]
    pub listen: Option<SocketAddr>,
    /// Read this TOML file; `MAILTRIAGE_*` variables win over it.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Print the configuration in force, and stop.
    #[arg(long)]
    pub print_config: bool,
}

/// Options of `agent`.
#[derive(Debug, Args)]
pub struct AgentArguments {
    /// Read this TOML file for the store; `MAILTRIAGE_*` variables win over it.
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: AgentCommand,
}

/// What to do about agents.
#[derive(Debug, Subcommand)]
pub enum AgentCommand {
    /// Make an agent, and print the token that signs in. It's shown this once.
    Add {
        /// The name that customers and other agents see.
        name: String,
        /// What the agent may do.
        #[arg(long, value_enum, default_value_t = Role::Agent)]
        role: Role,
    },
    /// List the agents.
    List,
    /// Take an agent's token away, and end the agent's sessions.
    Remove {
        /// The name.
        name: String,
    },
}

/// Options of `check`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct CheckArguments {
    /// The e-mail address; also the user name where --user says nothing else. Its settings are looked up where no
    /// server is named.
    pub email: Option<String>,
    /// The server for receiving; without a port 993/tls, and 143 means starttls.
    #[arg(long, value_name = SERVER, value_parser = imap)]
    pub imap: Option<Endpoint>,
    /// The server for sending; without a port 465/tls, and 587 and 25 mean starttls.
    #[arg(long, value_name = SERVER, value_parser = smtp)]
    pub smtp: Option<Endpoint>,
    /// The user name [default: EMAIL]
    #[arg(long, value_name = "NAME")]
    pub user: Option<String>,
    /// The user name for sending [default: as for receiving]
    #[arg(long, value_name = "NAME")]
    pub smtp_user: Option<String>,
    /// Read the password from standard input.
    #[arg(long, conflicts_with_all = ["password_env", "oauth_token_env"])]
    pub password_stdin: bool,
    /// Read the password from this environment variable.
    #[arg(long, value_name = "VAR", conflicts_with = "oauth_token_env")]
    pub password_env: Option<String>,
    /// Read the password for sending from this environment variable, where it's another.
    #[arg(long, value_name = "VAR", conflicts_with = "oauth_token_env")]
    pub smtp_password_env: Option<String>,
    /// Sign in with the OAuth access token in this environment variable.
    #[arg(long, value_name = "VAR")]
    pub oauth_token_env: Option<String>,
    /// Sign in at the mail service's page with a code: the OAuth client ID of the file of --config.
    #[arg(long, value_name = "ID", requires = "config",
        conflicts_with_all = ["password_stdin", "password_env", "smtp_password_env", "oauth_token_env"])]
    pub oauth: Option<String>,
    /// Read the OAuth clients from this TOML file, as `serve` does.
    #[arg(long, value_name = "FILE", requires = "oauth")]
    pub config: Option<PathBuf>,
    /// The code that the person saw.
    #[arg(long, value_name = "CODE", value_parser = code)]
    pub reported: Option<Code>,
    /// The account was connected once.
    #[arg(long)]
    pub worked_before: bool,
    /// Check once more with the suggested values that were tried and work, or with the suggestion ID; a password is
    /// used again.
    #[arg(long, value_name = "ID", require_equals = true)]
    pub apply: Option<Option<String>>,
    /// The language, ja or en [default: from the locale]
    #[arg(long, value_name = "LANG", value_parser = lang)]
    pub lang: Option<Lang>,
    /// Print one JSON message a line.
    #[arg(long)]
    pub json: bool,
    /// Most seconds for the whole check.
    #[arg(long, value_name = "SECONDS", default_value_t = limits::RUN_SECONDS,
        value_parser = clap::value_parser!(u64).range(1..=limits::RUN_SECONDS_CEILING))]
    pub timeout: u64,
    /// Ask this DNS server.
    #[arg(long, value_name = "ADDR:PORT")]
    pub resolver: Option<SocketAddr>,
    /// Trust the roots in this PEM file too (repeatable).
    #[arg(long, value_name = "FILE")]
    pub trust_anchor: Vec<PathBuf>,
    /// Lift the address deny list for this network (repeatable).
    #[arg(long, value_name = "CIDR")]
    pub allow_net: Vec<IpNet>,
    /// Allow this port besides the mail ports (repeatable).
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
    pub allow_port: Vec<u16>,
}

impl CheckArguments {
    /// The limit of the whole check.
    #[must_use]
    pub fn time_limit(&self) -> Duration {
        Duration::from_secs(self.timeout)
    }
}

/// Options of `discover`.
#[derive(Debug, Args)]
pub struct DiscoverArguments {
    /// The e-mail address.
    pub email: String,
    /// The language, ja or en [default: from the locale]
    #[arg(long, value_name = "LANG", value_parser = lang)]
    pub lang: Option<Lang>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
    /// Ask this database of settings too, such as https://autoconfig.thunderbird.net/v1.1/; it is told the domain.
    #[arg(long, value_name = "URL")]
    pub ispdb: Option<Database>,
    /// Ask this DNS server.
    #[arg(long, value_name = "ADDR:PORT")]
    pub resolver: Option<SocketAddr>,
    /// Trust the roots in this PEM file too (repeatable).
    #[arg(long, value_name = "FILE")]
    pub trust_anchor: Vec<PathBuf>,
    /// Lift the address deny list for this network (repeatable).
    #[arg(long, value_name = "CIDR")]
    pub allow_net: Vec<IpNet>,
}

/// Options of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// A code (006, first-sync) or a cause (name-not-covered).
    #[arg(value_name = "CODE|CAUSE")]
    pub subject: String,
    /// The language, ja or en [default: from the locale]
    #[arg(long, value_name = "LANG", value_parser = lang)]
    pub lang: Option<Lang>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

const SERVER: &str = "HOST[:PORT][/tls|starttls|plain]";

const EXAMPLES: &str = "\
Without a password or a token the check stops after the capabilities.

--apply checks a second time, never a third: with the first values of each service that were tried and work, or, with
--apply=s2, with the suggestion s2 of the result (a port and its security go together). The code of --reported belongs to
the first check alone. With --json the messages of the first check end with `done`; an `applied` message lists the values,
and the messages of the second check follow. The exit status is that of the last check.

Examples:
  mailtriage check --imap imap.example.com --smtp smtp.example.com:587
  mailtriage check --imap imap.example.com --reported 002 --apply
  mailtriage check me@example.com --imap imap.example.com --password-env MAIL_PASSWORD
  pass show mail | mailtriage check me@example.com --smtp smtp.example.com --password-stdin --json";

fn imap(typed: &str) -> Result<Endpoint, TargetError> {
    target::parse(Lane::Imap, typed)
}

fn smtp(typed: &str) -> Result<Endpoint, TargetError> {
    target::parse(Lane::Smtp, typed)
}

/// A value that isn't in a short list.
#[derive(Debug, thiserror::Error)]
#[error("one of these is needed: {}", self.0.join(", "))]
struct NotListed(Vec<&'static str>);

fn code(typed: &str) -> Result<Code, NotListed> {
    Code::parse(typed)
        .filter(|code| *code != Code::Ok)
        .ok_or_else(|| NotListed(Code::FAULTS.map(Code::as_str).to_vec()))
}

fn lang(typed: &str) -> Result<Lang, NotListed> {
    Lang::ALL
        .into_iter()
        .find(|lang| lang.as_str() == typed)
        .ok_or_else(|| NotListed(Lang::ALL.map(Lang::as_str).to_vec()))
}
