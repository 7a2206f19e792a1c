//! Takes pictures of the page in every combination of width, scheme and language, to be looked at:
//! `cargo run -p tests --bin screenshots`, with `-- desk` for live triage only. They go to `target/screenshots`.

use error_model::{Lang, Step, Str, strings};
use tests::browser::cut::Wire;
use tests::browser::form::Settings;
use tests::browser::look::{Scheme, pictures};
use tests::browser::relay::{Relay, with_lab};
use tests::browser::triage::{Desk, join, open_case, sign_in};
use tests::browser::{Page, in_language, visit, visit_both, visit_origin};
use tests::lab;

/// A phone and a desk.
const WIDTHS: [u32; 2] = [360, 1280];

fn main() {
    triage();
    if std::env::args().any(|argument| argument == "desk") {
        return;
    }
    visit(with_lab(), async |page| {
        for lang in Lang::ALL {
            for (name, path) in [("help", ""), ("error", "errors/006"), ("check", "check")] {
                page.open(&in_language(lang, path)).await;
                take(page, lang, name).await;
            }
            for (name, looks) in [("frame", ""), ("frame-compact", "&compact=1&accent=5b2c83")] {
                page.open(&format!("/embed/006?lang={}{looks}", lang.as_str())).await;
                take(page, lang, name).await;
            }
            looked_up(page, lang, "user@files.mail.test", strings::discovery::WORKS).await;
            page.click(&strings::discovery::OTHERS.fill(lang, &[("n", "1")])).await;
            take(page, lang, "found").await;
            looked_up(page, lang, "anna@gmail.com", strings::discovery::TRIED_SILENT).await;
            take(page, lang, "provider").await;
            looked_up(page, lang, "anna@in-japan.test", strings::discovery::NO_SERVERS).await;
            take(page, lang, "no-servers").await;

            page.resize(WIDTHS[1]).await;
            page.open(&in_language(lang, "check")).await;
            for (id, typed) in
                [("email", "user"), ("imap-host", "https://imap.example.com/"), ("imap-port", "0")]
            {
                page.type_into(id, typed).await;
            }
            page.submit().await;
            page.shows(strings::form::FAULTS_TITLE.get(lang)).await;
            take(page, lang, "form-errors").await;

            page.resize(WIDTHS[1]).await;
            page.fill_by_mouse(lang, &Settings { password: "", ..Settings::HEALTHY }).await;
            page.submit().await;
            page.shows(strings::run::FINISHED.get(lang)).await;
            take(page, lang, "run-connection-only").await;

            page.resize(WIDTHS[1]).await;
            page.fill_by_mouse(lang, &Settings { imap: "incomplete.mail.test", ..Settings::WRONG_PASSWORD })
                .await;
            page.js("document.getElementById('reported').value = '006'; document.getElementById('reported').dispatchEvent(new Event('change', {bubbles: true}))", vec![]).await;
            page.submit().await;
            page.shows(strings::run::FINISHED.get(lang)).await;
            page.shows(strings::card::WHAT_TO_DO.get(lang)).await;
            open_drawers(page, lang, Step::SignIn).await;
            take(page, lang, "run-reported").await;

            page.resize(WIDTHS[1]).await;
            page.fill_by_mouse(lang, &Settings::UNCOVERED).await;
            page.submit().await;
            page.shows(strings::run::FINISHED.get(lang)).await;
            page.shows(strings::card::WHAT_TO_DO.get(lang)).await;
            open_drawers(page, lang, Step::Certificate).await;
            page.js(
                "for (const layer of document.querySelectorAll('details.layer')) layer.open = true",
                vec![],
            )
            .await;
            take(page, lang, "run-failed").await;

            page.resize(WIDTHS[1]).await;
            page.type_into("imap-host", Settings::HEALTHY.imap).await;
            page.submit().await;
            page.shows(strings::run::FINISHED.get(lang)).await;
            page.shows(strings::card::OK_TITLE.get(lang)).await;
            take(page, lang, "run-ok").await;
        }
    });
    interrupted();
    proving();
    println!("{}", pictures().display());
}

/// Live triage, from both sides.
fn triage() {
    for lang in Lang::ALL {
        let desk = Desk::start();
        visit_both(desk.relay.origin(), async |agent, customer| {
            for page in [agent, customer] {
                page.resize(WIDTHS[1]).await;
            }
            agent.open(&in_language(lang, "agent")).await;
            agent.shows(strings::desk::TOKEN.get(lang)).await;
            take(agent, lang, "desk-sign-in").await;
            sign_in(agent, lang, &desk.token).await;
            let path = open_case(agent, lang, "4711").await;
            take(agent, lang, "desk-new").await;
            customer.open(&in_language(lang, "join")).await;
            take(customer, lang, "join-code").await;
            customer.open(&path).await;
            customer.shows(strings::desk::AGREE.get(lang)).await;
            take(customer, lang, "join-consent").await;
            customer.resize(WIDTHS[1]).await;
            join(customer, lang, &path).await;
            for (id, text) in [("email", "user@mail.test"), ("imap-host", "uncovered.mail.test")] {
                customer.type_into(id, text).await;
            }
            customer.submit().await;
            customer.shows(strings::run::FINISHED.get(lang)).await;
            agent.resize(WIDTHS[1]).await;
            agent.shows(strings::run::FINISHED.get(lang)).await;
            agent.shows(strings::card::SUGGESTIONS.get(lang)).await;
            agent.js("document.querySelector('.offers button').click()", vec![]).await;
            agent.click(strings::desk::ASK_RERUN.get(lang)).await;
            customer.shows(strings::desk::RERUN.get(lang)).await;
            customer.shows(strings::desk::ACCEPT.get(lang)).await;
            take(customer, lang, "join-shared").await;
            agent.shows(strings::desk::EVENT_RERUN.get(lang)).await;
            take(agent, lang, "desk-case").await;
            agent.resize(WIDTHS[1]).await;
            agent.click(strings::desk::BACK.get(lang)).await;
            agent.shows("4711").await;
            take(agent, lang, "desk-list").await;
            agent.click(strings::desk::STATISTICS.get(lang)).await;
            agent.shows(strings::desk::BY_WEEK.get(lang)).await;
            take(agent, lang, "desk-statistics").await;
            for page in [agent, customer] {
                page.resize(WIDTHS[1]).await;
            }
            agent.click(strings::desk::CASES.get(lang)).await;
            agent.shows("4711").await;
            agent.click("4711").await;
            customer.type_into("imap-host", "silent-inside.mail.test").await;
            customer.submit().await;
            agent.shows(strings::run::RUNNING.get(lang)).await;
            take(agent, lang, "desk-running").await;
            take(customer, lang, "join-running").await;
        });
    }
}

/// Runs that are under way, cut off, lost, or refused.
fn interrupted() {
    let limit = ("MAILTRIAGE_LIMITS_RUNS_PER_CLIENT_PER_MINUTE", "2");
    for lang in Lang::ALL {
        let listener = Wire::reserve();
        let origin = format!("http://{}", listener.local_addr().expect("a listener has an address"));
        let relay = Relay::configured(Some(lab::shared()), &[("MAILTRIAGE_PUBLIC_ORIGIN", &origin), limit]);
        let wire = Wire::start(listener, relay.address());
        // The browser notes the connections that fail.
        let visit = std::panic::AssertUnwindSafe(|| {
            visit_origin(&wire.origin(), async |page| {
                let silent = Settings { imap: "silent-inside.mail.test", ..Settings::HEALTHY };
                page.resize(WIDTHS[1]).await;
                page.fill_by_mouse(lang, &silent).await;
                page.submit().await;
                page.shows(strings::run::LANE_PASSED.get(lang)).await;
                take(page, lang, "running").await;
                wire.cut();
                page.shows(strings::run::RECONNECTING.get(lang)).await;
                take(page, lang, "reconnecting").await;
                page.shows(strings::run::PROBLEM_LOST.get(lang)).await;
                take(page, lang, "lost").await;
                wire.mend();
                page.resize(WIDTHS[1]).await;
                for _ in 0..2 {
                    page.submit().await;
                    page.shows(strings::run::RUNNING.get(lang)).await;
                    page.click(strings::form::CANCEL.get(lang)).await;
                }
                page.submit().await;
                page.shows(strings::run::PROBLEM_RATE.get(lang)).await;
                take(page, lang, "rate-limited").await;
            });
        });
        let _ = std::panic::catch_unwind(visit);
    }
}

/// A sign-in that waits for its proof of work, and one whose proof failed.
fn proving() {
    /// No number solves what the page is asked.
    const UNSOLVABLE: &str = "
        const Real = window.Worker;
        window.Worker = class extends Real {
            postMessage(asked) { super.postMessage({ ...asked, challenge: '00'.repeat(32) }) }
        }";
    for (name, hashes) in [("proving", "1000000"), ("unproven", "1000")] {
        let hardness = ("MAILTRIAGE_LIMITS_PROOF_OF_WORK", hashes);
        visit(&Relay::configured(Some(lab::shared()), &[hardness]), async |page| {
            for lang in Lang::ALL {
                page.resize(WIDTHS[1]).await;
                page.fill_by_mouse(lang, &Settings::HEALTHY).await;
                page.js(UNSOLVABLE, vec![]).await;
                page.submit().await;
                let told =
                    if name == "proving" { strings::run::PROVING } else { strings::run::PROBLEM_PROOF };
                page.shows(told.get(lang)).await;
                take(page, lang, name).await;
            }
        });
    }
}

/// Opens the check and lets it look up the settings of an address.
async fn looked_up(page: &Page, lang: Lang, email: &str, shown: Str) {
    page.resize(WIDTHS[1]).await;
    page.open(&in_language(lang, "check")).await;
    page.type_into("email", email).await;
    page.shows(shown.get(lang)).await;
}

/// Opens this step's drawer on both lanes.
async fn open_drawers(page: &Page, lang: Lang, step: Step) {
    const SCRIPT: &str = "
        for (const step of document.querySelectorAll('details.step'))
            step.open = step.innerText.includes(arguments[0])";
    page.js(SCRIPT, vec![strings::step(step).get(lang).into()]).await;
}

async fn take(page: &Page, lang: Lang, name: &str) {
    for width in WIDTHS {
        page.resize(width).await;
        for scheme in Scheme::ALL {
            page.prefer(scheme).await;
            let file = format!("{name}-{width}-{}-{}.png", scheme.as_str(), lang.as_str());
            page.picture(&pictures().join(file)).await;
        }
    }
}
