//! Names to addresses: hickory asks, and every answer with its rcode and TTL becomes evidence.

mod extended_error;

use std::{
    cmp::Reverse,
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use error_model::evidence::{DnsOutcome, DnsRecord, DnsSubject, Observation};
use hickory_resolver::{
    TokioResolver,
    config::{ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts},
    lookup::Lookup,
    net::{DnsError, NetError, runtime::TokioRuntimeProvider},
    proto::{
        op::ResponseCode,
        rr::{Name, RData, RecordType},
    },
    system_conf,
};
use tokio::time::{Instant, timeout};

use crate::limits;

/// The resolver can't be set up: the system's configuration can't be read.
#[derive(Debug, thiserror::Error)]
#[error("the DNS resolver can't be set up: {0}; name a server with --resolver ADDR:PORT")]
pub struct ResolverError(#[from] NetError);

/// Asks DNS. Keeps nothing between questions, so that a TTL shown is the server's.
#[derive(Clone)]
pub struct Names {
    resolver: TokioResolver,
    /// The first of the name servers, for a question that the library can't ask.
    server: Option<SocketAddr>,
}

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What came back.
    pub outcome: DnsOutcome,
    /// A or AAAA data.
    pub addresses: Vec<IpAddr>,
    /// CNAMEs on the way.
    pub aliases: Vec<String>,
    /// MX hosts, the preferred first.
    pub exchanges: Vec<String>,
    /// Seconds that the answer may be kept.
    pub ttl_s: Option<u32>,
}

impl Names {
    /// A resolver that asks `server`, or the servers of the system's configuration.
    ///
    /// # Errors
    /// When the system's configuration is needed and can't be read.
    pub fn new(server: Option<SocketAddr>) -> Result<Self, ResolverError> {
        let (config, mut options) = match server {
            Some(server) => (only(server), ResolverOpts::default()),
            None => system_conf::read_system_conf()?,
        };
        options.timeout = limits::DNS_TRY;
        options.attempts = 2;
        options.cache_size = 0;
        options.use_hosts_file = ResolveHosts::Never;
        options.preserve_intermediates = true;
        options.try_tcp_on_error = true;
        let first = config.name_servers().first().and_then(|server| {
            let connection = server.connections.first()?;
            Some(SocketAddr::new(server.ip, connection.port))
        });
        let mut builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
        *builder.options_mut() = options;
        Ok(Self { resolver: builder.build()?, server: first })
    }

    /// Asks one question; never fails, a failure is an answer.
    pub async fn ask(&self, name: &str, record: DnsRecord) -> Answer {
        let Some(name) = absolute(name) else { return Answer::without(DnsOutcome::Failed) };
        match timeout(limits::DNS_QUESTION, self.resolver.lookup(name, record_type(record))).await {
            Ok(Ok(lookup)) => Answer::read(&lookup),
            Ok(Err(error)) => Answer::from_error(&error),
            Err(_) => Answer::without(DnsOutcome::TimedOut),
        }
    }

    /// Asks and makes the answer an observation.
    pub async fn observe(&self, name: &str, record: DnsRecord, subject: DnsSubject) -> (Answer, Observation) {
        let begun = Instant::now();
        let answer = self.ask(name, record).await;
        let extended_error = match answer.outcome {
            DnsOutcome::ServFail => self.extended_error(name, record).await,
            _ => None,
        };
        let observation = Observation::DnsAnswer {
            name: name.to_owned(),
            subject,
            record,
            outcome: answer.outcome,
            addresses: answer.addresses.clone(),
            aliases: answer.aliases.clone(),
            exchanges: answer.exchanges.clone(),
            ttl_s: answer.ttl_s,
            extended_error,
            elapsed_ms: millis(begun.elapsed()),
        };
        (answer, observation)
    }

    /// Why the name server failed, where it says so.
    async fn extended_error(&self, name: &str, record: DnsRecord) -> Option<u16> {
        extended_error::ask(self.server?, absolute(name)?, record_type(record)).await
    }

    /// The preferred target of a service's SRV records (RFC 2782); `None` where there is none, or the service is
    /// declared absent by the target `.`.
    pub async fn service(&self, name: &str) -> Option<(String, u16)> {
        let name = absolute(name)?;
        let lookup =
            timeout(limits::DNS_QUESTION, self.resolver.lookup(name, RecordType::SRV)).await.ok()?.ok()?;
        let targets = lookup.answers().iter().filter_map(|record| match &record.data {
            RData::SRV(srv) => Some((srv.priority, Reverse(srv.weight), plain(&srv.target), srv.port)),
            _ => None,
        });
        let (_, _, host, port) = targets.min()?;
        (host != ".").then_some((host, port))
    }

    /// All addresses of a name, without evidence; empty when there are none.
    pub async fn addresses(&self, name: &str) -> Vec<IpAddr> {
        let (v6, v4) = futures::join!(self.ask(name, DnsRecord::Aaaa), self.ask(name, DnsRecord::A));
        v6.addresses.into_iter().chain(v4.addresses).collect()
    }
}

fn only(server: SocketAddr) -> ResolverConfig {
    let at = |mut connection: ConnectionConfig| {
        connection.port = server.port();
        connection
    };
    let connections = vec![at(ConnectionConfig::udp()), at(ConnectionConfig::tcp())];
    ResolverConfig::from_name_servers(vec![NameServerConfig::new(server.ip(), true, connections)])
}

impl Answer {
    fn without(outcome: DnsOutcome) -> Self {
        Self { outcome, addresses: vec![], aliases: vec![], exchanges: vec![], ttl_s: None }
    }

    fn read(lookup: &Lookup) -> Self {
        let mut answer = Self::without(DnsOutcome::NoData);
        let mut exchanges = Vec::new();
        for record in lookup.answers() {
            match &record.data {
                RData::A(a) => answer.addresses.push(IpAddr::V4(a.0)),
                RData::AAAA(aaaa) => answer.addresses.push(IpAddr::V6(aaaa.0)),
                RData::CNAME(name) => answer.aliases.push(plain(&name.0)),
                RData::MX(mx) => exchanges.push((mx.preference, plain(&mx.exchange))),
                _ => continue,
            }
            answer.ttl_s = Some(answer.ttl_s.map_or(record.ttl, |ttl| ttl.min(record.ttl)));
        }
        exchanges.sort();
        answer.exchanges = exchanges.into_iter().map(|(_, name)| name).collect();
        if !answer.addresses.is_empty() || !answer.exchanges.is_empty() {
            answer.outcome = DnsOutcome::Answer;
        }
        answer
    }

    fn from_error(error: &NetError) -> Self {
        let mut answer = Self::without(outcome(error));
        if let NetError::Dns(DnsError::NoRecordsFound(none)) = error {
            answer.ttl_s = none.negative_ttl;
        }
        answer
    }
}

fn outcome(error: &NetError) -> DnsOutcome {
    match error {
        NetError::Dns(DnsError::NoRecordsFound(none)) => match none.response_code {
            ResponseCode::NXDomain => DnsOutcome::NxDomain,
            ResponseCode::NoError => DnsOutcome::NoData,
            _ => DnsOutcome::Failed,
        },
        NetError::Dns(DnsError::ResponseCode(ResponseCode::ServFail)) => DnsOutcome::ServFail,
        NetError::Dns(DnsError::ResponseCode(ResponseCode::Refused)) => DnsOutcome::Refused,
        NetError::Timeout | NetError::NoConnections => DnsOutcome::TimedOut,
        _ => DnsOutcome::Failed,
    }
}

fn record_type(record: DnsRecord) -> RecordType {
    match record {
        DnsRecord::A => RecordType::A,
        DnsRecord::Aaaa => RecordType::AAAA,
        DnsRecord::Mx => RecordType::MX,
    }
}

/// A name that no search list is applied to.
fn absolute(name: &str) -> Option<Name> {
    Name::from_ascii(format!("{}.", name.trim_end_matches('.'))).ok()
}

/// A name without its final dot; the root stays `.`.
fn plain(name: &Name) -> String {
    let text = name.to_ascii();
    if text == "." { text } else { text.trim_end_matches('.').to_owned() }
}

pub(crate) fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
