//! Signing in at an issuer's own page: by the relay, whose page gets no token to see, and by the command line, with a code
//! to type. What becomes of it in a browser is in `browser_check`.

mod command_line;
mod page;

use serde_json::Value;

/// The messages in these lines.
fn messages(text: &str) -> Vec<Value> {
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

/// The diagnosis that stands.
fn diagnosis(text: &str) -> Value {
    let last = messages(text).into_iter().rfind(|message| message["type"] == "diagnosis");
    last.unwrap_or_else(|| panic!("there is no diagnosis in:\n{text}"))
}

/// Code, cause and how sure.
fn verdict(text: &str) -> [String; 3] {
    let diagnosis = diagnosis(text);
    ["code", "cause", "confidence"].map(|name| diagnosis[name].as_str().unwrap_or_default().to_owned())
}
