//! `/embed/{code}` and `/embed.js`: an error page for a frame of another page, and the script that puts it there.

use std::sync::Arc;

use axum::{
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};
use error_model::{Code, Lang};
use serde::Deserialize;

use super::{assets, headers, negotiate, relay::Relay};

/// How long other pages may use the loader without asking again: an hour's delay of a repair, for no wait at each visit.
const LOADER_CACHE: &str = "public, max-age=3600";

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const EMBEDDER_POLICY: HeaderName = HeaderName::from_static("cross-origin-embedder-policy");

/// What the address may ask for. Looks are the business of the page's script.
#[derive(Debug, Deserialize)]
pub(super) struct EmbedQuery {
    lang: Option<String>,
}

/// The page of a code, in the language asked for, or the one that the client prefers.
pub(super) async fn page(
    State(relay): State<Arc<Relay>>,
    Path(code): Path<String>,
    query: Result<Query<EmbedQuery>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let asked = query.ok().and_then(|Query(query)| Lang::parse(&query.lang?));
    let lang = asked.unwrap_or_else(|| negotiate::language(&headers));
    let path = Code::parse(&code).map(|code| format!("embed/{code}.{}.html", lang.as_str()));
    let found = path.and_then(|path| assets::answer(&relay.site, &path, &headers));
    let Some(mut response) = found else { return assets::not_found(&relay.site, headers) };
    let kept = response.headers_mut();
    kept.insert(header::CONTENT_SECURITY_POLICY, relay.frame_policy.clone());
    kept.insert(header::VARY, HeaderValue::from_static("accept-encoding, accept-language"));
    // A page that isolates itself (COEP) frames only what says that it may be, and is isolated too.
    kept.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    kept.insert(EMBEDDER_POLICY, HeaderValue::from_static("require-corp"));
    response
}

/// The loader, for pages of any origin: what may frame what is said by the page.
pub(super) async fn loader(State(relay): State<Arc<Relay>>, headers: HeaderMap) -> Response {
    let Some(mut response) = assets::answer(&relay.site, "embed.js", &headers) else {
        return assets::not_found(&relay.site, headers);
    };
    let kept = response.headers_mut();
    kept.insert(header::CACHE_CONTROL, HeaderValue::from_static(LOADER_CACHE));
    kept.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    response
}

/// The policy of the pages in frames. Without ancestors only the relay's own pages may frame them.
pub(super) fn policy<A: ToString>(ancestors: &[A]) -> HeaderValue {
    let sources: Vec<String> = ancestors.iter().map(A::to_string).collect();
    let sources =
        if sources.is_empty() { "'self'".to_owned() } else { format!("'self' {}", sources.join(" ")) };
    headers::policy(&[("frame-ancestors 'none'", &format!("frame-ancestors {sources}"))])
}
