//! A page's sign-in, with every step of the browser made by hand.

use std::time::{Duration, Instant};

use serde_json::json;
use tests::browser::relay::Relay;
use tests::lab::shared;
use tests::sign_in::{Begun, begin, body, come_back, http, run, signed_in_as};
use tokio::runtime::Runtime;

use super::verdict;

const USER: &str = "user@mail.test";

/// Runs a test against a relay that knows the lab's issuer. The lab has a runtime of its own, so it's up before the test's.
fn with_relay(test: impl AsyncFnOnce(&Relay)) {
    let relay = Relay::with_file(Some(shared()), &[], &shared().issuer().configuration());
    Runtime::new().expect("a runtime can be made").block_on(test(&relay));
}

/// What an address says under a name of its query.
fn queried(address: &str, name: &str) -> String {
    let address = url::Url::parse(address).expect("a web address");
    let found = address.query_pairs().find(|(key, _)| key == name);
    found.unwrap_or_else(|| panic!("{name} is in {address}")).1.into_owned()
}

#[test]
fn a_page_signs_in_checks_and_the_token_is_handed_back() {
    with_relay(async |relay| {
        let offered = body(&http(relay.address(), "GET /api/v1/oauth", "null", "").await);
        assert_eq!(offered, json!({"providers": [{"id": "lab", "name": "Lab Mail"}]}));
        let Begun { page, handle } = begin(relay.address()).await;
        let back = shared().issuer().person("sign-in", &[("page", &page), ("account", USER)]).await;
        let receipt = come_back(relay.address(), &back).await;
        let heard = run(relay.address(), &handle, &receipt, &json!({})).await;
        assert_eq!(verdict(&heard)[0], "ok", "{heard}");
        assert!(heard.contains("\"signed_in\":true"), "{heard}");
        let tokens = shared().issuer().ledger(&format!("token_for_{}", queried(&back, "code")));
        let [token] = tokens.as_slice() else { panic!("one token was issued: {tokens:?}") };
        let deadline = Instant::now() + Duration::from_secs(10);
        while !shared().issuer().ledger("revoked").contains(token) {
            assert!(Instant::now() < deadline, "the token wasn't handed back");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        for kind in ["access_token", "id_token", "code", "verifier"] {
            for secret in shared().issuer().ledger(kind) {
                assert!(!heard.contains(&secret) && !relay.log().contains(&secret), "the {kind} was said");
            }
        }
    });
}

#[test]
fn the_account_that_signed_in_is_known_though_its_token_says_nothing() {
    with_relay(async |relay| {
        let heard = signed_in_as(relay.address(), "other@mail.test", &json!({})).await;
        assert_eq!(verdict(&heard), ["auth", "identity-mismatch", "proven"], "{heard}");
        let heard = signed_in_as(relay.address(), "other@mail.test", &json!({"worked_before": true})).await;
        assert_eq!(verdict(&heard), ["reconnect", "different-account", "proven"], "{heard}");
    });
}

#[test]
fn somebody_who_declines_lacks_consent_for_certain() {
    with_relay(async |relay| {
        let Begun { page, handle } = begin(relay.address()).await;
        let address = format!(
            "http://{}/oauth/callback?error=access_denied&state={}&iss=https%3A%2F%2Fissuer.mail.test",
            relay.address(),
            queried(&page, "state")
        );
        let receipt = come_back(relay.address(), &address).await;
        let heard = run(relay.address(), &handle, &receipt, &json!({})).await;
        assert_eq!(verdict(&heard), ["auth", "consent-missing", "proven"], "{heard}");
    });
}

#[test]
fn what_one_page_began_no_other_can_collect() {
    with_relay(async |relay| {
        let address = relay.address();
        // Somebody begins, and has another person sign in by the link: the receipt stays with that person.
        let (theirs, ours) = (begin(address).await, begin(address).await);
        let back = shared().issuer().person("sign-in", &[("page", &theirs.page), ("account", USER)]).await;
        let receipt = come_back(address, &back).await;
        assert_eq!(come_back(address, &back).await, "", "an answer is taken once");
        for (handle, receipt) in
            [(&ours.handle, receipt.as_str()), (&theirs.handle, ""), (&theirs.handle, &receipt)]
        {
            let heard = run(address, handle, receipt, &json!({})).await;
            assert!(heard.contains("\"field\":\"sign_in\""), "{heard}");
        }
        let foreign =
            http(address, "POST /api/v1/oauth", "https://evil.example", "{\"provider\":\"lab\"}").await;
        assert!(foreign.starts_with("HTTP/1.1 403 "), "{foreign}");
        let own = format!("http://{address}");
        let without = http(address, "POST /api/v1/oauth", &own, "{\"provider\":\"lab\"}").await;
        assert!(without.starts_with("HTTP/1.1 400 ") && without.contains("ticket"), "{without}");
    });
}

#[test]
fn a_token_is_good_for_one_run() {
    with_relay(async |relay| {
        let Begun { page, handle } = begin(relay.address()).await;
        let back = shared().issuer().person("sign-in", &[("page", &page), ("account", USER)]).await;
        let receipt = come_back(relay.address(), &back).await;
        let heard = run(relay.address(), &handle, &receipt, &json!({})).await;
        assert_eq!(verdict(&heard)[0], "ok", "{heard}");
        let heard = run(relay.address(), &handle, &receipt, &json!({})).await;
        assert!(heard.contains("\"field\":\"sign_in\""), "{heard}");
    });
}
