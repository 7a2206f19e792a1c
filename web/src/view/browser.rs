//! The few things of the browser that views ask for: fetching our own files.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Fetches one of our own files as text. `None`: not there, or the network is gone.
pub async fn fetch_text(path: &str) -> Option<String> {
    let response = JsFuture::from(web_sys::window()?.fetch_with_str(path)).await.ok()?;
    let response: web_sys::Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}
