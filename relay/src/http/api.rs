//! The catalogue as an answer, and problems as answers.

use axum::{
    Json,
    extract::{Query, rejection::QueryRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use error_model::{
    Lang,
    wire::{Problem, ProblemCode, RelayMessage},
};
use serde::{Deserialize, Serialize};

use super::negotiate;
use crate::catalogue::Catalogue;

/// What `/api/v1/catalogue` may be asked.
#[derive(Debug, Deserialize)]
pub(super) struct CatalogueQuery {
    lang: Option<Lang>,
}

/// All codes and causes with their texts; in the language of `?lang=`, or the one that the client prefers.
pub(super) async fn catalogue(
    query: Result<Query<CatalogueQuery>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let Ok(Query(query)) = query else {
        return refuse(bad_request("lang", "`lang` must be ja or en."));
    };
    let lang = query.lang.unwrap_or_else(|| negotiate::language(&headers));
    let kept = [
        (header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.as_str())),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
        (header::VARY, HeaderValue::from_static("accept-language")),
    ];
    (kept, Json(Catalogue::new(lang))).into_response()
}

/// The problem of a request that can't be used; `field` is where.
pub(super) fn bad_request(field: &str, message: impl Into<String>) -> Problem {
    Problem {
        code: ProblemCode::BadRequest,
        message: message.into(),
        field: Some(field.to_owned()),
        retry_after_s: None,
    }
}

/// A problem as the answer to a plain request: the wire message with the status that goes with it.
pub(super) fn refuse(problem: Problem) -> Response {
    let status = match problem.code {
        ProblemCode::BadRequest => StatusCode::BAD_REQUEST,
        ProblemCode::TargetNotAllowed => StatusCode::FORBIDDEN,
        ProblemCode::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        ProblemCode::Overloaded => StatusCode::SERVICE_UNAVAILABLE,
        ProblemCode::Timeout => StatusCode::REQUEST_TIMEOUT,
        ProblemCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    };
    refuse_with(status, problem)
}

/// The same with a status of its own.
pub(super) fn refuse_with(status: StatusCode, problem: Problem) -> Response {
    let retry_after = problem.retry_after_s;
    let mut response = (status, Json(RelayMessage::Problem(problem))).into_response();
    if let Some(seconds) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The answer to a page that isn't ours.
pub(super) fn foreign_origin() -> Response {
    refuse_with(StatusCode::FORBIDDEN, bad_request("origin", "Pages of this origin may not use the relay."))
}

/// An answer that nobody keeps.
pub(super) fn fresh(answer: impl Serialize) -> Response {
    ([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response()
}
