//! In Zendesk: the ticket's requester and number, one click, the customer's result, the reply; and whom the app refuses.

use error_model::{Lang, strings::desk_app};
use serde_json::json;
use tests::browser::axe::assert_accessible;
use tests::browser::host::{Host, HostPage};
use tests::browser::zendesk::{INSTALLATION, Zendesk, visit_zendesk};
use tests::browser::{http, visit_host};
use tests::desk::free_port;
use tests::directory::Directory;

use crate::{assert_export, customer, email, found, open_case, relay, text_of};

fn configuration(directory: &Directory, zendesk: &Zendesk) -> String {
    let key = directory.path().join("zendesk.pem");
    std::fs::write(&key, zendesk.public_key()).expect("the directory is writable");
    format!(
        "[zendesk]\npublic_key = '{}'\ninstallations = ['{INSTALLATION}']\nname = 'Support'\n",
        key.display()
    )
}

#[test]
fn a_ticket_gets_its_case_with_a_click_and_the_findings_in_its_reply() {
    let (directory, zendesk, port) = (Directory::new(), Zendesk::start(), free_port());
    let relay = relay(directory.path(), port, &configuration(&directory, &zendesk));
    let ticket = json!({"ticket.id": 4711, "ticket.requester.email": "otto@example.com", "ticket.requester.locale": "ja"});
    zendesk.put(&relay, &zendesk.token(300), &ticket);
    visit_zendesk(&zendesk, &relay, async |page| {
        page.open_asleep("/agent/tickets/4711").await;
        page.enter_frame(0).await;
        page.shows("4711").await;
        assert_eq!(email(page).await, "otto@example.com", "the requester is filled in");
        assert_accessible(page, "the app before a case").await;
        let code = open_case(page, Lang::En).await;
        assert!(text_of(page, "link").await.contains("/ja/join/"), "in the requester's language");
        assert_accessible(page, "the app with a case").await;
        customer(relay.address(), &code, port).await;
        page.shows(&found(Lang::En)).await;
        page.shows(desk_app::STATE_JOINED.get(Lang::En)).await;
        page.click(desk_app::ADD.get(Lang::En)).await;
        page.shows(desk_app::ADDED.get(Lang::En)).await;
        assert_accessible(page, "the app with a result").await;
        page.leave_frame().await;
        let script = "return invoked.map(one => one['comment.appendText']).filter(given => given)";
        let added = page.js(script, vec![]).await;
        assert_eq!(added.as_array().map(Vec::len), Some(1), "{added}");
        assert_export(added[0][0].as_str().expect("text"));
        let resized = page.js("return invoked.some(one => one.resize)", vec![]).await;
        assert_eq!(resized, true, "it says how high it is");

        // Opened again, the ticket has its case, with all that is known of it.
        zendesk.put(&relay, &zendesk.token(300), &ticket);
        page.open_asleep("/agent/tickets/4711").await;
        page.enter_frame(0).await;
        page.shows(&found(Lang::En)).await;
        page.click(desk_app::NEW_CODE.get(Lang::En)).await;
        page.until("another code is shown", async || text_of(page, "code").await.len() == 6).await;
        assert_ne!(text_of(page, "code").await, code);
        page.leave_frame().await;
    });
    assert!(!relay.log().contains("otto"), "{}", relay.log());
}

#[test]
fn a_token_that_zendesk_did_not_sign_for_us_opens_nothing() {
    let (directory, zendesk) = (Directory::new(), Zendesk::start());
    let relay = relay(directory.path(), free_port(), &configuration(&directory, &zendesk));
    let stranger = Zendesk::start();
    let good = zendesk.token(300);
    let cut = good.rsplit_once('.').expect("three parts").0;
    for (token, what) in [
        (stranger.token(300), "another key's"),
        (zendesk.token(-300), "an old one"),
        (format!("{cut}."), "one without a signature"),
        (String::new(), "none"),
    ] {
        zendesk.put(&relay, &token, &json!({"ticket.id": 4711}));
        visit_zendesk(&zendesk, &relay, async |page| {
            page.open_asleep("/agent/tickets/4711").await;
            page.enter_frame(0).await;
            page.shows(desk_app::NOT_SIGNED.get(Lang::En)).await;
            let scripts = page.js("return document.scripts.length", vec![]).await;
            assert_eq!(scripts, 0, "{what} opens no app");
            page.leave_frame().await;
            // What the browser says of the answer's status.
            let told = page.console().await;
            assert!(told.iter().all(|line| line.contains("403")), "{told:#?}");
        });
    }
    assert_eq!(http::get(&relay, "/apps/zendesk", &[]).status, 403);
}

#[test]
fn only_pages_of_zendesk_may_frame_it_and_only_zendesks_script_comes_from_elsewhere() {
    let (directory, zendesk) = (Directory::new(), Zendesk::start());
    let relay = relay(directory.path(), free_port(), &configuration(&directory, &zendesk));
    let host = Host::start();
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><title>Evil</title><link rel=\"icon\" href=\"data:,\"></head><body>\
         <iframe name=\"app\" title=\"App\"></iframe>\
         <form method=\"post\" target=\"app\" action=\"{}/apps/zendesk\"><input type=\"hidden\" name=\"token\" value=\"{}\">\
         </form><script>document.forms[0].submit()</script></body></html>",
        relay.origin(),
        zendesk.token(300)
    );
    host.put("/", HostPage { policy: String::new(), html });
    visit_host(&host, &relay, async |page| {
        page.open_asleep("/").await;
        let told = page.complaints("frame-ancestors").await;
        assert!(told.iter().all(|line| line.contains("frame-ancestors https://*.zendesk.com")), "{told:#?}");
    });
    let policy = http::get(&relay, "/apps/zendesk", &[]);
    assert!(policy.header("content-security-policy").expect("a policy").contains("script-src 'none'"));
}
