//! What the rules about TLS and certificates share: a fault of the verdict becomes a claim.

use crate::{
    Step, Tried,
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
        if seen.is_empty() {
            return None;
        }
        // The other service of the host has a certificate in order: then it's there, only not everywhere.
        let sister = self
            .other()
            .filter(|other| other.endpoint.host.eq_ignore_ascii_case(&self.endpoint.host))
            .and_then(|other| other.certificate_is_clean());
        Some(Claim::proven(Step::Certificate, seen.into_iter().chain(sister)).suggest_clean_port(self))
    }

    /// The claim of a cause of 006: the names stand to the host in this `relation`. Names that the certificate covers
    /// are offered where they lead to the same server: only there is it certain that the mailbox is behind them.
    pub fn name_claim(&self, relation: NameRelation) -> Option<Claim> {
        let claim = self.certificate_claim(
            |fault| matches!(fault, CertificateFault::NameMismatch { relation: r, .. } if *r == relation),
        )?;
        Some(self.certificate_names().into_iter().fold(claim, |claim, name| claim.suggest_host(self, name)))
    }

    /// The names of the certificate that lead to the server asked for, other than the name asked for.
    pub fn certificate_names(&self) -> Vec<&'a str> {
        let names = self.all(|o| match o {
            Observation::CertificateName { name, same_address: true } => {
                (!name.eq_ignore_ascii_case(&self.endpoint.host)).then_some(name.as_str())
            }
            _ => None,
        });
        names.into_iter().map(|(_, name)| name).collect()
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
            tls::{both_lanes, imaps, other_name, verdict},
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
    fn the_clean_certificate_of_the_other_service_is_cited() {
        for fault in [
            CertificateFault::SelfSigned,
            CertificateFault::Expired { index: 0, not_after: 1 },
            CertificateFault::ChainIncomplete { missing: "CN=Example Issuing CA".into(), completed: true },
            other_name(),
        ] {
            let diagnosis =
                both_lanes().saw(Lane::Imap, verdict([fault])).saw(Lane::Smtp, verdict([])).diagnose();
            assert_eq!(diagnosis.headline().unwrap().observations, [1, 2]);
        }
    }

    #[test]
    fn another_host_that_works_with_the_same_port_is_no_other_port() {
        let elsewhere = tried(993, Security::Tls, AlternativeOutcome::Works);
        let diagnosis = imaps()
            .saw(Lane::Imap, verdict([CertificateFault::SelfSigned]))
            .saw(Lane::Imap, elsewhere)
            .saw(Lane::Imap, tried(143, Security::StartTls, AlternativeOutcome::Works))
            .expect(Cause::SelfSigned, Confidence::Proven);
        assert_eq!(diagnosis.headline().unwrap().suggestions[0].value, "143");
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
