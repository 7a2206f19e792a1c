//! The handshake, with a verifier that keeps the chain and answers later: whether the certificate is clean is decided
//! by [`crate::certificate`], and until then nothing but the handshake itself is sent.

pub(crate) mod hello;
mod outcome;
mod verifier;

use std::sync::Arc;

use error_model::evidence::{KeyAlgorithm, TlsOutcome};
use tokio::{io::AsyncReadExt, time::timeout};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{
        ClientConfig, ProtocolVersion,
        crypto::{CryptoProvider, aws_lc_rs},
        pki_types::{CertificateDer, ServerName},
    },
};

use crate::{certificate::describe, host::Host, limits, stream::Tap};
use verifier::{ClientAuthProbe, Recorder};

/// What a handshake brought.
pub(crate) struct Handshake {
    pub outcome: TlsOutcome,
    /// The certificates as sent, the server's own first.
    pub chain: Vec<CertificateDer<'static>>,
    /// The encrypted connection, where it stands.
    pub stream: Option<Box<TlsStream<Tap>>>,
    /// The first application bytes, where waiting for a late refusal read some.
    pub early: Vec<u8>,
}

/// Speaks TLS with `name` as the server name (SNI); an address sends none (RFC 6066 §3).
pub(crate) async fn handshake(tap: Tap, name: &Host) -> Handshake {
    let Some(server_name) = server_name(name) else {
        let detail = "the host name can't be a TLS server name".to_owned();
        return Handshake {
            outcome: TlsOutcome::Broken { detail },
            chain: vec![],
            stream: None,
            early: vec![],
        };
    };
    let recorder = Arc::new(Recorder::new(provider()));
    let client_auth = Arc::new(ClientAuthProbe::default());
    let connector = TlsConnector::from(Arc::new(config(&recorder, &client_auth)));
    let mut connecting = Box::pin(connector.connect(server_name, tap).into_fallible());
    let result = timeout(limits::TLS, &mut connecting).await;
    let chain = recorder.chain();
    match result {
        Err(_) => Handshake { outcome: TlsOutcome::TimedOut, chain, stream: None, early: vec![] },
        Ok(Err((error, tap))) => {
            let seen = outcome::Seen {
                first: tap.first(),
                certificate: !chain.is_empty(),
                client_certificate_wanted: client_auth.asked(),
            };
            let mut outcome = outcome::of_error(&error, seen);
            if let TlsOutcome::CertificateUnusable { detail } = &mut outcome
                && let Some(reason) = chain.first().and_then(unverifiable)
            {
                *detail = reason;
            }
            Handshake { outcome, chain, stream: None, early: vec![] }
        }
        Ok(Ok(stream)) => established(Box::new(stream), chain, client_auth.asked()).await,
    }
}

/// The handshake seems done. A TLS 1.3 server that wants a client certificate says no only now: read once more.
async fn established(
    mut stream: Box<TlsStream<Tap>>,
    chain: Vec<CertificateDer<'static>>,
    client_certificate_wanted: bool,
) -> Handshake {
    let outcome = outcome::of_session(stream.get_ref().1);
    let tls13 = stream.get_ref().1.protocol_version() == Some(ProtocolVersion::TLSv1_3);
    let mut early = Vec::new();
    if client_certificate_wanted && tls13 {
        let mut buffer = vec![0; limits::FIRST_BYTES];
        match timeout(limits::TLS_LATE_REFUSAL, stream.read(&mut buffer)).await {
            Ok(Ok(n)) if n > 0 => early = buffer[..n].to_vec(),
            Ok(_) => {
                let outcome = TlsOutcome::ClientCertificateRequired;
                return Handshake { outcome, chain, stream: None, early };
            }
            Err(_) => {}
        }
    }
    Handshake { outcome, chain, stream: Some(stream), early }
}

/// Why the server's signature in the handshake couldn't be checked, where the key is to blame: aws-lc takes no RSA key
/// below 2048 bits, and rustls then calls the signature a bad one.
fn unverifiable(leaf: &CertificateDer<'_>) -> Option<String> {
    let key = describe(leaf)?.key;
    let short = key.algorithm == KeyAlgorithm::Rsa && key.bits < 2048;
    short.then(|| format!("RSA key of {} bits, too short to check a signature with", key.bits))
}

fn server_name(host: &Host) -> Option<ServerName<'static>> {
    match host {
        Host::Name(name) => ServerName::try_from(name.clone()).ok(),
        Host::Address(address) => Some(ServerName::IpAddress((*address).into())),
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(aws_lc_rs::default_provider())
}

fn config(recorder: &Arc<Recorder>, client_auth: &Arc<ClientAuthProbe>) -> ClientConfig {
    let mut config = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .expect("the default provider has suites for TLS 1.2 and 1.3")
        .dangerous()
        .with_custom_certificate_verifier(Arc::<Recorder>::clone(recorder))
        .with_client_cert_resolver(Arc::<ClientAuthProbe>::clone(client_auth));
    // A resumed session would send no certificate to look at.
    config.resumption = tokio_rustls::rustls::client::Resumption::disabled();
    config
}
