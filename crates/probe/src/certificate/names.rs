//! Whether a certificate speaks for the host asked for (RFC 9525), and how its names stand to it if not.

use error_model::evidence::{Certificate, CertificateFault, NameRelation};
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use webpki::EndEntityCert;

use crate::host::Host;

/// The mismatch, if there is one.
pub(super) fn mismatch(
    host: &Host,
    leaf: &CertificateDer<'_>,
    described: &Certificate,
) -> Option<CertificateFault> {
    let covered = match EndEntityCert::try_from(leaf) {
        Ok(certificate) => {
            server_name(host).is_some_and(|n| certificate.verify_is_valid_for_subject_name(&n).is_ok())
        }
        // webpki reads no certificate before version 3: compare the names by themselves.
        Err(_) => described.names.iter().any(|name| covers(name, &host.to_string())),
    };
    if covered {
        return None;
    }
    // A certificate that only has a CN is told by what it misses; if even that is another name, both hold.
    if described.names.is_empty()
        && described.common_name.as_deref().is_some_and(|cn| covers(cn, &host.to_string()))
    {
        return None;
    }
    let mut names = described.names.clone();
    if names.is_empty() {
        names.extend(described.common_name.clone());
    }
    Some(CertificateFault::NameMismatch { relation: relation(host, &names), names })
}

fn server_name(host: &Host) -> Option<ServerName<'static>> {
    match host {
        Host::Name(name) => ServerName::try_from(name.clone()).ok(),
        Host::Address(address) => Some(ServerName::IpAddress((*address).into())),
    }
}

/// Whether a name of a certificate covers a host: equal, or a wildcard for exactly one label (RFC 9525 §6.3).
fn covers(name: &str, host: &str) -> bool {
    match name.strip_prefix("*.") {
        Some(parent) => host.split_once('.').is_some_and(|(_, rest)| rest.eq_ignore_ascii_case(parent)),
        None => name.eq_ignore_ascii_case(host),
    }
}

fn relation(host: &Host, names: &[String]) -> NameRelation {
    let Host::Name(host) = host else { return NameRelation::AddressTyped };
    let deeper = |name: &String| {
        name.strip_prefix("*.").is_some_and(|parent| {
            let suffix = format!(".{}", parent.to_ascii_lowercase());
            host.strip_suffix(suffix.as_str()).is_some_and(|labels| labels.contains('.'))
        })
    };
    if names.iter().any(deeper) {
        return NameRelation::WildcardTooShallow;
    }
    let own = registrable(host);
    let same = names.iter().any(|name| registrable(name.trim_start_matches("*.")) == own);
    if own.is_some() && same { NameRelation::SameDomain } else { NameRelation::OtherDomain }
}

/// The domain below the public suffix, `example.co.jp`.
fn registrable(name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase();
    psl::domain_str(&name).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(host: &str, names: &[&str], expected: NameRelation) {
        let names: Vec<String> = names.iter().map(|n| (*n).to_owned()).collect();
        assert_eq!(relation(&Host::parse(host).unwrap(), &names), expected);
    }

    #[test]
    fn names_of_the_same_registrable_domain_are_near() {
        check("imap.example.co.jp", &["www.example.co.jp"], NameRelation::SameDomain);
        check("imap.example.co.jp", &["other.co.jp"], NameRelation::OtherDomain);
        check("imap.example.com", &["sv1234.xserver.jp", "*.xserver.jp"], NameRelation::OtherDomain);
    }

    #[test]
    fn a_wildcard_covers_one_label() {
        check("a.b.example.com", &["*.example.com"], NameRelation::WildcardTooShallow);
        check("example.com", &["*.example.com"], NameRelation::SameDomain);
        assert!(covers("*.example.com", "imap.example.com") && !covers("*.example.com", "a.b.example.com"));
    }

    #[test]
    fn an_address_is_told_from_a_name() {
        check("192.0.2.1", &["mail.example.com"], NameRelation::AddressTyped);
    }
}
