//! One browser on the page, as a person in front of it: what is shown, what can be pressed, what was complained of.

use std::time::{Duration, Instant};

use error_model::Lang;
use fantoccini::{
    Client,
    actions::{InputSource, KeyAction, KeyActions},
    elements::Element,
    key::Key,
};
use serde_json::{Value, json};

use super::commands::{accessible_name, devtools, log};

/// Longer than anything here takes on a busy machine: what isn't there by then is missing.
const PATIENCE: Duration = Duration::from_secs(20);
/// Between two looks at the page.
const GLANCE: Duration = Duration::from_millis(20);

/// A browser on one relay's page.
pub struct Page {
    client: Client,
    origin: String,
}

impl Page {
    pub(super) fn new(client: Client, origin: &str) -> Self {
        Self { client, origin: origin.to_owned() }
    }

    pub(super) const fn client(&self) -> &Client {
        &self.client
    }

    /// Opens an address of the relay, as in a tab of its own, and waits until what is interactive on it is awake.
    pub async fn open(&self, path: &str) {
        self.open_asleep(path).await;
        self.awake().await;
    }

    /// Loads the page that is open once more.
    pub async fn reload(&self) {
        self.client.refresh().await.expect("an open page can be loaded again");
        self.awake().await;
    }

    async fn awake(&self) {
        let awake = "return !document.querySelector('script[type=module]') || document.documentElement.dataset.ready === 'true'";
        self.until("the page says that it is ready", async || self.js(awake, vec![]).await == true).await;
    }

    /// Opens an address of the relay, as in a tab of its own: nothing that a page kept for its tab is there.
    pub async fn open_asleep(&self, path: &str) {
        if self.path().await.contains("/check") {
            // From beside the page, which would keep what it has until the very end.
            let aside = format!("{}/en/errors/001", self.origin);
            self.client.goto(&aside).await.unwrap_or_else(|error| panic!("{aside} doesn't open: {error}"));
            self.js("sessionStorage.clear()", vec![]).await;
        }
        let address = format!("{}{path}", self.origin);
        self.client.goto(&address).await.unwrap_or_else(|error| panic!("{address} doesn't open: {error}"));
    }

    /// Looks into the frame at this place in the page from now on.
    ///
    /// # Panics
    /// When there's none.
    pub async fn enter_frame(&self, number: u16) {
        self.client.enter_frame(number).await.unwrap_or_else(|error| panic!("no frame {number}: {error}"));
    }

    /// Looks at the page itself again.
    pub async fn leave_frame(&self) {
        self.client.clone().enter_parent_frame().await.expect("a frame has a page around it");
    }

    /// Looks at the window that was opened last, as soon as there's more than one.
    ///
    /// # Panics
    /// When none was opened.
    pub async fn to_newest_window(&self) {
        let mut newest = None;
        self.until("another window is open", async || {
            let mut windows = self.client.windows().await.expect("a browser knows its windows");
            newest = (windows.len() > 1).then(|| windows.pop()).flatten();
            newest.is_some()
        })
        .await;
        let newest = newest.expect("it was waited for");
        self.client.switch_to_window(newest).await.expect("an open window can be looked at");
    }

    /// The address without the origin.
    pub async fn path(&self) -> String {
        let url = self.client.current_url().await.expect("a page has an address");
        url.as_str().trim_start_matches(&self.origin).to_owned()
    }

    /// Runs a script of the test in the page.
    pub async fn js(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client.execute(script, arguments).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Runs a script that calls its last argument with its result.
    pub async fn js_with_callback(&self, script: &str) -> Value {
        self.client.execute_async(script, vec![]).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Sends a DevTools command that can't fail unless the test is wrong.
    pub async fn devtools(&self, method: &str, params: Value) {
        devtools(&self.client, method, params).await.unwrap_or_else(|error| panic!("{method}: {error}"));
    }

    /// The title of the tab.
    pub async fn title(&self) -> String {
        self.client.title().await.expect("a page has a title")
    }

    /// The text that can be seen in the page's main part.
    pub async fn text(&self) -> String {
        let text =
            self.js("return (document.querySelector('main') ?? document.body).innerText", vec![]).await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until a condition holds.
    ///
    /// # Panics
    /// When it doesn't in time; the message has what the page shows instead.
    pub async fn until(&self, what: &str, mut holds: impl AsyncFnMut() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !holds().await {
            if Instant::now() > deadline {
                panic!("not so in time: {what}\n{} shows:\n{}", self.path().await, self.text().await);
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Waits until this text can be seen in the page's main part.
    pub async fn shows(&self, text: &str) {
        self.until(&format!("the page shows “{text}”"), async || self.text().await.contains(text)).await;
    }

    /// The first element that a script of the test returns.
    pub async fn find(&self, script: &str, arguments: Vec<Value>) -> Option<Element> {
        /// The key of an element's reference in WebDriver.
        const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
        let found = self.js(script, arguments).await;
        let reference = found.get(ELEMENT)?.as_str()?.to_owned();
        Some(Element::from_element_id(self.client.clone(), reference.into()))
    }

    /// The visible button, link or disclosure with this text or label.
    pub async fn control(&self, name: &str) -> Element {
        const SCRIPT: &str = "
            const plain = text => text.replace(/\\s+/g, ' ').trim();
            return [...document.querySelectorAll('button, a[href], summary')].find(control =>
                control.checkVisibility() &&
                [control.innerText, control.getAttribute('aria-label') ?? ''].some(text => plain(text) === arguments[0]))
        ";
        let control = self.find(SCRIPT, vec![json!(name)]).await;
        let Some(control) = control else {
            panic!("nothing to press is called “{name}”; the page shows:\n{}", self.text().await)
        };
        control
    }

    /// Clicks the button, link or disclosure with this name.
    pub async fn click(&self, name: &str) {
        let control = self.control(name).await;
        control.click().await.unwrap_or_else(|error| panic!("“{name}” can't be clicked: {error}"));
    }

    /// Types at the keyboard, wherever the focus is. `fantoccini::key::Key` has the keys without a character.
    pub async fn keys(&self, text: &str) {
        let mut keys = KeyActions::new("keyboard".to_owned());
        for value in text.chars() {
            keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.client.perform_actions(keys).await.unwrap_or_else(|error| panic!("can't type: {error}"));
    }

    /// The name by which assistive technology announces what has the focus.
    pub async fn focused(&self) -> String {
        let element = self.client.active_element().await.expect("the body has the focus at least");
        accessible_name(&self.client, &element).await.expect("every element may be asked for its name")
    }

    /// Moves the focus with the Tab key to the next thing whose name begins with this.
    ///
    /// # Panics
    /// When it can't be reached that way.
    pub async fn tab_to(&self, name: &str) {
        /// More than the page has stops.
        const STOPS: usize = 80;
        let mut passed = Vec::new();
        for _ in 0..STOPS {
            self.press(Key::Tab).await;
            let focused = self.focused().await;
            if focused.starts_with(name) {
                return;
            }
            passed.push(focused);
        }
        panic!("the Tab key doesn't reach “{name}”, but {passed:?}");
    }

    /// What was complained of on the console since the last call.
    pub async fn console(&self) -> Vec<String> {
        let entries = log(&self.client, "browser").await.expect("the console can be read");
        entries
            .iter()
            .map(|entry| format!("{} {}", entry["level"], entry["message"].as_str().unwrap_or_default()))
            .collect()
    }

    /// Waits for a complaint with this text on the console. Gives all since the last call of [`Page::console`].
    pub async fn complaints(&self, text: &str) -> Vec<String> {
        let mut told = Vec::new();
        self.until(&format!("the browser complains of “{text}”"), async || {
            told.extend(self.console().await);
            told.iter().any(|line| line.contains(text))
        })
        .await;
        told
    }

    /// Addresses outside the relay that the browser asked for since the last call.
    pub async fn foreign_requests(&self) -> Vec<String> {
        let entries = log(&self.client, "performance").await.expect("the events can be read");
        let socket = self.origin.replacen("http", "ws", 1);
        let own = [self.origin.as_str(), &socket, "data:", "blob:", "about:", "chrome:"];
        entries
            .iter()
            .filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok())
            .filter_map(|event| match event["message"]["method"].as_str()? {
                "Network.requestWillBeSent" => Some(event["message"]["params"]["request"]["url"].clone()),
                "Network.webSocketCreated" => Some(event["message"]["params"]["url"].clone()),
                _ => None,
            })
            .filter_map(|url| url.as_str().map(str::to_owned))
            .filter(|url| !own.iter().any(|own| url.starts_with(own)))
            .collect()
    }
}

/// The address of a page in a language: `in_language(Lang::Ja, "check")` is `/ja/check`.
pub fn in_language(lang: Lang, rest: &str) -> String {
    format!("/{}/{rest}", lang.as_str())
}
