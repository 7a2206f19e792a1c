//! Fetches the issuer that a server forgot, from the address in its own certificate (RFC 5280 §4.2.2.1).

use std::time::Duration;

use error_model::evidence::CertificateFault;
use tokio_rustls::rustls::pki_types::CertificateDer;

use crate::{
    certificate::{describe, issuer_addresses},
    engine::Engine,
    fetch::{Allowance, get},
};

/// Certificates have a few kilobytes; the address is the certificate's word, so no redirect is followed.
const ALLOWANCE: Allowance = Allowance { time: Duration::from_secs(4), size: 64 * 1024, redirects: 0 };
/// Links followed upwards.
const LINKS: usize = 2;
/// Addresses tried for one link.
const ADDRESSES: usize = 2;

/// Whether an issuer could change the verdict.
pub(crate) fn could_help(faults: &[CertificateFault]) -> bool {
    faults.iter().any(|fault| {
        matches!(
            fault,
            CertificateFault::ChainIncomplete { .. }
                | CertificateFault::UnknownAuthority { .. }
                | CertificateFault::DistrustedAuthority { certain: false, .. }
        )
    })
}

/// The issuers above the chain, as far as they can be fetched; empty where they can't.
pub(crate) async fn fetch(engine: &Engine, chain: &[CertificateDer<'_>]) -> Vec<CertificateDer<'static>> {
    let mut fetched: Vec<CertificateDer<'static>> = Vec::new();
    // The missing link is usually the leaf's issuer; where the server sent part of the line, it's further up.
    let mut below: Vec<CertificateDer<'static>> = chain.iter().map(|c| c.clone().into_owned()).collect();
    for _ in 0..LINKS {
        let Some(issuer) = issuer_of(engine, &below).await else { break };
        if fetched.contains(&issuer) || below.contains(&issuer) {
            break;
        }
        below = vec![issuer.clone()];
        fetched.push(issuer);
    }
    fetched
}

async fn issuer_of(engine: &Engine, below: &[CertificateDer<'_>]) -> Option<CertificateDer<'static>> {
    for address in below.iter().flat_map(issuer_addresses).take(ADDRESSES) {
        if let Some(body) = get(engine, &address, ALLOWANCE).await {
            let issuer = CertificateDer::from(body.to_vec());
            if describe(&issuer).is_some() {
                return Some(issuer);
            }
        }
    }
    None
}
