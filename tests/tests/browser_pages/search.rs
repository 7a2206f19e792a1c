//! The search of the help page.

use error_model::Lang;
use tests::browser::relay::shared;
use tests::browser::{Page, in_language, visit};

use super::{ERRORS, nth};

#[test]
fn the_search_finds_an_error_by_number_word_or_pasted_message() {
    visit(shared(), async |page| {
        for lang in Lang::ALL {
            let pasted = ERRORS[5].1[nth(lang)];
            for query in ["006", "００６", "６", "証明書", "certificate", "ホスト名", pasted] {
                page.open(&in_language(lang, "")).await;
                search(page, query).await;
                let results = results(page).await;
                assert!(results.iter().any(|result| result.contains("006")), "{lang:?} {query}: {results:?}");
            }
            page.open(&in_language(lang, "")).await;
            search(page, pasted).await;
            assert!(results(page).await[0].contains(pasted), "the pasted message comes first");
        }
    });
}

#[test]
fn the_search_finds_what_is_written_or_heard_otherwise() {
    visit(shared(), async |page| {
        for (lang, query, found) in [
            (Lang::Ja, "ｼｮｳﾒｲｼｮ", "005"),
            (Lang::Ja, "syoumeisyo", "005"),
            (Lang::Ja, "ＥＲＲＯＲ　００６", "006"),
            (Lang::Ja, "We couldn't reach your email server. Please try again (#12)", "001"),
            (Lang::En, "メールサーバーに到達できませんでした", "001"),
            (Lang::En, "certifcate", "005"),
            (Lang::En, "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6", "009"),
        ] {
            page.open(&in_language(lang, "")).await;
            search(page, query).await;
            let results = results(page).await;
            assert!(results.iter().any(|result| result.starts_with(found)), "{lang:?} {query}: {results:?}");
        }
    });
}

#[test]
fn results_are_announced_politely_and_change_while_typing() {
    visit(shared(), async |page| {
        page.open("/en/").await;
        let live =
            "const s = document.querySelector('[role=search] [role=status]'); return s.ariaLive ?? s.role";
        assert_eq!(page.js(live, vec![]).await, "status");
        search(page, "cert").await;
        let first = results(page).await;
        page.keys("ificate revoked").await;
        page.until("other results are shown", async || results(page).await != first).await;
        assert!(results(page).await[0].starts_with("008"), "{:?}", results(page).await);
    });
}

#[test]
fn the_search_says_when_it_finds_nothing() {
    visit(shared(), async |page| {
        for (lang, nothing) in [(Lang::Ja, "見つかりませんでした"), (Lang::En, "Nothing found")] {
            page.open(&in_language(lang, "")).await;
            search(page, "zzzzzz").await;
            page.shows(nothing).await;
            let way_out = page.find("return document.querySelector('[role=search] a')", vec![]).await;
            way_out.expect("there is a way on").click().await.expect("it can be clicked");
            page.until("the way leads to the test", async || page.path().await == in_language(lang, "check"))
                .await;
        }
    });
}

#[test]
fn the_search_works_from_the_keyboard_alone() {
    const DOWN: &str = "\u{e015}";
    const ENTER: &str = "\u{e007}";
    visit(shared(), async |page| {
        for (lang, label) in [(Lang::Ja, "エラーを検索"), (Lang::En, "Search for an error")] {
            page.open(&in_language(lang, "")).await;
            page.tab_to(label).await;
            page.keys("００９").await;
            page.until("a result is there", async || !results(page).await.is_empty()).await;
            page.keys(DOWN).await;
            let focused = page.focused().await;
            assert!(focused.contains(ERRORS[8].1[nth(lang)]), "the arrow leads to “{focused}”");
            page.keys(ENTER).await;
            let there = in_language(lang, "errors/009");
            page.until("Enter opens it", async || page.path().await.trim_end_matches('/') == there).await;
        }
    });
}

pub async fn search(page: &Page, query: &str) {
    let field = page.find("return document.querySelector('[role=search] input')", vec![]).await;
    field.expect("the help page has a search").send_keys(query).await.expect("the search can be typed into");
    page.until("the search has answered", async || {
        let status = page.js("return document.querySelector('[role=status]').innerText", vec![]).await;
        status.as_str().is_some_and(|status| !status.trim().is_empty())
    })
    .await;
}

pub async fn results(page: &Page) -> Vec<String> {
    const SCRIPT: &str = "return [...document.querySelectorAll('[role=search] a')].map(a => a.innerText)";
    let results = page.js(SCRIPT, vec![]).await;
    results.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}
