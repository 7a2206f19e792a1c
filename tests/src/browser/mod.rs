//! A real browser (Chromium) before the page as the real program serves it, with its real headers.
//!
//! Every visit ends with the same two questions, whatever it was about: is the console empty, and did the browser ask
//! nobody but the relay?

pub mod axe;
mod commands;
pub mod cut;
mod downloads;
mod driver;
pub mod form;
pub mod host;
pub mod http;
pub mod look;
mod page;
pub mod relay;
pub mod triage;
pub mod zendesk;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

pub use page::{Page, in_language};
use relay::Relay;
use tokio::runtime;

use crate::lab::{Lab, issuer};

/// Opens a browser for `test`, and asserts at its end that the console is empty and nobody else was asked.
///
/// # Panics
/// With what the browser complained of, besides the failures of the test itself.
pub fn visit(relay: &Relay, test: impl AsyncFnOnce(&Page)) {
    visit_origin(relay.origin(), test);
}

/// As [`visit`], for a test that takes the relay down itself.
///
/// # Panics
/// As [`visit`] does.
pub fn visit_origin(origin: &str, test: impl AsyncFnOnce(&Page)) {
    let (console, foreign) = watched(&[], origin, test);
    assert!(console.is_empty(), "the console isn't empty: {console:#?}");
    assert!(foreign.is_empty(), "the page asked others than the relay: {foreign:#?}");
}

/// Opens a browser with these flags for `test`. Gives what it complained of, and the addresses outside of `origin` that it
/// asked.
///
/// # Panics
/// With the failures of the test itself; what the browser complained of is printed then.
fn watched(flags: &[&str], origin: &str, test: impl AsyncFnOnce(&Page)) -> (Vec<String>, Vec<String>) {
    let runtime = runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be made");
    let page = Page::new(runtime.block_on(driver::shared().session(flags)), origin);
    let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(test(&page))));
    let (console, foreign) = runtime.block_on(leave(page));
    if let Err(failure) = outcome {
        eprintln!("the console: {console:#?}");
        resume_unwind(failure);
    }
    (console, foreign)
}

/// Whether an address is the relay's, WebSockets included.
fn is_of(relay: &Relay, url: &str) -> bool {
    let origin = relay.origin();
    url.starts_with(origin) || url.starts_with(&origin.replacen("http", "ws", 1))
}

/// Opens two browsers, of two people who know nothing of each other. Asserts at the end what [`visit`] does, of both.
///
/// # Panics
/// As [`visit`] does.
pub fn visit_both(origin: &str, test: impl AsyncFnOnce(&Page, &Page)) {
    visit_each([origin, origin], test);
}

/// As [`visit_both`], each of them on a relay of their own.
///
/// # Panics
/// As [`visit`] does.
pub fn visit_each(origins: [&str; 2], test: impl AsyncFnOnce(&Page, &Page)) {
    let runtime = runtime::Builder::new_current_thread().enable_all().build().expect("a runtime can be made");
    let driver = driver::shared();
    let [one, other] = origins.map(|origin| Page::new(runtime.block_on(driver.session(&[])), origin));
    let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(test(&one, &other))));
    let left = [one, other].map(|page| runtime.block_on(leave(page)));
    if let Err(failure) = outcome {
        eprintln!("the consoles: {left:#?}");
        resume_unwind(failure);
    }
    for (console, foreign) in left {
        assert!(console.is_empty(), "the console isn't empty: {console:#?}");
        assert!(foreign.is_empty(), "the page asked others than the relay: {foreign:#?}");
    }
}

/// Opens a browser on a page of somebody else that frames the relay's. Asserts at the end that the console is empty and
/// nobody but these two was asked.
///
/// # Panics
/// As [`visit`] does.
pub fn visit_host(host: &host::Host, relay: &Relay, test: impl AsyncFnOnce(&Page)) {
    let (console, mut foreign) = watched(&[], &host.origin(), test);
    foreign.retain(|url| !is_of(relay, url));
    assert!(console.is_empty(), "the console isn't empty: {console:#?}");
    assert!(foreign.is_empty(), "others than the host and the relay were asked: {foreign:#?}");
}

/// Opens a browser that goes to the lab's issuer too, for a person to sign in there. Asserts at the end that the console is
/// empty and nobody but these two was asked.
///
/// # Panics
/// As [`visit`] does.
pub fn visit_by_way_of_the_issuer(relay: &Relay, lab: &Lab, test: impl AsyncFnOnce(&Page)) {
    let rules = format!("--host-resolver-rules=MAP {} {}", issuer::HOST, lab.address("issuer"));
    // The browser doesn't know the lab's authority.
    let flags = [rules.as_str(), "--ignore-certificate-errors"];
    let (mut console, mut foreign) = watched(&flags, relay.origin(), test);
    // What the browser thinks of the issuer's own pages is no business of ours.
    let issuer = format!("https://{}/", issuer::HOST);
    console.retain(|line| !line.contains(&issuer));
    foreign.retain(|url| !url.starts_with(&issuer));
    assert!(console.is_empty(), "the console isn't empty: {console:#?}");
    assert!(foreign.is_empty(), "others than the relay and the issuer were asked: {foreign:#?}");
}

async fn leave(page: Page) -> (Vec<String>, Vec<String>) {
    let left = (page.console().await, page.foreign_requests().await);
    // A browser that is gone already has nothing left to close.
    let _ = page.client().clone().close().await;
    left
}
