//! What gives a certificate away: the defaults of mail programs and panels, and the makers of interception boxes.

use error_model::evidence::{Certificate, CertificateFault};

/// Words in the subject of certificates that programs make for themselves when nobody installs a real one.
const DEFAULTS: &[&str] = &[
    "ssl-cert-snakeoil",
    "cn=localhost",
    "localhost.localdomain",
    "cn=plesk",
    "parallels panel",
    "cn=imap.example.com",
    "cn=mail.example.com",
    "imap server",
    "courier mail server",
    "someorganization",
    "cn=example.com",
    "default company ltd",
    "internet widgits pty ltd",
    "acme co",
    "traefik default cert",
    "kubernetes ingress controller fake certificate",
    "synology.com",
    "qnap nas",
    "kerio connect",
    "mdaemon",
    "iredmail",
    "directadmin",
    "cpanel, inc. self",
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
    let listed = DEFAULTS.iter().find(|sign| subject.contains(**sign)).map(|_| leaf.subject.clone());
    let local = |name: &&String| matches!(name.as_str(), "localhost" | "localhost.localdomain");
    let sign = listed.or_else(|| leaf.names.iter().find(local).cloned())?;
    // An authority that signs 'localhost' for its customers isn't a default: only what signs itself is.
    leaf.self_signed.then_some(CertificateFault::DefaultCertificate { sign })
}

/// The product that issued a certificate of the chain.
pub(super) fn interception(chain: &[Certificate]) -> Option<String> {
    let issuers = chain.iter().map(|c| c.issuer.to_ascii_lowercase());
    let product = |issuer: String| INTERCEPTORS.iter().find(|(sign, _)| issuer.contains(sign));
    issuers.filter_map(product).next().map(|(_, product)| (*product).to_owned())
}
