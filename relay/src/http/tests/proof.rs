//! Proof of work for runs that sign in.

use altcha_lib_rs::solve_challenge;
use axum::http::StatusCode;

use super::{
    websocket::{Client, ticket_request},
    *,
};
use crate::{budget::Hand, limits};

fn asking() -> Limits {
    Limits { proof_of_work: 500, ..Limits::default() }
}

/// What a page is given.
async fn issued(relay: &Arc<Relay>) -> Value {
    serde_json::from_str(&text(ask(relay, ticket_request(&[ORIGIN])).await).await).unwrap()
}

/// The solution of a ticket's challenge.
pub(super) fn solved(issued: &Value) -> Value {
    let challenge = &issued["challenge"];
    let [hash, salt] = ["challenge", "salt"].map(|field| challenge[field].as_str().unwrap());
    let number = solve_challenge(hash, salt, None, challenge["maxnumber"].as_u64(), 0).unwrap();
    json!({
        "algorithm": "SHA-256", "challenge": hash, "number": number, "salt": salt, "signature": challenge["signature"],
    })
}

/// A `start` that signs in, with this ticket and proof.
pub(super) fn signing_in(port: u16, issued: &Value, proof: &Value) -> Value {
    let mut start = start(port);
    start["request"]["user"] = json!("anna");
    start["request"]["password"] = json!("secret");
    if !issued.is_null() {
        start["ticket"] = issued["ticket"].clone();
    }
    if !proof.is_null() {
        start["proof_of_work"] = proof.clone();
    }
    start
}

/// A page that adds nothing to what it says.
async fn page(relay: &Arc<Relay>) -> Client {
    let mut client = Client::new(relay).await;
    client.ticket = None;
    client
}

async fn runs(client: &mut Client, start: Value) {
    client.say_json(start).await;
    let heard = client.hear_until("done").await;
    assert!(heard.iter().any(|message| message["type"] == "diagnosis"), "{heard:?}");
}

#[tokio::test]
async fn a_relay_that_asks_for_none_gives_no_challenge_and_lets_sign_ins_run() {
    let port = closed_port().await;
    let relay = relay(&[port], Limits::default()).await;
    let issued = issued(&relay).await;
    assert!(issued.get("challenge").is_none(), "{issued}");
    let mut client = page(&relay).await;
    runs(&mut client, signing_in(port, &issued, &Value::Null)).await;
    runs(&mut client, signing_in(port, &Value::Null, &Value::Null)).await;
}

#[tokio::test]
async fn a_page_signs_in_with_the_solution_of_its_tickets_challenge_and_with_nothing_else() {
    let port = closed_port().await;
    let relay = relay(&[port], asking()).await;
    let mut client = page(&relay).await;
    let [mine, others] = [issued(&relay).await, issued(&relay).await];
    let right = solved(&mine);
    let forged = |field: &str, value: Value| {
        let mut proof = right.clone();
        proof[field] = value;
        proof
    };
    let number = right["number"].as_u64().unwrap();
    let salt = right["salt"].as_str().unwrap();
    for wrong in [
        Value::Null,
        forged("number", json!(number + 1)),
        forged("signature", json!("00".repeat(32))),
        forged("salt", json!(format!("{salt}?expires=9999999999&"))),
        solved(&others),
    ] {
        client.say_json(signing_in(port, &mine, &wrong)).await;
        client.refused("proof_of_work").await;
    }
    runs(&mut client, signing_in(port, &mine, &right)).await;
}

#[tokio::test]
async fn a_solution_is_good_once_and_not_for_long() {
    let port = closed_port().await;
    let hand = Hand::default();
    let relay = relay_by(&hand.watch(), &[port], asking()).await;
    let mut client = page(&relay).await;
    let [used, slow, late] = [issued(&relay).await, issued(&relay).await, issued(&relay).await];
    runs(&mut client, signing_in(port, &used, &solved(&used))).await;

    // The page is known by now. That doesn't save it the work.
    client.say_json(signing_in(port, &used, &solved(&used))).await;
    client.refused("ticket").await;
    client.say_json(signing_in(port, &Value::Null, &Value::Null)).await;
    client.refused("proof_of_work").await;

    hand.forward(limits::SOLVING - Duration::from_secs(1));
    runs(&mut client, signing_in(port, &slow, &solved(&slow))).await;
    hand.forward(Duration::from_secs(1));
    client.say_json(signing_in(port, &late, &solved(&late))).await;
    client.refused("ticket").await;
}

#[tokio::test]
async fn passwords_for_sending_and_tokens_need_it_too_and_connections_need_none() {
    let port = closed_port().await;
    let relay = relay(&[port], asking()).await;
    let mut client = Client::new(&relay).await;
    runs(&mut client, start(port)).await;
    for secret in ["password", "smtp_password", "oauth_token"] {
        let mut start = start(port);
        start["request"]["user"] = json!("anna");
        start["request"][secret] = json!("secret");
        client.say_json(start).await;
        client.refused("proof_of_work").await;
    }
    let mut start = start(port);
    start["sign_in"] = json!({"handle": "00", "receipt": "00"});
    client.say_json(start).await;
    client.refused("proof_of_work").await;
}

#[tokio::test]
async fn a_suggestion_is_tried_with_the_password_after_another_proof_only() {
    let port = closed_port().await;
    let relay = relay(&[port], asking()).await;
    let mut client = page(&relay).await;
    let first = issued(&relay).await;
    let mut typed = signing_in(port, &first, &solved(&first));
    typed["request"]["imap"]["host"] = json!("https://127.0.0.1/");
    client.say_json(typed).await;
    let heard = client.hear_until("done").await;
    let diagnosis = heard.iter().rfind(|message| message["type"] == "diagnosis").unwrap();
    let id = &diagnosis["lanes"]["imap"]["findings"][0]["suggestions"][0]["id"];
    client.say_json(json!({"type": "apply", "suggestion": id})).await;
    client.refused("proof_of_work").await;
    let second = issued(&relay).await;
    let apply = json!({
        "type": "apply", "suggestion": id, "ticket": second["ticket"], "proof_of_work": solved(&second),
    });
    runs(&mut client, apply).await;
}

#[tokio::test]
async fn a_program_needs_it_as_a_page_does() {
    let port = closed_port().await;
    let relay = relay(&[port], asking()).await;
    let posted = async |body: &Value, origin: &'static str| {
        let mut request = post(body.to_string());
        request.headers_mut().insert(header::ORIGIN, header::HeaderValue::from_static(origin));
        let answer = ask(&relay, request).await;
        let status = answer.status();
        let first: Value =
            serde_json::from_str(text(answer).await.lines().next().unwrap_or_default()).unwrap();
        (status, first["field"].as_str().map(str::to_owned))
    };
    let mine = issued(&relay).await;
    let named = |field: &str| (StatusCode::BAD_REQUEST, Some(field.to_owned()));
    let bare = signing_in(port, &mine, &Value::Null);
    assert_eq!(posted(&bare, ORIGIN).await, named("proof_of_work"));
    let proven = signing_in(port, &mine, &solved(&mine));
    assert_eq!(ask(&relay, post(proven.to_string())).await.status(), StatusCode::BAD_REQUEST, "no origin");
    assert_eq!(posted(&proven, ORIGIN).await, (StatusCode::OK, None));
    assert_eq!(posted(&proven, ORIGIN).await, named("ticket"));
    assert_eq!(posted(&start(port), ORIGIN).await, (StatusCode::OK, None), "the connection alone");
}
