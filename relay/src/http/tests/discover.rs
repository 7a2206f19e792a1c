//! Looking up the settings of an address.

use axum::http::StatusCode;

use super::*;

fn question(body: impl Into<Body>) -> Request<Body> {
    Request::post("/api/v1/discover")
        .header(header::CONTENT_TYPE, "application/json")
        .body(body.into())
        .unwrap()
}

fn about(email: &str) -> Request<Body> {
    question(json!({ "email": email }).to_string())
}

async fn read(response: Response<Body>) -> Value {
    serde_json::from_str(&text(response).await).unwrap()
}

#[tokio::test]
async fn an_address_of_a_known_provider_gets_its_settings_and_what_a_sign_in_needs() {
    let relay = relay(&[], Limits::default()).await;
    let mut asking = about("anna@gmail.com");
    asking.headers_mut().insert(header::ORIGIN, ORIGIN.parse().unwrap());
    let response = ask(&relay, asking).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    let found = read(response).await;
    assert_eq!(found["email"], "anna@gmail.com");
    let first = &found["settings"][0];
    assert_eq!(first["source"], "provider");
    assert_eq!(first["imap"], json!({"host": "imap.gmail.com", "port": 993, "security": "tls"}));
    assert_eq!(first["user"], "anna@gmail.com");
    // The name server of these tests doesn't answer, so neither do Gmail's servers.
    assert_eq!(first["imap_trial"], "silent");
    let provider = &first["provider"];
    assert_eq!(provider["name"], json!({"ja": "Gmail", "en": "Gmail"}));
    assert_eq!(provider["needs"][0]["need"], "app-password");
    for text in [&provider["needs"][0], &provider["where_to_change"]] {
        assert!(text["ja"].as_str().unwrap().contains("アプリパスワード"), "{text}");
        assert!(text["en"].as_str().unwrap().contains("app password"), "{text}");
    }
    assert!(provider["help"].as_str().unwrap().starts_with("https://support.google.com/"));
}

#[tokio::test]
async fn an_address_that_nobody_knows_gets_an_empty_answer() {
    let relay = relay(&[], Limits::default()).await;
    let response = ask(&relay, about("anna@nowhere.example")).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(read(response).await, json!({"email": "anna@nowhere.example", "settings": []}));
}

#[tokio::test]
async fn what_is_no_question_about_an_address_is_a_problem_that_names_the_field() {
    let relay = relay(&[], Limits::default()).await;
    for (body, field) in [
        (String::from("{\"email\": \"anna\"}"), "email"),
        (String::from("{\"email\": \"anna@127.0.0.1\"}"), "email"),
        (String::from("{\"email\": 5}"), "message"),
        (String::from("anna@example.com"), "message"),
        (json!({ "email": "a".repeat(70_000) }).to_string(), "message"),
    ] {
        let response = ask(&relay, question(body.clone())).await;
        assert!(response.status().is_client_error(), "{}", response.status());
        let problem = read(response).await;
        assert_eq!((&problem["type"], &problem["code"]), (&json!("problem"), &json!("bad-request")));
        assert_eq!(problem["field"], field, "{}", body.chars().take(40).collect::<String>());
    }
}

#[tokio::test]
async fn foreign_pages_plain_forms_and_addresses_in_the_query_get_no_answer() {
    let relay = relay(&[], Limits::default()).await;
    let mut foreign = about("anna@gmail.com");
    foreign.headers_mut().insert(header::ORIGIN, "https://evil.example".parse().unwrap());
    assert_eq!(ask(&relay, foreign).await.status(), StatusCode::FORBIDDEN);

    let mut form = about("anna@gmail.com");
    form.headers_mut().insert(header::CONTENT_TYPE, "text/plain".parse().unwrap());
    assert_eq!(ask(&relay, form).await.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);

    let query = ask(&relay, get("/api/v1/discover?email=anna@gmail.com")).await;
    assert_eq!(query.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn look_ups_count_as_runs_and_give_their_place_back() {
    let relay = relay(&[], Limits { runs_per_client: 1, ..Limits::default() }).await;
    let held = relay.admission.admit("192.0.2.1".parse().unwrap()).unwrap();
    let refused = ask(&relay, about("anna@gmail.com")).await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.headers().contains_key(header::RETRY_AFTER));
    assert_eq!(read(refused).await["code"], "rate-limited");
    drop(held);
    for _ in 0..2 {
        assert_eq!(ask(&relay, about("anna@gmail.com")).await.status(), StatusCode::OK);
    }
}
