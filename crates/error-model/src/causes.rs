//! Every cause of the catalogue, in catalogue order. One file each: identifier, texts, rule, tests.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    Code,
    texts::Texts,
    view::{Claim, LaneView},
};

/// What every cause file needs.
mod rule_api {
    pub(super) use crate::{
        Code, Field, Lane, Security, Step, Tried,
        evidence::*,
        texts::Texts,
        view::{Claim, LaneView, Missing, Refusal},
    };
}

/// What the tests of a cause need besides.
#[cfg(test)]
mod test_api {
    pub(super) use super::Cause;
    pub(super) use crate::{Confidence::*, testing::*};
}

/// The Japanese and the English file of a cause; a missing one fails the build.
macro_rules! texts {
    ($path:literal) => {
        Texts {
            ja: include_str!(concat!("../../catalogue/", $path, ".ja.md")),
            en: include_str!(concat!("../../catalogue/", $path, ".en.md")),
        }
    };
}

// Declared here and not by the macro below, because rustfmt follows only what it can read.
mod access_disabled;
mod account_locked;
mod address_instead_of_name;
mod ambiguous_refusal;
mod app_password_required;
mod authorisation_revoked;
mod certificate_revoked;
mod certificate_unreadable;
mod chain_incomplete;
mod client_certificate_required;
mod connection_dropped;
mod consent_missing;
mod default_certificate;
mod different_account;
mod different_sending_credentials;
mod distrusted_authority;
mod dns_failure;
mod expired;
mod handshake_failed;
mod host_down;
mod host_name_invalid;
mod host_name_misspelled;
mod host_name_unknown;
mod host_without_address;
mod identity_mismatch;
mod large_mailbox;
mod location_blocked;
mod mail_domain_dead;
mod mailbox_not_licensed;
mod mailbox_unavailable;
mod missing_information;
mod name_not_covered;
mod no_common_cipher;
mod no_common_mechanism;
mod no_route;
mod not_yet_valid;
mod outbound_25_blocked;
mod plaintext_on_tls_port;
mod port_closed;
mod port_filtered;
mod private_address;
mod private_authority;
mod refused_by_policy;
mod security_mode_mismatch;
mod self_signed;
mod server_name_rejected;
mod server_silent;
mod server_slow;
mod server_unavailable;
mod sign_in_needs_tls;
mod sign_in_stalled;
mod single_sign_on;
mod smtp_auth_disabled;
mod temporary_refusal;
mod tls_interrupted_by_proxy;
mod tls_missing_on_one_service;
mod tls_not_configured;
mod tls_not_offered;
mod tls_on_another_port;
mod tls_version_too_old;
mod unexplained;
mod unknown_authority;
mod unrecognised_reply;
mod user_name_format;
mod weak_key_or_signature;
mod wildcard_too_shallow;
mod works_from_here;
mod wrong_certificate;
mod wrong_credentials;
mod wrong_service_on_port;

macro_rules! causes {
    ($($file:ident $name:ident $code:ident;)+) => {
        /// A cause of the catalogue. Identifiers are stable: never renamed, never reused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Cause {
            $(#[doc = concat!("`", stringify!($file), "` of code ", stringify!($code), ".")] $name,)+
        }

        impl Cause {
            /// Every cause, in catalogue order.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The stable identifier, `name-not-covered`.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $file::ID,)+ }
            }

            /// The code that the cause belongs to.
            #[must_use]
            pub const fn code(self) -> Code {
                match self { $(Self::$name => Code::$code,)+ }
            }

            /// What people read about it.
            #[must_use]
            pub const fn texts(self) -> Texts {
                match self { $(Self::$name => $file::TEXTS,)+ }
            }

            /// What the evidence of a lane says about it.
            pub(crate) fn rule(self, view: &LaneView<'_>) -> Option<Claim> {
                match self { $(Self::$name => $file::rule(view),)+ }
            }
        }
    };
}

causes! {
    host_name_misspelled HostNameMisspelled E001;
    host_name_unknown HostNameUnknown E001;
    host_name_invalid HostNameInvalid E001;
    host_without_address HostWithoutAddress E001;
    mail_domain_dead MailDomainDead E001;
    dns_failure DnsFailure E001;
    no_route NoRoute E001;
    private_address PrivateAddress E001;
    port_closed PortClosed E002;
    wrong_service_on_port WrongServiceOnPort E002;
    security_mode_mismatch SecurityModeMismatch E002;
    port_filtered PortFiltered E002;
    outbound_25_blocked Outbound25Blocked E002;
    refused_by_policy RefusedByPolicy E002;
    server_silent ServerSilent E002;
    server_slow ServerSlow E002;
    server_unavailable ServerUnavailable E002;
    connection_dropped ConnectionDropped E002;
    host_down HostDown E002;
    unrecognised_reply UnrecognisedReply E003;
    works_from_here WorksFromHere E003;
    unexplained Unexplained E003;
    tls_not_offered TlsNotOffered E004;
    tls_not_configured TlsNotConfigured E004;
    plaintext_on_tls_port PlaintextOnTlsPort E004;
    tls_on_another_port TlsOnAnotherPort E004;
    tls_missing_on_one_service TlsMissingOnOneService E004;
    self_signed SelfSigned E005;
    chain_incomplete ChainIncomplete E005;
    expired Expired E005;
    not_yet_valid NotYetValid E005;
    default_certificate DefaultCertificate E005;
    weak_key_or_signature WeakKeyOrSignature E005;
    server_name_rejected ServerNameRejected E006;
    wrong_certificate WrongCertificate E006;
    name_not_covered NameNotCovered E006;
    wildcard_too_shallow WildcardTooShallow E006;
    address_instead_of_name AddressInsteadOfName E006;
    private_authority PrivateAuthority E007;
    distrusted_authority DistrustedAuthority E007;
    unknown_authority UnknownAuthority E007;
    missing_information MissingInformation E007;
    tls_version_too_old TlsVersionTooOld E008;
    no_common_cipher NoCommonCipher E008;
    handshake_failed HandshakeFailed E008;
    certificate_unreadable CertificateUnreadable E008;
    certificate_revoked CertificateRevoked E008;
    client_certificate_required ClientCertificateRequired E008;
    tls_interrupted_by_proxy TlsInterruptedByProxy E008;
    wrong_credentials WrongCredentials E009;
    user_name_format UserNameFormat E009;
    different_sending_credentials DifferentSendingCredentials E009;
    app_password_required AppPasswordRequired E009;
    single_sign_on SingleSignOn E009;
    access_disabled AccessDisabled E009;
    no_common_mechanism NoCommonMechanism E009;
    sign_in_needs_tls SignInNeedsTls E009;
    account_locked AccountLocked E009;
    location_blocked LocationBlocked E009;
    temporary_refusal TemporaryRefusal E009;
    ambiguous_refusal AmbiguousRefusal E009;
    smtp_auth_disabled SmtpAuthDisabled Auth;
    identity_mismatch IdentityMismatch Auth;
    consent_missing ConsentMissing Auth;
    mailbox_not_licensed MailboxNotLicensed Auth;
    sign_in_stalled SignInStalled FirstSync;
    large_mailbox LargeMailbox FirstSync;
    mailbox_unavailable MailboxUnavailable FirstSync;
    authorisation_revoked AuthorisationRevoked Reconnect;
    different_account DifferentAccount Reconnect;
}

impl Cause {
    /// Reads an identifier. `None`: no such cause.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|cause| cause.id() == id)
    }

    /// The causes of a code, in catalogue order.
    pub fn of(code: Code) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |cause| cause.code() == code)
    }
}

impl std::fmt::Display for Cause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

impl Serialize for Cause {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for Cause {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        Self::parse(&id).ok_or_else(|| serde::de::Error::custom(format_args!("no cause is called {id:?}")))
    }
}
