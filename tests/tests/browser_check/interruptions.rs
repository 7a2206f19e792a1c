//! Runs that are stopped, and a relay that goes away.

use error_model::{Cause, Lang, Str, strings};
use tests::browser::axe::assert_accessible;
use tests::browser::cut::Wire;
use tests::browser::form::Settings;
use tests::browser::relay::Relay;
use tests::browser::{Page, http, visit, visit_origin};
use tests::lab;

use super::announced;

/// A server that accepts and then says nothing: a run that lasts.
const LASTING: Settings = Settings { imap: "silent.mail.test", smtp: "", ..Settings::HEALTHY };

/// A server that greets after nine seconds: a run that lasts, and ends.
const LATE: Settings = Settings { imap: "late.mail.test", smtp: "", ..Settings::HEALTHY };

#[test]
fn a_cancelled_run_stops_at_once_here_and_at_the_relay_and_can_be_started_again() {
    let relay = Relay::start(Some(lab::shared()));
    visit(&relay, async |page| {
        for lang in Lang::ALL {
            start(page, lang).await;
            page.until("the relay works on it", async || in_flight(&relay) == 1).await;
            page.click(strings::form::CANCEL.get(lang)).await;
            page.shows(strings::run::CANCELLED.get(lang)).await;
            page.until("the relay has let go", async || in_flight(&relay) == 0).await;
            assert_kept(page).await;

            page.type_into("imap-host", "good.mail.test").await;
            page.type_into("imap-port", "993").await;
            page.submit().await;
            page.shows(strings::card::OK_TITLE.get(lang)).await;
        }
    });
}

#[test]
fn leaving_the_page_stops_its_run() {
    let relay = Relay::start(Some(lab::shared()));
    visit(&relay, async |page| {
        start(page, Lang::En).await;
        page.until("the relay works on it", async || in_flight(&relay) == 1).await;
        page.open("/en/errors/002").await;
        page.until("the relay has let go", async || in_flight(&relay) == 0).await;
    });
}

#[test]
fn when_the_relay_goes_away_the_page_says_so_kindly_and_keeps_what_was_typed() {
    for lang in Lang::ALL {
        let relay = Relay::start(Some(lab::shared()));
        let origin = relay.origin().to_owned();
        visit_origin(&origin, async |page| {
            start(page, lang).await;
            page.until("the relay works on it", async || in_flight(&relay) == 1).await;
            drop(relay);
            tells(page, lang, strings::run::PROBLEM_LOST, strings::run::PROBLEM_LOST_TEXT).await;
            assert_accessible(page, "a run that was lost").await;
            assert_kept(page).await;

            page.submit().await;
            tells(page, lang, strings::run::PROBLEM_UNREACHABLE, strings::run::PROBLEM_UNREACHABLE_TEXT)
                .await;
            assert_kept(page).await;
            assert_failed_connections_only(page).await;
        });
    }
}

#[test]
fn whoever_tests_too_often_is_told_kindly_and_sees_the_time_run_down() {
    for lang in Lang::ALL {
        let variables = [("MAILTRIAGE_LIMITS_RUNS_PER_CLIENT_PER_MINUTE", "1")];
        let relay = Relay::configured(Some(lab::shared()), &variables);
        visit(&relay, async |page| {
            page.fill_by_mouse(lang, &Settings::HEALTHY).await;
            page.submit().await;
            page.shows(strings::card::OK_TITLE.get(lang)).await;
            page.submit().await;
            tells(page, lang, strings::run::PROBLEM_RATE, strings::run::PROBLEM_RATE_TEXT).await;
            let first = timer(page).await;
            assert!(first.contains("1:00") || first.contains("0:5"), "a minute at most: {first}");
            page.until("the time runs down", async || timer(page).await != first).await;
        });
    }
}

async fn timer(page: &Page) -> String {
    let text = page.js("return document.querySelector('[role=timer]').innerText", vec![]).await;
    text.as_str().unwrap_or_default().to_owned()
}

async fn start(page: &Page, lang: Lang) {
    page.fill_by_mouse(lang, &LASTING).await;
    page.type_into("imap-port", "143").await;
    page.submit().await;
    page.shows(strings::run::RUNNING.get(lang)).await;
}

async fn tells(page: &Page, lang: Lang, title: Str, text: Str) {
    page.shows(title.get(lang)).await;
    page.shows(text.get(lang)).await;
}

async fn assert_kept(page: &Page) {
    for (id, typed) in [
        ("email", LASTING.email),
        ("imap-host", LASTING.imap),
        ("imap-port", "143"),
        ("user", LASTING.email),
        ("password", LASTING.password),
    ] {
        assert_eq!(page.value(id).await, typed, "{id} keeps what was typed");
    }
}

/// The runs that the relay has under way, as it counts them itself.
fn in_flight(relay: &Relay) -> u32 {
    let metrics = http::get(relay, "/metrics", &[]).body;
    let line = metrics.lines().find_map(|line| line.strip_prefix("mailtriage_runs_in_flight "));
    line.and_then(|count| count.parse().ok()).expect("the relay counts its runs")
}

/// A relay behind a wire that can be cut, on a page of the wire's own origin.
fn behind_a_wire() -> (Relay, Wire) {
    let listener = Wire::reserve();
    let origin = format!("http://{}", listener.local_addr().expect("a listener has an address"));
    let relay = Relay::configured(Some(lab::shared()), &[("MAILTRIAGE_PUBLIC_ORIGIN", &origin)]);
    let wire = Wire::start(listener, relay.address());
    (relay, wire)
}

#[test]
fn a_run_whose_connection_is_cut_comes_back_by_itself_and_ends_as_if_nothing_had_been() {
    for lang in Lang::ALL {
        let (relay, wire) = behind_a_wire();
        visit_origin(&wire.origin(), async |page| {
            page.fill_by_mouse(lang, &LATE).await;
            page.submit().await;
            page.shows(strings::run::RUNNING.get(lang)).await;
            under_way(page).await;
            let before = evidence(page).await;
            wire.cut();
            page.shows(strings::run::RECONNECTING.get(lang)).await;
            assert!(announced(page).await.contains(strings::run::RECONNECTING.get(lang)));
            assert_eq!(in_flight(&relay), 1, "the run goes on meanwhile");
            wire.mend();
            page.shows(strings::run::RUNNING.get(lang)).await;
            assert_eq!(evidence(page).await, before, "what was seen is there once");
            page.shows(Cause::ServerSlow.texts().get(lang).title()).await;
            page.shows(strings::run::FINISHED.get(lang)).await;
            let metrics = http::get(&relay, "/metrics", &[]).body;
            assert!(metrics.contains("mailtriage_runs_total{outcome=\"fault\"} 1\n"), "one run:\n{metrics}");
            assert_failed_connections_only(page).await;
        });
    }
}

#[test]
fn a_run_that_is_stopped_while_its_connection_is_cut_stays_stopped() {
    let (_relay, wire) = behind_a_wire();
    visit_origin(&wire.origin(), async |page| {
        start(page, Lang::En).await;
        under_way(page).await;
        wire.cut();
        page.shows(strings::run::RECONNECTING.get(Lang::En)).await;
        page.click(strings::form::CANCEL.get(Lang::En)).await;
        page.shows(strings::run::CANCELLED.get(Lang::En)).await;
        wire.mend();
        page.type_into("imap-host", "good.mail.test").await;
        page.type_into("imap-port", "993").await;
        page.submit().await;
        page.shows(strings::card::OK_TITLE.get(Lang::En)).await;
        assert_failed_connections_only(page).await;
    });
}

/// Waits until nothing more comes in before the server's greeting.
async fn under_way(page: &Page) {
    const GREETING: &str = "return document.querySelector('.step[data-step=greeting]').dataset.state";
    page.until("the greeting is waited for", async || page.js(GREETING, vec![]).await == "started").await;
}

/// How many answers the name server gave, as the page shows them.
async fn evidence(page: &Page) -> u64 {
    let count = page
        .js("return document.querySelectorAll('.step[data-step=resolve] .sights li').length", vec![])
        .await;
    count.as_u64().expect("a count")
}

/// The browser itself notes connections that fail, and nothing else was complained of.
async fn assert_failed_connections_only(page: &Page) {
    let console = page.console().await;
    assert!(console.iter().all(|line| line.contains("WebSocket connection")), "{console:#?}");
}
