//! The route table: the whole surface of the service in one place.

use std::sync::Arc;

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    middleware::{Next, from_fn, from_fn_with_state},
    response::Response,
    routing::{get, post},
};

use super::{
    api, apps, assets, cases, discover, embed, headers, ndjson, openapi, operations, relay::Relay, session,
    sign_in, tickets,
};

/// All routes, with what goes for every one of them.
pub(super) fn router(relay: Arc<Relay>) -> Router {
    Router::new()
        .route("/", get(assets::choose_language))
        .route("/api/v1/run", get(session::upgrade).post(ndjson::run))
        .route("/api/v1/discover", post(discover::discover))
        .route("/api/v1/ticket", post(tickets::ticket))
        .route("/api/v1/oauth", get(sign_in::offered).post(sign_in::begin))
        .route("/oauth/callback", get(sign_in::callback))
        .route("/api/v1/catalogue", get(api::catalogue))
        .route("/api/openapi.json", get(openapi::document))
        .route("/join/{code}", get(assets::join))
        .route("/ja/join/{code}", get(assets::join_in))
        .route("/en/join/{code}", get(assets::join_in))
        .route("/embed.js", get(embed::loader))
        .route("/embed/{code}", get(embed::page))
        .route("/apps/desk", get(apps::desk))
        .route("/apps/zendesk", get(apps::unsigned).post(apps::zendesk))
        .route("/healthz", get(operations::healthz))
        .route("/readyz", get(operations::readyz))
        .route("/metrics", get(operations::metrics))
        .merge(cases::routes())
        .fallback(assets::file)
        .layer(from_fn_with_state(Arc::clone(&relay), count))
        .layer(from_fn(headers::secure))
        .with_state(relay)
}

/// Counts answers by route, never by path: paths are whatever a client makes up.
async fn count(
    State(relay): State<Arc<Relay>>,
    route: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    let response = next.run(request).await;
    let route = route.map_or_else(|| "file".to_owned(), |route| route.as_str().to_owned());
    relay.meter.answered(route, response.status().as_u16());
    response
}
