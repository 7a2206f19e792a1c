//! Every address of the page in one table.

use error_model::{Cause, Code, Lang};

/// The help page: search and the twelve errors.
#[must_use]
pub fn help(lang: Lang) -> String {
    format!("/{}/", lang.as_str())
}

/// One error.
#[must_use]
pub fn error(lang: Lang, code: Code) -> String {
    format!("/{}/errors/{code}", lang.as_str())
}

/// One cause on its error's page.
#[must_use]
pub fn cause(lang: Lang, cause: Cause) -> String {
    format!("{}#{}", error(lang, cause.code()), cause.id())
}

/// The guided form, with the code that the person saw already chosen.
#[must_use]
pub fn check(lang: Lang, reported: Option<Code>) -> String {
    match reported {
        Some(code) => format!("/{}/check?code={code}", lang.as_str()),
        None => format!("/{}/check", lang.as_str()),
    }
}

/// A cause's text as data, fetched when the cause is found.
#[must_use]
pub fn cause_text(lang: Lang, cause: Cause) -> String {
    format!("/{}/causes/{}/{}.json", lang.as_str(), cause.code(), cause.id())
}

/// What the search looks through.
#[must_use]
pub fn search_index(lang: Lang) -> String {
    format!("/{}/search.json", lang.as_str())
}

/// Where settings are looked up.
pub const DISCOVER: &str = "/api/v1/discover";

/// The WebSocket of a run, below the page's own origin.
pub const RUN_SOCKET: &str = "/api/v1/run";

/// Where the page gets a ticket for that WebSocket.
pub const TICKET: &str = "/api/v1/ticket";

/// The agent's console.
#[must_use]
pub fn agent(lang: Lang) -> String {
    format!("/{}/agent", lang.as_str())
}

/// The customer's side of a case; the code of a case may follow.
#[must_use]
pub fn join(lang: Lang) -> String {
    format!("/{}/join", lang.as_str())
}

/// Where agents sign in, and where a page asks who is signed in.
pub const AGENT_SIGN_IN: &str = "/api/v1/agent/sign-in";

/// Where agents go to sign in with their organisation's identity provider.
#[must_use]
pub fn agent_oidc(lang: Lang) -> String {
    format!("/api/v1/agent/oidc/start?lang={}", lang.as_str())
}

/// Where agents sign out.
pub const AGENT_SIGN_OUT: &str = "/api/v1/agent/sign-out";

/// The list of cases, and where one is opened.
pub const CASES: &str = "/api/v1/cases";

/// The list as CSV.
pub const CASES_CSV: &str = "/api/v1/cases.csv";

/// What was found how often.
pub const STATISTICS: &str = "/api/v1/statistics";
