//! A relay that asks for a proof of work before a sign-in.

use error_model::{Lang, strings};
use serde_json::{Value, json};
use tests::browser::axe::assert_accessible;
use tests::browser::form::Settings;
use tests::browser::relay::{Relay, with_lab};
use tests::browser::{Page, visit};
use tests::lab;

use crate::{announced, healthy};

fn asking(hashes: &str) -> Relay {
    Relay::configured(Some(lab::shared()), &[("MAILTRIAGE_LIMITS_PROOF_OF_WORK", hashes)])
}

/// Counts the workers that the page starts, and those that it ends.
const WATCHED: &str = "
    window.begun = window.ended = 0;
    const Real = window.Worker;
    window.Worker = class extends Real {
        constructor(...how) { super(...how); window.begun += 1 }
        terminate() { super.terminate(); window.ended += 1 }
    }";

/// As [`WATCHED`], with challenges that no number solves: a machine that takes as long as it can.
const UNSOLVABLE: &str = "
    window.begun = window.ended = 0;
    const Real = window.Worker;
    window.Worker = class extends Real {
        constructor(...how) { super(...how); window.begun += 1 }
        postMessage(asked) { super.postMessage({ ...asked, challenge: '00'.repeat(32) }) }
        terminate() { super.terminate(); window.ended += 1 }
    }";

/// How many proofs the page has begun, and how many it has ended.
async fn proofs(page: &Page) -> Value {
    page.js("return [window.begun, window.ended]", vec![]).await
}

/// Whether the browser has fetched the script that solves challenges.
async fn fetched(page: &Page) -> bool {
    const SCRIPT: &str =
        "return performance.getEntriesByType('resource').some(it => /\\/assets\\/proof-/.test(it.name))";
    page.js(SCRIPT, vec![]).await == true
}

#[test]
fn a_test_with_a_password_passes_after_a_proof_of_its_own_and_one_without_needs_none() {
    let relay = asking("20000");
    visit(&relay, async |page| {
        for lang in Lang::ALL {
            page.fill_by_mouse(lang, &Settings { password: "", ..Settings::HEALTHY }).await;
            page.js(WATCHED, vec![]).await;
            page.click(strings::form::SUBMIT_CONNECTION.get(lang)).await;
            healthy(page, lang).await;
            assert!(!fetched(page).await, "the connection alone needs no proof");

            page.fill_by_mouse(lang, &Settings::HEALTHY).await;
            page.js(WATCHED, vec![]).await;
            for nth in 1..=2 {
                page.submit().await;
                page.until("a proof for each test", async || proofs(page).await == json!([nth, nth])).await;
                healthy(page, lang).await;
                page.shows(strings::card::OK_SIGNED_IN.get(lang)).await;
            }
            assert!(fetched(page).await);
        }
    });
}

#[test]
fn where_the_relay_asks_for_no_proof_its_script_is_never_fetched() {
    visit(with_lab(), async |page| {
        page.fill_by_mouse(Lang::Ja, &Settings::HEALTHY).await;
        page.submit().await;
        healthy(page, Lang::Ja).await;
        page.shows(strings::card::OK_SIGNED_IN.get(Lang::Ja)).await;
        assert!(!fetched(page).await);
    });
}

#[test]
fn a_proof_that_takes_long_is_told_and_ends_with_the_test_that_it_was_for() {
    let relay = asking("1000000");
    visit(&relay, async |page| {
        for lang in Lang::ALL {
            page.fill_by_mouse(lang, &Settings::HEALTHY).await;
            page.js(UNSOLVABLE, vec![]).await;
            page.submit().await;
            let told = strings::run::PROVING.get(lang);
            page.shows(told).await;
            assert!(announced(page).await.contains(told), "assistive technology is told");
            assert_accessible(page, "a proof that takes long").await;
            page.until("it's under way", async || proofs(page).await == json!([1, 0])).await;
            page.click(strings::form::CANCEL.get(lang)).await;
            page.shows(strings::run::CANCELLED.get(lang)).await;
            page.until("nothing is computed any more", async || proofs(page).await == json!([1, 1])).await;
        }
    });
}

#[test]
fn a_proof_that_fails_or_was_used_before_is_told_with_what_to_do() {
    /// The page is given the first ticket again and again.
    const REPLAYED: &str = "
        const real = window.fetch;
        let first;
        window.fetch = async (address, ...more) => {
            if (!String(address).endsWith('/api/v1/ticket')) return real(address, ...more);
            first = first || await (await real(address, ...more)).text();
            return new Response(first);
        }";
    let relay = asking("5000");
    visit(&relay, async |page| {
        for lang in Lang::ALL {
            page.fill_by_mouse(lang, &Settings::HEALTHY).await;
            page.js(UNSOLVABLE, vec![]).await;
            page.submit().await;
            page.shows(strings::run::PROBLEM_PROOF.get(lang)).await;
            page.shows(strings::run::PROBLEM_PROOF_TEXT.get(lang)).await;
            assert_accessible(page, "a proof that failed").await;

            page.fill_by_mouse(lang, &Settings::HEALTHY).await;
            page.js(REPLAYED, vec![]).await;
            page.submit().await;
            healthy(page, lang).await;
            page.submit().await;
            page.shows(strings::run::PROBLEM_PROOF.get(lang)).await;
        }
    });
}
