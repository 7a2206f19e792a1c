//! Agents sign in with their organisation's identity provider, with every step of the browser made by hand.

use std::net::SocketAddr;

use serde_json::{Value, json};
use tests::browser::relay::Relay;
use tests::client::rest;
use tests::lab::shared;
use tokio::{io::AsyncWriteExt, net::TcpStream, runtime::Runtime};
use url::Url;

/// Runs a test against a relay that knows the lab's issuer. The lab has a runtime of its own, so it's up before the test's.
fn with_relay(more: &str, test: impl AsyncFnOnce(&Relay)) {
    let file = shared().issuer().agents_configuration() + more;
    let relay = Relay::with_file(Some(shared()), &[], &file);
    Runtime::new().expect("a runtime can be made").block_on(test(&relay));
}

/// An answer with its head.
struct Answer(String);

impl Answer {
    fn status(&self) -> u16 {
        self.0.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status line")
    }

    fn headers(&self, name: &str) -> Vec<&str> {
        let head = self.0.split("\r\n\r\n").next().unwrap_or_default();
        let lines = head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(found, _)| *found == name).map(|(_, value)| value).collect()
    }

    /// The value that the browser keeps of this cookie; empty where it's told to forget it.
    fn cookie(&self, name: &str) -> Option<String> {
        let set = self.headers("set-cookie");
        set.iter()
            .find_map(|set| Some(set.strip_prefix(name)?.strip_prefix('=')?.split(';').next()?.to_owned()))
    }

    fn body(&self) -> &str {
        self.0.split_once("\r\n\r\n").expect("a body").1
    }
}

async fn ask(relay: SocketAddr, line: &str, cookie: &str) -> Answer {
    let mut stream = TcpStream::connect(relay).await.expect("the relay accepts");
    let own = if line.starts_with("GET") { String::new() } else { format!("origin: http://{relay}\r\n") };
    let request = format!(
        "{line} HTTP/1.1\r\nhost: {relay}\r\n{own}cookie: {cookie}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.expect("the relay reads");
    Answer(rest(stream).await)
}

const TIE: &str = "__Host-mailtriage-oidc";
const SESSION: &str = "__Host-mailtriage";

/// A sign-in that has begun: the provider's page, and the browser's cookie.
struct Begun {
    page: String,
    cookie: String,
}

async fn begin(relay: SocketAddr) -> Begun {
    let answer = ask(relay, "GET /api/v1/agent/oidc/start?lang=en", "").await;
    assert_eq!(answer.status(), 303, "{}", answer.0);
    let set = answer.headers("set-cookie");
    assert!(set[0].ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=900"), "{set:?}");
    let cookie = format!("{TIE}={}", answer.cookie(TIE).expect("the tie"));
    Begun { page: answer.headers("location")[0].to_owned(), cookie }
}

/// The path that the provider sends the browser of this person back to.
async fn back(page: &str, account: &str) -> String {
    let back = shared().issuer().person("sign-in", &[("page", page), ("account", account)]).await;
    let back = Url::parse(back.trim()).expect("a web address");
    assert_eq!(back.path(), "/api/v1/agent/oidc/callback");
    back[url::Position::BeforePath..].to_owned()
}

async fn come_back(relay: SocketAddr, begun: &Begun, account: &str) -> Answer {
    let path = back(&begun.page, account).await;
    ask(relay, &format!("GET {path}"), &begun.cookie).await
}

/// The session's cookie of somebody who gets in.
async fn signed_in(relay: SocketAddr, account: &str) -> String {
    let answer = come_back(relay, &begin(relay).await, account).await;
    assert_eq!(answer.status(), 200, "{}", answer.0);
    format!("{SESSION}={}", answer.cookie(SESSION).expect("a session"))
}

/// Asserts that the answer lets nobody in, and says why.
fn refused(answer: &Answer, status: u16, why: &str) {
    assert_eq!(answer.status(), status, "{}", answer.0);
    assert!(answer.cookie(SESSION).is_none(), "{}", answer.0);
    assert!(answer.body().contains(why) && answer.body().contains("aren't signed in"), "{}", answer.0);
}

/// The page's address with another value of one parameter.
fn with(page: &str, name: &str, value: &str) -> String {
    let mut page = Url::parse(page).expect("a web address");
    let pairs: Vec<(String, String)> = page
        .query_pairs()
        .map(|(key, old)| (key.to_string(), if key == name { value.to_owned() } else { old.to_string() }))
        .collect();
    page.query_pairs_mut().clear().extend_pairs(pairs);
    page.into()
}

async fn who(relay: SocketAddr, cookie: &str) -> Value {
    serde_json::from_str(ask(relay, "GET /api/v1/agent", cookie).await.body()).expect("JSON")
}

#[test]
fn the_page_is_told_of_the_provider_and_a_person_of_its_gets_in_with_the_role_of_their_group() {
    with_relay("", async |relay| {
        let relay = relay.address();
        let stranger = who(relay, "").await;
        assert_eq!((&stranger["type"], &stranger["oidc"]), (&json!("problem"), &json!({"name": "Lab Desk"})));
        let begun = begin(relay).await;
        let answer = come_back(relay, &begun, "anna.support@elsewhere.test").await;
        assert_eq!(answer.status(), 200, "{}", answer.0);
        let session = answer.headers("set-cookie")[0];
        assert!(session.ends_with("; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=36000"), "{session}");
        assert_eq!(answer.cookie(TIE).as_deref(), Some(""), "the tie is over");
        assert!(answer.body().contains("content=\"0; url=/en/agent\""), "{}", answer.0);
        let anna = format!("{SESSION}={}", answer.cookie(SESSION).expect("a session"));
        assert_eq!(who(relay, &anna).await, json!({"name": "Anna", "role": "agent"}));
        let lea = signed_in(relay, "lea.lead@elsewhere.test").await;
        assert_eq!(who(relay, &lea).await, json!({"name": "Lea", "role": "lead"}));
        assert_eq!(ask(relay, "GET /api/v1/agents", &anna).await.status(), 403);
        let all: Value = serde_json::from_str(ask(relay, "GET /api/v1/agents", &lea).await.body()).unwrap();
        assert_eq!(all, json!([{"name": "Anna", "role": "agent"}, {"name": "Lea", "role": "lead"}]));
        // Whoever a lead removes is out at once.
        assert_eq!(ask(relay, "DELETE /api/v1/agents/Anna", &lea).await.status(), 204);
        assert_eq!(ask(relay, "GET /api/v1/agent", &anna).await.status(), 401);
    });
}

#[test]
fn a_person_is_the_same_agent_each_time_and_two_of_one_name_are_told_apart() {
    with_relay("", async |relay| {
        let relay = relay.address();
        let first = signed_in(relay, "anna@desk.test").await;
        let second = signed_in(relay, "anna@desk.test").await;
        assert_eq!(who(relay, &first).await, who(relay, &second).await);
        let other = signed_in(relay, "anna.support@desk.test").await;
        assert_eq!(
            who(relay, &other).await,
            json!({"name": "Anna (anna.support@desk.test)", "role": "agent"})
        );
        assert_eq!(who(relay, &first).await["name"], "Anna");
    });
}

#[test]
fn nobody_outside_the_rule_gets_in() {
    with_relay("", async |relay| {
        let relay = relay.address();
        for account in ["eve@elsewhere.test", "eve.supporters@elsewhere.test", "eve@desk.test.elsewhere.test"]
        {
            let answer = come_back(relay, &begin(relay).await, account).await;
            refused(&answer, 403, &format!("{account} may not use the agent console"));
        }
        // Addresses of which the provider doesn't say that they are the person's prove nothing.
        let answer = come_back(relay, &begin(relay).await, "eve.unverified@desk.test").await;
        refused(&answer, 403, "may not use the agent console");
    });
    with_relay("unverified_email = true\n", async |relay| {
        signed_in(relay.address(), "otto.unverified@desk.test").await;
    });
}

#[test]
fn an_answer_is_for_the_browser_that_began_and_is_taken_once() {
    with_relay("", async |relay| {
        let relay = relay.address();
        let (ours, theirs) = (begin(relay).await, begin(relay).await);
        let path = back(&ours.page, "anna@desk.test").await;
        let line = format!("GET {path}");
        for (cookie, who) in [("", "without a cookie"), (&theirs.cookie, "in another browser")] {
            let answer = ask(relay, &line, cookie).await;
            refused(&answer, 400, "was begun in another browser");
            assert_eq!(answer.cookie(TIE), None, "{who}: what is under way stays");
        }
        assert_eq!(ask(relay, &line, &ours.cookie).await.status(), 200);
        refused(&ask(relay, &line, &ours.cookie).await, 400, "was used already");
        // The code again, under the state of another sign-in.
        let code = Url::parse("http://relay.test").unwrap().join(&path).unwrap();
        let code = code.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned();
        let page = Url::parse(&theirs.page).unwrap();
        let state = page.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
        let replay = format!("GET /api/v1/agent/oidc/callback?code={code}&state={state}");
        refused(&ask(relay, &replay, &theirs.cookie).await, 403, "invalid_grant");
    });
}

#[test]
fn an_answer_to_another_question_is_refused_with_what_is_wrong() {
    with_relay("", async |relay| {
        let relay = relay.address();
        let mut begun = begin(relay).await;
        begun.page = with(&begun.page, "nonce", "of-somebody-else");
        refused(&come_back(relay, &begun, "anna@desk.test").await, 502, "nonce");
        let mut begun = begin(relay).await;
        begun.page = with(&begun.page, "code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        refused(&come_back(relay, &begun, "anna@desk.test").await, 403, "invalid_grant");
        let begun = begin(relay).await;
        let path = back(&begun.page, "anna@desk.test").await.replace("issuer.mail.test", "evil.test");
        refused(&ask(relay, &format!("GET {path}"), &begun.cookie).await, 502, "another issuer");
        let begun = begin(relay).await;
        let page = Url::parse(&begun.page).unwrap();
        let state = page.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
        let declined = format!(
            "GET /api/v1/agent/oidc/callback?error=access_denied&error_description=%3Cb%3Eno%3C%2Fb%3E&state={state}"
        );
        refused(&ask(relay, &declined, &begun.cookie).await, 403, "access_denied: &lt;b&gt;no");
    });
}

#[test]
fn a_provider_that_is_away_is_said_and_the_secrets_are_in_no_log() {
    let file = shared().issuer().agents_configuration().replace("issuer.mail.test", "nowhere.mail.test");
    let away = Relay::with_file(Some(shared()), &[], &file);
    with_relay("", async |relay| {
        refused(
            &ask(away.address(), "GET /api/v1/agent/oidc/start?lang=en", "").await,
            502,
            "be reached. Try again later.",
        );
        signed_in(relay.address(), "anna@desk.test").await;
        come_back(relay.address(), &begin(relay.address()).await, "eve@elsewhere.test").await;
        for kind in ["access_token", "id_token", "code", "verifier"] {
            let secrets = shared().issuer().ledger(kind);
            assert!(!secrets.is_empty(), "no {kind} was made");
            assert!(!secrets.iter().any(|secret| relay.log().contains(secret)), "the {kind} is in the log");
        }
    });
}
