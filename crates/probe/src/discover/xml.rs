//! Settings files in the format of Mozilla's ISPDB. A stranger writes them: whatever can't be used is left out.

use error_model::{Endpoint, Security, text::is_control};
use serde::Deserialize;

use super::Address;
use crate::host::Host;

/// The longest user name taken over, bytes.
const LONGEST_USER: usize = 320;

/// What a file says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Servers {
    pub imap: Option<Endpoint>,
    pub smtp: Option<Endpoint>,
    /// The user name for IMAP, or else for SMTP.
    pub user: Option<String>,
}

/// The first IMAP and the first SMTP server of a file that can be used. Entities of its own are never filled in, and no
/// other file is loaded: the reader knows neither.
pub(super) fn read(xml: &str, address: &Address) -> Option<Servers> {
    let file: ClientConfig = quick_xml::de::from_str(xml).ok()?;
    let provider = file.provider;
    let imap = best(&provider.incoming, "imap", address);
    let smtp = best(&provider.outgoing, "smtp", address);
    let user = [&imap, &smtp].into_iter().flatten().find_map(|(_, user)| user.clone());
    let (imap, smtp) = (imap.map(|(endpoint, _)| endpoint), smtp.map(|(endpoint, _)| endpoint));
    (imap.is_some() || smtp.is_some()).then_some(Servers { imap, smtp, user })
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

/// Everything may be missing: servers of other kinds (`exchange`) have none of it.
#[derive(Deserialize)]
struct Server {
    #[serde(rename = "@type", default)]
    kind: String,
    #[serde(default)]
    hostname: String,
    #[serde(default)]
    port: String,
    #[serde(rename = "socketType", default)]
    socket: String,
    #[serde(default)]
    username: Vec<String>,
}

impl Server {
    /// The server with its placeholders filled in; `None` where it isn't one that can be asked.
    fn endpoint(&self, address: &Address) -> Option<(Endpoint, Option<String>)> {
        let security = match self.socket.trim() {
            "SSL" => Security::Tls,
            "STARTTLS" => Security::StartTls,
            "plain" => Security::Plain,
            _ => return None,
        };
        let port = self.port.trim().parse().ok().filter(|port| *port != 0)?;
        let host = Host::parse(&fill(&self.hostname, address)).ok()?.to_string();
        let user = self.username.first().map(|user| fill(user, address)).filter(|user| usable(user));
        Some((Endpoint { host, port, security }, user))
    }
}

/// The placeholders of the format.
fn fill(text: &str, address: &Address) -> String {
    text.trim()
        .replace("%EMAILADDRESS%", &address.whole)
        .replace("%EMAILLOCALPART%", &address.local)
        .replace("%EMAILDOMAIN%", &address.domain)
}

/// A user name that somebody can sign in with: no placeholder that only a mail program can fill in.
fn usable(user: &str) -> bool {
    !user.is_empty() && user.len() <= LONGEST_USER && !user.contains('%') && !user.chars().any(is_control)
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

    fn imap_port(xml: &str) -> Option<u16> {
        Some(read(xml, &anna())?.imap?.port)
    }

    #[test]
    fn the_servers_with_tls_from_the_first_byte_come_first() {
        let Servers { imap, smtp, user } = read(FILE, &anna()).unwrap();
        let imap = imap.unwrap();
        assert_eq!((imap.host.as_str(), imap.port, imap.security), ("imap.example.com", 993, Security::Tls));
        assert_eq!(smtp.unwrap().port, 587);
        assert_eq!(user.as_deref(), Some("anna@example.com"));
    }

    #[test]
    fn what_is_of_no_use_hides_nothing_that_is() {
        let exchange =
            r#"<incomingServer type="exchange"><ewsURL>https://mail.example.com/</ewsURL></incomingServer>"#;
        let between = "<documentation url=\"https://example.com/\"/>";
        let marked = format!("\u{feff}{FILE}");
        for xml in [
            FILE.replace(
                "<incomingServer type=\"pop3\">",
                &format!("{exchange}<incomingServer type=\"pop3\">"),
            ),
            FILE.replace(
                "<incomingServer type=\"imap\">",
                &format!("{between}<incomingServer type=\"imap\">"),
            ),
            FILE.replace("<port>143</port>", "<port>99999</port>"),
            FILE.replace(
                "<socketType>STARTTLS</socketType><username>",
                "<socketType>QUIC</socketType><username>",
            ),
            FILE.replace("<?xml version=\"1.0\"?>", "<?xml version=\"1.0\"?><!DOCTYPE clientConfig>"),
            marked,
        ] {
            assert_eq!(imap_port(&xml), Some(993), "{xml}");
        }
    }

    #[test]
    fn a_placeholder_that_nobody_can_fill_in_is_no_user_name() {
        for user in ["%REALNAME%", "", "an\u{1b}na"] {
            let file = FILE.replace("%EMAILADDRESS%", user).replace("%EMAILLOCALPART%", user);
            assert_eq!(read(&file, &anna()).and_then(|servers| servers.user), None, "{user:?}");
        }
    }

    #[test]
    fn a_hostile_file_is_harmless() {
        let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>"#;
        let deep = "<a>".repeat(20_000);
        for xml in [
            "",
            "<clientConfig>",
            "<html><body>Not found</body></html>",
            &format!("{bomb}{}", FILE.replace("smtp.example.com", "&b;")),
            &format!("{bomb}{}", FILE.replace("smtp.example.com", "&f;")),
            &FILE.replace("143", "0").replace("993", "99999").replace("587", "0"),
            &FILE.replace("imap.%EMAILDOMAIN%", "http://169.254.169.254/").replace("smtp.example.com", "a b"),
            &FILE.replace("imap.%EMAILDOMAIN%", "user@evil").replace("smtp.example.com", "<b>x</b>"),
            &deep,
            &FILE.replace("<domain>", &format!("{deep}<domain>")),
            &FILE.replace("<clientConfig version=\"1.1\">", &format!("<clientConfig>{deep}")),
        ] {
            let servers = read(xml, &anna()).map(|found| [found.imap, found.smtp]);
            let hosts = servers.into_iter().flatten().flatten().map(|e| e.host);
            assert!(hosts.clone().all(|h| h.ends_with("example.com")), "{:?}", hosts.collect::<Vec<_>>());
        }
    }
}
