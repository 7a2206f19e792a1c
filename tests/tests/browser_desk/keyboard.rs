//! Live triage without a mouse, on both sides.

use error_model::{
    Cause, Lang,
    strings::{self, desk, form},
};
use fantoccini::key::Key;
use tests::browser::form::Settings;
use tests::browser::{in_language, visit_both};

use crate::{Desk, NAME, text_of};

#[test]
fn a_case_is_opened_joined_and_solved_from_the_keyboard() {
    let desk = Desk::start();
    visit_both(desk.relay.origin(), async |agent, customer| {
        let lang = Lang::Ja;
        agent.open(&in_language(lang, "agent")).await;
        agent.shows(desk::TOKEN.ja).await;
        agent.tab_to(desk::TOKEN.ja).await;
        agent.keys(&desk.token).await;
        agent.press(Key::Enter).await;
        agent.shows(desk::NEW_CASE.ja).await;
        agent.until("the list has the focus", async || agent.focused_id().await == "desk-heading").await;
        agent.tab_to(desk::TICKET.ja).await;
        agent.keys("4711").await;
        agent.press(Key::Enter).await;
        agent.shows(desk::JOIN_CODE.ja).await;
        let code = text_of(agent, ".join-code").await;

        customer.open(&in_language(lang, "join")).await;
        customer.tab_to(desk::JOIN_ENTER.ja).await;
        customer.keys(&code).await;
        customer.press(Key::Enter).await;
        customer.shows(&desk::JOIN_ASKS.fill(lang, &[("name", NAME)])).await;
        customer
            .until("the question has the focus", async || customer.focused_id().await == "join-heading")
            .await;
        customer.tab_to(desk::AGREE.ja).await;
        customer.press(Key::Enter).await;
        customer.shows(&desk::SHARING_WITH.fill(lang, &[("name", NAME)])).await;
        let settings = Settings::UNCOVERED;
        for (name, text) in
            [(form::EMAIL, settings.email), (form::HOST, settings.imap), (form::HOST, settings.smtp)]
        {
            customer.tab_to(name.ja).await;
            customer.keys(text).await;
        }
        customer.press(Key::Enter).await;
        let title = Cause::NameNotCovered.texts().get(Lang::Ja).title();
        customer.shows(title).await;
        agent.shows(title).await;
        agent.shows(strings::run::FINISHED.ja).await;

        agent.tab_to(&offer(lang)).await;
        agent.press(Key::Enter).await;
        customer.shows(&desk::PROPOSAL.fill(lang, &[("name", NAME)])).await;
        customer.tab_to(desk::ACCEPT.ja).await;
        customer.press(Key::Enter).await;
        customer
            .until("the proposal is in the form", async || {
                customer.value("imap-host").await == "covered.mail.test"
            })
            .await;
        agent.tab_to(desk::ASK_RERUN.ja).await;
        agent.press(Key::Enter).await;
        customer.shows(&desk::RERUN_ASKED.fill(lang, &[("name", NAME)])).await;
        customer.tab_to(desk::RERUN.ja).await;
        customer.press(Key::Enter).await;
        agent
            .until("the agent sees that all is well", async || {
                text_of(agent, ".desk-found").await.to_lowercase().contains("ok")
            })
            .await;
        customer.tab_to(desk::LEAVE.ja).await;
        customer.press(Key::Enter).await;
        customer.shows(desk::HAS_LEFT.ja).await;
        agent.tab_to(desk::CLOSE.ja).await;
        agent.press(Key::Enter).await;
        agent.shows(desk::EVENT_CLOSED.ja).await;
    });
}

/// The button that proposes what the diagnosis found.
fn offer(lang: Lang) -> String {
    let field = format!("{}の{}", form::SERVER_IMAP.get(lang), form::HOST.get(lang));
    desk::PROPOSE_THIS.fill(lang, &[("field", &field), ("value", "covered.mail.test")])
}
