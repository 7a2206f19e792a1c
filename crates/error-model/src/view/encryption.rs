//! The ways in which a port has no TLS to offer, or TLS without a certificate.

use super::LaneView;
use crate::{
    Step,
    evidence::{ForeignProtocol, Observation, ReplyStatus, TlsOutcome},
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

impl LaneView<'_> {
    /// How TLS is missing on the port asked for, where that's why the lane failed; and what shows it.
    pub fn no_tls_here(&self) -> Option<(Missing, u32)> {
        self.failed_at(Step::Tls)?;
        let own = self.own_protocol();
        self.find(|o| missing(o, own)).map(|(seq, how)| (how, seq))
    }
}

fn missing(observation: &Observation, own: ForeignProtocol) -> Option<Missing> {
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
