//! The list of cases: live, filtered, saved; and how often what was found.

use error_model::{
    Lang,
    strings::{self, desk},
};
use serde_json::json;
use tests::browser::axe::assert_accessible;
use tests::browser::look::Scheme;
use tests::browser::{Page, in_language, visit};
use tests::desk::told;

use crate::{Desk, choose, open_case, sign_in, text_of};

#[test]
fn cases_are_listed_as_they_come_filtered_and_saved() {
    let desk = Desk::start();
    visit(&desk.relay, async |page| {
        sign_in(page, Lang::En, &desk.token).await;
        page.shows(desk::NO_CASES.en).await;
        let relay = desk.relay.address();
        for (ticket, host) in
            [("4711", "imap.one.example"), ("0815", "imap.two.example"), ("=1+1", "imap.one.example")]
        {
            let server = json!({"host": host, "port": 993, "security": "tls"});
            told(relay, "/api/v1/cases", Some(&desk.token), &json!({"ticket": ticket, "imap": server})).await;
        }
        page.shows(&desk::FOUND.fill(Lang::En, &[("n", "3")])).await;
        page.type_into("filter-host", "one.").await;
        page.shows(&desk::FOUND.fill(Lang::En, &[("n", "2")])).await;
        page.type_into("filter-q", "4711").await;
        page.shows(&desk::FOUND.fill(Lang::En, &[("n", "1")])).await;
        let listed = text_of(page, ".cases").await;
        assert!(listed.contains("4711") && !listed.contains("0815"), "{listed}");
        let downloads = page.collect_downloads().await;
        page.click(desk::CSV.en).await;
        let csv = downloads.take(page, "cases.csv").await;
        assert!(csv.contains("\"4711\"") && !csv.contains("0815"), "{csv}");
        page.click("4711").await;
        page.shows(&desk::CASE_OF.fill(Lang::En, &[("ticket", "4711")])).await;
        page.click(desk::BACK.en).await;
        page.shows(desk::NEW_CASE.en).await;
    });
}

/// A day in this many days, as a date input has it.
async fn day(page: &Page, id: &str, days: i64) {
    const SCRIPT: &str = "
        const [id, days] = arguments, input = document.getElementById(id);
        input.value = days === null ? '' : new Date(Date.now() + days * 864e5).toISOString().slice(0, 10);
        input.dispatchEvent(new Event('change', { bubbles: true }))";
    page.js(SCRIPT, vec![id.into(), days.into()]).await;
}

#[test]
fn each_filter_leaves_the_cases_that_fit_and_an_emptied_one_leaves_all() {
    let desk = Desk::start();
    visit(&desk.relay, async |page| {
        let relay = desk.relay.address();
        let server = |host: &str| json!({"host": host, "port": 993, "security": "tls"});
        for (ticket, host) in
            [("A-1", "uncovered.mail.test"), ("B-2", "good.mail.test"), ("C-3", "imap.example")]
        {
            let new = json!({"ticket": ticket, "imap": server(host)});
            let opened = told(relay, "/api/v1/cases", Some(&desk.token), &new).await;
            let case = format!("/api/v1/cases/{}", opened["case"].as_str().unwrap());
            if ticket == "C-3" {
                let close = json!({"id": "1", "kind": "close"});
                told(relay, &format!("{case}/commands"), Some(&desk.token), &close).await;
            } else {
                told(relay, &format!("{case}/check"), Some(&desk.token), &json!({"imap": server(host)}))
                    .await;
            }
        }
        sign_in(page, Lang::En, &desk.token).await;
        let listed = async |tickets: &str| {
            const SCRIPT: &str = "return [...document.querySelectorAll('.case-title')].map(one => one.innerText).sort().join(' ')";
            page.until(&format!("{tickets:?} are listed"), async || page.js(SCRIPT, vec![]).await == tickets)
                .await;
        };
        listed("A-1 B-2 C-3").await;
        page.shows(error_model::Cause::NameNotCovered.texts().get(Lang::En).title()).await;
        assert_accessible(page, "a list of cases").await;
        for (id, text, tickets) in [("filter-q", "b-2", "B-2"), ("filter-host", "uncov", "A-1")] {
            page.type_into(id, text).await;
            listed(tickets).await;
            page.type_into(id, "\u{e017}").await;
            listed("A-1 B-2 C-3").await;
        }
        for (id, value, tickets) in [
            ("filter-state", "closed", "C-3"),
            ("filter-code", "006", "A-1"),
            ("filter-code", "ok", "B-2"),
            ("filter-cause", "name-not-covered", "A-1"),
        ] {
            choose(page, id, value).await;
            listed(tickets).await;
            choose(page, id, "").await;
            listed("A-1 B-2 C-3").await;
        }
        for (id, out, within) in [("filter-since", 1, 0), ("filter-until", -1, 0)] {
            day(page, id, out).await;
            listed("").await;
            page.shows(desk::NO_CASES.en).await;
            day(page, id, within).await;
            listed("A-1 B-2 C-3").await;
        }
        choose(page, "filter-code", "006").await;
        choose(page, "filter-state", "closed").await;
        listed("").await;
    });
}

#[test]
fn the_relay_checks_a_connection_for_the_agent_and_it_is_counted() {
    let desk = Desk::start();
    visit(&desk.relay, async |page| {
        for lang in Lang::ALL {
            if lang == Lang::ALL[0] {
                sign_in(page, lang, &desk.token).await;
            } else {
                page.open(&in_language(lang, "agent")).await;
            }
            page.type_into("new-imap", "uncovered.mail.test").await;
            open_case(page, lang, "4711").await;
            page.click(desk::CHECK_CONNECTION.get(lang)).await;
            page.shows(desk::RUN_OF_RELAY.get(lang)).await;
            page.shows(strings::run::FINISHED.get(lang)).await;
            page.shows("006").await;
            page.click(desk::STATISTICS.get(lang)).await;
            page.shows(desk::BY_WEEK.get(lang)).await;
            page.shows(error_model::Cause::NameNotCovered.texts().get(lang).title()).await;
            assert_accessible(page, "the statistics").await;
        }
    });
}

#[test]
fn results_weeks_and_providers_are_counted_in_tables_whose_bars_are_in_proportion() {
    let desk = Desk::start();
    visit(&desk.relay, async |page| {
        let relay = desk.relay.address();
        for host in ["uncovered.mail.test", "good.mail.test", "uncovered.mail.test"] {
            let imap = json!({"imap": {"host": host, "port": 993, "security": "tls"}});
            let opened = told(relay, "/api/v1/cases", Some(&desk.token), &json!({})).await;
            let check = format!("/api/v1/cases/{}/check", opened["case"].as_str().unwrap());
            told(relay, &check, Some(&desk.token), &imap).await;
        }
        sign_in(page, Lang::En, &desk.token).await;
        page.until("all three have a result", async || {
            let listed = text_of(page, ".cases").await;
            listed.matches("006").count() == 2 && listed.matches("OK").count() == 1
        })
        .await;
        page.click(desk::STATISTICS.en).await;
        let fault = format!("006 {}", error_model::Cause::NameNotCovered.texts().get(Lang::En).title());
        page.shows(&fault).await;
        const ROWS: &str = "
            return [...document.querySelectorAll('.chart')].map(table => [table.caption.innerText,
                ...[...table.tBodies[0].rows].map(row => [row.cells[0].innerText, row.cells[1].innerText,
                    Number(row.querySelector('rect').getAttribute('width'))])])";
        const MONDAY: &str = "
            const day = new Date(), ago = (day.getUTCDay() + 6) % 7;
            return new Date(day - ago * 864e5).toISOString().slice(0, 10)";
        let monday = page.js(MONDAY, vec![]).await;
        let expected = json!([
            [desk::BY_CODE.en, [fault, "2", 1000], ["OK", "1", 500]],
            [desk::BY_WEEK.en, [monday, "3", 1000]],
            [desk::BY_PROVIDER.en, [desk::PROVIDER_OTHER.en, "3", 1000]],
        ]);
        assert_eq!(page.js(ROWS, vec![]).await, expected);
    });
}

#[test]
fn every_view_fits_a_phone_in_either_scheme() {
    let desk = Desk::start();
    tests::browser::visit_both(desk.relay.origin(), async |agent, customer| {
        for lang in Lang::ALL {
            for scheme in Scheme::ALL {
                for page in [agent, customer] {
                    page.resize(360).await;
                    page.prefer(scheme).await;
                }
                if lang == Lang::ALL[0] && scheme == Scheme::Light {
                    sign_in(agent, lang, &desk.token).await;
                } else {
                    agent.open(&in_language(lang, "agent")).await;
                }
                agent.shows(desk::NEW_CASE.get(lang)).await;
                let path = open_case(agent, lang, "a-rather-long-ticket-number-0123456789-0123456789").await;
                customer.open(&path).await;
                customer.shows(desk::AGREE.get(lang)).await;
                customer.assert_no_sideways_scrolling("the question for consent").await;
                customer.click(desk::AGREE.get(lang)).await;
                customer.shows(desk::LEAVE.get(lang)).await;
                agent.shows(desk::JOINED.get(lang)).await;
                for (page, state) in [(agent, "a case"), (customer, "a shared case")] {
                    page.assert_no_sideways_scrolling(state).await;
                    assert_accessible(page, state).await;
                }
                agent.click(desk::BACK.get(lang)).await;
                agent.shows(desk::NEW_CASE.get(lang)).await;
                agent.assert_no_sideways_scrolling("the list").await;
                assert_accessible(agent, "the list").await;
            }
        }
    });
}
