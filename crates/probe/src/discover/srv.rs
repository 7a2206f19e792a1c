//! SRV records of mail services (RFC 6186 §3, RFC 8314 §5.1): implicit TLS first.

use error_model::{
    Endpoint, Security,
    discovery::{FoundSettings, SettingsSource},
};

use super::Address;
use crate::engine::Engine;

pub(super) async fn ask(engine: &Engine, address: &Address) -> Option<FoundSettings> {
    let find = |service: &'static str, security| async move {
        let name = format!("_{service}._tcp.{}", address.domain);
        let (host, port) = engine.names.service(&name).await?;
        Some(Endpoint { host, port, security })
    };
    let (imaps, imap, submissions, submission) = futures::join!(
        find("imaps", Security::Tls),
        find("imap", Security::StartTls),
        find("submissions", Security::Tls),
        find("submission", Security::StartTls),
    );
    Some(FoundSettings {
        imap: imaps.or(imap),
        smtp: submissions.or(submission),
        ..FoundSettings::new(SettingsSource::Srv, address.domain.clone())
    })
}
