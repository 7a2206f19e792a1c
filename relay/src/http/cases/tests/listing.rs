//! Finding a case among others, and counting them.

use error_model::{Cause, Code, wire::RelayMessage};

use super::{
    exports::{diagnosis, ran},
    *,
};

fn provider(id: &str) -> RelayMessage {
    let known = json!({
        "kind": "provider", "id": id, "name": id, "clue": "host", "app_password": true, "oauth_only": false,
        "off_by_default": false, "overseas_filter": false,
    });
    serde_json::from_value(
        json!({"type": "evidence", "seq": 1, "at_ms": 1, "lane": "imap", "observation": known}),
    )
    .unwrap()
}

/// Three cases: found, in order of their last event, by these tickets.
async fn cases(relay: &Arc<Relay>) -> (String, [String; 3]) {
    let anna = token(relay, "anna", Role::Agent).await;
    let otto = token(relay, "otto", Role::Agent).await;
    let mut opened = Vec::new();
    for (who, new) in [
        (&anna, json!({"ticket": "4711", "email": "mia@example.com"})),
        (&anna, json!({"ticket": "4712", "email": "jo@other.example"})),
        (&otto, json!({"ticket": "99"})),
    ] {
        let (_, case) = answer(relay, "POST", "/api/v1/cases", &bearer(who), Some(new)).await;
        opened.push(case);
    }
    let case = |n: usize| opened[n]["case"].as_str().unwrap().to_owned();
    let closed = diagnosis(Code::E002, Some(Cause::PortClosed));
    let named = diagnosis(Code::E006, Some(Cause::NameNotCovered));
    ran(relay, &case(0), "imap.example.com", vec![provider("gmail"), closed.clone()]).await;
    ran(relay, &case(1), "mail.other.example", vec![named]).await;
    ran(relay, &case(2), "imap.example.com", vec![provider("gmail"), closed]).await;
    let join = format!("/api/v1/join/{}", opened[1]["code"].as_str().unwrap());
    answer(relay, "POST", &join, &[], Some(json!({"agreed": true}))).await;
    let close = json!({"id": "c", "kind": "close"});
    answer(relay, "POST", &format!("/api/v1/cases/{}/commands", case(2)), &bearer(&otto), Some(close)).await;
    (anna, [case(0), case(1), case(2)])
}

async fn tickets(relay: &Arc<Relay>, agent: &str, query: &str) -> Vec<String> {
    let path = format!("/api/v1/cases?{query}");
    let (status, list) = answer(relay, "GET", &path, &bearer(agent), None).await;
    assert_eq!(status, StatusCode::OK, "{query}: {list}");
    let cases = list["cases"].as_array().unwrap();
    assert_eq!(list["found"], cases.len());
    let mut tickets: Vec<String> =
        cases.iter().map(|case| case["ticket"].as_str().unwrap().to_owned()).collect();
    tickets.sort();
    tickets
}

#[tokio::test]
async fn each_filter_finds_its_cases_and_filters_add_up() {
    let relay = relay().await;
    let (agent, _) = cases(&relay).await;
    for (query, found) in [
        ("", &["4711", "4712", "99"][..]),
        ("state=waiting", &["4711"]),
        ("state=joined", &["4712"]),
        ("state=closed", &["99"]),
        ("state=left", &[]),
        ("agent=anna", &["4711", "4712"]),
        ("agent=Anna", &[]),
        ("ticket=4711", &["4711"]),
        ("ticket=471", &[]),
        ("code=002", &["4711", "99"]),
        ("code=009", &[]),
        ("cause=name-not-covered", &["4712"]),
        ("host=OTHER", &["4712"]),
        ("host=imap.", &["4711", "99"]),
        ("q=471", &["4711", "4712"]),
        ("q=otto", &["99"]),
        ("q=%40example.com", &["4711"]),
        ("q=mail.OTHER", &["4712"]),
        ("q=mia", &[]),
        ("q=%E9%9B%80", &[]),
        ("code=002&agent=otto", &["99"]),
        ("code=002&agent=otto&state=waiting", &[]),
    ] {
        assert_eq!(tickets(&relay, &agent, query).await, found, "{query}");
    }
}

#[tokio::test]
async fn cases_are_found_by_when_they_were_opened() {
    let relay = relay().await;
    let (agent, [first, ..]) = cases(&relay).await;
    let (_, shown) = answer(&relay, "GET", &format!("/api/v1/cases/{first}"), &bearer(&agent), None).await;
    let opened = shown["summary"]["opened_at_ms"].as_i64().unwrap();
    let has = async |query: String| tickets(&relay, &agent, &query).await.contains(&"4711".to_owned());
    assert!(has(format!("since={opened}")).await);
    assert!(!has(format!("since={}", opened + 1)).await);
    assert!(has(format!("until={}", opened + 1)).await);
    assert!(!has(format!("until={opened}")).await);
}

#[tokio::test]
async fn a_filter_that_nobody_knows_the_value_of_is_refused() {
    let relay = relay().await;
    let (agent, _) = cases(&relay).await;
    for query in ["state=open", "code=42", "cause=nothing", "since=yesterday"] {
        for path in ["/api/v1/cases", "/api/v1/cases.csv"] {
            let (status, refused) =
                answer(&relay, "GET", &format!("{path}?{query}"), &bearer(&agent), None).await;
            assert_eq!(
                (status, &refused["field"]),
                (StatusCode::BAD_REQUEST, &json!("query")),
                "{path} {query}"
            );
        }
    }
}

#[tokio::test]
async fn the_last_changed_case_comes_first() {
    let relay = relay().await;
    let (agent, [first, ..]) = cases(&relay).await;
    let note = json!({"id": "n", "kind": "note", "text": "hm"});
    answer(&relay, "POST", &format!("/api/v1/cases/{first}/commands"), &bearer(&agent), Some(note)).await;
    let (_, list) = answer(&relay, "GET", "/api/v1/cases", &bearer(&agent), None).await;
    assert_eq!(list["cases"][0]["case"], json!(first));
}

#[tokio::test]
async fn statistics_count_codes_causes_and_providers_of_a_week() {
    let relay = relay().await;
    let (agent, _) = cases(&relay).await;
    // Nothing was found in this one: it doesn't count.
    answer(&relay, "POST", "/api/v1/cases", &bearer(&agent), Some(json!({"ticket": "1"}))).await;
    let (_, statistics) = answer(&relay, "GET", "/api/v1/statistics", &bearer(&agent), None).await;
    let week = statistics["counted"][0]["week"].clone();
    let counted = json!([
        {"week": week, "code": "002", "cause": "port-closed", "provider": "gmail", "cases": 2},
        {"week": week, "code": "006", "cause": "name-not-covered", "provider": null, "cases": 1},
    ]);
    assert_eq!(statistics["counted"], counted);
}
