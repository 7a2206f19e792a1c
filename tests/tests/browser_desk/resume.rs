//! Reloads and lost connections, on both sides: nothing is lost, nothing comes twice.

use error_model::{
    Lang,
    strings::desk::{self, RECONNECTING},
};
use serde_json::json;
use tests::browser::visit_both;
use tests::desk::told;

use crate::{Desk, NAME, assert_only_connections_failed, behind_a_wire, meet, proposals, propose_host};

#[test]
fn both_sides_go_on_after_a_reload() {
    let desk = Desk::start();
    visit_both(desk.relay.origin(), async |agent, customer| {
        meet(&desk, Lang::En, agent, customer).await;
        propose_host(agent, "mail.example.com").await;
        customer.shows("mail.example.com").await;
        for page in [agent, customer] {
            page.reload().await;
        }
        customer.shows(&desk::SHARING_WITH.fill(Lang::En, &[("name", NAME)])).await;
        customer.shows("mail.example.com").await;
        agent.shows(desk::LIVE.en).await;
        assert_eq!(proposals(agent).await, 1, "{}", agent.text().await);
        customer.click(desk::TURN_DOWN.en).await;
        agent.shows(&desk::EVENT_DECLINED.fill(Lang::En, &[("value", "mail.example.com")])).await;
    });
}

#[test]
fn both_sides_go_on_after_a_lost_connection() {
    let (desk, wire, origin) = behind_a_wire();
    visit_both(&origin, async |agent, customer| {
        meet(&desk, Lang::En, agent, customer).await;
        agent.shows(desk::JOINED.en).await;
        agent.shows(desk::LIVE.en).await;
        let case = agent.path().await.rsplit('=').next().unwrap().to_owned();
        wire.cut();
        agent.shows(RECONNECTING.en).await;
        customer.shows(RECONNECTING.en).await;
        // Somebody else acts meanwhile, on a connection that stands.
        let command =
            json!({"id": "c1", "kind": "propose", "field": "imap.host", "value": "mail.example.com"});
        told(desk.relay.address(), &format!("/api/v1/cases/{case}/commands"), Some(&desk.token), &command)
            .await;
        wire.mend();
        customer.shows("mail.example.com").await;
        agent.shows(desk::LIVE.en).await;
        agent.until("the proposal is in the history", async || proposals(agent).await == 1).await;
        assert_only_connections_failed([agent, customer]).await;
    });
}
