//! What chromedriver offers besides the commands that every browser has.

use fantoccini::{Client, elements::Element, error::CmdError, wd::WebDriverCompatibleCommand};
use hyper::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// A command of the Chrome DevTools Protocol.
pub async fn devtools(client: &Client, method: &str, params: Value) -> Result<Value, CmdError> {
    let body = json!({ "cmd": method, "params": params });
    client.issue_cmd(Command { path: "goog/cdp/execute".to_owned(), body: Some(body) }).await
}

/// What was logged since the last call, as `browser` (the console) or `performance` (DevTools events).
pub async fn log(client: &Client, kind: &str) -> Result<Vec<Value>, CmdError> {
    let body = json!({ "type": kind });
    let entries = client.issue_cmd(Command { path: "se/log".to_owned(), body: Some(body) }).await?;
    Ok(entries.as_array().cloned().unwrap_or_default())
}

/// The name by which assistive technology announces an element.
pub async fn accessible_name(client: &Client, element: &Element) -> Result<String, CmdError> {
    let path = format!("element/{}/computedlabel", element.element_id());
    let name = client.issue_cmd(Command { path, body: None }).await?;
    Ok(name.as_str().unwrap_or_default().to_owned())
}

#[derive(Debug)]
struct Command {
    path: String,
    /// Without one the command is a question.
    body: Option<Value>,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        base_url.join(&format!("session/{}/{}", session_id.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _request_url: &Url) -> (Method, Option<String>) {
        let method = if self.body.is_some() { Method::POST } else { Method::GET };
        (method, self.body.as_ref().map(Value::to_string))
    }
}
