//! Certificates and their faults.

use error_model::evidence::{Certificate, CertificateFault as Fault, PublicKey};

use super::fields::Fields;

pub(super) fn certificate(f: Fields<'_>) -> Option<Certificate> {
    let key = f.inner("key")?;
    Some(Certificate {
        subject: f.text("subject")?,
        issuer: f.text("issuer")?,
        common_name: f.text("common_name"),
        names: f.texts("names"),
        not_before: f.moment("not_before")?,
        not_after: f.moment("not_after")?,
        serial: f.text("serial")?,
        key: PublicKey { algorithm: key.word("algorithm")?, bits: key.number("bits")? },
        signature: f.text("signature")?,
        authority: f.flag("authority"),
        self_signed: f.flag("self_signed"),
        sha256: f.text("sha256")?,
    })
}

pub(super) fn fault(f: Fields<'_>) -> Option<Fault> {
    let index = f.number("index");
    Some(match f.tag("fault")? {
        "unreadable" => Fault::Unreadable { index: index? },
        "broken-signature" => Fault::BrokenSignature { index: index? },
        "self-signed" => Fault::SelfSigned,
        "default-certificate" => Fault::DefaultCertificate { sign: f.text("sign")? },
        "chain-incomplete" => {
            Fault::ChainIncomplete { missing: f.text("missing")?, completed: f.flag("completed") }
        }
        "private-authority" => Fault::PrivateAuthority { root: f.text("root")? },
        "distrusted-authority" => {
            Fault::DistrustedAuthority { root: f.text("root")?, certain: f.flag("certain") }
        }
        "unknown-authority" => Fault::UnknownAuthority { issuer: f.text("issuer")? },
        "interception-product" => Fault::InterceptionProduct { product: f.text("product")? },
        "missing-information" => Fault::MissingInformation { index: index?, what: f.word("what")? },
        "expired" => Fault::Expired { index: index?, not_after: f.moment("not_after")? },
        "not-yet-valid" => Fault::NotYetValid { index: index?, not_before: f.moment("not_before")? },
        "weak-key" => Fault::WeakKey { index: index?, bits: f.number("bits")? },
        "weak-signature" => Fault::WeakSignature { index: index?, algorithm: f.text("algorithm")? },
        "name-mismatch" => Fault::NameMismatch { relation: f.word("relation")?, names: f.texts("names") },
        "revoked" => Fault::Revoked { index: index? },
        _ => return None,
    })
}
