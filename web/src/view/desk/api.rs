//! Questions to the relay, with what came of them.

use js_sys::{Array, Math};
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response, UrlSearchParams};

use crate::{desk::refusal::Refusal, route};

/// Why there's no answer.
pub enum Failed {
    /// The relay says no: the status of its answer, and why.
    Refused(u16, Refusal),
    /// It wasn't reached.
    Unreachable,
}

/// Asks the relay; a body makes it a `POST`.
pub async fn ask(path: &str, body: Option<String>) -> Result<String, Failed> {
    let request = RequestInit::new();
    if let Some(body) = body {
        request.set_method("POST");
        request.set_body(&JsValue::from_str(&body));
        let kind = Array::of2(&"content-type".into(), &"application/json".into());
        request.set_headers(&Array::of1(&kind));
    }
    let window = web_sys::window().ok_or(Failed::Unreachable)?;
    let asked = JsFuture::from(window.fetch_with_str_and_init(path, &request)).await;
    let response: Response =
        asked.ok().and_then(|answer| answer.dyn_into().ok()).ok_or(Failed::Unreachable)?;
    let text = match response.text() {
        Ok(text) => JsFuture::from(text).await.ok().and_then(|text| text.as_string()),
        Err(_) => None,
    };
    let text = text.ok_or(Failed::Unreachable)?;
    if response.ok() {
        return Ok(text);
    }
    let problem = serde_json::from_str::<serde_json::Value>(&text).unwrap_or_default();
    let said = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
    Err(Failed::Refused(response.status(), Refusal { field: said("field"), message: said("message") }))
}

/// As [`ask`], and reads the answer.
pub async fn read<T: DeserializeOwned>(path: &str, body: Option<String>) -> Result<T, Failed> {
    let text = ask(path, body).await?;
    // An answer that isn't what it should be is as good as none.
    serde_json::from_str(&text).map_err(|_| Failed::Unreachable)
}

/// Sends a command, again where the connection was lost meanwhile: it has an identifier, so it happens once.
pub async fn order(path: &str, body: String) -> Result<String, Failed> {
    match ask(path, Some(body.clone())).await {
        Err(Failed::Unreachable) => ask(path, Some(body)).await,
        answered => answered,
    }
}

/// What belongs to a case, by its path.
pub fn of_case(id: &str, what: &str) -> String {
    [route::CASES, "/", &part(id), "/", what].concat()
}

/// A path with a query of these pairs.
pub fn with_query<'a>(path: &str, pairs: impl Iterator<Item = (&'static str, &'a str)>) -> String {
    let Ok(query) = UrlSearchParams::new() else { return path.to_owned() };
    for (name, value) in pairs {
        query.append(name, value);
    }
    let query = query.to_string().as_string().unwrap_or_default();
    if query.is_empty() { path.to_owned() } else { [path, "?", &query].concat() }
}

/// One part of a path.
pub fn part(text: &str) -> String {
    js_sys::encode_uri_component(text).as_string().unwrap_or_default()
}

/// An identifier that no other command of the case has: sent again, it says so.
pub fn new_id() -> String {
    // Fits: it's below 2^53.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 2^52")]
    let half = || (Math::random() * 4_503_599_627_370_496.0) as u64;
    format!("{:013x}{:013x}", half(), half())
}
