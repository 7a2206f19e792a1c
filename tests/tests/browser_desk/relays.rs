//! Two relays that share a broker, and a relay that is killed: both sides go on.

use error_model::{
    Cause, Lang,
    strings::{self, desk},
};
use tests::browser::form::Settings;
use tests::browser::triage::begin;
use tests::browser::{visit_both, visit_each};
use tests::desk::Nats;
use tests::directory::Directory;

use crate::{
    Desk, NAME, assert_only_connections_failed, behind_a_wire, fill_in, meet, proposals, propose_host,
    text_of,
};

#[test]
fn an_agent_on_one_relay_and_a_customer_on_another_see_the_same_run() {
    let directory = Directory::new();
    let nats = Nats::start(directory.path());
    let desk = Desk::with_store(nats.store.clone(), None);
    let other = begin(&nats.store, None);
    visit_each([desk.relay.origin(), other.origin()], async |agent, customer| {
        meet(&desk, Lang::En, agent, customer).await;
        agent.shows(desk::JOINED.en).await;
        fill_in(customer, &Settings::UNCOVERED).await;
        customer.submit().await;
        let title = Cause::NameNotCovered.texts().get(Lang::En).title();
        customer.shows(title).await;
        agent.shows(title).await;
        agent.shows(strings::run::FINISHED.en).await;
        assert!(text_of(agent, ".lanes").await.contains("uncovered.mail.test:993"));
        propose_host(agent, "mail.example.com").await;
        customer.shows(&desk::PROPOSAL.fill(Lang::En, &[("name", NAME)])).await;
        customer.click(desk::ACCEPT.en).await;
        agent.shows(&desk::EVENT_ACCEPTED.fill(Lang::En, &[("value", "mail.example.com")])).await;
        for page in [agent, customer] {
            page.reload().await;
        }
        agent.shows(desk::LIVE.en).await;
        assert_eq!(proposals(agent).await, 1);
        customer.click(desk::LEAVE.en).await;
        agent.shows(desk::LEFT.en).await;
    });
}

#[test]
fn both_sides_go_on_after_the_relay_was_killed() {
    let (desk, wire, origin) = behind_a_wire();
    visit_both(&origin, async |agent, customer| {
        meet(&desk, Lang::En, agent, customer).await;
        propose_host(agent, "mail.example.com").await;
        customer.shows("mail.example.com").await;
        agent.until("the proposal is in the history", async || proposals(agent).await == 1).await;
        let desk = desk.again();
        for page in [agent, customer] {
            page.shows(desk::RECONNECTING.en).await;
        }
        wire.lead_to(desk.relay.address());
        agent.shows(desk::LIVE.en).await;
        customer
            .until("the customer is back", async || !customer.text().await.contains(desk::RECONNECTING.en))
            .await;
        customer.click(desk::TURN_DOWN.en).await;
        agent.shows(&desk::EVENT_DECLINED.fill(Lang::En, &[("value", "mail.example.com")])).await;
        assert_eq!(proposals(agent).await, 1, "{}", agent.text().await);
        assert_only_connections_failed([agent, customer]).await;
    });
}
