//! What the rules about TLS and certificates share: a fault of the verdict becomes a claim.

use crate::{
    Field, Step, Tried,
    evidence::{CertificateFault, NameRelation, Observation, TlsVersion},
    view::{Claim, LaneView},
};

impl<'a> LaneView<'a> {
    /// The claim of a cause whose faults `is` takes. The verdict lists only what holds, so each fault is proven.
    pub fn certificate_claim(&self, is: impl Fn(&CertificateFault) -> bool) -> Option<Claim> {
        let seen: Vec<u32> = self
            .certificate_faults()
            .into_iter()
            .filter(|(_, fault)| is(fault))
            .map(|(seq, _)| seq)
            .collect();
        (!seen.is_empty()).then(|| Claim::proven(Step::Certificate, seen).suggest_clean_port(self))
    }

    /// The claim of a cause of 006: the names stand to the host in this `relation`. Names that the certificate covers
    /// are offered where they lead to the same server: only there is it certain that the mailbox is behind them.
    pub fn name_claim(&self, relation: NameRelation) -> Option<Claim> {
        let claim = self.certificate_claim(
            |fault| matches!(fault, CertificateFault::NameMismatch { relation: r, .. } if *r == relation),
        )?;
        let names = self.all(|o| match o {
            Observation::CertificateName { name, same_address: true } => {
                (!name.eq_ignore_ascii_case(&self.endpoint.host)).then_some(name)
            }
            _ => None,
        });
        let field = Field::host(self.lane);
        let offer = |claim: Claim, (_, name): (u32, &'a String)| {
            claim.suggest(field, name, self.tried_host(name).map(|_| Tried::Works))
        };
        Some(names.into_iter().fold(claim, offer))
    }

    /// The verdict that knows the issuer as a product that intercepts TLS.
    pub fn interception(&self) -> Option<u32> {
        self.certificate_faults()
            .into_iter()
            .find(|(_, fault)| matches!(fault, CertificateFault::InterceptionProduct { .. }))
            .map(|(seq, _)| seq)
    }

    /// The version with which the server answered the follow-up hello that offers everything old.
    pub fn old_hello_answered(&self) -> Option<(u32, TlsVersion)> {
        self.find(|o| match o {
            Observation::LegacyTls { version } => Some(*version),
            _ => None,
        })
    }

    /// Hellos of every version with every method in use were refused: nothing that was offered is to blame.
    pub fn every_hello_refused(&self) -> bool {
        self.observed().any(|(_, o)| matches!(o, Observation::EveryHelloRefused { .. }))
    }
}

impl Claim {
    /// Another port of the same host that serves a clean certificate: a way round the fault until it's mended.
    pub fn suggest_clean_port(self, view: &LaneView<'_>) -> Self {
        let clean = view.better_setting().filter(|better| better.tried == Tried::Works);
        self.suggest_better(view, clean)
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        Cause, Confidence, Field, Lane, Security, Step, Tried,
        evidence::{AlternativeOutcome, CertificateFault},
        testing::{
            tls::{imaps, other_name, verdict},
            tried,
        },
    };

    #[test]
    fn a_port_with_a_clean_certificate_is_offered() {
        let diagnosis = imaps()
            .saw(Lane::Imap, verdict([CertificateFault::SelfSigned]))
            .saw(Lane::Imap, tried(143, Security::StartTls, AlternativeOutcome::Works))
            .expect(Cause::SelfSigned, Confidence::Proven);
        let suggestions = &diagnosis.headline().unwrap().suggestions;
        let offered: Vec<_> = suggestions.iter().map(|s| (s.field, s.value.as_str(), s.tried)).collect();
        assert_eq!(
            offered,
            [
                (Field::ImapPort, "143", Some(Tried::Works)),
                (Field::ImapSecurity, "starttls", Some(Tried::Works)),
            ]
        );
    }

    #[test]
    fn several_faults_are_listed_in_the_order_of_the_catalogue() {
        let diagnosis = imaps()
            .saw(
                Lane::Imap,
                verdict([
                    CertificateFault::Revoked { index: 0 },
                    other_name(),
                    CertificateFault::Expired { index: 0, not_after: 1 },
                    CertificateFault::PrivateAuthority { root: "CN=Example Root".into() },
                    CertificateFault::SelfSigned,
                    CertificateFault::Unreadable { index: 1 },
                ]),
            )
            .diagnose();
        let lane = diagnosis.lanes.imap.unwrap();
        assert_eq!(lane.step, Step::Certificate);
        let causes: Vec<Cause> = lane.findings.iter().map(|f| f.cause).collect();
        assert_eq!(
            causes,
            [
                Cause::CertificateUnreadable,
                Cause::SelfSigned,
                Cause::PrivateAuthority,
                Cause::Expired,
                Cause::NameNotCovered,
                Cause::CertificateRevoked,
            ]
        );
    }
}
