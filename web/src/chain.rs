//! The certificate chain as links that hold or break.

use error_model::{
    Lang, Str,
    evidence::{Certificate, CertificateFault, KeyAlgorithm, Observation},
    strings::{run as words, sight::LIST_SEPARATOR},
    text::escape,
    words::{day, fault as fault_words, short_name},
};

/// Names shown before 'and so on'.
const NAMES_SHOWN: usize = 10;

/// One certificate of the drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it is: the server's, an intermediate, a root.
    pub role: Str,
    /// Its name.
    pub title: String,
    /// Label and value of what is known of it.
    pub facts: Vec<(Str, String)>,
    /// What is wrong with it.
    pub faults: Vec<String>,
    /// It isn't there, but should be.
    pub missing: bool,
    /// The next certificate vouches for this one. `None`: it's the last.
    pub holds: Option<bool>,
}

/// Draws the chain of a lane from what was seen there. Empty: no certificate came.
pub fn links<'a>(seen: impl Iterator<Item = &'a Observation>, lang: Lang) -> Vec<Link> {
    let mut certificates: &[Certificate] = &[];
    let mut verdict: Option<(&[CertificateFault], Option<&str>)> = None;
    for observation in seen {
        match observation {
            Observation::CertificateChain { certificates: sent } => certificates = sent,
            Observation::CertificateVerdict { faults, trusted_root, .. } => {
                verdict = Some((faults, trusted_root.as_deref()));
            }
            _ => {}
        }
    }
    if certificates.is_empty() {
        return Vec::new();
    }
    let (faults, root) = verdict.unwrap_or_default();
    let mut links: Vec<Link> =
        certificates.iter().enumerate().map(|(i, c)| sent(i, c, faults, lang)).collect();
    for i in 1..certificates.len() {
        links[i - 1].holds = Some(certificates[i - 1].issuer == certificates[i].subject);
    }
    let (end, holds) = end(faults, root, certificates.last(), lang);
    if let Some(last) = links.last_mut() {
        last.holds = end.is_some().then_some(holds);
    }
    links.extend(end);
    links
}

/// What comes after the last certificate sent: the trusted root, or the gap where something is missing.
fn end(
    faults: &[CertificateFault],
    root: Option<&str>,
    last: Option<&Certificate>,
    lang: Lang,
) -> (Option<Link>, bool) {
    let bare = |role, title: String, missing| Link {
        role,
        title,
        facts: Vec::new(),
        faults: Vec::new(),
        missing,
        holds: None,
    };
    let gap = faults.iter().find_map(|fault| match fault {
        CertificateFault::ChainIncomplete { missing: name, .. }
        | CertificateFault::UnknownAuthority { issuer: name } => Some((fault, name)),
        _ => None,
    });
    if let Some((fault, name)) = gap {
        let link = Link {
            faults: vec![fault_words(fault, lang)],
            ..bare(words::CHAIN_MISSING, short_name(name), true)
        };
        return (Some(link), false);
    }
    match root {
        // A root that was sent needs no second drawing.
        Some(root) if last.is_some_and(|last| last.subject != root) => {
            (Some(bare(words::CHAIN_TRUSTED_ROOT, short_name(root), false)), true)
        }
        _ => (None, true),
    }
}

fn sent(index: usize, certificate: &Certificate, faults: &[CertificateFault], lang: Lang) -> Link {
    let role = match index {
        0 => words::CHAIN_SERVER,
        _ if certificate.subject == certificate.issuer => words::CHAIN_ROOT,
        _ => words::CHAIN_INTERMEDIATE,
    };
    let valid = [("a", &*day(certificate.not_before)), ("b", &*day(certificate.not_after))];
    let mut facts = Vec::new();
    if index == 0 {
        facts.push((words::CHAIN_NAMES, names(certificate, lang)));
    }
    facts.push((words::CHAIN_VALID, words::RANGE.fill(lang, &valid)));
    facts.push((words::CHAIN_ISSUER, short_name(&certificate.issuer)));
    facts.push((words::CHAIN_KEY, format!("{}, {}", key(certificate), escape(&certificate.signature))));
    if index == 0 {
        facts.push((words::CHAIN_SERIAL, escape(&certificate.serial)));
        facts.push((words::CHAIN_FINGERPRINT, escape(&certificate.sha256)));
    }
    let own = faults.iter().filter(|fault| index_of(fault) == Some(index));
    let title = certificate.common_name.clone().filter(|name| !name.is_empty());
    Link {
        role,
        title: title.map_or_else(|| short_name(&certificate.subject), |name| escape(&name)),
        facts,
        faults: own.map(|fault| fault_words(fault, lang)).collect(),
        missing: false,
        holds: None,
    }
}

/// The certificate that a fault speaks of; `None` for faults of the chain's end.
const fn index_of(fault: &CertificateFault) -> Option<usize> {
    match fault {
        CertificateFault::Unreadable { index }
        | CertificateFault::BrokenSignature { index }
        | CertificateFault::MissingInformation { index, .. }
        | CertificateFault::Expired { index, .. }
        | CertificateFault::NotYetValid { index, .. }
        | CertificateFault::WeakKey { index, .. }
        | CertificateFault::WeakSignature { index, .. }
        | CertificateFault::Revoked { index } => Some(*index as usize),
        CertificateFault::ChainIncomplete { .. } | CertificateFault::UnknownAuthority { .. } => None,
        CertificateFault::SelfSigned
        | CertificateFault::DefaultCertificate { .. }
        | CertificateFault::PrivateAuthority { .. }
        | CertificateFault::DistrustedAuthority { .. }
        | CertificateFault::InterceptionProduct { .. }
        | CertificateFault::NameMismatch { .. } => Some(0),
    }
}

fn key(certificate: &Certificate) -> String {
    let algorithm = match certificate.key.algorithm {
        KeyAlgorithm::Rsa => "RSA",
        KeyAlgorithm::Ec => "EC",
        KeyAlgorithm::Ed => "Ed",
        KeyAlgorithm::Dsa => "DSA",
        KeyAlgorithm::Other => "?",
    };
    format!("{algorithm} {}", certificate.key.bits)
}

/// The names that a certificate covers, cut where there are very many.
fn names(certificate: &Certificate, lang: Lang) -> String {
    if certificate.names.is_empty() {
        return words::CHAIN_NO_NAMES.get(lang).to_owned();
    }
    let mut shown: Vec<String> =
        certificate.names.iter().take(NAMES_SHOWN).map(|name| escape(name)).collect();
    if certificate.names.len() > NAMES_SHOWN {
        let more = (certificate.names.len() - NAMES_SHOWN).to_string();
        shown.push(words::MORE.fill(lang, &[("n", &more)]));
    }
    shown.join(LIST_SEPARATOR.get(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certificate(subject: &str, issuer: &str) -> serde_json::Value {
        serde_json::json!({
            "subject": subject, "issuer": issuer, "names": ["mail.example.com"], "not_before": 0,
            "not_after": 86400, "serial": "01", "key": {"algorithm": "ec", "bits": 256},
            "signature": "ecdsa-with-SHA256", "authority": false, "self_signed": false, "sha256": "ab",
        })
    }

    fn seen(certificates: &[serde_json::Value], faults: serde_json::Value, root: Option<&str>) -> Vec<Link> {
        let observations: Vec<Observation> = [
            serde_json::json!({"kind": "certificate-chain", "certificates": certificates}),
            serde_json::json!({"kind": "certificate-verdict", "host": "h", "faults": faults, "trusted_root": root}),
        ]
        .into_iter()
        .map(|json| serde_json::from_value(json).unwrap())
        .collect();
        links(observations.iter(), Lang::En)
    }

    #[test]
    fn a_clean_chain_ends_in_the_trusted_root() {
        let chain =
            [certificate("CN=mail.example.com", "CN=R1,O=CA"), certificate("CN=R1,O=CA", "CN=Root,O=CA")];
        let links = seen(&chain, serde_json::json!([]), Some("CN=Root,O=CA"));
        let drawn: Vec<_> = links.iter().map(|l| (l.title.as_str(), l.holds)).collect();
        assert_eq!(drawn, [("mail.example.com", Some(true)), ("R1", Some(true)), ("Root", None)]);
    }

    #[test]
    fn a_missing_intermediate_is_a_gap_with_its_name() {
        let faults =
            serde_json::json!([{"fault": "chain-incomplete", "missing": "CN=R1,O=CA", "completed": true}]);
        let links = seen(&[certificate("CN=mail.example.com", "CN=R1,O=CA")], faults, None);
        assert_eq!(links.len(), 2);
        assert_eq!(links[0].holds, Some(false));
        assert!(links[1].missing && links[1].title == "R1" && !links[1].faults.is_empty());
    }

    #[test]
    fn certificates_that_do_not_belong_together_break_the_chain() {
        let chain = [certificate("CN=a", "CN=R1"), certificate("CN=other", "CN=Root")];
        let links = seen(&chain, serde_json::json!([]), None);
        assert_eq!(links[0].holds, Some(false));
    }

    #[test]
    fn a_fault_stands_at_its_own_certificate() {
        let chain = [certificate("CN=a", "CN=R1"), certificate("CN=R1", "CN=Root")];
        let links = seen(&chain, serde_json::json!([{"fault": "expired", "index": 1, "not_after": 0}]), None);
        assert!(links[0].faults.is_empty() && links[1].faults == ["it expired on 1970-01-01"]);
    }
}
