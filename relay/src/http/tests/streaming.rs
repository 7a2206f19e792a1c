//! `POST /api/v1/run`.

use axum::http::StatusCode;

use super::*;

async fn problem(relay: &Arc<Relay>, request: Request<Body>) -> (StatusCode, Value) {
    let response = ask(relay, request).await;
    let status = response.status();
    (status, serde_json::from_str(&text(response).await).unwrap())
}

#[tokio::test]
async fn the_answer_is_the_runs_messages_line_by_line() {
    let port = closed_port().await;
    let relay = relay(&[port], Limits::default()).await;
    let response = ask(&relay, post(start(port).to_string())).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["content-type"], "application/x-ndjson");
    let text = text(response).await;
    let messages: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(messages.first().unwrap()["type"], "hello");
    assert_eq!(messages.last().unwrap()["type"], "done");
    let diagnosis = messages.iter().rfind(|message| message["type"] == "diagnosis").unwrap();
    assert_eq!((&diagnosis["code"], &diagnosis["final"]), (&json!("002"), &json!(true)));
    let metrics = relay.meter.text().unwrap();
    assert!(metrics.contains("mailtriage_runs_total{outcome=\"fault\"} 1\n"), "{metrics}");
    assert!(metrics.contains("mailtriage_diagnoses_total{code=\"002\"} 1\n"), "{metrics}");
}

#[tokio::test]
async fn bad_input_is_refused_with_its_field() {
    let relay = relay(&[], Limits::default()).await;
    let server =
        |port: u32| json!({"request": {"imap": {"host": "h.example", "port": port, "security": "tls"}}});
    for (body, status, field) in [
        ("junk".to_owned(), StatusCode::BAD_REQUEST, "message"),
        ("x".repeat(64 * 1024), StatusCode::BAD_REQUEST, "message"),
        ("x".repeat(64 * 1024 + 1), StatusCode::PAYLOAD_TOO_LARGE, "message"),
        (server(0).to_string(), StatusCode::BAD_REQUEST, "imap.port"),
        (server(70_000).to_string(), StatusCode::BAD_REQUEST, "imap.port"),
        (server(22).to_string(), StatusCode::FORBIDDEN, "imap.port"),
        (json!({"request": {}, "reported": "010"}).to_string(), StatusCode::BAD_REQUEST, "reported"),
        (json!({"request": {"password": ""}}).to_string(), StatusCode::BAD_REQUEST, "imap"),
    ] {
        let (answered, message) = problem(&relay, post(body)).await;
        assert_eq!((answered, &message["type"]), (status, &json!("problem")), "{message}");
        assert_eq!(message["field"], field, "{message}");
    }
}

#[tokio::test]
async fn an_empty_password_is_named() {
    let relay = relay(&[], Limits::default()).await;
    let mut body = start(993);
    body["request"]["password"] = json!("");
    body["request"]["user"] = json!("anna");
    let (status, message) = problem(&relay, post(body.to_string())).await;
    assert_eq!((status, &message["field"]), (StatusCode::BAD_REQUEST, &json!("password")));
}

#[tokio::test]
async fn a_foreign_page_cannot_start_a_run() {
    let relay = relay(&[], Limits::default()).await;
    let mut foreign = post(start(993).to_string());
    foreign.headers_mut().insert("origin", "https://evil.example".parse().unwrap());
    assert_eq!(problem(&relay, foreign).await.0, StatusCode::FORBIDDEN);
    let mut form = post(start(993).to_string());
    form.headers_mut().insert("content-type", "text/plain".parse().unwrap());
    assert_eq!(problem(&relay, form).await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn dropping_the_answer_stops_the_run() {
    let silent = Silent::new().await;
    let relay = relay(&[silent.port()], Limits::default()).await;
    let mut answer = ask(&relay, post(start(silent.port()).to_string())).await.into_body();
    let server = loop {
        tokio::select! {
            frame = answer.frame() => { frame.expect("the run goes on").unwrap(); }
            server = silent.connected() => break server,
        }
    };
    drop(answer);
    closes(server).await;
    let metrics = relay.meter.text().unwrap();
    assert!(metrics.contains("mailtriage_runs_total{outcome=\"cancelled\"} 1\n"), "{metrics}");
    assert!(metrics.contains("mailtriage_runs_in_flight 0\n"), "{metrics}");
}

#[tokio::test]
async fn a_client_at_its_bound_is_told_when_to_come_back() {
    let silent = Silent::new().await;
    let relay = relay(&[silent.port()], Limits { runs_per_client: 1, ..Limits::default() }).await;
    let body = start(silent.port()).to_string();
    let held = ask(&relay, post(body.clone())).await;
    assert_eq!(held.status(), StatusCode::OK);
    let refused = ask(&relay, post(body)).await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.headers().contains_key("retry-after"));
    let message: Value = serde_json::from_str(&text(refused).await).unwrap();
    assert_eq!(message["code"], "rate-limited");
    drop(held);
}
