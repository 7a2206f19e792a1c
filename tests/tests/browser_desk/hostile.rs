//! What strangers type is text on the other side: nothing of it runs, and nothing that turns text round is hidden.

use error_model::{Lang, strings::desk};
use tests::browser::{Page, visit_both};

use crate::{Desk, choose, everything, join, open_case, sign_in, text_of};

/// Markup that would be seen, and that would run.
const MARKUP: &str =
    "\"><img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
/// Turns the rest of a line round.
const OVERRIDE: char = '\u{202e}';

async fn inert(page: &Page, what: &str) {
    const MADE: &str = "return document.querySelectorAll('main img, main script, main b').length";
    assert_eq!(page.js(MADE, vec![]).await, 0, "{what} became markup");
    assert_ne!(page.title().await, "owned", "{what} ran");
    assert!(!everything(page).await.contains(OVERRIDE), "{what} is shown as it isn't");
}

#[test]
fn markup_from_the_other_side_is_shown_as_text() {
    let desk = Desk::start();
    visit_both(desk.relay.origin(), async |agent, customer| {
        sign_in(agent, Lang::En, &desk.token).await;
        let path = open_case(agent, Lang::En, MARKUP).await;
        join(customer, Lang::En, &path).await;
        agent.shows(desk::JOINED.en).await;
        choose(agent, "propose-field", "user").await;
        agent.type_into("propose-value", &format!("{MARKUP}{OVERRIDE}")).await;
        agent.click(desk::PROPOSE.en).await;
        customer.shows("<img src=x").await;
        assert!(text_of(customer, ".proposal").await.contains("<script>"));
        inert(customer, "a proposal").await;
        agent.type_into("note", &format!("{MARKUP}{OVERRIDE}")).await;
        agent.click(desk::NOTE_ADD.en).await;
        agent
            .until("both are in the history", async || {
                text_of(agent, ".history").await.matches("<img src=x").count() == 2
            })
            .await;
        inert(agent, "a ticket, a proposal or a note").await;
        agent.click(desk::BACK.en).await;
        agent
            .until("the ticket is listed", async || text_of(agent, ".cases").await.contains("<img src=x"))
            .await;
        inert(agent, "a ticket in the list").await;
    });
}
