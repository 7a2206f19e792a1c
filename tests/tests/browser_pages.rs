//! The help page, the error pages and what every page has in common, in a real browser.

use error_model::Lang;
use tests::browser::axe::assert_accessible;
use tests::browser::look::Scheme;
use tests::browser::relay::shared;
use tests::browser::{Page, http, in_language, visit};

/// The codes with the titles that people see in the product and paste into the search: Japanese, English.
const ERRORS: [(&str, [&str; 2]); 12] = [
    ("001", ["メールサーバーに到達できませんでした", "We couldn't reach your email server"]),
    (
        "002",
        [
            "メールサーバーに到達しましたが、接続できませんでした",
            "We reached your email server but couldn't connect",
        ],
    ),
    (
        "003",
        [
            "メールサーバーへの接続中に不明なエラーが発生しました",
            "Unknown error while connecting to your email server",
        ],
    ),
    (
        "004",
        [
            "メールサーバーにTLSまたはSSL証明書が見つかりません",
            "No TLS or SSL certificate found on your email server",
        ],
    ),
    (
        "005",
        [
            "SSL証明書を見つけましたが、安全ではありません",
            "An SSL certificate was found, but it isn't secure",
        ],
    ),
    (
        "006",
        [
            "SSL/TLS証明書のホスト名がメールサーバーのホスト名と一致しません",
            "The certificate's host name doesn't match the mail server",
        ],
    ),
    (
        "007",
        ["有効なSSL/TLS証明書の存在を確認できませんでした", "We couldn't verify a valid SSL/TLS certificate"],
    ),
    (
        "008",
        [
            "SSL/TLS証明書に問題があるため、セキュアな接続を確立できませんでした",
            "A certificate problem prevented a secure connection",
        ],
    ),
    (
        "009",
        [
            "提供された資格情報を使用してメールサーバーにサインインできませんでした",
            "We couldn't sign in with the credentials you provided",
        ],
    ),
    ("auth", ["認証:認証できません", "Auth: unable to authenticate"]),
    ("first-sync", ["最初の同期を実行中", "First sync in progress"]),
    ("reconnect", ["同じアカウントに再接続する必要があります", "You must reconnect the same account"]),
];

/// Pages of every kind, below the language.
const KINDS: [&str; 4] = ["", "errors/006", "errors/auth", "check"];

const fn nth(lang: Lang) -> usize {
    match lang {
        Lang::Ja => 0,
        Lang::En => 1,
    }
}

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
            for cause in error_model::Cause::ALL.iter().filter(|cause| cause.code().as_str() == code) {
                assert!(answer.body.contains(&format!("id=\"{}\"", cause.id())), "{lang:?} {code} {cause:?}");
            }
            assert!(
                !answer.body.contains('{'),
                "{lang:?} {code} has a gap that nothing filled, or inline code"
            );
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
fn the_bare_address_leads_to_the_language_that_the_browser_prefers() {
    for (accepted, start) in [
        ("ja,en-US;q=0.9,en;q=0.8", "/ja/"),
        ("en-GB,en;q=0.9,ja;q=0.5", "/en/"),
        ("fr, ja;q=0.5", "/ja/"),
        ("fr", "/en/"),
    ] {
        let answer = http::get(shared(), "/", &[&format!("Accept-Language: {accepted}")]);
        assert_eq!(answer.header("location"), Some(start), "{accepted}");
        assert!((300..400).contains(&answer.status), "{accepted}: {}", answer.status);
    }
    visit(shared(), async |page| {
        for lang in Lang::ALL {
            page.prefer_languages(lang.as_str()).await;
            page.open("/").await;
            assert_eq!(page.path().await, in_language(lang, ""));
            assert_eq!(page.js("return document.documentElement.lang", vec![]).await, lang.as_str());
        }
    });
}

#[test]
fn an_address_that_leads_nowhere_says_so_in_both_languages_and_shows_the_way() {
    for path in ["/en/errors/999", "/ja/no-such-page", "/nothing"] {
        let answer = http::get(shared(), path, &["Accept: text/html"]);
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"), "{path}");
        for text in ["ページが見つかりません", "Page not found"] {
            assert!(answer.body.contains(text), "{path} doesn't say “{text}”");
        }
    }
    visit(shared(), async |page| {
        page.open("/en/errors/999").await;
        page.shows("Page not found").await;
        assert_accessible(page, "not found").await;
        page.click("Go to the list of errors").await;
        page.until("the way leads to the help page", async || page.path().await == "/en/").await;
        // The browser itself notes the status of the first page.
        let console = page.console().await;
        assert!(console.iter().all(|line| line.contains("404")), "{console:#?}");
    });
}

#[test]
fn every_page_changes_to_the_same_page_in_the_other_language() {
    visit(shared(), async |page| {
        for kind in KINDS {
            page.open(&in_language(Lang::Ja, kind)).await;
            page.click("English").await;
            page.until("the page is English", async || page.path().await == in_language(Lang::En, kind))
                .await;
            page.click("日本語").await;
            page.until("the page is Japanese", async || page.path().await == in_language(Lang::Ja, kind))
                .await;
        }
    });
}

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
fn the_search_says_when_it_finds_nothing() {
    visit(shared(), async |page| {
        for (lang, nothing) in [(Lang::Ja, "見つかりませんでした"), (Lang::En, "Nothing found")] {
            page.open(&in_language(lang, "")).await;
            search(page, "zzzzzz").await;
            page.shows(nothing).await;
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

async fn search(page: &Page, query: &str) {
    let field = page.find("return document.querySelector('[role=search] input')", vec![]).await;
    field.expect("the help page has a search").send_keys(query).await.expect("the search can be typed into");
    page.until("the search has answered", async || {
        let status = page.js("return document.querySelector('[role=status]').innerText", vec![]).await;
        status.as_str().is_some_and(|status| !status.trim().is_empty())
    })
    .await;
}

async fn results(page: &Page) -> Vec<String> {
    const SCRIPT: &str = "return [...document.querySelectorAll('[role=search] a')].map(a => a.innerText)";
    let results = page.js(SCRIPT, vec![]).await;
    results.as_array().into_iter().flatten().filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

#[test]
fn axe_finds_nothing_on_any_kind_of_page_in_light_and_in_dark() {
    visit(shared(), async |page| {
        for scheme in Scheme::ALL {
            page.prefer(scheme).await;
            for lang in Lang::ALL {
                for kind in KINDS {
                    let path = in_language(lang, kind);
                    page.open(&path).await;
                    assert_accessible(page, &format!("{path}, {}", scheme.as_str())).await;
                }
            }
        }
        page.open("/en/").await;
        search(page, "certificate").await;
        assert_accessible(page, "the help page with results, dark").await;
    });
}

#[test]
fn nothing_scrolls_sideways_in_a_window_of_320_pixels() {
    visit(shared(), async |page| {
        page.resize(320).await;
        for lang in Lang::ALL {
            let errors = ERRORS.map(|(code, _)| format!("errors/{code}"));
            for kind in errors.iter().map(String::as_str).chain(["", "check"]) {
                page.open(&in_language(lang, kind)).await;
                page.assert_no_sideways_scrolling(&format!("{lang:?} {kind}")).await;
            }
        }
    });
}

#[test]
fn every_answer_carries_the_headers_that_keep_a_page_to_itself() {
    let answers = [
        "/",
        "/ja/",
        "/en/check",
        "/en/errors/006",
        "/ja/search.json",
        "/no-such-page",
        "/healthz",
        "/api/v1/catalogue",
        "/api/v1/run",
    ];
    for path in answers {
        let answer = http::get(shared(), path, &[]);
        let policy = answer.header("content-security-policy").unwrap_or_default();
        for part in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "connect-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ] {
            assert!(
                policy.split("; ").any(|directive| directive == part),
                "{path}: {part} isn't in {policy}"
            );
        }
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path}: {name}");
        }
        assert!(answer.header("permissions-policy").is_some(), "{path}");
        assert_eq!(answer.header("set-cookie"), None, "{path}");
    }
}

#[test]
fn no_page_stores_anything_in_the_browser() {
    const STORED: &str = "return [document.cookie, localStorage.length, sessionStorage.length]";
    visit(shared(), async |page| {
        for kind in KINDS {
            page.open(&in_language(Lang::En, kind)).await;
            let stored = page.js(STORED, vec![]).await;
            assert_eq!(stored, serde_json::json!(["", 0, 0]), "{kind}");
        }
    });
}
