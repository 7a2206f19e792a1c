//! Agents who sign in with their organisation's identity provider.

use error_model::{Lang, strings::desk};
use tests::browser::axe::assert_accessible;
use tests::browser::relay::Relay;
use tests::browser::{Page, in_language, visit_by_way_of_the_issuer};
use tests::lab::shared;

/// What the button says.
fn button(lang: Lang) -> String {
    desk::SIGN_IN_WITH.fill(lang, &[("name", "Lab Desk")])
}

/// Opens the console at this place, goes to the provider, and signs in there as `account`.
async fn sign_in_as(page: &Page, lang: Lang, place: &str, account: &str) {
    page.open(&(in_language(lang, "agent") + place)).await;
    page.shows(&button(lang)).await;
    assert_accessible(page, "the sign-in with a provider").await;
    page.click(&button(lang)).await;
    const LOGIN: &str = "return document.querySelector('input[name=login]')";
    page.until("the provider asks who it is", async || page.find(LOGIN, vec![]).await.is_some()).await;
    const FILL: &str = "
        document.querySelector('input[name=login]').value = arguments[0];
        document.querySelector('input[name=password]').value = 'any';
        document.querySelector('button[type=submit]').click()";
    page.js(FILL, vec![account.into()]).await;
    const CONSENT: &str = "return document.querySelector('input[name=prompt][value=consent]')";
    page.until("the provider asks for consent", async || page.find(CONSENT, vec![]).await.is_some()).await;
    page.js("document.querySelector('button[type=submit]').click()", vec![]).await;
}

#[test]
fn an_agent_signs_in_with_the_identity_provider_and_out_again() {
    for lang in Lang::ALL {
        let relay = Relay::with_file(Some(shared()), &[], &shared().issuer().agents_configuration());
        visit_by_way_of_the_issuer(&relay, shared(), async |page| {
            sign_in_as(page, lang, "", "anna.support@elsewhere.test").await;
            page.shows(desk::NEW_CASE.get(lang)).await;
            page.shows(&desk::SIGNED_IN_AS.fill(lang, &[("name", "Anna")])).await;
            assert_eq!(
                page.path().await,
                in_language(lang, "agent"),
                "nothing of the sign-in stays in the address"
            );
            assert_eq!(page.js("return document.cookie", vec![]).await, "", "scripts see no session");
            page.click(desk::SIGN_OUT.get(lang)).await;
            page.shows(&button(lang)).await;
        });
    }
}

#[test]
fn somebody_whom_the_rule_does_not_name_stays_a_stranger() {
    let relay = Relay::with_file(Some(shared()), &[], &shared().issuer().agents_configuration());
    visit_by_way_of_the_issuer(&relay, shared(), async |page| {
        sign_in_as(page, Lang::En, "", "mallory@elsewhere.test").await;
        page.shows("mallory@elsewhere.test may not use the agent console").await;
        page.open("/en/agent").await;
        page.shows(&button(Lang::En)).await;
        // The browser notes the refusal by itself, and what it thinks of the provider's own pages.
        let mut console = page.console().await;
        console.retain(|line| !line.contains("https://issuer.mail.test/"));
        assert!(console.iter().all(|line| line.contains("status of 403")), "{console:#?}");
    });
}

#[test]
fn whoever_followed_a_link_to_a_place_is_there_after_the_sign_in() {
    let relay = Relay::with_file(Some(shared()), &[], &shared().issuer().agents_configuration());
    visit_by_way_of_the_issuer(&relay, shared(), async |page| {
        sign_in_as(page, Lang::Ja, "#statistics", "anna.support@elsewhere.test").await;
        page.shows(desk::STATISTICS_NONE.ja).await;
        // The other language is about the same place, too.
        page.click("English").await;
        page.shows(desk::STATISTICS_NONE.en).await;
        page.open("/en/agent").await;
        page.shows(desk::NEW_CASE.en).await;
    });
}
