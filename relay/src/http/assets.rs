//! Answers with the page's files: the copy that a client takes, or that it has it already.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Redirect, Response},
};

use super::{
    brand::logo,
    negotiate::{Encoding, encodings, language},
    relay::Relay,
    site::Site,
};

/// Names with a hash in them never change their content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// Everything else is asked for again each time, which costs a `304`.
const ASK_AGAIN: &str = "no-cache";

/// What the page's build has for an address that leads nowhere.
const NOT_FOUND_PAGE: &str = "404.html";

const NOT_BUILT: &str = "The page is not part of this build: `web/dist` was empty when the relay was compiled.\n\
    `cargo xtask serve` builds both. The API at /api/v1/ works without it.\n";

/// `/`: the page in the language that the client prefers.
pub(super) async fn choose_language(State(relay): State<Arc<Relay>>, headers: HeaderMap) -> Response {
    if relay.site.find("ja/").is_none() {
        return (StatusCode::SERVICE_UNAVAILABLE, NOT_BUILT).into_response();
    }
    in_own_language(&headers, "")
}

/// `/join/CODE`: the customer's side of a case, in the language that the client prefers.
pub(super) async fn join(Path(code): Path<String>, headers: HeaderMap) -> Response {
    // Codes have letters and digits only, and whatever else somebody typed has no business in a header.
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    in_own_language(&headers, &format!("join/{code}"))
}

/// To this page in the language that the client prefers.
fn in_own_language(headers: &HeaderMap, page: &str) -> Response {
    let target = format!("/{}/{page}", language(headers).as_str());
    ([(header::VARY, "accept-language"), (header::CACHE_CONTROL, ASK_AGAIN)], Redirect::temporary(&target))
        .into_response()
}

/// `/{lang}/join/CODE`: the page is the same for every code, and finds the code in its own address.
pub(super) async fn join_in(State(relay): State<Arc<Relay>>, uri: Uri, headers: HeaderMap) -> Response {
    let (language, _) = uri.path().trim_start_matches('/').split_once('/').unwrap_or_default();
    let page = format!("{language}/join/index.html");
    answer(&relay.site, &page, &headers).unwrap_or_else(|| not_found(&relay.site, headers))
}

/// Any other address: a file of the page, or 404.
pub(super) async fn file(
    State(relay): State<Arc<Relay>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let site = &relay.site;
    let found = site.find(uri.path().trim_start_matches('/')).and_then(|path| answer(site, &path, &headers));
    found.unwrap_or_else(|| not_found(site, headers))
}

/// The page's own words for people, a line for programs.
pub(super) fn not_found(site: &Site, mut headers: HeaderMap) -> Response {
    // Somebody who knows the page already still has to be told that the address is wrong.
    headers.remove(header::IF_NONE_MATCH);
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let page = accepts.contains("text/html").then(|| answer(site, NOT_FOUND_PAGE, &headers)).flatten();
    let mut response = page.unwrap_or_else(|| "There is nothing at this address.\n".into_response());
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// The smallest copy of a file that the client takes.
pub(super) fn answer(site: &Site, path: &str, headers: &HeaderMap) -> Option<Response> {
    let (encoding, copy) =
        encodings(headers).into_iter().find_map(|encoding| Some((encoding, site.copy(path, encoding)?)))?;
    let unchanged = headers
        .get_all(header::IF_NONE_MATCH)
        .into_iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(','))
        .any(|known| known.trim().trim_start_matches("W/") == copy.tag);
    let status = if unchanged { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
    let body = if unchanged { Body::empty() } else { Body::from(copy.body) };
    let mut response = (status, body).into_response();
    let kept = response.headers_mut();
    kept.insert(header::ETAG, HeaderValue::from_str(&copy.tag).ok()?);
    kept.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if path.starts_with(logo::PREFIX) {
        kept.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(logo::POLICY));
    }
    let caching = if is_hashed(path) { FOR_EVER } else { ASK_AGAIN };
    kept.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    if !unchanged {
        kept.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
        if encoding != Encoding::Identity {
            kept.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding.name()));
        }
    }
    Some(response)
}

/// Whether the name has a hash of at least 16 hex digits in it, as the page's build gives to files that it may.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split(['-', '_', '.']).any(|part| part.len() >= 16 && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "xml" => "application/xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        for hashed in [
            "assets/web-8a1b2c3d4e5f6071.js",
            "assets/web-8a1b2c3d4e5f6071_bg.wasm",
            "boot-0123456789abcdef.js",
        ] {
            assert!(is_hashed(hashed), "{hashed}");
        }
        for plain in ["ja/index.html", "icon.svg", "assets/8a1b2c3d4e5f6071/app.js", "cafe-deadbeef.js"] {
            assert!(!is_hashed(plain), "{plain}");
        }
    }
}
