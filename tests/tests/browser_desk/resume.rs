//! Reloads and lost connections, on both sides: nothing is lost, nothing comes twice.

use error_model::{
    Lang,
    strings::desk::{self, RECONNECTING},
};
use serde_json::json;
use tests::browser::cut::Wire;
use tests::browser::visit_both;
use tests::desk::told;

use crate::{Desk, NAME, join, open_case, proposals, propose_host, sign_in};

#[test]
fn both_sides_go_on_after_a_reload() {
    let desk = Desk::start();
    visit_both(desk.relay.origin(), async |agent, customer| {
        sign_in(agent, Lang::En, &desk.token).await;
        let path = open_case(agent, Lang::En, "4711").await;
        join(customer, Lang::En, &path).await;
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
    let listener = Wire::reserve();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let desk = Desk::behind(&origin);
    let wire = Wire::start(listener, desk.relay.address());
    visit_both(&origin, async |agent, customer| {
        sign_in(agent, Lang::En, &desk.token).await;
        let path = open_case(agent, Lang::En, "4711").await;
        join(customer, Lang::En, &path).await;
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
        for page in [agent, customer] {
            // The browser notes connections that fail.
            let console = page.console().await;
            assert!(
                console.iter().all(|line| line.contains("WebSocket") || line.contains("ERR_")),
                "{console:#?}"
            );
        }
    });
}
