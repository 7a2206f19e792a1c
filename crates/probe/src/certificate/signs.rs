//! What gives a certificate away: the defaults of mail programs and panels, and the makers of interception boxes.

use error_model::evidence::{Certificate, CertificateFault};

/// Common names of certificates that programs make for themselves when nobody installs a real one.
const DEFAULT_NAMES: &[&str] = &[
    "ssl-cert-snakeoil",
    "localhost",
    "localhost.localdomain",
    "plesk",
    "parallels panel",
    "imap.example.com",
    "example.com",
    "traefik default cert",
    "kubernetes ingress controller fake certificate",
    "kerio connect",
];

/// Words in the whole subject of such certificates.
const DEFAULT_SUBJECTS: &[&str] = &[
    "imap server",
    "courier mail server",
    "someorganization",
    "default company ltd",
    "internet widgits pty ltd",
    "acme co",
    "synology",
    "qnap",
    "mdaemon",
    "iredmail",
    "directadmin",
];

/// Words in the issuer of certificates made on the way by security products.
const INTERCEPTORS: &[(&str, &str)] = &[
    ("fortinet", "Fortinet FortiGate"),
    ("fortigate", "Fortinet FortiGate"),
    ("zscaler", "Zscaler"),
    ("netskope", "Netskope"),
    ("kaspersky", "Kaspersky"),
    ("eset ssl filter", "ESET"),
    ("avast", "Avast"),
    ("avg web/mail shield", "AVG"),
    ("bitdefender", "Bitdefender"),
    ("sophos", "Sophos"),
    ("cisco umbrella", "Cisco Umbrella"),
    ("blue coat", "Blue Coat ProxySG"),
    ("palo alto networks", "Palo Alto Networks"),
    ("watchguard", "WatchGuard"),
    ("sonicwall", "SonicWall"),
    ("barracuda", "Barracuda"),
    ("check point", "Check Point"),
    ("superfish", "Superfish"),
    ("norton web/mail shield", "Norton"),
    ("mcafee web gateway", "McAfee Web Gateway"),
    ("untangle", "Untangle"),
    ("mitmproxy", "mitmproxy"),
    ("trend micro", "Trend Micro"),
];

/// The word in the certificate that shows it to be some program's default.
pub(super) fn default_certificate(leaf: &Certificate) -> Option<CertificateFault> {
    let subject = leaf.subject.to_ascii_lowercase();
    let name = |name: &str| DEFAULT_NAMES.contains(&name.to_ascii_lowercase().as_str());
    let common_name = leaf.common_name.as_ref().filter(|cn| name(cn));
    let sign = if common_name.is_some() || DEFAULT_SUBJECTS.iter().any(|sign| subject.contains(sign)) {
        leaf.subject.clone()
    } else {
        leaf.names.iter().find(|n| name(n))?.clone()
    };
    // An authority that signs 'localhost' for its customers isn't a default: only what signs itself is.
    leaf.self_signed.then_some(CertificateFault::DefaultCertificate { sign })
}

/// The product that issued a certificate of the chain.
pub(super) fn interception(chain: &[Certificate]) -> Option<String> {
    let issuers = chain.iter().map(|c| c.issuer.to_ascii_lowercase());
    let product = |issuer: String| INTERCEPTORS.iter().find(|(sign, _)| issuer.contains(sign));
    issuers.filter_map(product).next().map(|(_, product)| (*product).to_owned())
}
