//! What all runs share: the resolver, the egress policy, the trusted roots and the clock.

use std::{
    net::{IpAddr, SocketAddr},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use error_model::evidence::{DnsRecord, DnsSubject, Observation};
use tokio_rustls::rustls::pki_types::{CertificateDer, TrustAnchor, pem::PemObject};

use crate::{
    certificate::{NotAnAnchor, anchor},
    discover::Database,
    egress::{AllowedAddr, Policy},
    host::Host,
    limits,
    record::Pen,
    resolve::{Names, ResolverError},
};

/// How an engine is set up. The default trusts Mozilla's roots, asks the system's DNS servers and dials mail ports of
/// public addresses only.
#[derive(Debug, Default)]
pub struct Options {
    /// What may be dialled.
    pub policy: Policy,
    /// The DNS server to ask; default: the system's.
    pub resolver: Option<SocketAddr>,
    /// Roots trusted besides Mozilla's.
    pub trust_anchors: Vec<CertificateDer<'static>>,
    /// The limit of a whole run; default [`limits::RUN`].
    pub run_limit: Option<Duration>,
    /// A database of settings to ask about mail domains; default: none.
    pub ispdb: Option<Database>,
}

/// An engine can't be set up.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// No resolver.
    #[error(transparent)]
    Resolver(#[from] ResolverError),
    /// A trust anchor can't be used.
    #[error(transparent)]
    Anchor(#[from] NotAnAnchor),
    /// A PEM file holds no certificate.
    #[error("there is no PEM certificate in it")]
    NoCertificate,
}

/// Reads the certificates of a PEM text.
///
/// # Errors
/// [`SetupError::NoCertificate`] where there is none.
pub fn certificates_from_pem(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, SetupError> {
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(pem).flatten().collect();
    if certificates.is_empty() { Err(SetupError::NoCertificate) } else { Ok(certificates) }
}

/// Runs checks. Cheap to share behind an `Arc`; holds no state between runs.
pub struct Engine {
    pub(crate) names: Names,
    pub(crate) policy: Policy,
    pub(crate) run_limit: Duration,
    pub(crate) ispdb: Option<Database>,
    roots: Vec<TrustAnchor<'static>>,
}

/// Why there is nothing to dial.
pub(crate) enum NoAddress {
    /// The name has none.
    None,
    /// The policy denies one.
    Denied,
}

impl Engine {
    /// Sets an engine up.
    ///
    /// # Errors
    /// When the system's DNS configuration can't be read or a trust anchor is no certificate of an authority.
    pub fn new(options: Options) -> Result<Self, SetupError> {
        let Options { policy, resolver, trust_anchors, run_limit, ispdb } = options;
        let mut roots = webpki_roots::TLS_SERVER_ROOTS.to_vec();
        for root in &trust_anchors {
            roots.push(anchor(root)?.to_owned());
        }
        let run_limit = run_limit.unwrap_or(limits::RUN);
        Ok(Self { names: Names::new(resolver)?, policy, run_limit, ispdb, roots })
    }

    /// The egress policy in force.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Seconds since the Unix epoch: the one look at the clock.
    pub(crate) fn now(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    }

    pub(crate) fn roots(&self) -> &[TrustAnchor<'static>] {
        &self.roots
    }

    /// Addresses of a host without evidence: every one allowed, or none.
    pub(crate) async fn allowed_addresses(
        &self,
        host: &Host,
        port: u16,
    ) -> Result<Vec<AllowedAddr>, NoAddress> {
        let addresses = match host {
            Host::Address(address) => vec![*address],
            Host::Name(name) => self.names.addresses(name).await,
        };
        if addresses.is_empty() {
            return Err(NoAddress::None);
        }
        let allowed = addresses.iter().map(|address| self.policy.allow(*address, port));
        allowed.collect::<Result<_, _>>().map_err(|_| NoAddress::Denied)
    }

    /// Resolves a lane's host once, as evidence. One denied address rejects the whole name.
    pub(crate) async fn resolve(
        &self,
        host: &Host,
        port: u16,
        pen: &Pen,
    ) -> Result<Vec<AllowedAddr>, NoAddress> {
        let addresses = match host {
            Host::Address(address) => vec![*address],
            Host::Name(name) => {
                let ask = |record| self.names.observe(name, record, DnsSubject::Host);
                let ((v6, seen_v6), (v4, seen_v4)) = futures::join!(ask(DnsRecord::Aaaa), ask(DnsRecord::A));
                pen.saw(seen_v4).await;
                pen.saw(seen_v6).await;
                v6.addresses.into_iter().chain(v4.addresses).collect::<Vec<IpAddr>>()
            }
        };
        if addresses.is_empty() {
            return Err(NoAddress::None);
        }
        let mut allowed = Vec::with_capacity(addresses.len());
        let mut denied = false;
        for address in addresses {
            match self.policy.allow(address, port) {
                Ok(address) => allowed.push(address),
                Err(why) => {
                    denied = true;
                    pen.saw(Observation::AddressDenied { address, class: why.class, range: why.range }).await;
                }
            }
        }
        if denied { Err(NoAddress::Denied) } else { Ok(allowed) }
    }
}
