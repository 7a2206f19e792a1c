//! What can be read, with and without scripts.

use error_model::{Cause, Lang, Names};
use serde_json::Value;
use tests::browser::relay::shared;
use tests::browser::{Page, http, in_language, visit};

use super::{ERRORS, nth};

/// Where the page's data for search engines begins.
const DATA: &str = "<script type=\"application/ld+json\">";

#[test]
fn the_help_page_lists_the_twelve_errors_and_each_leads_to_its_page() {
    visit(shared(), async |page| {
        for lang in Lang::ALL {
            for (code, titles) in ERRORS {
                page.open(&in_language(lang, "")).await;
                let address = in_language(lang, &format!("errors/{code}"));
                let script = "return document.querySelector(`main a[href=\"${arguments[0]}\"]`)";
                let link = page.find(script, vec![address.as_str().into()]).await;
                let link = link.unwrap_or_else(|| panic!("nothing leads to {address}"));
                let text = link.text().await.expect("a link has a text");
                assert!(text.contains(titles[nth(lang)]), "the link to {address} says “{text}”");
                link.click().await.expect("the link can be clicked");
                page.shows(titles[nth(lang)]).await;
                assert_eq!(page.path().await.trim_end_matches('/'), address);
            }
        }
    });
}

#[test]
fn every_error_page_has_its_title_and_causes_before_any_script_runs() {
    for lang in Lang::ALL {
        for (code, titles) in ERRORS {
            let answer = http::get(shared(), &in_language(lang, &format!("errors/{code}")), &[]);
            let title = titles[nth(lang)].replace('\'', "&#x27;");
            assert_eq!(answer.status, 200, "{lang:?} {code}");
            let plain = answer.body.replace("&#39;", "&#x27;").replace(['’', '\''], "&#x27;");
            assert!(plain.contains(&title), "{lang:?} {code} doesn't have the title {title}");
            assert!(answer.body.contains(&format!("<html lang=\"{}\"", lang.as_str())), "{lang:?} {code}");
            for cause in Cause::ALL.iter().filter(|cause| cause.code().as_str() == code) {
                assert!(answer.body.contains(&format!("id=\"{}\"", cause.id())), "{lang:?} {code} {cause:?}");
            }
            let (before, data) = answer.body.split_once(DATA).expect("the page says itself as data");
            let (data, after) = data.split_once("</script>").expect("the data has an end");
            assert!(
                !before.contains('{') && !after.contains('{'),
                "{lang:?} {code} has a gap that nothing filled, or inline code"
            );
            let data: Value = serde_json::from_str(data).expect("the data is JSON");
            for cause in Cause::ALL.iter().filter(|cause| cause.code().as_str() == code) {
                let title = Names::default().put(cause.texts().get(lang).title());
                let asked = data[0]["mainEntity"].as_array().into_iter().flatten();
                let answered =
                    asked.filter(|q| q["name"].as_str().is_some_and(|name| name.ends_with(&title)));
                assert_eq!(answered.count(), 1, "{lang:?} {code}: {title}");
            }
        }
    }
}

#[test]
fn without_scripts_the_help_and_error_pages_can_be_read_and_the_check_says_what_it_needs() {
    visit(shared(), async |page| {
        page.disable_scripts().await;
        for (lang, needs) in [(Lang::Ja, "JavaScriptが必要です"), (Lang::En, "The test needs JavaScript")]
        {
            page.open_asleep(&in_language(lang, "")).await;
            page.click(&full_name(page, "006").await).await;
            let title = ERRORS[5].1[nth(lang)];
            page.shows(title).await;
            page.open_asleep(&in_language(lang, "check")).await;
            page.shows(needs).await;
        }
    });
}

/// The whole text of the error card with this code.
async fn full_name(page: &Page, code: &str) -> String {
    const SCRIPT: &str = "
        const card = [...document.querySelectorAll('main a')].find(a => a.innerText.startsWith(arguments[0]));
        return card?.innerText.replace(/\\s+/g, ' ').trim() ?? null";
    let name = page.js(SCRIPT, vec![code.into()]).await;
    name.as_str().unwrap_or_else(|| panic!("no card says {code}")).to_owned()
}

#[test]
fn an_error_page_leads_to_the_errors_it_is_mistaken_for_and_says_why() {
    const RELATED: &str = "
        return [...document.querySelectorAll('[aria-labelledby=related] li')]
            .map(item => [item.querySelector('a').getAttribute('href'), item.querySelector('p').innerText])";
    visit(shared(), async |page| {
        for lang in Lang::ALL {
            page.open(&in_language(lang, "errors/005")).await;
            let links = page.js(RELATED, vec![]).await;
            let links = links.as_array().expect("there are links");
            let to_007 = links.iter().find(|link| link[0] == in_language(lang, "errors/007"));
            let why = to_007.expect("005 leads to 007")[1].as_str().expect("with a reason");
            assert_eq!(why, error_model::strings::related::INSECURE_VERIFY.get(lang));
            for link in links {
                page.open(link[0].as_str().expect("an address")).await;
                assert!(!page.text().await.contains("404"), "{link}");
            }
        }
    });
}

#[test]
fn what_differs_at_a_mail_service_stands_at_the_cause_that_it_explains_with_its_date() {
    visit(shared(), async |page| {
        page.disable_scripts().await;
        for (path, cause, expected) in [
            ("ja/errors/009", "app-password-required", &["Gmail", "iCloudメール", "2026年11月"][..]),
            ("en/errors/009", "app-password-required", &["Gmail", "2-Step Verification", "November 2026"]),
            ("ja/errors/009", "location-blocked", &["さくらのレンタルサーバ", "エックスサーバー"]),
            ("ja/errors/006", "wrong-certificate", &["さくらのレンタルサーバ", "*.sakura.ne.jp"]),
            ("en/errors/auth", "smtp-auth-disabled", &["Microsoft 365"]),
            ("ja/errors/001", "host-name-misspelled", &["imap.ocn.ne.jp", "993"]),
        ] {
            page.open_asleep(&format!("/{path}")).await;
            let text = "return document.getElementById(arguments[0]).querySelector('.providers').innerText";
            let text = page.js(text, vec![cause.into()]).await;
            let text = text.as_str().unwrap_or_default();
            for part in expected {
                assert!(text.contains(part), "{path} {cause}: “{part}” isn't in:\n{text}");
            }
        }
    });
}
