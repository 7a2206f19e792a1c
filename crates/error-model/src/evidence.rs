//! What was asked and what was seen: the whole input of [`crate::diagnose`]. No secret is part of it.

mod certificate;
mod connection;
mod dialogue;
mod dns;
mod observation;

pub use certificate::{
    Certificate, CertificateFault, KeyAlgorithm, MissingInformation, NameRelation, PublicKey,
};
pub use connection::{AlternativeOutcome, ConnectOutcome, GreetingOutcome, TlsOutcome, TlsVersion};
pub use dialogue::{
    ForeignProtocol, ProviderClue, Reply, ReplyStatus, SignInSkip, Transcript, TranscriptSide,
};
pub use dns::{DeniedClass, DnsOutcome, DnsRecord, DnsSubject, HostFault, is_dnssec_failure};
pub use observation::{DnsAnswerView, Observation};

use serde::{Deserialize, Serialize};

use crate::{Code, Endpoint, Lane};

/// Everything that a diagnosis rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// What was asked, without secrets.
    pub asked: Asked,
    /// When the run began, in seconds since the Unix epoch. `diagnose` has no other clock.
    pub started_at: i64,
    /// The run is over: no further evidence will come.
    pub finished: bool,
    /// What was seen, in any order: `seq` orders it.
    pub observations: Vec<Observed>,
}

/// The question: the settings of a run without its secrets.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Asked {
    /// The e-mail address as typed, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The IMAP server, where that lane was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imap: Option<Endpoint>,
    /// The SMTP server, where that lane was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smtp: Option<Endpoint>,
    /// The user name for IMAP; `None` without a sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imap_user: Option<String>,
    /// The user name for SMTP; `None` without a sign-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smtp_user: Option<String>,
    /// Whether both lanes sign in with the same user name and secret.
    #[serde(default)]
    pub same_credentials: bool,
    /// The secret is an OAuth token, not a password.
    #[serde(default)]
    pub token: bool,
    /// The person agreed to a sign-in although the TLS verdict isn't clean.
    #[serde(default)]
    pub allow_unclean_tls: bool,
    /// The code that the person saw in the product.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<Code>,
    /// The account was connected once.
    #[serde(default)]
    pub worked_before: bool,
}

impl Asked {
    /// The server asked for on a lane.
    #[must_use]
    pub fn endpoint(&self, lane: Lane) -> Option<&Endpoint> {
        match lane {
            Lane::Imap => self.imap.as_ref(),
            Lane::Smtp => self.smtp.as_ref(),
        }
    }

    /// The user name for a lane; `None` where no sign-in was asked for.
    #[must_use]
    pub fn user(&self, lane: Lane) -> Option<&str> {
        match lane {
            Lane::Imap => self.imap_user.as_deref(),
            Lane::Smtp => self.smtp_user.as_deref(),
        }
    }

    /// The domain of the e-mail address.
    #[must_use]
    pub fn mail_domain(&self) -> Option<&str> {
        self.email.as_deref()?.rsplit_once('@').map(|(_, domain)| domain).filter(|d| !d.is_empty())
    }
}

/// One observation with its place in the run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Observed {
    /// Position in the run, from 1; unique in a run. Findings cite it.
    pub seq: u32,
    /// Milliseconds since the run began.
    pub at_ms: u64,
    /// The lane that it speaks of.
    pub lane: Lane,
    /// What was seen.
    pub observation: Observation,
}
