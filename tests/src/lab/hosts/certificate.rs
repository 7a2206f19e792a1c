//! Hosts whose certificate isn't good.

use super::api::*;

pub(super) const HOSTS: &[Host] = &[
    host("self-signed", Cert::SelfSigned, EVERYTHING),
    host("default", Cert::Default, EVERYTHING),
    host("expired", Cert::Expired, EVERYTHING),
    host("not-yet-valid", Cert::NotYetValid, EVERYTHING),
    host("incomplete", Cert::ChainIncomplete, EVERYTHING),
    host("weak-key", Cert::WeakKey, RECEIVING),
    host("weak-signature", Cert::WeakSignature, RECEIVING),
    host("uncovered", Cert::OtherHost("covered.mail.test"), EVERYTHING),
    host("wrong-domain", Cert::OtherDomain, EVERYTHING),
    host("too.deep", Cert::Wildcard, EVERYTHING),
    host("unnamed", Cert::Good, &[script(993, Script::RefusesServerName)]),
    host("private", Cert::PrivateAuthority, EVERYTHING),
    host("distrusted", Cert::DistrustedAuthority, EVERYTHING),
    // Renewed where somebody looked, forgotten elsewhere.
    uneven(
        "renewed-for-starttls",
        Cert::Good,
        &[(993, Cert::Expired), (465, Cert::Expired)],
        // Dovecot has one certificate for an address, whatever the port.
        &[script(993, Script::Imap(Imap::USUAL)), IMAP, SMTPS, SUBMISSION],
    ),
    uneven("renewed-for-smtp", Cert::Good, &[(993, Cert::Expired), (143, Cert::Expired)], EVERYTHING),
    host("unknown", Cert::UnknownAuthority, EVERYTHING),
    host("no-alternative-name", Cert::NoAlternativeName, EVERYTHING),
    host("client-only", Cert::ClientOnly, EVERYTHING),
    host("version-1", Cert::Version1, RECEIVING),
    host("broken-signature", Cert::BrokenSignature, RECEIVING),
    host("inspected", Cert::Inspected, EVERYTHING),
    host("revoked", Cert::Revoked, EVERYTHING),
    host("not-revoked", Cert::NotRevoked, EVERYTHING),
    host("list-out-of-reach", Cert::ListOutOfReach, EVERYTHING),
    // Where certificates say that the list of revoked ones is.
    host("crl", Cert::Good, &[script(80, Script::RevocationListOverHttp)]),
    // Where the incomplete chain says that its issuer can be fetched.
    host("aia", Cert::Good, &[script(80, Script::IssuerOverHttp)]),
];
