//! `/api/openapi.json` against the routes that there are, and against what they answer.

use std::collections::BTreeSet;
use std::sync::Mutex;

use axum::http::{Method, StatusCode};
use jsonschema::Validator;

use super::*;
use crate::{agents::Role, http::openapi::DOCUMENT};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

fn document() -> Value {
    serde_json::from_str(DOCUMENT).unwrap()
}

/// Each operation of the document, as `get /path`.
fn described(document: &Value) -> BTreeSet<String> {
    let paths = document["paths"].as_object().unwrap();
    let operations = paths.iter().flat_map(|(path, item)| {
        METHODS.into_iter().filter(|method| item.get(method).is_some()).map(move |m| format!("{m} {path}"))
    });
    operations.collect()
}

/// Each operation of a route table, read from its source.
fn routed(source: &str) -> BTreeSet<String> {
    let mut operations = BTreeSet::new();
    for route in source.split(".route(").skip(1) {
        let (path, rest) = route.trim_start().trim_start_matches('"').split_once('"').unwrap();
        let handlers = rest.split(".route(").next().unwrap();
        let end = handlers.find("\n        .").unwrap_or(handlers.len());
        for method in METHODS {
            if handlers[..end].contains(&format!("{method}(")) {
                operations.insert(format!("{method} {path}"));
            }
        }
    }
    operations
}

#[test]
fn every_route_is_described_and_nothing_else_is() {
    let sources = [include_str!("../routes.rs"), include_str!("../cases.rs")];
    let routed: BTreeSet<String> = sources.into_iter().flat_map(routed).collect();
    assert!(routed.contains("post /api/v1/run") && routed.contains("delete /api/v1/cases/{case}"));
    assert_eq!(described(&document()), routed);
}

#[tokio::test]
async fn the_router_knows_each_operation_and_no_other_method_at_its_address() {
    let relay = relay(&[], Limits::default()).await;
    let document = document();
    for (path, item) in document["paths"].as_object().unwrap() {
        let address = path.replace("{case}", &"0".repeat(32)).replace("{code}", "006").replace("{name}", "x");
        for method in METHODS {
            let verb = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let request = Request::builder().method(verb).uri(&address).body(Body::empty()).unwrap();
            let known = ask(&relay, request).await.status() != StatusCode::METHOD_NOT_ALLOWED;
            assert_eq!(known, item.get(method).is_some(), "{method} {path}");
        }
    }
}

#[test]
fn the_document_is_of_this_version() {
    assert_eq!(document()["info"]["version"], env!("CARGO_PKG_VERSION"));
}

/// The document as the strictest reader would have it: nothing may be in a message that it doesn't name.
struct Strict {
    document: Value,
    tried: Mutex<BTreeSet<String>>,
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.values_mut().for_each(close);
            if fields.contains_key("properties") && !fields.contains_key("additionalProperties") {
                fields.insert("additionalProperties".to_owned(), json!(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

impl Strict {
    fn new() -> Self {
        let mut document = document();
        close(&mut document);
        Self { document, tried: Mutex::default() }
    }

    fn validator(&self, schema: &Value) -> Validator {
        let mut whole = schema.clone();
        whole["components"] = self.document["components"].clone();
        jsonschema::validator_for(&whole).unwrap()
    }

    #[track_caller]
    fn check(&self, schema: &Value, message: &Value, what: &str) {
        let wrong: Vec<String> = self
            .validator(schema)
            .iter_errors(message)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{what}: {wrong:#?}\nin {message}");
    }

    /// Asks, and holds the question and the answer against the document. Gives the answer, `null` where it isn't JSON.
    async fn tell(
        &self,
        relay: &Arc<Relay>,
        operation: &str,
        with: &[(&str, &str)],
        head: &[(header::HeaderName, String)],
        body: Option<Value>,
    ) -> (StatusCode, Value) {
        let (method, path) = operation.split_once(' ').unwrap();
        let (path, query) = path.split_once('?').map_or((path, String::new()), |(p, q)| (p, format!("?{q}")));
        let described = &self.document["paths"][path][method];
        assert!(described.is_object(), "{operation}");
        let filled = with
            .iter()
            .fold(path.to_owned(), |path, (name, value)| path.replace(&format!("{{{name}}}"), value));
        let mut request = Request::builder()
            .method(Method::from_bytes(method.to_uppercase().as_bytes()).unwrap())
            .uri(filled + &query)
            .header(header::CONTENT_TYPE, "application/json");
        for (name, value) in head {
            request = request.header(name, value);
        }
        let sent = body.as_ref().map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let response = ask(relay, request.body(sent).unwrap()).await;
        let status = response.status();
        if let (Some(body), true) = (&body, status.is_success()) {
            self.check(&described["requestBody"]["content"]["application/json"]["schema"], body, operation);
        }
        let mut answer = &described["responses"][status.as_str()];
        if let Some(reference) = answer["$ref"].as_str() {
            answer = self.document.pointer(reference.trim_start_matches('#')).unwrap();
        }
        let kind = response.headers().get(header::CONTENT_TYPE).map(|kind| kind.to_str().unwrap().to_owned());
        let text = text(response).await;
        assert!(answer.is_object(), "{operation} answers {status}: {text}");
        let kind = kind.unwrap_or_default().split(';').next().unwrap_or_default().to_owned();
        let schema = &answer["content"][&kind]["schema"];
        assert!(schema.is_object() || text.is_empty(), "{operation} {status} answers {kind:?}: {text}");
        self.tried.lock().unwrap().insert(format!("{method} {path}"));
        match kind.as_str() {
            "application/json" => {
                let message = serde_json::from_str(&text).unwrap();
                self.check(schema, &message, &format!("{operation} {status}"));
                (status, message)
            }
            "application/x-ndjson" => {
                let lines: Vec<Value> =
                    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
                lines.iter().for_each(|line| self.check(schema, line, operation));
                (status, Value::Array(lines))
            }
            _ => (status, Value::Null),
        }
    }
}

#[test]
fn a_field_that_is_not_described_is_noticed() {
    let strict = Strict::new();
    let schema = json!({"$ref": "#/components/schemas/Opened"});
    let opened =
        json!({"case": "0".repeat(32), "code": "ABCDEF", "path": "/join/ABCDEF", "expires_at_ms": 1});
    strict.check(&schema, &opened, "as it is");
    let validator = strict.validator(&schema);
    for (field, value) in [("secret", json!("x")), ("code", json!("ABCDE1")), ("expires_at_ms", json!("1"))] {
        let mut wrong = opened.clone();
        wrong[field] = value;
        assert!(!validator.is_valid(&wrong), "{wrong}");
    }
}

#[tokio::test]
async fn a_challenge_and_its_solution_are_as_described() {
    let port = closed_port().await;
    let relay = relay(&[port], Limits { proof_of_work: 50, ..Limits::default() }).await;
    let strict = Strict::new();
    let page = [(header::ORIGIN, ORIGIN.to_owned())];
    let (_, issued) = strict.tell(&relay, "post /api/v1/ticket", &[], &page, None).await;
    assert!(issued["challenge"].is_object(), "{issued}");
    let start = proof::signing_in(port, &issued, &proof::solved(&issued));
    let (status, run) = strict.tell(&relay, "post /api/v1/run", &[], &page, Some(start)).await;
    assert_eq!(status, StatusCode::OK, "{run}");
}

#[tokio::test]
async fn what_the_relay_answers_is_what_the_document_says() {
    let port = closed_port().await;
    let relay = relay(&[port], Limits::default()).await;
    let strict = Strict::new();
    let lead = relay.desk.agents.add("lea", Role::Lead).await.unwrap();
    let agent = relay.desk.agents.add("anna", Role::Agent).await.unwrap();
    let bearer = |token: &str| vec![(header::AUTHORIZATION, format!("Bearer {token}"))];
    let (lead, anna, page) = (bearer(&lead), bearer(&agent), [(header::ORIGIN, ORIGIN.to_owned())]);
    let server = json!({"host": "127.0.0.1", "port": port, "security": "tls"});
    let tell =
        async |operation: &str, with: &[(&str, &str)], head: &[_], body: Option<Value>, wanted: u16| {
            let (status, answer) = strict.tell(&relay, operation, with, head, body).await;
            assert_eq!(status.as_u16(), wanted, "{operation}: {answer}");
            answer
        };

    // For everybody.
    for path in ["/healthz", "/readyz", "/metrics", "/api/openapi.json", "/api/v1/catalogue?lang=ja"] {
        tell(&format!("get {path}"), &[], &[], None, 200).await;
    }
    let run =
        tell("post /api/v1/run", &[], &[], Some(json!({"request": {"imap": server}, "lang": "en"})), 200);
    let run = run.await;
    let kinds: BTreeSet<&str> =
        run.as_array().unwrap().iter().filter_map(|line| line["type"].as_str()).collect();
    assert_eq!(kinds, BTreeSet::from(["diagnosis", "done", "evidence", "hello", "step"]));
    tell("post /api/v1/run", &[], &[], Some(json!({"request": {}})), 400).await;
    tell("get /api/v1/run", &[], &[], None, 403).await;
    tell("post /api/v1/discover", &[], &[], Some(json!({"email": "otto@example.test"})), 200).await;
    tell("post /api/v1/discover", &[], &[], Some(json!({"email": "otto"})), 400).await;
    let ticket = tell("post /api/v1/ticket", &[], &page, None, 200).await["ticket"].clone();
    tell("post /api/v1/ticket", &[], &[], None, 403).await;
    tell("get /api/v1/oauth", &[], &[], None, 200).await;
    let wish = json!({"provider": "nobody", "ticket": ticket});
    tell("post /api/v1/oauth", &[], &page, Some(wish), 400).await;
    tell("get /oauth/callback?state=x", &[], &[], None, 303).await;
    tell("get /api/v1/agent/oidc/start", &[], &[], None, 404).await;
    tell("get /api/v1/agent/oidc/callback?state=x", &[], &[], None, 400).await;

    // Help desks, none of which is configured.
    tell("get /apps/desk", &[], &[], None, 404).await;
    tell("get /apps/zendesk", &[], &[], None, 404).await;
    tell("post /apps/zendesk", &[], &[], None, 404).await;

    // Signing in and out.
    tell("get /api/v1/agent", &[], &[], None, 401).await;
    tell("get /api/v1/agent", &[], &anna, None, 200).await;
    tell("get /api/v1/agent/sign-in", &[], &[], None, 200).await;
    tell("get /api/v1/agent/sign-in", &[], &anna, None, 200).await;
    tell("post /api/v1/agent/sign-in", &[], &page, Some(json!({"token": agent})), 204).await;
    let held = json!({"token": agent, "bearer": true});
    let session = tell("post /api/v1/agent/sign-in", &[], &page, Some(held), 200).await["session"].clone();
    let session = bearer(session.as_str().unwrap());
    tell("get /api/v1/agent", &[], &session, None, 200).await;
    tell("post /api/v1/agent/sign-out", &[], &session, None, 204).await;
    tell("get /api/v1/agent", &[], &session, None, 401).await;
    tell("post /api/v1/agent/sign-in", &[], &page, Some(json!({"token": "guessed"})), 401).await;
    tell("post /api/v1/agent/sign-out", &[], &anna, None, 204).await;
    tell("get /api/v1/agents", &[], &anna, None, 403).await;
    tell("get /api/v1/agents", &[], &lead, None, 200).await;
    tell("delete /api/v1/agents/{name}", &[("name", "nobody")], &lead, None, 400).await;

    // A case, from its opening to its end.
    let new = json!({"ticket": "4711", "lang": "ja", "email": "otto@example.com", "imap": server});
    let opened = tell("post /api/v1/cases", &[], &anna, Some(new), 201).await;
    let case = [("case", opened["case"].as_str().unwrap())];
    let of = |method: &str, rest: &str| format!("{method} /api/v1/cases/{{case}}{rest}");
    let opened = tell(&of("post", "/code"), &case, &anna, None, 200).await;
    let code = [("code", opened["code"].as_str().unwrap())];
    tell("get /join/{code}", &code, &[], None, 307).await;
    tell("get /api/v1/join/{code}", &code, &[], None, 200).await;
    let joined = tell("post /api/v1/join/{code}", &code, &[], Some(json!({"agreed": true})), 200).await;
    tell("post /api/v1/join/{code}", &code, &[], Some(json!({"agreed": true})), 400).await;
    let commands = [
        json!({"kind": "propose", "field": "imap.host", "value": "mail.example.com"}),
        json!({"kind": "point", "field": "imap.port"}),
        json!({"kind": "ask-rerun"}),
        json!({"kind": "note", "text": "hm"}),
        json!({"kind": "hand-over", "to": "lea"}),
    ];
    let mut seq = Value::Null;
    for (n, mut command) in commands.into_iter().enumerate() {
        command["id"] = json!(n.to_string());
        let answer = tell(&of("post", "/commands"), &case, &anna, Some(command), 200).await;
        seq = if n == 0 { answer["seq"].clone() } else { seq };
    }
    for (id, mut order) in [
        ("1", json!({"kind": "accept", "proposal": seq})),
        ("2", json!({"kind": "show-address", "email": "otto@example.com"})),
    ] {
        (order["id"], order["token"]) = (json!(id), joined["token"].clone());
        tell(&of("post", "/customer"), &case, &[], Some(order), 200).await;
    }
    tell(&of("get", "/reply"), &case, &anna, None, 400).await;
    tell(&of("post", "/check"), &case, &anna, Some(json!({"imap": server})), 202).await;
    let log = &*relay.desk.store.cases;
    let id = crate::cases::CaseId::parse(case[0].1).unwrap();
    let mut watcher = log.subscribe(id, 0).unwrap();
    let ended = async { while !format!("{:?}", watcher.next(log).await).contains("Done {") {} };
    timeout(PATIENCE, ended).await.expect("the check ends");
    let leave = json!({"kind": "leave", "id": "3", "token": joined["token"]});
    tell(&of("post", "/customer"), &case, &[], Some(leave), 200).await;
    tell(&of("post", "/commands"), &case, &lead, Some(json!({"kind": "close", "id": "9"})), 200).await;
    let shown = tell(&of("get", ""), &case, &anna, None, 200).await;
    let kinds: BTreeSet<&str> =
        shown["events"].as_array().unwrap().iter().filter_map(|event| event["kind"].as_str()).collect();
    assert_eq!(kinds.len(), 13, "nearly every kind of event: {kinds:?}");
    for format in ["markdown", "plain", "json"] {
        tell(&of("get", &format!("/export?format={format}")), &case, &anna, None, 200).await;
    }
    tell(&of("get", "/reply"), &case, &anna, None, 200).await;
    tell(&of("get", "/watch"), &case, &[], None, 403).await;
    tell("get /api/v1/cases?code=002", &[], &anna, None, 200).await;
    tell("get /api/v1/cases.csv", &[], &anna, None, 200).await;
    tell("get /api/v1/statistics", &[], &anna, None, 200).await;
    tell(&of("delete", ""), &case, &anna, None, 403).await;
    tell(&of("delete", ""), &case, &lead, None, 204).await;
    tell(&of("get", ""), &case, &anna, None, 404).await;

    // Whether the pages are part of a build is another matter.
    let untried: Vec<String> =
        described(&strict.document).difference(&strict.tried.lock().unwrap()).cloned().collect();
    let pages = ["get /", "get /embed.js", "get /embed/{code}", "get /en/join/{code}", "get /ja/join/{code}"];
    assert_eq!(untried, pages);
}
