//! The domain's own configuration file, in the format of Mozilla's ISPDB, at both well-known places.

use std::time::Duration;

use error_model::{
    Endpoint, Security,
    discovery::{FoundSettings, SettingsSource},
};
use serde::Deserialize;

use super::Address;
use crate::{
    engine::Engine,
    fetch::{Allowance, get},
    host::Host,
};

/// Configuration files have a few kilobytes; hosters redirect to a common one.
const ALLOWANCE: Allowance = Allowance { time: Duration::from_secs(6), size: 64 * 1024, redirects: 3 };

pub(super) async fn ask(engine: &Engine, address: &Address) -> Option<FoundSettings> {
    let Address { whole, domain, .. } = address;
    let email: String = url::form_urlencoded::byte_serialize(whole.as_bytes()).collect();
    let places = [
        format!("https://autoconfig.{domain}/mail/config-v1.1.xml?emailaddress={email}"),
        format!("https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml"),
        format!("http://autoconfig.{domain}/mail/config-v1.1.xml"),
    ];
    let answers = futures::future::join_all(places.iter().map(|place| get(engine, place, ALLOWANCE))).await;
    places.iter().zip(answers).find_map(|(place, answer)| {
        let source = if place.starts_with("https:") {
            SettingsSource::Autoconfig
        } else {
            SettingsSource::InsecureAutoconfig
        };
        let text = String::from_utf8(answer?.to_vec()).ok()?;
        let from = place.split('?').next().unwrap_or(place).to_owned();
        read(&text, address).map(|(imap, smtp, user)| FoundSettings { source, from, imap, smtp, user })
    })
}

/// The first IMAP and the first SMTP server of a file that can be used, and the user name of the former.
fn read(xml: &str, address: &Address) -> Option<(Option<Endpoint>, Option<Endpoint>, Option<String>)> {
    let file: ClientConfig = quick_xml::de::from_str(xml).ok()?;
    let provider = file.provider;
    let imap = best(&provider.incoming, "imap", address);
    let smtp = best(&provider.outgoing, "smtp", address);
    let user = imap.as_ref().and_then(|(_, user)| user.clone());
    let (imap, smtp) = (imap.map(|(endpoint, _)| endpoint), smtp.map(|(endpoint, _)| endpoint));
    (imap.is_some() || smtp.is_some()).then_some((imap, smtp, user))
}

/// The servers are listed the preferred first; those that need TLS come before those without.
fn best(servers: &[Server], kind: &str, address: &Address) -> Option<(Endpoint, Option<String>)> {
    let mut usable: Vec<_> =
        servers.iter().filter(|s| s.kind == kind).filter_map(|s| s.endpoint(address)).collect();
    usable.sort_by_key(|(endpoint, _)| endpoint.security);
    usable.into_iter().next()
}

#[derive(Deserialize)]
struct ClientConfig {
    #[serde(rename = "emailProvider")]
    provider: EmailProvider,
}

#[derive(Deserialize)]
struct EmailProvider {
    #[serde(rename = "incomingServer", default)]
    incoming: Vec<Server>,
    #[serde(rename = "outgoingServer", default)]
    outgoing: Vec<Server>,
}

#[derive(Deserialize)]
struct Server {
    #[serde(rename = "@type")]
    kind: String,
    hostname: String,
    port: u16,
    #[serde(rename = "socketType")]
    socket: String,
    #[serde(default)]
    username: Vec<String>,
}

impl Server {
    /// The server with its placeholders filled in; `None` where it isn't one that can be asked.
    fn endpoint(&self, address: &Address) -> Option<(Endpoint, Option<String>)> {
        let security = match self.socket.as_str() {
            "SSL" => Security::Tls,
            "STARTTLS" => Security::StartTls,
            "plain" => Security::Plain,
            _ => return None,
        };
        let host = Host::parse(&fill(&self.hostname, address)).ok()?.to_string();
        let user = self.username.first().map(|user| fill(user, address));
        let user = user.filter(|user| !user.chars().any(error_model::text::is_control) && user.len() <= 320);
        (self.port != 0).then_some((Endpoint { host, port: self.port, security }, user))
    }
}

/// The placeholders of the format.
fn fill(text: &str, address: &Address) -> String {
    text.trim()
        .replace("%EMAILADDRESS%", &address.whole)
        .replace("%EMAILLOCALPART%", &address.local)
        .replace("%EMAILDOMAIN%", &address.domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anna() -> Address {
        Address { whole: "anna@example.com".into(), local: "anna".into(), domain: "example.com".into() }
    }

    const FILE: &str = r#"<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="example.com">
        <domain>example.com</domain><displayName>Example</displayName>
        <incomingServer type="pop3"><hostname>pop.example.com</hostname><port>995</port><socketType>SSL</socketType>
          <username>%EMAILADDRESS%</username><authentication>password-cleartext</authentication></incomingServer>
        <incomingServer type="imap"><hostname>imap.%EMAILDOMAIN%</hostname><port>143</port>
          <socketType>STARTTLS</socketType><username>%EMAILLOCALPART%</username></incomingServer>
        <incomingServer type="imap"><hostname>imap.%EMAILDOMAIN%</hostname><port>993</port>
          <socketType>SSL</socketType><username>%EMAILADDRESS%</username></incomingServer>
        <outgoingServer type="smtp"><hostname>smtp.example.com</hostname><port>587</port>
          <socketType>STARTTLS</socketType></outgoingServer></emailProvider></clientConfig>"#;

    #[test]
    fn the_servers_with_tls_from_the_first_byte_come_first() {
        let (imap, smtp, user) = read(FILE, &anna()).unwrap();
        let imap = imap.unwrap();
        assert_eq!((imap.host.as_str(), imap.port, imap.security), ("imap.example.com", 993, Security::Tls));
        assert_eq!(smtp.unwrap().port, 587);
        assert_eq!(user.as_deref(), Some("anna@example.com"));
    }

    #[test]
    fn a_hostile_file_is_harmless() {
        let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>"#;
        for xml in [
            "",
            "<clientConfig>",
            &format!("{bomb}{}", FILE.replace("smtp.example.com", "&b;")),
            &FILE.replace("143", "0").replace("993", "99999").replace("587", "0"),
            &FILE.replace("imap.%EMAILDOMAIN%", "http://169.254.169.254/").replace("smtp.example.com", "a b"),
            &"<a>".repeat(10_000),
        ] {
            let servers = read(xml, &anna()).map(|(imap, smtp, _)| [imap, smtp]);
            let hosts = servers.into_iter().flatten().flatten().map(|e| e.host);
            assert!(hosts.clone().all(|h| h.ends_with("example.com")), "{:?}", hosts.collect::<Vec<_>>());
        }
    }
}
