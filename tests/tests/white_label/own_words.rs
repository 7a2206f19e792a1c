//! Texts and notes of the operator's own, as people read them, in both languages.

use std::fmt::Write;

use error_model::{
    Cause, Code, Lang,
    own_words::{Noted, PAGE_TEXTS},
    strings,
};
use tests::browser::axe::assert_accessible;
use tests::browser::form::Settings;
use tests::browser::look::Scheme;
use tests::browser::relay::Relay;
use tests::browser::{http, in_language, visit};
use tests::lab;

use crate::names::addresses;

/// What is set for a key: with everything that means something in HTML or JSON, and a name.
fn own(kind: &str, lang: Lang, key: &str) -> String {
    format!("<b>{kind} {} {key}</b> & \"{{site}}\"", lang.as_str())
}

/// The same on a page.
fn on_page(kind: &str, lang: Lang, key: &str) -> String {
    format!("&lt;b&gt;{kind} {} {key}&lt;/b&gt; &amp; &quot;Post&quot;", lang.as_str())
}

/// A configuration that sets everything that can be set.
fn everything() -> String {
    let mut file = "[brand]\nname = 'Post'\nsupport = 'mailto:help@crm.example'\n".to_owned();
    let texts: Vec<String> = PAGE_TEXTS.iter().map(|text| text.key.to_owned()).collect();
    let notes: Vec<String> = Noted::all().map(Noted::key).collect();
    for lang in Lang::ALL {
        for (section, kind, keys) in [("texts", "text", &texts), ("notes", "note", &notes)] {
            writeln!(file, "[brand.{section}.{}]", lang.as_str()).unwrap();
            for key in keys {
                writeln!(file, "\"{key}\" = '{}'", own(kind, lang, key)).unwrap();
            }
        }
    }
    file
}

#[test]
fn every_text_and_every_note_is_the_operators_and_nothing_in_it_is_markup() {
    let relay = Relay::with_file(None, &[], &everything());
    let pages: Vec<(String, String)> = addresses(&relay)
        .into_iter()
        .filter(|address| !address.contains(".json") && !address.starts_with("/api/"))
        .map(|address| {
            let body = http::get(&relay, &address, &["Accept: text/html"]).body;
            (address, body)
        })
        .collect();
    let body_of = |path: &str| &pages.iter().find(|(address, _)| address == path).expect(path).1;
    for (address, body) in &pages {
        assert!(
            !body.contains("<b>text") && !body.contains("<b>note"),
            "{address} has markup of the operator's"
        );
    }
    for lang in Lang::ALL {
        for text in PAGE_TEXTS {
            let shown = on_page("text", lang, text.key);
            assert!(pages.iter().any(|(_, body)| body.contains(&shown)), "no page says {shown}");
            let usual = text.usual.get(lang).split('{').next().unwrap();
            // A short one could be part of another sentence, and the title of the test is also that of a link to it.
            if text.usual.get(lang) == strings::page::CHECK_TEASER_TITLE.get(lang) {
                continue;
            }
            let says = pages.iter().find(|(_, body)| usual.chars().count() > 12 && body.contains(usual));
            assert!(says.is_none(), "{} still says {usual}", says.unwrap().0);
        }
        for noted in Noted::all() {
            let code = match noted {
                Noted::Code(code) => code,
                Noted::Cause(cause) => cause.code(),
            };
            let shown = on_page("note", lang, &noted.key());
            for page in
                [format!("/{}/errors/{code}", lang.as_str()), format!("/embed/{code}?lang={}", lang.as_str())]
            {
                assert!(body_of(&page).contains(&shown), "{page} doesn't say {shown}");
            }
        }
    }
}

#[test]
fn without_notes_no_page_speaks_of_any() {
    let relay = Relay::with_file(None, &[], "[brand.notes.en]\n'006' = 'Ask the desk.'");
    let body = |path: &str| http::get(&relay, path, &["Accept: text/html"]).body;
    assert_eq!(body("/en/errors/006").matches("class=\"note\"").count(), 1);
    assert!(body("/en/errors/006").contains("Ask the desk."));
    for path in ["/ja/errors/006", "/en/errors/007", "/embed/006?lang=ja"] {
        assert!(!body(path).contains("class=\"note\""), "{path}");
    }
}

#[test]
fn a_note_stands_beside_the_cause_that_a_test_finds() {
    let notes = "[brand]\nname = 'Post'\n\
        [brand.notes.ja]\n'006.name-not-covered' = '<i>窓口</i>に「証明書」とお伝えください。'\n\
        [brand.notes.en]\n'006.name-not-covered' = 'Tell the <i>desk</i> \"certificate\".'\n";
    let relay = Relay::with_file(Some(lab::shared()), &[], notes);
    visit(&relay, async |page| {
        for (lang, from, note) in [
            (Lang::Ja, "Postからの補足", "<i>窓口</i>に「証明書」とお伝えください。"),
            (Lang::En, "A note from Post", "Tell the <i>desk</i> \"certificate\"."),
        ] {
            page.fill_by_mouse(lang, &Settings::UNCOVERED).await;
            page.submit().await;
            page.shows(Cause::NameNotCovered.texts().get(lang).title()).await;
            page.shows(strings::run::FINISHED.get(lang)).await;
            page.shows(from).await;
            page.shows(note).await;
            assert_accessible(page, &format!("a note in a result, {lang:?}")).await;
            for scheme in [Scheme::Light, Scheme::Dark] {
                page.prefer(scheme).await;
                page.open(&in_language(lang, &format!("errors/{}#name-not-covered", Code::E006))).await;
                page.shows(note).await;
                assert_accessible(page, &format!("a note on a page, {lang:?} {scheme:?}")).await;
            }
        }
    });
}
