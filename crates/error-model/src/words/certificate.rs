//! Certificates and their faults in words.

use super::{day, list, say};
use crate::{
    Lang, Str,
    evidence::{Certificate, CertificateFault, MissingInformation},
    strings::sight,
    text::escape,
};

/// Most names told of one certificate.
const NAMES: usize = 6;

/// The part of a distinguished name (RFC 4514) that people know it by: its common name, else its organisation, else
/// the whole. Escaped.
#[must_use]
pub fn short_name(distinguished: &str) -> String {
    let parts = relative_names(distinguished);
    let value = ["CN=", "O=", "OU="].into_iter().find_map(|kind| {
        parts.iter().find_map(|part| {
            let (head, value) = (part.get(..kind.len())?, &part[kind.len()..]);
            head.eq_ignore_ascii_case(kind).then_some(value).filter(|value| !value.is_empty())
        })
    });
    escape(&value.map_or_else(|| distinguished.to_owned(), |value| value.replace('\\', "")))
}

/// The parts between the commas that no backslash protects.
fn relative_names(distinguished: &str) -> Vec<&str> {
    let (mut parts, mut begin, mut protected) = (Vec::new(), 0, false);
    for (at, c) in distinguished.char_indices() {
        if protected {
            protected = false;
        } else if c == '\\' {
            protected = true;
        } else if c == ',' || c == '+' {
            parts.push(distinguished[begin..at].trim());
            begin = at + 1;
        }
    }
    parts.push(distinguished[begin..].trim());
    parts
}

pub(super) fn chain(certificates: &[Certificate], lang: Lang) -> String {
    if certificates.is_empty() {
        return sight::CHAIN_EMPTY.get(lang).to_owned();
    }
    let names: Vec<String> = certificates.iter().map(|c| short_name(&c.subject)).collect();
    let values = [("n", certificates.len().to_string()), ("names", names.join(" ← "))];
    say(sight::CHAIN_SENT, lang, &values.each_ref().map(|(n, v)| (*n, v.as_str())))
}

pub(super) fn verdict(host: &str, faults: &[CertificateFault], root: Option<&str>, lang: Lang) -> String {
    let host = escape(host);
    if faults.is_empty() {
        let root = root.map_or_else(|| sight::UNKNOWN_PROTOCOL.get(lang).to_owned(), short_name);
        return say(sight::VERDICT_CLEAN, lang, &[("host", &host), ("root", &root)]);
    }
    let told: Vec<String> = faults.iter().map(|f| fault(f, lang)).collect();
    let told = told.join(sight::LIST_SEPARATOR.get(lang));
    say(sight::VERDICT_FAULTS, lang, &[("host", &host), ("list", &told)])
}

/// One fault of a certificate, in a few words.
#[must_use]
pub fn fault(fault: &CertificateFault, lang: Lang) -> String {
    use CertificateFault as F;
    let (sentence, value) = match fault {
        F::Unreadable { .. } => (sight::FAULT_UNREADABLE, String::new()),
        F::BrokenSignature { .. } => (sight::FAULT_SIGNATURE, String::new()),
        F::SelfSigned => (sight::FAULT_SELF_SIGNED, String::new()),
        F::DefaultCertificate { sign } => (sight::FAULT_DEFAULT, escape(sign)),
        F::ChainIncomplete { missing, .. } => (sight::FAULT_CHAIN, short_name(missing)),
        F::PrivateAuthority { root } => (sight::FAULT_PRIVATE, short_name(root)),
        F::DistrustedAuthority { root, .. } => (sight::FAULT_DISTRUSTED, short_name(root)),
        F::UnknownAuthority { issuer } => (sight::FAULT_UNKNOWN, short_name(issuer)),
        F::InterceptionProduct { product } => (sight::FAULT_INTERCEPTION, escape(product)),
        F::MissingInformation { what, .. } => (sight::FAULT_MISSING, missing(*what).get(lang).to_owned()),
        F::Expired { not_after, .. } => (sight::FAULT_EXPIRED, day(*not_after)),
        F::NotYetValid { not_before, .. } => (sight::FAULT_NOT_YET, day(*not_before)),
        F::WeakKey { bits, .. } => (sight::FAULT_WEAK_KEY, bits.to_string()),
        F::WeakSignature { algorithm, .. } => (sight::FAULT_WEAK_SIGNATURE, escape(algorithm)),
        F::NameMismatch { names, .. } if names.is_empty() => {
            (sight::FAULT_NAME, crate::strings::run::CHAIN_NO_NAMES.get(lang).to_owned())
        }
        F::NameMismatch { names, .. } => {
            (sight::FAULT_NAME, list(names.iter().map(String::as_str), NAMES, lang))
        }
        F::Revoked { .. } => (sight::FAULT_REVOKED, String::new()),
    };
    say(sentence, lang, &[("value", &value)])
}

const fn missing(what: MissingInformation) -> Str {
    match what {
        MissingInformation::SubjectAlternativeName => sight::MISSING_SAN,
        MissingInformation::ServerAuthentication => sight::MISSING_EKU,
        MissingInformation::BasicConstraints => sight::MISSING_BASIC,
        MissingInformation::AuthorityAsServer => sight::MISSING_CA_AS_SERVER,
        MissingInformation::Version1 => sight::MISSING_V1,
        MissingInformation::CriticalExtension => sight::MISSING_CRITICAL,
        MissingInformation::Constraints => sight::MISSING_CONSTRAINTS,
    }
}
