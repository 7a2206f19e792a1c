//! A stand-in for Zendesk, on loopback: its page with a ticket, which frames an app by posting a signed token, and the script
//! of its apps framework. Browsers of [`visit_zendesk`] are told that both live here.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rcgen::{KeyPair, PKCS_RSA_SHA256};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::runtime;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::{ServerConfig, crypto::aws_lc_rs as provider, pki_types::PrivateKeyDer};

use super::{Page, is_of, relay::Relay, watched};

/// Where the agents work.
pub const ORIGIN: &str = "https://acme.zendesk.com";
/// Where the script comes from.
const SCRIPTS: &str = "https://static.zdassets.com";
/// The installation whose tokens are good.
pub const INSTALLATION: &str = "https://acme.zendesk.com/api/v2/apps/installations/42.json";

/// Its apps framework as far as an app needs it: messages of JSON between the frame and the page, as the real one's.
const SDK: &str = include_str!("zendesk/sdk.js");
/// The page with the ticket.
const TICKET: &str = include_str!("zendesk/ticket.html");

/// The stand-in. It ends with the process.
pub struct Zendesk {
    address: SocketAddr,
    key: KeyPair,
    page: Arc<Mutex<String>>,
}

impl Zendesk {
    /// Starts it, with a key of its own.
    ///
    /// # Panics
    /// When this machine has no port or no randomness.
    pub fn start() -> Self {
        let names = ["acme.zendesk.com", "static.zdassets.com"].map(str::to_owned);
        let pair = rcgen::generate_simple_self_signed(names).expect("a certificate can be made");
        let key = PrivateKeyDer::try_from(pair.signing_key.serialize_der()).expect("a key");
        let tls = ServerConfig::builder_with_provider(Arc::new(provider::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the provider has them")
            .with_no_client_auth()
            .with_single_cert(vec![pair.cert.der().clone()], key)
            .expect("the key fits");
        let page = Arc::new(Mutex::new(String::new()));
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("there's a port");
        let address = listener.local_addr().expect("it has an address");
        let served = Arc::clone(&page);
        std::thread::spawn(move || serve(listener, TlsAcceptor::from(Arc::new(tls)), &served));
        let key = KeyPair::generate_for(&PKCS_RSA_SHA256).expect("a key can be made");
        Self { address, key, page }
    }

    /// The public key, as the relay's configuration has it in a file.
    pub fn public_key(&self) -> String {
        self.key.public_key_pem()
    }

    /// A token for agent 4711, good for so many seconds.
    ///
    /// # Panics
    /// When it can't be signed.
    pub fn token(&self, seconds: i64) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs();
        let now = i64::try_from(now).expect("a time");
        let claims = json!({
            "iss": "acme.zendesk.com", "aud": INSTALLATION, "iat": now, "exp": now + seconds,
            "sub": format!("{ORIGIN}/api/v2/users/4711.json"),
        });
        let head = json!({"alg": "RS256", "typ": "JWT"});
        let said = [head, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
        let key = RsaKeyPair::from_pkcs8(&self.key.serialize_der()).expect("a key of RSA");
        let mut signature = vec![0; key.public_modulus_len()];
        key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), said.as_bytes(), &mut signature).expect("it signs");
        format!("{said}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// From now on the page has this ticket, and opens the relay's app with this token.
    ///
    /// # Panics
    /// When the server's thread did.
    pub fn put(&self, relay: &Relay, token: &str, ticket: &Value) {
        let page = TICKET
            .replace("__RELAY__", relay.origin())
            .replace("__TOKEN__", token)
            .replace("__TICKET__", &ticket.to_string());
        *self.page.lock().expect("the server runs") = page;
    }
}

fn serve(listener: std::net::TcpListener, tls: TlsAcceptor, page: &Arc<Mutex<String>>) {
    let runtime = runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be made");
    runtime.block_on(async {
        listener.set_nonblocking(true).expect("a socket has this mode");
        let listener = TcpListener::from_std(listener).expect("the socket is good");
        while let Ok((stream, _)) = listener.accept().await {
            let (tls, page) = (tls.clone(), Arc::clone(page));
            // A browser that goes away in the middle of an answer is no concern of the test.
            tokio::spawn(async move {
                let mut stream = tls.accept(stream).await.ok()?;
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    head.push(stream.read_u8().await.ok()?);
                }
                let head = String::from_utf8_lossy(&head).into_owned();
                let page = page.lock().expect("the test runs").clone();
                let (status, kind, body) = match head.split(' ').nth(1)? {
                    "/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js" => ("200 OK", "text/javascript", SDK.to_owned()),
                    "/agent/tickets/4711" => ("200 OK", "text/html; charset=utf-8", page),
                    _ => ("404 Not Found", "text/plain", String::new()),
                };
                let length = body.len();
                let answer = format!(
                    "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
                );
                stream.write_all(answer.as_bytes()).await.ok()?;
                stream.shutdown().await.ok()
            });
        }
    });
}

/// Opens a browser for which Zendesk is the stand-in. Asserts at the end that the console is empty and nobody but the stand-in
/// and the relay was asked.
///
/// # Panics
/// As [`super::visit`] does.
pub fn visit_zendesk(zendesk: &Zendesk, relay: &Relay, test: impl AsyncFnOnce(&Page)) {
    let at = zendesk.address;
    let rules = format!("--host-resolver-rules=MAP acme.zendesk.com {at}, MAP static.zdassets.com {at}");
    // The browser knows no authority for those names here.
    let flags = [rules.as_str(), "--ignore-certificate-errors"];
    let (console, mut foreign) = watched(&flags, ORIGIN, test);
    foreign.retain(|url| !is_of(relay, url) && !url.starts_with(SCRIPTS));
    assert!(console.is_empty(), "the console isn't empty: {console:#?}");
    assert!(foreign.is_empty(), "others than Zendesk and the relay were asked: {foreign:#?}");
}
