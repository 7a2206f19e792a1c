//! Whether the issuer's own list names the certificate as revoked. Pure: the list goes in with the chain.

use error_model::evidence::Certificate;
use tokio_rustls::rustls::pki_types::CertificateDer;
use webpki::{BorrowedCertRevocationList, CertRevocationList};

use super::{Question, describe, inside_validity, issuing_line, path::Path, time};

/// Whether `list` (a CRL in DER, RFC 5280 §5) revokes the server's own certificate.
///
/// Only a list counts that the issuer signed, whose dates hold, and whose issuer leads to a trusted root: what nobody
/// vouches for proves nothing. Everything else, bytes that are no list included, is a 'no'.
#[must_use]
pub fn is_revoked(question: &Question<'_>, list: &[u8]) -> bool {
    let Ok(list) = BorrowedCertRevocationList::from_der(list) else { return false };
    let described: Vec<Certificate> = question.chain.iter().filter_map(describe).collect();
    if described.is_empty() {
        return false;
    }
    let longer: Vec<CertificateDer<'_>> = question.chain.iter().chain(question.fetched).cloned().collect();
    // A certificate whose dates don't hold may be revoked all the same.
    let inside = inside_validity(&described, &issuing_line(&described), question.now);
    let list = CertRevocationList::from(list);
    Path::new(&longer, question.roots).is_revoked_by(&list, time(inside))
}
