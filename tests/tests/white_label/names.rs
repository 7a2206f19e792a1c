//! The names, in everything that has words in it.

use std::collections::BTreeSet;
use std::process::Command;

use error_model::{Cause, Code, Lang};
use tests::binary::mailtriage;
use tests::browser::{http, relay::Relay};

use crate::{PRODUCT, SITE, relay};

/// Every address with words behind it that can be found from the two help pages, the pages for frames, and those that
/// scripts ask.
pub fn addresses(relay: &Relay) -> BTreeSet<String> {
    let mut found = BTreeSet::from(["/nowhere".to_owned(), "/index.html".to_owned()]);
    let mut open: Vec<String> = Vec::new();
    for lang in Lang::ALL.map(Lang::as_str) {
        let causes = Cause::ALL.iter().map(|cause| format!("/{lang}/causes/{}/{cause}.json", cause.code()));
        found.extend(causes);
        found.extend(Code::FAULTS.map(|code| format!("/embed/{code}?lang={lang}")));
        found.insert(format!("/{lang}/search.json"));
        found.insert(format!("/api/v1/catalogue?lang={lang}"));
        open.push(format!("/{lang}/"));
    }
    while let Some(address) = open.pop() {
        let page = http::get(relay, &address, &["Accept: text/html"]).body;
        for link in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let link = link.split('#').next().unwrap_or_default();
            let words = !link.contains('.') || link.ends_with(".html") || link.ends_with(".xml");
            if link.starts_with('/') && words && !found.contains(link) {
                open.push(link.to_owned());
            }
        }
        found.insert(address);
    }
    found
}

/// Asserts that a text says neither of the usual names.
pub fn assert_renamed(text: &str, place: &str) {
    let lower = text.to_lowercase();
    for name in ["zendesk", "mailtriage"] {
        let around = lower.split_once(name).map(|(before, after)| {
            let before: Vec<char> = before.chars().rev().take(40).collect();
            let before: String = before.into_iter().rev().collect();
            format!("{before}{name}{}", after.chars().take(60).collect::<String>())
        });
        assert!(around.is_none(), "{place} says: {}", around.unwrap_or_default());
    }
}

#[test]
fn no_page_and_no_data_says_the_usual_names() {
    let relay = relay();
    let addresses = addresses(&relay);
    let pages = Lang::ALL.len() * (2 * Code::FAULTS.len() + 2);
    assert!(addresses.len() > pages + 2 * Cause::ALL.len(), "{addresses:?}");
    for address in addresses {
        let answer = http::get(&relay, &address, &["Accept: text/html"]);
        let body = answer.body;
        assert_renamed(&body, &address);
        if let Some((before, token)) = body.split_once("__")
            && token.starts_with(|c: char| c.is_ascii_uppercase())
        {
            panic!("{address} has a token that nothing replaced after {before}");
        }
    }
}

#[test]
fn a_name_is_escaped_as_its_place_asks_for() {
    let relay = relay();
    for lang in Lang::ALL.map(Lang::as_str) {
        let page = http::get(&relay, &format!("/{lang}/"), &[]).body;
        assert!(page.contains("data-product=\"R&amp;D CRM\""), "{page}");
        assert!(page.contains(" | Mail Doctor&#39;s</title>"), "{page}");

        let cause = Cause::ServerSlow;
        let text = http::get(&relay, &format!("/{lang}/causes/{}/{cause}.json", cause.code()), &[]).body;
        let text: serde_json::Value =
            serde_json::from_str(&text).expect("JSON with names in it is still JSON");
        let (plain, html) = (text["sentence"].as_str().unwrap(), text["sentence_html"].as_str().unwrap());
        assert!(plain.contains(PRODUCT), "{plain}");
        assert!(html.contains("R&amp;D CRM") && !html.contains("&amp;amp;"), "{html}");
    }
}

#[test]
fn the_program_says_the_names_of_its_environment() {
    let explain = |names: &[(&str, &str)]| {
        let mut command = Command::new(mailtriage());
        command.args(["explain", "works-from-here", "--lang", "en"]).envs(names.iter().copied());
        command.output().expect("the program starts")
    };
    let output = explain(&[("MAILTRIAGE_BRAND_NAME", SITE), ("MAILTRIAGE_BRAND_PRODUCT", PRODUCT)]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains(SITE) && text.contains(PRODUCT), "{text}");
    assert!(!text.contains("mailtriage") && !text.contains("Zendesk"), "{text}");
    let refused = explain(&[("MAILTRIAGE_BRAND_NAME", "<b>")]);
    assert_eq!(refused.status.code(), Some(2));
    let message = String::from_utf8(refused.stderr).unwrap();
    assert!(message.contains("MAILTRIAGE_BRAND_NAME") && message.contains("'<'"), "{message}");
}
