//! 005 default-certificate: the certificate is the one that the mail program or panel made when it was installed.

use super::rule_api::*;

pub(super) const ID: &str = "default-certificate";
pub(super) const TEXTS: Texts = texts!("005/default-certificate");

pub(super) fn rule(view: &LaneView<'_>) -> Option<Claim> {
    view.certificate_claim(|fault| matches!(fault, CertificateFault::DefaultCertificate { .. }))
}

#[cfg(test)]
mod tests {
    use super::super::test_api::*;
    use super::*;
    use crate::testing::tls::*;

    #[test]
    fn a_default_says_more_than_self_signed() {
        let diagnosis = imaps()
            .saw(
                Lane::Imap,
                verdict([
                    CertificateFault::SelfSigned,
                    CertificateFault::DefaultCertificate { sign: "localhost".into() },
                ]),
            )
            .expect(Cause::DefaultCertificate, Proven);
        assert_eq!(diagnosis.lanes.imap.unwrap().findings[1].cause, Cause::SelfSigned);
    }

    #[test]
    fn a_self_made_certificate_with_a_real_name_is_no_default() {
        imaps()
            .saw(Lane::Imap, verdict([CertificateFault::SelfSigned]))
            .expect_not(Cause::DefaultCertificate);
    }
}
