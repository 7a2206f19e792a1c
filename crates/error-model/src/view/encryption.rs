//! The ways in which a port has no TLS to offer, or TLS without a certificate.

use super::LaneView;
use crate::{
    Security, Step,
    evidence::{Observation, ReplyStatus, SignInSkip, TlsOutcome},
};

/// How TLS is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    /// STARTTLS isn't advertised.
    NotOffered,
    /// STARTTLS is advertised and refused.
    Refused,
    /// The handshake ended without a certificate.
    NoCertificate,
    /// The lane's own service speaks in clear where TLS was expected.
    Plaintext,
    /// Something speaks in clear where TLS was expected; nobody knows what.
    UnknownPlaintext,
}

/// TLS is missing on the port asked for.
#[derive(Debug, Clone)]
pub(crate) struct NoTls {
    pub how: Missing,
    pub step: Step,
    pub seen: Vec<u32>,
}

impl LaneView<'_> {
    /// How TLS is missing on the port asked for, where that's why the lane failed.
    pub fn no_tls_here(&self) -> Option<NoTls> {
        match self.failed_step()? {
            Step::Tls => {
                let own = self.own_protocol();
                let (seq, how) = self.find(|o| missing(o, own))?;
                Some(NoTls { how, step: Step::Tls, seen: vec![seq] })
            }
            Step::Capabilities if self.endpoint.security == Security::Plain => self.nothing_to_upgrade_to(),
            _ => None,
        }
    }

    /// The form says 'none', the sign-in was left out for that reason, and there's no STARTTLS to turn to.
    fn nothing_to_upgrade_to(&self) -> Option<NoTls> {
        let (list, ()) = self.find(|o| {
            matches!(o, Observation::Capabilities { inside_tls: false, starttls: false, .. }).then_some(())
        })?;
        let (skipped, ()) = self.find(|o| {
            matches!(o, Observation::SignInSkipped { reason: SignInSkip::NotEncrypted }).then_some(())
        })?;
        Some(NoTls { how: Missing::NotOffered, step: Step::Capabilities, seen: vec![list, skipped] })
    }
}

fn missing(observation: &Observation, own: crate::evidence::ForeignProtocol) -> Option<Missing> {
    match observation {
        Observation::StartTls { offered: false, .. } => Some(Missing::NotOffered),
        Observation::StartTls { reply: Some(reply), .. } => match (reply.status, reply.code) {
            // RFC 3207 §4: 454 is 'TLS not available due to temporary reason', and seldom passes by itself.
            (ReplyStatus::No | ReplyStatus::Bad, _) | (ReplyStatus::Later, Some(454)) => {
                Some(Missing::Refused)
            }
            _ => None,
        },
        Observation::TlsHandshake { outcome: TlsOutcome::NoCertificate, .. } => Some(Missing::NoCertificate),
        Observation::TlsHandshake { outcome: TlsOutcome::Plaintext { protocol }, .. } => match protocol {
            None => Some(Missing::UnknownPlaintext),
            Some(protocol) => (*protocol == own).then_some(Missing::Plaintext),
        },
        _ => None,
    }
}
