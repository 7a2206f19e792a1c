//! Requests with one answer.

use axum::http::StatusCode;

use super::*;

async fn header_of(relay: &Arc<Relay>, request: Request<Body>, name: &str) -> Option<String> {
    let response = ask(relay, request).await;
    response.headers().get(name).map(|value| value.to_str().unwrap().to_owned())
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let relay = relay(&[], Limits::default()).await;
    for path in ["/", "/healthz", "/api/v1/catalogue", "/api/v1/run", "/nothing/here"] {
        let response = ask(&relay, get(path)).await;
        let headers = response.headers();
        let policy = headers["content-security-policy"].to_str().unwrap();
        for directive in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.split("; ").any(|d| d == directive), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe-inline"), "{path}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["referrer-policy"], "no-referrer", "{path}");
        assert_eq!(headers["cross-origin-opener-policy"], "same-origin", "{path}");
    }
}

#[tokio::test]
async fn readiness_ends_when_the_relay_was_asked_to_stop_and_health_does_not() {
    let relay = relay(&[], Limits::default()).await;
    assert_eq!(ask(&relay, get("/readyz")).await.status(), StatusCode::OK);
    relay.stopping.cancel();
    assert_eq!(ask(&relay, get("/readyz")).await.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ask(&relay, get("/healthz")).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn the_catalogue_comes_in_the_language_asked_for() {
    let relay = relay(&[], Limits::default()).await;
    let read = |response| async { serde_json::from_str::<Value>(&text(response).await).unwrap() };
    let catalogue = read(ask(&relay, get("/api/v1/catalogue?lang=ja")).await).await;
    assert_eq!(catalogue["lang"], "ja");
    assert_eq!(catalogue["codes"][0]["title"], "メールサーバーに到達できませんでした");
    assert!(catalogue["causes"].as_array().unwrap().iter().any(|cause| cause["cause"] == "name-not-covered"));

    let mut preferring = get("/api/v1/catalogue");
    preferring.headers_mut().insert("accept-language", "ja".parse().unwrap());
    assert_eq!(read(ask(&relay, preferring).await).await["lang"], "ja");

    let refused = ask(&relay, get("/api/v1/catalogue?lang=fr")).await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    assert_eq!(read(refused).await["field"], "lang");
}

#[tokio::test]
async fn metrics_count_answers_by_route_and_never_by_path() {
    let relay = relay(&[], Limits::default()).await;
    for path in ["/healthz", "/made/up/1", "/made/up/2"] {
        ask(&relay, get(path)).await;
    }
    let metrics = text(ask(&relay, get("/metrics")).await).await;
    assert!(
        metrics.contains("mailtriage_http_answers_total{route=\"/healthz\",status=\"200\"} 1\n"),
        "{metrics}"
    );
    assert!(
        metrics.contains("mailtriage_http_answers_total{route=\"file\",status=\"404\"} 2\n"),
        "{metrics}"
    );
    assert!(!metrics.contains("made"), "{metrics}");
}

#[tokio::test]
async fn the_root_leads_to_a_language_or_says_that_there_is_no_page() {
    let relay = relay(&[], Limits::default()).await;
    let built = ask(&relay, get("/ja/")).await.status() == StatusCode::OK;
    let mut request = get("/");
    request.headers_mut().insert("accept-language", "ja,en;q=0.5".parse().unwrap());
    let response = ask(&relay, request).await;
    if built {
        assert_eq!(response.status(), StatusCode::TEMPORARY_REDIRECT);
        assert_eq!(response.headers()["location"], "/ja/");
        assert_eq!(response.headers()["vary"], "accept-language");
    } else {
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(text(response).await.contains("cargo xtask serve"));
    }
}

#[tokio::test]
async fn files_of_the_page_are_compressed_and_known_again_where_there_is_a_page() {
    let relay = relay(&[], Limits::default()).await;
    if ask(&relay, get("/ja/")).await.status() != StatusCode::OK {
        return;
    }
    let with = |name: &str, value: &str| {
        let mut request = get("/ja/");
        request.headers_mut().insert(name.parse::<header::HeaderName>().unwrap(), value.parse().unwrap());
        request
    };
    assert_eq!(
        header_of(&relay, with("accept-encoding", "gzip, br"), "content-encoding").await.unwrap(),
        "br"
    );
    assert_eq!(header_of(&relay, with("accept-encoding", "gzip"), "content-encoding").await.unwrap(), "gzip");
    assert_eq!(header_of(&relay, get("/ja/"), "content-encoding").await, None);
    assert_eq!(header_of(&relay, get("/ja/"), "cache-control").await.unwrap(), "no-cache");
    let tag = header_of(&relay, get("/ja/"), "etag").await.unwrap();
    let again = ask(&relay, with("if-none-match", &tag)).await;
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(text(again).await, "");
    let mut lost = get("/ja/nowhere");
    lost.headers_mut().insert("accept", "text/html,*/*;q=0.8".parse().unwrap());
    let lost = ask(&relay, lost).await;
    assert_eq!(lost.status(), StatusCode::NOT_FOUND);
    assert_eq!(lost.headers()["content-type"], "text/html; charset=utf-8");
}

#[tokio::test]
async fn other_methods_and_addresses_are_refused() {
    let relay = relay(&[], Limits::default()).await;
    let delete = Request::delete("/ja/").body(Body::empty()).unwrap();
    assert_eq!(ask(&relay, delete).await.status(), StatusCode::METHOD_NOT_ALLOWED);
    for path in ["/ja/nothing", "/..%2fetc/passwd", "/../Cargo.toml", "/ja/index.html.br"] {
        assert_eq!(ask(&relay, get(path)).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}
