//! From the code to the solved case: join, consent, a run seen live, a proposal, another run, the export.

use error_model::{
    Cause, Field, Lang, Suggestion,
    strings::{self, desk},
};
use tests::browser::axe::assert_accessible;
use tests::browser::form::Settings;
use tests::browser::{Page, visit_both};

use crate::{Desk, NAME, clipboard, everything, fill_in, join, open_case, sign_in, text_of};

#[test]
fn an_agent_and_a_customer_solve_a_case_together_in_japanese() {
    solve(Lang::Ja);
}

#[test]
fn an_agent_and_a_customer_solve_a_case_together_in_english() {
    solve(Lang::En);
}

fn solve(lang: Lang) {
    let desk = Desk::start();
    visit_both(desk.relay.origin(), async |agent, customer| {
        agent.allow_clipboard().await;
        sign_in(agent, lang, &desk.token).await;
        let path = open_case(agent, lang, "4711").await;
        assert_accessible(agent, "a new case").await;
        invited(agent, lang, &path).await;

        customer.open(&path).await;
        customer.shows(&desk::JOIN_ASKS.fill(lang, &[("name", NAME)])).await;
        customer.shows(desk::NEVER_PASSWORD.get(lang)).await;
        assert_accessible(customer, "the question for consent").await;
        assert!(!customer.field("imap-host").await.is_displayed().await.unwrap(), "nothing is shared yet");
        agent.shows(desk::WAITING.get(lang)).await;
        join(customer, lang, &path).await;
        agent.shows(desk::JOINED.get(lang)).await;

        run_with_a_fault(agent, customer, lang).await;
        let first = reply_other_than(agent, "").await;
        proposal(agent, customer, lang).await;
        run_again(agent, customer, lang).await;
        reply_other_than(agent, &first).await;
        take_away(agent, lang).await;

        agent.type_into("note", "slow mailbox, quota?").await;
        agent.click(desk::NOTE_ADD.get(lang)).await;
        agent.shows(&desk::EVENT_NOTED.fill(lang, &[("value", "slow mailbox, quota?")])).await;
        assert!(!everything(customer).await.contains("quota"), "notes are the agents' own");

        assert_accessible(agent, "a solved case").await;
        assert_accessible(customer, "a shared case").await;
        customer.click(desk::LEAVE.get(lang)).await;
        customer.shows(desk::HAS_LEFT.get(lang)).await;
        agent.shows(desk::LEFT.get(lang)).await;
        agent.click(desk::CLOSE.get(lang)).await;
        agent.shows(desk::EVENT_CLOSED.get(lang)).await;
        assert_accessible(agent, "a closed case").await;
        agent.type_into("note", "told by phone").await;
        agent.click(desk::NOTE_ADD.get(lang)).await;
        agent.shows(&desk::EVENT_NOTED.fill(lang, &[("value", "told by phone")])).await;
        let stored = customer.js("return sessionStorage.getItem('mailtriage-case')", vec![]).await;
        assert!(stored.is_null(), "the way back into the case is gone: {stored}");
    });
}

/// The code can be copied, and the link; the picture has a name.
async fn invited(agent: &Page, lang: Lang, path: &str) {
    let code = text_of(agent, ".join-code").await;
    assert!(code.len() == 6 && path.ends_with(&code), "{code} {path}");
    agent.click(desk::COPY_CODE.get(lang)).await;
    agent.shows(desk::COPIED.get(lang)).await;
    assert_eq!(clipboard(agent).await, code);
    let picture = agent.js("return document.querySelector('svg.qr[role=img]').ariaLabel", vec![]).await;
    assert_eq!(picture, desk::QR.get(lang));
}

async fn run_with_a_fault(agent: &Page, customer: &Page, lang: Lang) {
    let settings = Settings::UNCOVERED;
    fill_in(customer, &settings).await;
    customer.submit().await;
    let title = Cause::NameNotCovered.texts().get(lang).title();
    customer.shows(title).await;
    agent.shows(title).await;
    agent.shows("006").await;
    let lanes = text_of(agent, ".lanes").await;
    assert!(lanes.contains("uncovered.mail.test:993") && lanes.contains("good.mail.test:465"), "{lanes}");
    let seen = everything(agent).await;
    assert!(seen.contains("•••@mail.test") && !seen.contains(settings.email), "the address is masked");
    assert!(!seen.contains(settings.password), "the password is nowhere");
}

async fn proposal(agent: &Page, customer: &Page, lang: Lang) {
    let change = Suggestion {
        id: String::new(),
        field: Field::ImapHost,
        value: "covered.mail.test".into(),
        tried: None,
    };
    let field = web_name(lang);
    let offer = desk::PROPOSE_THIS.fill(lang, &[("field", &field), ("value", &change.value)]);
    agent.shows(&offer).await;
    agent.click(&offer).await;
    customer.shows(&desk::PROPOSAL.fill(lang, &[("name", NAME)])).await;
    assert_eq!(customer.value("imap-host").await, "uncovered.mail.test", "the customer decides");
    assert_accessible(customer, "a proposal").await;
    customer.click(desk::ACCEPT.get(lang)).await;
    assert_eq!(customer.value("imap-host").await, change.value);
    agent.shows(&desk::EVENT_ACCEPTED.fill(lang, &[("value", &change.value)])).await;
    customer
        .until("the answered proposal goes", async || {
            !customer.text().await.contains(&desk::PROPOSAL.fill(lang, &[("name", NAME)]))
        })
        .await;
}

/// The name of the field for the receiving server, as the console says it.
fn web_name(lang: Lang) -> String {
    let (server, host) = (strings::form::SERVER_IMAP.get(lang), strings::form::HOST.get(lang));
    match lang {
        Lang::Ja => format!("{server}の{host}"),
        Lang::En => format!("{server}: {}", host.to_lowercase()),
    }
}

async fn run_again(agent: &Page, customer: &Page, lang: Lang) {
    agent.click(desk::ASK_RERUN.get(lang)).await;
    customer.shows(&desk::RERUN_ASKED.fill(lang, &[("name", NAME)])).await;
    assert_accessible(customer, "a wish for another test").await;
    customer.click(desk::RERUN.get(lang)).await;
    customer.shows(strings::card::OK_TITLE.get(lang)).await;
    agent
        .until("the agent sees that all is well", async || {
            text_of(agent, ".desk-found").await.to_lowercase().contains("ok")
        })
        .await;
}

/// The reply to the customer, once there's another than this.
async fn reply_other_than(agent: &Page, known: &str) -> String {
    let mut reply = String::new();
    agent
        .until("there's a reply for what was found", async || {
            const SCRIPT: &str = "return document.getElementById('reply')?.value ?? ''";
            reply = agent.js(SCRIPT, vec![]).await.as_str().unwrap_or_default().to_owned();
            !reply.is_empty() && reply != known
        })
        .await;
    reply
}

async fn take_away(agent: &Page, lang: Lang) {
    agent.type_into("reply", "Dear customer").await;
    agent.click(desk::REPLY_COPY.get(lang)).await;
    agent.until("the edited reply is copied", async || clipboard(agent).await == "Dear customer").await;
    for button in [desk::COPY_MARKDOWN, desk::COPY_PLAIN] {
        agent.click(button.get(lang)).await;
        agent.until("the case is copied", async || clipboard(agent).await.contains("4711")).await;
        let text = clipboard(agent).await;
        assert!(text.contains("covered.mail.test") && !text.contains(Settings::UNCOVERED.password), "{text}");
        assert!(!text.contains(Settings::UNCOVERED.email), "{text}");
    }
    let downloads = agent.collect_downloads().await;
    agent.click(desk::SAVE_JSON.get(lang)).await;
    let json = downloads.take(agent, "case.json").await;
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(json["summary"]["ticket"], "4711");
}
