//! The verdict on a chain: every fault that holds, not only the first. Pure: chain, name, time and roots go in.
//!
//! One verification names one fault and hides the others (an expired certificate hides a wrong name), so several
//! questions are asked of the same chain: the path to a trusted root now; the path with the clock set inside the
//! validity; the path to a root that the server sent itself; the path with the issuer fetched from the certificate's
//! own AIA address; the name alone; keys, signatures and usages by themselves.

mod distrusted;
mod facts;
mod names;
mod path;
mod revocation;
mod signs;

use error_model::evidence::{Certificate, CertificateFault, KeyAlgorithm, MissingInformation};
use tokio_rustls::rustls::pki_types::{CertificateDer, TrustAnchor, UnixTime};
use x509_parser::prelude::{FromDer, X509Certificate};

pub use facts::describe;
pub(crate) use facts::{issuer_addresses, revocation_lists};
pub use path::NotAnAnchor;
pub(crate) use path::anchor;
pub use revocation::is_revoked;

use crate::host::Host;
use path::{Broken, Path};

/// A chain with what it's held against.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// As sent by the server, its own certificate first.
    pub chain: &'a [CertificateDer<'a>],
    /// The host asked for.
    pub host: &'a Host,
    /// Seconds since the Unix epoch.
    pub now: i64,
    /// The trusted roots.
    pub roots: &'a [TrustAnchor<'a>],
    /// Issuers fetched from the AIA address, if any were.
    pub fetched: &'a [CertificateDer<'a>],
}

/// What holds of a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Every fault; none: clean.
    pub faults: Vec<CertificateFault>,
    /// The trusted root that the path ends in.
    pub trusted_root: Option<String>,
}

/// Answers all questions. Total: whatever the bytes are, there is a verdict.
#[must_use]
pub fn verdict(question: &Question<'_>) -> Verdict {
    let Some(leaf) = question.chain.first().and_then(|der| parse(der)) else {
        return Verdict { faults: vec![CertificateFault::Unreadable { index: 0 }], trusted_root: None };
    };
    let described: Vec<Certificate> = question.chain.iter().filter_map(describe).collect();
    let line = issuing_line(&described);
    let path = Path::new(question.chain, question.roots);
    let trusted = path.verify(time(question.now));
    let mut faults = match &trusted {
        Ok(_) => Vec::new(),
        Err(_) => trust_faults(question, &leaf, &described, &line),
    };
    if trusted.is_ok() {
        faults.extend(path.distrusted_by_date(time(question.now), described[0].not_before));
    } else {
        faults.extend(time_faults(&described, &line, question.now));
    }
    faults.extend(strength_faults(&described, &line));
    faults.extend(usage_faults(&leaf));
    faults.extend(names::mismatch(question.host, &question.chain[0], &described[0]));
    faults.extend(signs::default_certificate(&described[0]));
    if faults.is_empty()
        && let Err(broken) = &trusted
    {
        faults.push(unnamed(broken, &described[0]));
    }
    dedup(&mut faults);
    Verdict { faults, trusted_root: trusted.ok() }
}

fn parse<'a>(der: &'a CertificateDer<'_>) -> Option<X509Certificate<'a>> {
    X509Certificate::from_der(der).ok().map(|(_, certificate)| certificate)
}

fn time(seconds: i64) -> UnixTime {
    UnixTime::since_unix_epoch(std::time::Duration::from_secs(u64::try_from(seconds).unwrap_or(0)))
}

/// Indexes of the certificates that issue one another, from the server's own upwards; what the server sent beside
/// that line has no say.
fn issuing_line(described: &[Certificate]) -> Vec<usize> {
    let mut line = vec![0];
    while let Some(&last) = line.last() {
        let current = &described[last];
        let issuer = (1..described.len())
            .find(|i| !line.contains(i) && described[*i].subject == current.issuer && !current.self_signed);
        match issuer {
            Some(i) => line.push(i),
            None => break,
        }
    }
    line
}

/// Why no trusted root is reached, the clock left aside.
fn trust_faults(
    question: &Question<'_>,
    leaf: &X509Certificate<'_>,
    described: &[Certificate],
    line: &[usize],
) -> Vec<CertificateFault> {
    let inside = time(inside_validity(described, line, question.now));
    let chain = question.chain;
    let broken = match Path::new(chain, question.roots).verify(inside) {
        Ok(_) => return Vec::new(),
        Err(broken) => broken,
    };
    if let Some(product) = signs::interception(described) {
        return vec![CertificateFault::InterceptionProduct { product }];
    }
    if described[0].self_signed {
        return vec![CertificateFault::SelfSigned];
    }
    // The dates of the line don't overlap: whatever the clock says, one of them is wrong, and that is named apart.
    if matches!(broken, Broken::Expired | Broken::NotYetValid) {
        return Vec::new();
    }
    if broken != Broken::UnknownIssuer {
        return vec![unnamed(&broken, &described[0])];
    }
    let top = &described[*line.last().unwrap_or(&0)];
    if top.self_signed {
        let anchored = path::anchor(&chain[*line.last().unwrap_or(&0)]).map(|root| {
            let roots = [root];
            Path::new(chain, &roots).verify(inside).map(|_| ())
        });
        let own = matches!(anchored, Ok(Ok(()))).then(|| &chain[*line.last().unwrap_or(&0)]);
        if let Some(distrusted) = distrusted::without_trust(own, &top.subject) {
            return vec![distrusted];
        }
        return match anchored {
            Ok(Ok(())) | Err(_) => vec![CertificateFault::PrivateAuthority { root: top.subject.clone() }],
            Ok(Err(Broken::UnknownIssuer)) => {
                vec![CertificateFault::UnknownAuthority { issuer: top.issuer.clone() }]
            }
            Ok(Err(broken)) => {
                vec![unnamed(&broken, top), CertificateFault::PrivateAuthority { root: top.subject.clone() }]
            }
        };
    }
    if !question.fetched.is_empty() {
        let longer: Vec<CertificateDer<'_>> = chain.iter().chain(question.fetched).cloned().collect();
        if Path::new(&longer, question.roots).verify(inside).is_ok() {
            return vec![CertificateFault::ChainIncomplete { missing: top.issuer.clone(), completed: true }];
        }
        let root =
            question.fetched.iter().find_map(|der| describe(der).filter(|c| c.self_signed).map(|c| (der, c)));
        if let Some((der, root)) = root {
            let anchored = path::anchor(der).is_ok_and(|root| {
                let roots = [root];
                Path::new(&longer, &roots).verify(inside).is_ok()
            });
            let distrusted = distrusted::without_trust(anchored.then_some(der), &root.subject);
            let private = || CertificateFault::PrivateAuthority { root: root.subject.clone() };
            return vec![distrusted.unwrap_or_else(private)];
        }
    }
    if let Some(distrusted) = distrusted::without_trust(None, &top.issuer) {
        return vec![distrusted];
    }
    // The certificate itself says where its issuer can be had: then somebody left it out.
    if line.len() == 1 && !facts::issuer_addresses_of(leaf).is_empty() {
        return vec![CertificateFault::ChainIncomplete { missing: top.issuer.clone(), completed: false }];
    }
    vec![CertificateFault::UnknownAuthority { issuer: top.issuer.clone() }]
}

/// A time at which as much of the line as possible is valid: now, or just inside the nearest bound.
fn inside_validity(described: &[Certificate], line: &[usize], now: i64) -> i64 {
    let latest_start = line.iter().map(|i| described[*i].not_before).max().unwrap_or(now);
    let earliest_end = line.iter().map(|i| described[*i].not_after).min().unwrap_or(now);
    if latest_start <= earliest_end { now.clamp(latest_start, earliest_end) } else { described[0].not_before }
}

fn time_faults(described: &[Certificate], line: &[usize], now: i64) -> Vec<CertificateFault> {
    let fault = |i: &usize| {
        let (index, certificate) = (index(*i), &described[*i]);
        if certificate.not_after < now {
            Some(CertificateFault::Expired { index, not_after: certificate.not_after })
        } else if certificate.not_before > now {
            Some(CertificateFault::NotYetValid { index, not_before: certificate.not_before })
        } else {
            None
        }
    };
    line.iter().filter_map(fault).collect()
}

/// Keys and signatures of the line. A root's own signature proves nothing and isn't judged.
fn strength_faults(described: &[Certificate], line: &[usize]) -> Vec<CertificateFault> {
    let mut faults = Vec::new();
    for i in line {
        let certificate = &described[*i];
        let weak_key = match certificate.key.algorithm {
            KeyAlgorithm::Rsa => certificate.key.bits < 2048,
            KeyAlgorithm::Dsa => true,
            KeyAlgorithm::Ec => certificate.key.bits < 224,
            KeyAlgorithm::Ed | KeyAlgorithm::Other => false,
        };
        if weak_key {
            faults.push(CertificateFault::WeakKey { index: index(*i), bits: certificate.key.bits });
        }
        let algorithm = &certificate.signature;
        let old = ["md2", "md5", "sha1"].iter().any(|old| algorithm.to_ascii_lowercase().contains(old));
        if old && !(certificate.self_signed && *i > 0) {
            faults.push(CertificateFault::WeakSignature { index: index(*i), algorithm: algorithm.clone() });
        }
    }
    faults
}

/// What the server's own certificate must say of itself.
fn usage_faults(leaf: &X509Certificate<'_>) -> Vec<CertificateFault> {
    let missing = |what| CertificateFault::MissingInformation { index: 0, what };
    let mut faults = Vec::new();
    if leaf.version() != x509_parser::x509::X509Version::V3 {
        faults.push(missing(MissingInformation::Version1));
    } else if facts::names(leaf).is_empty() {
        faults.push(missing(MissingInformation::SubjectAlternativeName));
    }
    if let Ok(Some(usage)) = leaf.extended_key_usage()
        && !usage.value.server_auth
        && !usage.value.any
    {
        faults.push(missing(MissingInformation::ServerAuthentication));
    }
    faults
}

/// A failure of the path that no other question explains.
fn unnamed(broken: &Broken, leaf: &Certificate) -> CertificateFault {
    let missing = |what| CertificateFault::MissingInformation { index: 0, what };
    match broken {
        Broken::UnknownIssuer => CertificateFault::UnknownAuthority { issuer: leaf.issuer.clone() },
        Broken::Distrusted => {
            CertificateFault::DistrustedAuthority { root: leaf.issuer.clone(), certain: true }
        }
        Broken::Signature => CertificateFault::BrokenSignature { index: 0 },
        Broken::SignatureAlgorithm => {
            CertificateFault::WeakSignature { index: 0, algorithm: leaf.signature.clone() }
        }
        Broken::AuthorityAsServer => missing(MissingInformation::AuthorityAsServer),
        Broken::NotAnAuthority => missing(MissingInformation::BasicConstraints),
        Broken::Version => missing(MissingInformation::Version1),
        Broken::CriticalExtension => missing(MissingInformation::CriticalExtension),
        Broken::Usage => missing(MissingInformation::ServerAuthentication),
        Broken::Constraints => missing(MissingInformation::Constraints),
        Broken::Revoked => CertificateFault::Revoked { index: 0 },
        Broken::Expired => CertificateFault::Expired { index: 0, not_after: leaf.not_after },
        Broken::NotYetValid => CertificateFault::NotYetValid { index: 0, not_before: leaf.not_before },
        Broken::Unreadable => CertificateFault::Unreadable { index: 0 },
    }
}

fn index(i: usize) -> u32 {
    u32::try_from(i).unwrap_or(u32::MAX)
}

fn dedup(faults: &mut Vec<CertificateFault>) {
    let mut seen = Vec::new();
    faults.retain(|fault| {
        let new = !seen.contains(fault);
        seen.push(fault.clone());
        new
    });
}
