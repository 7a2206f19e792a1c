//! The lab's OpenID provider (npm's `oidc-provider`): issues tokens, and tells a Dovecot which of them are good (RFC 7662).

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use url::form_urlencoded;

use super::ca::Files;
use crate::client::rest;

use super::process::{Reaper, program, wait_for_line};

/// The host of the issuer.
pub const HOST: &str = "issuer.mail.test";
/// The relay's name at the issuer.
pub const CLIENT: &str = "mailtriage";
/// The relay's secret there.
pub const CLIENT_SECRET: &str = "mailtriage-secret-which-opens-nothing-but-the-lab";
/// What a token needs for the lab's mail server.
pub const SCOPE: &str = "imap";

/// The access tokens that are there from the start.
const TOKENS: [&str; 7] =
    ["good", "ended", "revoked", "for-files", "for-mail", "other-user", "without-scope"];

/// A running issuer.
pub struct Issuer {
    tokens: BTreeMap<&'static str, String>,
    /// Where it answers in clear.
    clear: SocketAddr,
    ledger: PathBuf,
    secret: PathBuf,
}

/// The configuration of a program whose client secret is in this file.
fn configuration(secret: &Path) -> String {
    format!(
        "[[oauth]]\nid = \"lab\"\nkind = \"https://{HOST}\"\nname = \"Lab Mail\"\nclient_id = \"{CLIENT}\"\n\
         client_secret_file = \"{}\"\nscopes = [\"openid\", \"email\", \"{SCOPE}\", \"smtp\"]\n",
        secret.display()
    )
}

impl Issuer {
    /// Starts the issuer at `tls`, with a second door in clear at `clear` for the mail server and for tests; returns when
    /// both answer.
    pub fn start(
        reaper: &mut Reaper,
        directory: &Path,
        tls: SocketAddr,
        clear: SocketAddr,
        files: &Files,
    ) -> Self {
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("oidc");
        assert!(
            home.join("node_modules/oidc-provider").is_dir(),
            "oidc-provider is missing: run `npm ci` in {}",
            home.display()
        );
        let ledger = directory.join("issuer-ledger");
        let door = |address: SocketAddr| json!({"address": address.ip(), "port": address.port()});
        let lab = json!({
            "issuer": format!("https://{HOST}"),
            "tls": door(tls),
            "clear": door(clear),
            "chain": files.chain,
            "key": files.key,
            // A loopback address is good with any port (RFC 8252 section 7.3).
            "redirects": ["http://127.0.0.1/oauth/callback", "http://127.0.0.1/api/v1/agent/oidc/callback"],
            "ledger": ledger,
        });
        let secret = directory.join("client-secret");
        std::fs::write(&secret, CLIENT_SECRET).expect("the lab's directory is writable");
        let log = directory.join("issuer-output");
        let mut command = Command::new(program("node", "nodejs"));
        command.current_dir(&home).arg("issuer.mjs").arg(lab.to_string());
        reaper.spawn(&mut command, true, &log);
        wait_for_line(&log, "listening");
        let tokens = TOKENS.map(|name| (name, wait_for_line(&log, &format!("token {name} "))));
        Self { tokens: tokens.into(), clear, ledger, secret }
    }

    /// The access token of this name.
    pub fn token(&self, name: &str) -> &str {
        self.tokens.get(name).unwrap_or_else(|| panic!("the issuer has no token {name}"))
    }

    /// Where it answers in clear.
    pub fn clear(&self) -> SocketAddr {
        self.clear
    }

    /// The configuration of a program that signs people in here, as the OAuth client `lab`.
    pub fn configuration(&self) -> String {
        configuration(&self.secret)
    }

    /// The configuration of a relay whose agents sign in here: the groups `support` and `lead`, and everybody at
    /// `desk.test`.
    pub fn agents_configuration(&self) -> String {
        format!(
            "[agents.oidc]\nissuer = \"https://{HOST}\"\nname = \"Lab Desk\"\nclient_id = \"{CLIENT}\"\n\
             client_secret_file = \"{}\"\nscopes = [\"email\", \"profile\", \"groups\"]\n\
             agents = [\"support\", \"@desk.test\"]\nleads = [\"lead\"]\n",
            self.secret.display()
        )
    }

    /// Does what a person would do in a browser, and gives the answer: `/lab/…` of `issuer.mjs`.
    pub async fn person(&self, path: &str, query: &[(&str, &str)]) -> String {
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
        let request =
            format!("GET /lab/{path}?{query} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.clear);
        let mut stream = TcpStream::connect(self.clear).await.expect("the issuer accepts");
        stream.write_all(request.as_bytes()).await.expect("the issuer reads");
        let answer = rest(stream).await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{path}: {answer}");
        answer.split_once("\r\n\r\n").expect("the answer has a body").1.to_owned()
    }

    /// Every secret of this kind that it gave out or was shown so far: `code`, `verifier`, `access_token`, `refresh_token`,
    /// `id_token`, `device_code`, `device_token` for a token
    /// that came of one, or `revoked` for what was taken back.
    pub fn ledger(&self, kind: &str) -> Vec<String> {
        let text = std::fs::read_to_string(&self.ledger).unwrap_or_default();
        text.lines().filter_map(|line| Some(line.strip_prefix(kind)?.strip_prefix(' ')?.to_owned())).collect()
    }
}

/// The part of Dovecot's `oauth2.conf` that asks the issuer at `clear`.
pub fn introspection(clear: SocketAddr) -> String {
    format!(
        "introspection_mode = post\n\
         introspection_url = http://mail-server:mail-server-secret-which-opens-nothing-but-the-lab@{clear}/token/introspection\n\
         active_attribute = active\nactive_value = true\nusername_attribute = sub\nscope = {SCOPE}\n"
    )
}
