//! What every file of the table has to hold, and how a provider is found.

use std::{collections::HashSet, path::Path};

use error_model::{Lang, Security};

use super::*;

/// Every name of a file that is a domain or a server, with `*` and `{domain}` made harmless.
fn names(provider: &Provider) -> impl Iterator<Item = String> {
    let domains = provider.domains.iter().map(|domain| domain.trim_start_matches("*.").to_owned());
    let hosts = provider.hosts().map(|host| host.replace("{domain}", "example.com").replace('*', "x"));
    domains.chain(provider.mx.iter().cloned()).chain(hosts)
}

fn ports(server: &Server) -> impl Iterator<Item = (u16, Security)> {
    let others = server.alternatives.iter().map(|other| (other.port, other.security));
    std::iter::once((server.port, server.security)).chain(others)
}

#[test]
fn every_file_of_the_folder_is_in_the_list() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("providers");
    let files: HashSet<String> = std::fs::read_dir(folder)
        .expect("the folder of the table")
        .map(|entry| {
            entry.expect("an entry").path().file_stem().expect("a name").to_string_lossy().into_owned()
        })
        .collect();
    let listed: HashSet<String> = all().iter().map(|provider| provider.id.to_owned()).collect();
    assert_eq!(files, listed);
    assert_eq!(listed.len(), all().len(), "one id is listed twice");
}

#[test]
fn the_table_covers_what_it_promises() {
    assert!(all().len() >= 65, "{}", all().len());
    for id in [
        "sakura",
        "xserver",
        "lolipop",
        "kagoya",
        "onamae",
        "yahoo-japan",
        "nifty",
        "biglobe",
        "ocn",
        "so-net",
        "icloud",
        "gmail",
        "microsoft365",
        "zoho",
        "yandex",
        "qq",
        "netease-163",
        "gmx",
        "web-de",
        "fastmail",
        "proton",
    ] {
        assert!(all().iter().any(|provider| provider.id == id), "{id}");
    }
}

#[test]
fn a_domain_belongs_to_one_provider_and_so_does_an_exchanger() {
    let mut seen = HashSet::new();
    for provider in all() {
        for domain in &provider.domains {
            assert!(seen.insert(("domain", domain.as_str())), "{}: {domain}", provider.id);
        }
        for suffix in &provider.mx {
            assert!(seen.insert(("mx", suffix.as_str())), "{}: {suffix}", provider.id);
        }
    }
}

#[test]
fn every_name_is_a_host_name_in_lower_case() {
    for provider in all() {
        for name in names(provider) {
            let parsed = crate::host::Host::parse(&name);
            assert!(
                matches!(&parsed, Ok(crate::host::Host::Name(host)) if *host == name && host.contains('.')),
                "{}: {name}",
                provider.id
            );
        }
    }
}

#[test]
fn every_port_is_a_mail_port_that_speaks_what_its_number_says_or_is_marked() {
    for provider in all() {
        for (server, usual) in [(&provider.imap, [993, 143].as_slice()), (&provider.smtp, &[465, 587])] {
            let Some(server) = server else { continue };
            let as_usual = |(port, security): (u16, Security)| Security::of_port(port) == security;
            assert!(ports(server).all(|(port, _)| usual.contains(&port)), "{}", provider.id);
            assert!(ports(server).skip(1).all(as_usual), "{}", provider.id);
            assert_eq!(as_usual((server.port, server.security)), !server.unusual_port, "{}", provider.id);
            let distinct: HashSet<_> =
                server.endpoints("example.com").into_iter().map(|e| (e.host, e.port)).collect();
            assert_eq!(distinct.len(), server.endpoints("example.com").len(), "{}: said twice", provider.id);
        }
    }
}

#[test]
fn a_name_that_differs_by_customer_says_how_it_is_found_out() {
    for provider in all() {
        for server in [&provider.imap, &provider.smtp].into_iter().flatten() {
            let expected = match &server.host {
                host if host.contains('*') => HostFrom::ControlPanel,
                host if host.contains("{domain}") => HostFrom::MailDomain,
                _ => HostFrom::Fixed,
            };
            assert_eq!(server.host_from, expected, "{}", provider.id);
        }
    }
}

#[test]
fn every_file_speaks_both_languages_and_says_when_and_whence() {
    for provider in all() {
        for text in [&provider.name, &provider.where_to_change] {
            assert!(Lang::ALL.iter().all(|lang| !text.get(*lang).trim().is_empty()), "{}", provider.id);
        }
        let advice = &provider.where_to_change;
        assert!(advice.ja.ends_with('。') && !advice.ja.is_ascii(), "{}", provider.id);
        assert!(advice.en.ends_with('.') && advice.en.is_ascii(), "{}", provider.id);
        let (year, month) = provider.checked.split_once('-').expect("year-month");
        assert!(year.parse::<u16>().is_ok_and(|year| year >= 2026), "{}", provider.id);
        assert!(month.len() == 2 && (1..=12).contains(&month.parse::<u8>().unwrap_or(0)), "{}", provider.id);
        assert!(!provider.source.trim().is_empty(), "{}", provider.id);
        assert!(provider.help.iter().all(|help| help.starts_with("https://")), "{}", provider.id);
    }
}

#[test]
fn every_provider_can_be_found_and_reached_unless_its_file_says_that_it_cannot() {
    for provider in all() {
        let named = provider.domains.iter().chain(&provider.mx).chain(&provider.other_hosts);
        assert!(named.count() > 0, "{}", provider.id);
        let closed = matches!(provider.access, Access::LocalBridge | Access::None);
        assert_eq!(closed, provider.imap.is_none() && provider.smtp.is_none(), "{}", provider.id);
    }
}

/// The ids found, in the order of the names.
fn ids<'a>(
    find: fn(&str) -> Option<&'static Provider>,
    names: &[&'a str],
) -> Vec<(&'a str, Option<&'static str>)> {
    names.iter().map(|name| (*name, find(name).map(|provider| provider.id))).collect()
}

#[test]
fn a_domain_finds_its_provider_whatever_its_case_and_below_a_shared_parent() {
    assert_eq!(
        ids(
            by_domain,
            &["GMAIL.com.", "someone.sakura.ne.jp", "sakura.ne.jp", "aqua.ocn.ne.jp", "a.gmail.com", "", "."]
        ),
        [
            ("GMAIL.com.", Some("gmail")),
            ("someone.sakura.ne.jp", Some("sakura")),
            ("sakura.ne.jp", None),
            ("aqua.ocn.ne.jp", Some("ocn")),
            ("a.gmail.com", None),
            ("", None),
            (".", None),
        ]
    );
}

#[test]
fn an_exchanger_gives_its_hoster_away_by_the_longest_suffix() {
    assert_eq!(
        ids(
            by_mx,
            &[
                "aspmx.l.google.com",
                "alt1.gmail-smtp-in.l.google.com",
                "example-jp.mail.protection.outlook.com",
                "eur.olc.protection.outlook.com",
                "mx-aol.mail.gm0.yahoodns.net",
                "mta5.am0.yahoodns.net",
                "sv123.xserver.jp",
                "notgoogle.com",
            ]
        )
        .into_iter()
        .map(|(_, id)| id)
        .collect::<Vec<_>>(),
        [
            Some("google-workspace"),
            Some("gmail"),
            Some("microsoft365"),
            Some("outlook-com"),
            Some("aol"),
            Some("yahoo"),
            Some("xserver"),
            None,
        ]
    );
}

#[test]
fn a_server_name_finds_who_runs_it() {
    assert_eq!(
        ids(
            by_host,
            &[
                "imap.gmail.com",
                "outlook.office365.com",
                "SV999.xserver.jp",
                "mail.example.com",
                "imap.zoho.jp"
            ]
        ),
        [
            ("imap.gmail.com", Some("gmail")),
            ("outlook.office365.com", Some("microsoft365")),
            ("SV999.xserver.jp", Some("xserver")),
            ("mail.example.com", None),
            ("imap.zoho.jp", Some("zoho-jp")),
        ]
    );
    assert!(host_names().any(|name| name == "imap.mail.yahoo.co.jp"));
    assert!(host_names().all(|name| !name.contains(['*', '{'])));
}

#[test]
fn settings_follow_for_an_address_where_the_name_is_known() {
    let gmail = by_domain("gmail.com").expect("Gmail");
    let smtp = gmail.smtp.as_ref().expect("SMTP").endpoints("gmail.com");
    let seen: Vec<_> = smtp.iter().map(|end| (end.host.as_str(), end.port, end.security)).collect();
    assert_eq!(seen, [("smtp.gmail.com", 465, Security::Tls), ("smtp.gmail.com", 587, Security::StartTls)]);

    let sakura = by_domain("someone.sakura.ne.jp").expect("SAKURA internet");
    assert!(sakura.imap.as_ref().expect("IMAP").endpoints("someone.sakura.ne.jp").is_empty());
    assert!(sakura.sign_in.overseas_filter);

    let japan = by_domain("yahoo.co.jp").expect("Yahoo! JAPAN");
    assert_eq!(japan.user_name.for_address("taro@yahoo.co.jp"), Some("taro"));
    assert!(!japan.sign_in.password.is_app_password());
    assert_eq!(UserName::Account.for_address("taro@docomo.ne.jp"), None);
}
