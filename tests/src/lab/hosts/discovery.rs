//! Mail domains whose settings can be looked up, in good order and in bad. `autoconfig.files` serves the settings file of
//! the domain `files.mail.test`.

use super::{api::*, web::Web};

/// A settings file in the format of Mozilla's ISPDB with these two servers.
macro_rules! file {
    ($imap:literal, $smtp:literal, $user:literal) => {
        concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><clientConfig version=\"1.1\"><emailProvider id=\"mail.test\">\
             <domain>%EMAILDOMAIN%</domain><displayName>Lab</displayName>\
             <incomingServer type=\"exchange\"><ewsURL>https://good.mail.test/</ewsURL></incomingServer>\
             <incomingServer type=\"imap\"><hostname>",
            $imap,
            "</hostname><port>993</port><socketType>SSL</socketType><username>",
            $user,
            "</username></incomingServer><outgoingServer type=\"smtp\"><hostname>",
            $smtp,
            "</hostname><port>465</port><socketType>SSL</socketType><username>",
            $user,
            "</username></outgoingServer></emailProvider></clientConfig>"
        )
    };
}

const GOOD: &str = file!("good.mail.test", "good.mail.test", "%EMAILLOCALPART%");
/// Says something else than [`GOOD`], and works too.
const OTHER: &str = file!("two-passwords.mail.test", "two-passwords.mail.test", "%EMAILADDRESS%");
/// Nothing listens at these servers any more.
const STALE: &str = file!("closed.mail.test", "closed.mail.test", "%EMAILADDRESS%");
/// Its user name is `ca::MARKUP`.
const MARKUP: &str = file!(
    "good.mail.test",
    "good.mail.test",
    "&lt;img src=x onerror=ran=1&gt;&lt;script&gt;ran=1&lt;/script&gt;"
);
/// Entities that would grow to a gigabyte, and one that would be a file of the relay's.
const BOMB: &str = "<!DOCTYPE c [<!ENTITY a \"aaaaaaaaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">\
     <!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>\
     <clientConfig><emailProvider><incomingServer type=\"imap\"><hostname>&c;&f;</hostname><port>993</port>\
     <socketType>SSL</socketType></incomingServer></emailProvider></clientConfig>";
/// Servers that nobody can connect to: addresses of the cloud's own, markup, a port and a mode that don't exist.
const WRONG_HOSTS: &str = "<clientConfig><emailProvider><incomingServer type=\"imap\"><hostname>http://169.254.169.254/</hostname>\
     <port>993</port><socketType>SSL</socketType></incomingServer><incomingServer type=\"imap\">\
     <hostname>good.mail.test</hostname><port>0</port><socketType>SSL</socketType></incomingServer>\
     <outgoingServer type=\"smtp\"><hostname>good.mail.test</hostname><port>465</port>\
     <socketType>QUIC</socketType></outgoingServer></emailProvider></clientConfig>";

const fn https(web: Web) -> (u16, super::Service) {
    script(443, Script::Https(web))
}

const fn http(web: Web) -> (u16, super::Service) {
    script(80, Script::Http(web))
}

pub(super) const HOSTS: &[Host] = &[
    host("autoconfig.files", Cert::Good, &[https(Web::File(GOOD)), http(Web::File(OTHER))]),
    // The second of the well-known places, at the domain itself.
    host("well-known", Cert::Good, &[https(Web::File(GOOD))]),
    host("autoconfig.plain-files", Cert::Good, &[http(Web::File(GOOD))]),
    host("autoconfig.untrusted-files", Cert::SelfSigned, &[https(Web::File(GOOD))]),
    host(
        "autoconfig.moved-files",
        Cert::Good,
        &[https(Web::Redirect("https://autoconfig.files.mail.test/mail/config-v1.1.xml"))],
    ),
    host(
        "autoconfig.lowered-files",
        Cert::Good,
        &[https(Web::Redirect("http://autoconfig.plain-files.mail.test/mail/config-v1.1.xml"))],
    ),
    host("autoconfig.stale-files", Cert::Good, &[https(Web::File(STALE))]),
    host("mail.stale-files", Cert::Good, EVERYTHING),
    host("autoconfig.markup-files", Cert::Good, &[https(Web::File(MARKUP))]),
    host("autoconfig.bomb-files", Cert::Good, &[https(Web::File(BOMB)), http(Web::Endless)]),
    host("autoconfig.wrong-files", Cert::Good, &[https(Web::File(WRONG_HOSTS)), http(Web::Latin1)]),
    host(
        "autoconfig.luring-files",
        Cert::Good,
        &[
            https(Web::Redirect("https://metadata.test/mail/config-v1.1.xml")),
            http(Web::Redirect("http://bait.mail.test/mail/config-v1.1.xml")),
        ],
    ),
    // Tests listen here themselves, to see that nobody comes.
    host("bait", Cert::Good, &[]),
];
