//! What customers decide, and what agents show them.

use error_model::{Lang, strings::desk};
use tests::browser::axe::assert_accessible;
use tests::browser::form::Settings;
use tests::browser::visit_both;

use crate::{Desk, NAME, choose, fill_in, join, meet, open_case, sign_in, text_of};

const ADDRESS: &str = Settings::UNCOVERED.email;

#[test]
fn the_address_is_shown_and_masked_as_the_customer_says() {
    let desk = Desk::start();
    visit_both(desk.relay.origin(), async |agent, customer| {
        sign_in(agent, Lang::En, &desk.token).await;
        for lang in Lang::ALL {
            agent.open(&tests::browser::in_language(lang, "agent")).await;
            agent.shows(desk::NEW_CASE.get(lang)).await;
            let path = open_case(agent, lang, "4711").await;
            assert!(
                !text_of(agent, ".case-about").await.contains(desk::CUSTOMER.get(lang)),
                "nobody is known yet"
            );
            customer.open(&path).await;
            customer.shows(desk::AGREE.get(lang)).await;
            customer.click_label("show-address").await;
            customer.type_into("address", ADDRESS).await;
            assert_accessible(customer, "the question for consent, with an address").await;
            customer.click(desk::AGREE.get(lang)).await;
            customer.shows(desk::ADDRESS_SHOWN.get(lang)).await;
            assert_eq!(customer.value("email").await, ADDRESS, "it needn't be typed again");
            let known = async |address: &str| {
                let about = format!("{}: {address}", desk::CUSTOMER.get(lang));
                agent.until(&about, async || text_of(agent, ".case-about").await.contains(&about)).await;
            };
            known(ADDRESS).await;
            customer.click(desk::ADDRESS_MASK.get(lang)).await;
            customer.shows(desk::ADDRESS_MASKED.get(lang)).await;
            known("•••@mail.test").await;
            customer.click(desk::ADDRESS_SHOW.get(lang)).await;
            customer.shows(desk::ADDRESS_SHOWN.get(lang)).await;
            known(ADDRESS).await;
            customer.click(desk::LEAVE.get(lang)).await;
            customer.shows(desk::HAS_LEFT.get(lang)).await;
            assert_accessible(customer, "after leaving").await;
        }
    });
}

#[test]
fn whoever_lost_the_page_joins_again_with_another_code() {
    let desk = Desk::start();
    visit_both(desk.relay.origin(), async |agent, customer| {
        let path = meet(&desk, Lang::Ja, agent, customer).await;
        let invites = async || !text_of(agent, ".join-code").await.is_empty();
        agent.until("the code is used up, and goes", async || !invites().await).await;
        // As in another browser.
        customer.js("sessionStorage.clear()", vec![]).await;
        agent.click(desk::NEW_CODE.ja).await;
        agent.until("there's another code", invites).await;
        let code = text_of(agent, ".join-code").await;
        assert!(!path.ends_with(&code), "{path} {code}");
        join(customer, Lang::Ja, &format!("/ja/join/{code}")).await;
        agent.until("the code is used up, and goes", async || !invites().await).await;
        fill_in(customer, &Settings::UNCOVERED).await;
        customer.submit().await;
        agent.shows("006").await;
    });
}

#[test]
fn a_reply_that_the_agent_has_edited_stays_after_another_run() {
    let desk = Desk::start();
    visit_both(desk.relay.origin(), async |agent, customer| {
        meet(&desk, Lang::En, agent, customer).await;
        fill_in(customer, &Settings::UNCOVERED).await;
        customer.submit().await;
        let replies = async |number: u64| {
            const SCRIPT: &str = "return performance.getEntriesByType('resource').filter(one => one.name.includes('/reply?')).length";
            agent
                .until(&format!("reply {number} has come"), async || {
                    agent.js(SCRIPT, vec![]).await.as_u64() == Some(number)
                })
                .await;
        };
        agent.shows(desk::REPLY.en).await;
        replies(1).await;
        agent.type_into("reply", "Dear Otto").await;
        customer.type_into("imap-host", "covered.mail.test").await;
        customer.submit().await;
        agent
            .until("the agent sees that all is well", async || {
                text_of(agent, ".desk-found").await.to_lowercase().contains("ok")
            })
            .await;
        replies(2).await;
        assert_eq!(agent.value("reply").await, "Dear Otto");
    });
}

#[test]
fn the_agent_points_at_a_field_and_hands_the_case_over() {
    let desk = Desk::start();
    let other = tests::desk::agent(&desk.store, "Bea");
    visit_both(desk.relay.origin(), async |agent, customer| {
        sign_in(agent, Lang::Ja, &desk.token).await;
        for lang in Lang::ALL {
            agent.open(&tests::browser::in_language(lang, "agent")).await;
            agent.shows(desk::NEW_CASE.get(lang)).await;
            let path = open_case(agent, lang, "4711").await;
            join(customer, lang, &path).await;
            choose(agent, "propose-field", "smtp.port").await;
            agent.click(desk::POINT.get(lang)).await;
            let pointed = desk::POINTED_HERE.fill(lang, &[("name", NAME)]);
            customer.shows(&pointed).await;
            const BESIDE: &str = "return document.getElementById('smtp-port').closest('.field').querySelector('.pointed')?.innerText ?? ''";
            assert_eq!(customer.js(BESIDE, vec![]).await.as_str().unwrap_or_default().trim(), pointed);
            assert_accessible(customer, "a field that is pointed at").await;
            choose(agent, "propose-field", "imap.host").await;
            agent.click(desk::POINT.get(lang)).await;
            customer.until("the arrow has moved on", async || customer.js(BESIDE, vec![]).await == "").await;
            agent.type_into("hand-over-to", "nobody of this name").await;
            agent.click(desk::HAND_OVER.get(lang)).await;
            agent.shows(desk::NO_AGENT.get(lang)).await;
            agent.type_into("hand-over-to", "Bea").await;
            agent.click(desk::HAND_OVER.get(lang)).await;
            agent.shows(&desk::EVENT_HANDED_OVER.fill(lang, &[("value", "Bea")])).await;
            customer.shows(&desk::SHARING_WITH.fill(lang, &[("name", "Bea")])).await;
            agent.click(desk::CLOSE.get(lang)).await;
            agent.shows(desk::NOT_YOURS.get(lang)).await;
        }
        // The browser notes the refusals by itself.
        let console = agent.console().await;
        assert!(console.iter().all(|line| line.contains("status of 40")), "{console:#?}");
        agent.click(desk::SIGN_OUT.en).await;
        sign_in(agent, Lang::En, &other).await;
        agent.click("4711").await;
        agent.click(desk::CLOSE.en).await;
        customer.shows(desk::OVER.en).await;
        assert_accessible(customer, "a case that is over").await;
        let form = customer.field("imap-host").await.is_displayed().await.unwrap();
        assert!(!form, "there is nothing to share any more");
    });
}
