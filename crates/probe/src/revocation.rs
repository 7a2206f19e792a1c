//! Asks the authority's list of revoked certificates, from the address in the certificate (RFC 5280 §4.2.1.13).
//!
//! The list is fetched while the dialogue goes on and awaited before the sign-in. A list that can't be had is no fault:
//! nobody could use mail while a list is down.

use error_model::evidence::CertificateFault;
use tokio_rustls::rustls::pki_types::CertificateDer;

use crate::{
    certificate::{Question, is_revoked, revocation_lists},
    engine::Engine,
    fetch::{Allowance, get},
    limits,
};

/// The address is the certificate's word, so no redirect is followed.
const ALLOWANCE: Allowance =
    Allowance { time: limits::REVOCATION, size: limits::REVOCATION_LIST, redirects: 0 };

/// The lists that could revoke the server's certificate. Only with a path to a trusted root does anybody vouch for them,
/// and authorities strike certificates off their lists once they have expired.
pub(crate) fn lists(chain: &[CertificateDer<'_>], faults: &[CertificateFault]) -> Vec<String> {
    let pointless = |fault: &CertificateFault| {
        !matches!(
            fault,
            CertificateFault::NameMismatch { .. }
                | CertificateFault::ChainIncomplete { completed: true, .. }
                | CertificateFault::WeakKey { .. }
                | CertificateFault::WeakSignature { .. }
        )
    };
    if faults.iter().any(pointless) {
        return Vec::new();
    }
    let mut lists = chain.first().map_or_else(Vec::new, revocation_lists);
    lists.truncate(limits::REVOCATION_LISTS);
    lists
}

/// Fetches the lists side by side; the fault, where one of them names the certificate.
pub(crate) async fn ask(
    engine: &Engine,
    lists: &[String],
    question: &Question<'_>,
) -> Option<CertificateFault> {
    let asked = lists.iter().map(|list| async move {
        let list = get(engine, list, ALLOWANCE).await?;
        is_revoked(question, &list).then_some(CertificateFault::Revoked { index: 0 })
    });
    futures::future::join_all(asked).await.into_iter().flatten().next()
}
