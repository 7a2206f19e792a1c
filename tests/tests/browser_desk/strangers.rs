//! People who aren't known, and codes that don't work.

use error_model::{Lang, strings::desk};
use serde_json::json;
use tests::browser::axe::assert_accessible;
use tests::browser::{in_language, visit};

use crate::{Desk, join, open_case, sign_in};

#[test]
fn a_stranger_sees_the_sign_in_and_nothing_else() {
    let desk = Desk::start();
    visit(&desk.relay, async |page| {
        for lang in Lang::ALL {
            page.open(&in_language(lang, "agent#case=00000000000000000000000000000000")).await;
            page.shows(desk::TOKEN.get(lang)).await;
            assert!(!page.text().await.contains(desk::CASES.get(lang)));
            assert_accessible(page, "the sign-in").await;
            page.type_into("token", "not-a-token").await;
            page.click(desk::SIGN_IN.get(lang)).await;
            page.shows(desk::TOKEN_WRONG.get(lang)).await;
            // The browser notes the refusal by itself.
            let console = page.console().await;
            assert!(console.iter().all(|line| line.contains("401")), "{console:#?}");
        }
    });
}

#[test]
fn no_search_engine_lists_the_pages_and_no_other_page_loads_their_program() {
    let desk = Desk::start();
    visit(&desk.relay, async |page| {
        const HEAD: &str = "
            return [document.querySelector('meta[name=robots]')?.content ?? '',
                [...document.querySelectorAll('link[rel=preload]')].some(link => link.href.includes('/assets/desk-'))]";
        for lang in Lang::ALL {
            for (path, expected) in [
                ("agent", json!(["noindex", true])),
                ("join", json!(["noindex", true])),
                ("join/AB2CD3", json!(["noindex", true])),
                ("check", json!(["", false])),
                ("", json!(["", false])),
            ] {
                page.open(&in_language(lang, path)).await;
                assert_eq!(page.js(HEAD, vec![]).await, expected, "{path}");
            }
        }
        // The browser notes that the relay knows no such code.
        let console = page.console().await;
        assert!(console.iter().all(|line| line.contains("/api/v1/join/AB2CD3")), "{console:#?}");
        page.open_asleep("/join/ab2-cd3<i>").await;
        assert_eq!(page.path().await, "/en/join/ab2cd3i", "nothing but letters and digits comes back");
        page.console().await;
    });
}

#[test]
fn who_signs_out_is_a_stranger() {
    let desk = Desk::start();
    visit(&desk.relay, async |page| {
        sign_in(page, Lang::En, &desk.token).await;
        page.click(desk::SIGN_OUT.en).await;
        page.shows(desk::TOKEN.en).await;
        page.open("/en/agent").await;
        page.shows(desk::TOKEN.en).await;
    });
}

#[test]
fn a_code_is_typed_as_people_type_and_works_once() {
    let desk = Desk::start();
    tests::browser::visit_both(desk.relay.origin(), async |agent, customer| {
        sign_in(agent, Lang::En, &desk.token).await;
        let path = open_case(agent, Lang::En, "1").await;
        let code = path.rsplit('/').next().unwrap().to_lowercase();
        customer.open("/en/join").await;
        customer.type_into("join-code", "zz-zzzz").await;
        customer.click(desk::JOIN_GO.en).await;
        customer.shows(desk::JOIN_WRONG.en).await;
        assert_accessible(customer, "a code that doesn't work").await;
        customer.type_into("join-code", &format!("{}-{}", &code[..3], &code[3..])).await;
        customer.click(desk::JOIN_GO.en).await;
        customer.shows(&desk::JOIN_ASKS.fill(Lang::En, &[("name", crate::NAME)])).await;
        customer.click(desk::DECLINE.en).await;
        customer.shows(desk::DECLINED.en).await;
        assert_accessible(customer, "after declining").await;
        agent.shows(desk::WAITING.en).await;
        join(customer, Lang::En, &path).await;
        customer.js("sessionStorage.clear()", vec![]).await;
        customer.open(&path).await;
        customer.shows(desk::JOIN_WRONG.en).await;
        let console = customer.console().await;
        assert!(console.iter().all(|line| line.contains("40")), "{console:#?}");
    });
}
