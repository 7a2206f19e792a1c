//! 005 to 007: a certificate that isn't good.

use tests::lab::program::Program;

use super::{CHECK, State, imap, smtp};

pub(super) const STATES: &[State] = &[
    // 005: a certificate that isn't secure
    imap("self-signed", "self-signed.mail.test", "005", "self-signed"),
    smtp("self-signed, by STARTTLS", "self-signed.mail.test:587/starttls", "005", "self-signed"),
    imap("the installer's certificate", "default.mail.test:143/starttls", "005", "default-certificate"),
    imap("expired", "expired.mail.test", "005", "expired"),
    smtp("expired, by STARTTLS", "expired.mail.test:587/starttls", "005", "expired"),
    imap("port 993 was forgotten at the renewal", "renewed-for-starttls.mail.test", "005", "expired")
        .offering_tried("143"),
    smtp("port 465 was forgotten at the renewal", "renewed-for-starttls.mail.test", "005", "expired")
        .offering_tried("587"),
    State {
        smtp: "renewed-for-smtp.mail.test",
        ..imap("the certificate was renewed for sending only", "renewed-for-smtp.mail.test", "005", "expired")
    },
    imap("not valid yet", "not-yet-valid.mail.test", "005", "not-yet-valid"),
    imap("the intermediate isn't sent", "incomplete.mail.test", "005", "chain-incomplete")
        .with(&["--allow-port", "80"]),
    imap("a key of 1024 bits", "weak-key.mail.test", "005", "weak-key-or-signature")
        .showing("RSA key of 1024 bits, too short to check a signature with"),
    imap("signed with SHA-1", "weak-signature.mail.test:143/starttls", "005", "weak-key-or-signature"),
    // 006: another name
    imap("another name of the domain", "uncovered.mail.test", "006", "name-not-covered")
        .offering("covered.mail.test"),
    smtp("another name, by STARTTLS", "uncovered.mail.test:587/starttls", "006", "name-not-covered")
        .offering("covered.mail.test"),
    imap("the hoster's certificate", "wrong-domain.mail.test", "006", "wrong-certificate")
        .offering("server7.hosting.test"),
    imap("two levels below the wildcard", "too.deep.mail.test", "006", "wildcard-too-shallow"),
    imap("an address was typed", "{good}", "006", "address-instead-of-name").offering("good.mail.test"),
    imap("the server rejects the name", "unnamed.mail.test", "006", "server-name-rejected"),
    imap("the server has another name for itself", "other-name.mail.test", "006", "server-name-rejected")
        .offering("unnamed.mail.test")
        .shown_by(Program::Scripted),
    // 007: can't be verified
    imap("a company's own root", "private.mail.test", "007", "private-authority"),
    smtp("a company's own root, by STARTTLS", "private.mail.test:587/starttls", "007", "private-authority"),
    imap("a root that every store took out", "distrusted.mail.test", "007", "distrusted-authority").likely(),
    imap("an unknown issuer", "unknown.mail.test", "007", "unknown-authority"),
    imap("the name is in the subject only", "no-alternative-name.mail.test", "007", "missing-information"),
    imap("not meant for servers", "client-only.mail.test", "007", "missing-information"),
    imap("X.509 version 1", "version-1.mail.test", "007", "missing-information"),
    // 008: on the authority's own list
    imap("the certificate is revoked", "revoked.mail.test", "008", "certificate-revoked"),
    smtp("revoked, by STARTTLS", "revoked.mail.test:587/starttls", "008", "certificate-revoked"),
    State {
        name: "the certificate isn't on the list of revoked ones",
        imap: "not-revoked.mail.test",
        smtp: "not-revoked.mail.test:587/starttls",
        ..CHECK
    },
    State {
        name: "the list of revoked certificates can't be had",
        imap: "list-out-of-reach.mail.test",
        smtp: "list-out-of-reach.mail.test:587/starttls",
        ..CHECK
    },
];
