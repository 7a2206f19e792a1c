//! The check in a real browser, against real mail servers: form, live run, diagnosis, and what can go wrong between.

mod again;
mod applying;
mod discovery;
mod hostile;
mod interruptions;
mod proof;
mod reported;
mod runs;
mod sharing;
mod sign_in;
mod slips;
mod states;

use error_model::{Cause, Lane, Lang, Names, Step, strings};
use tests::browser::Page;

/// Gives the type of the global that hostile markup would set, and how many pictures and scripts aren't our own.
const RAN: &str = "const markup = document.querySelectorAll('main img, main script:not([src^=\"/assets/\"])'); \
    return [typeof ran, markup.length]";

/// Waits for the end of the run with this cause on its card, and returns what the card says.
async fn diagnosed(page: &Page, lang: Lang, cause: Cause) -> String {
    page.shows(strings::run::FINISHED.get(lang)).await;
    page.shows(&Names::default().put(cause.texts().get(lang).title())).await;
    let card = page.find("return document.querySelector('article.card')", vec![]).await;
    card.expect("the title is on a card").text().await.expect("a card has a text")
}

/// Waits for the end of a run in which nothing was wrong.
async fn healthy(page: &Page, lang: Lang) {
    page.shows(strings::card::OK_TITLE.get(lang)).await;
    page.shows(strings::run::FINISHED.get(lang)).await;
}

/// What a lane shows, its open drawers included.
async fn lane(page: &Page, lane: Lane) -> String {
    let heading = format!("lane-{}", lane.as_str());
    const SCRIPT: &str = "return document.querySelector(`[aria-labelledby=${arguments[0]}]`).innerText";
    let text = page.js(SCRIPT, vec![heading.into()]).await;
    text.as_str().unwrap_or_default().to_owned()
}

/// Opens the drawer of a step with a click.
async fn open_drawer(page: &Page, lang: Lang, lane: Lane, step: Step) {
    const SCRIPT: &str = "
        const lane = document.querySelector(`[aria-labelledby=${arguments[0]}]`);
        return [...lane.querySelectorAll('summary')].find(step => step.innerText.includes(arguments[1]))";
    let heading = format!("lane-{}", lane.as_str());
    let name = strings::step(step).get(lang);
    let summary = page.find(SCRIPT, vec![heading.into(), name.into()]).await;
    summary.expect("every lane has every step").click().await.expect("a step opens with a click");
}

/// What assistive technology is told of last.
async fn announced(page: &Page) -> String {
    const SCRIPT: &str = "return [...document.querySelectorAll('main [role=status]')].map(place => place.textContent).join(' ')";
    page.js(SCRIPT, vec![]).await.as_str().unwrap_or_default().to_owned()
}
