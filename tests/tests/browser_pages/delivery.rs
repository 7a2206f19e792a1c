//! How pages reach a browser: compressed, kept as long as they may be, and without anything moving while they load.

use error_model::Lang;
use tests::browser::relay::shared;
use tests::browser::{Page, http, in_language, visit};

use super::KINDS;

/// The addresses of the files that a page loads.
fn assets(path: &str) -> Vec<String> {
    let page = http::get(shared(), path, &[]).body;
    let quoted = page.split('"').filter(|part| part.starts_with("/assets/"));
    quoted.map(str::to_owned).collect()
}

#[test]
fn every_text_is_sent_compressed_to_those_who_take_it() {
    let mut paths: Vec<String> = KINDS.iter().map(|kind| in_language(Lang::Ja, kind)).collect();
    paths.extend(["/ja/search.json", "/sitemap.xml", "/robots.txt"].map(str::to_owned));
    paths.extend(assets("/ja/").into_iter().filter(|path| !path.ends_with(".png")));
    assert!(paths.iter().any(|path| path.ends_with(".wasm")), "{paths:?}");
    for path in paths {
        let plain = http::head(shared(), &path, &[]);
        assert_eq!(plain.header("content-encoding"), None, "{path}");
        for (accepted, sent) in [("gzip, deflate, br", "br"), ("gzip", "gzip")] {
            let answer = http::head(shared(), &path, &[&format!("Accept-Encoding: {accepted}")]);
            assert_eq!(answer.status, 200, "{path}");
            assert_eq!(answer.header("content-encoding"), Some(sent), "{path}");
            assert!(answer.header("vary").is_some_and(|vary| vary.contains("accept-encoding")), "{path}");
            assert_eq!(answer.header("content-type"), plain.header("content-type"), "{path}");
            assert_ne!(answer.header("etag"), plain.header("etag"), "{path}");
        }
    }
}

#[test]
fn a_page_is_asked_for_again_and_its_files_never() {
    for lang in Lang::ALL {
        for kind in KINDS {
            let path = in_language(lang, kind);
            let first = http::head(shared(), &path, &["Accept-Encoding: br"]);
            assert_eq!(first.header("cache-control"), Some("no-cache"), "{path}");
            let tag = first.header("etag").expect("a page has an entity tag");
            let known = [&format!("If-None-Match: {tag}") as &str, "Accept-Encoding: br"];
            let again = http::get(shared(), &path, &known);
            assert_eq!((again.status, again.body.as_str()), (304, ""), "{path}");
            let changed = http::head(shared(), &path, &["If-None-Match: \"other\"", "Accept-Encoding: br"]);
            assert_eq!(changed.status, 200, "{path}");
            for asset in assets(&path) {
                let kept = http::head(shared(), &asset, &[]);
                assert_eq!(kept.status, 200, "{asset}");
                let kept = kept.header("cache-control");
                assert_eq!(kept, Some("public, max-age=31536000, immutable"), "{asset}");
            }
        }
    }
}

#[test]
fn nothing_moves_while_a_page_loads() {
    visit(shared(), async |page| {
        for width in [360, 1280] {
            page.resize(width).await;
            for lang in Lang::ALL {
                for kind in KINDS {
                    let path = in_language(lang, kind);
                    page.open(&path).await;
                    assert_eq!(moved(page).await, 0.0, "{path} at {width} pixels");
                }
            }
        }
    });
}

/// The layout shifts of the page so far, added up, once fonts are there and everything has been painted.
async fn moved(page: &Page) -> f64 {
    const SHIFTS: &str = "
        const done = arguments[0];
        let sum = 0;
        const add = list => list.forEach(shift => sum += shift.value);
        const observer = new PerformanceObserver(list => add(list.getEntries()));
        observer.observe({ type: 'layout-shift', buffered: true });
        document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
            add(observer.takeRecords());
            done(sum);
        }))));";
    page.js_with_callback(SHIFTS).await.as_f64().expect("a sum is a number")
}
