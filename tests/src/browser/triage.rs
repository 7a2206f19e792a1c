//! Live triage in browsers: a relay with an agent, signing in, opening a case, joining it.

use error_model::{Lang, strings::desk};

use super::{Page, driver, in_language, relay::Relay};
use crate::lab;

/// The name of the agent, which could be markup.
pub const NAME: &str = "Anna <b>";

/// A relay of its own that checks the lab's servers, and the token of the agent [`NAME`].
pub struct Desk {
    /// The relay.
    pub relay: Relay,
    /// What the agent signs in with.
    pub token: String,
    /// Where it keeps its cases.
    pub store: String,
    origin: Option<String>,
}

impl Desk {
    /// Starts the relay with an empty store.
    ///
    /// # Panics
    /// As [`Relay::start`].
    pub fn start() -> Self {
        Self::with_store(new_store(), None)
    }

    /// As [`Desk::start`], behind another address that browsers know it by.
    ///
    /// # Panics
    /// As there.
    pub fn behind(origin: &str) -> Self {
        Self::with_store(new_store(), Some(origin.to_owned()))
    }

    /// As [`Desk::start`], with its cases in this store.
    ///
    /// # Panics
    /// As there.
    pub fn with_store(store: String, origin: Option<String>) -> Self {
        let token = crate::desk::agent(&store, NAME);
        Self { relay: begin(&store, origin.as_deref()), token, store, origin }
    }

    /// Kills the relay, and starts it again with what it kept.
    ///
    /// # Panics
    /// As there.
    pub fn again(self) -> Self {
        let Self { relay, token, store, origin } = self;
        drop(relay);
        Self { relay: begin(&store, origin.as_deref()), token, store, origin }
    }
}

fn new_store() -> String {
    format!("sqlite:{}", driver::shared().new_directory().join("mailtriage.db").display())
}

/// Starts a relay that keeps its cases in this store and checks the lab's servers.
///
/// # Panics
/// As [`Relay::start`].
pub fn begin(store: &str, origin: Option<&str>) -> Relay {
    let origin = origin.map(|origin| ("MAILTRIAGE_PUBLIC_ORIGIN", origin));
    let variables: Vec<(&str, &str)> = [("MAILTRIAGE_STORE", store)].into_iter().chain(origin).collect();
    Relay::configured(Some(lab::shared()), &variables)
}

/// Opens the console, and signs in.
pub async fn sign_in(page: &Page, lang: Lang, token: &str) {
    page.open(&in_language(lang, "agent")).await;
    page.shows(desk::TOKEN.get(lang)).await;
    page.type_into("token", token).await;
    page.click(desk::SIGN_IN.get(lang)).await;
    page.shows(desk::NEW_CASE.get(lang)).await;
}

/// Opens a case, and gives the path of its link.
///
/// # Panics
/// When there's no link.
pub async fn open_case(page: &Page, lang: Lang, ticket: &str) -> String {
    page.type_into("new-ticket", ticket).await;
    page.click(desk::OPEN_CASE.get(lang)).await;
    page.shows(desk::JOIN_CODE.get(lang)).await;
    let link = text_of(page, ".join-link").await;
    let (_, path) =
        link.split_once("//").and_then(|(_, rest)| rest.split_once('/')).expect("a whole address");
    format!("/{path}")
}

/// The customer follows the link, and agrees.
pub async fn join(page: &Page, lang: Lang, path: &str) {
    page.open(path).await;
    page.shows(&desk::JOIN_ASKS.fill(lang, &[("name", NAME)])).await;
    page.click(desk::AGREE.get(lang)).await;
    page.shows(&desk::SHARING_WITH.fill(lang, &[("name", NAME)])).await;
}

/// The text that can be seen in the first element that fits.
pub async fn text_of(page: &Page, selector: &str) -> String {
    let text =
        page.js("return document.querySelector(arguments[0])?.innerText ?? ''", vec![selector.into()]).await;
    text.as_str().unwrap_or_default().to_owned()
}
