//! Budgets: what a thousand requests get, and what a mail server sees of a thousand tries at one account.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::http::StatusCode;
use futures::{
    FutureExt,
    future::{BoxFuture, join_all, ready},
};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::aws_lc_rs, pki_types::PrivateKeyDer},
};

use super::*;
use crate::{
    budget::{Account, AccountKey, Hand, LocalLedger, NotNow, SignIns},
    http::budgets::Budgets,
    limits,
};

/// One request to the router from this address.
pub(super) async fn ask_from(relay: &Arc<Relay>, client: IpAddr, request: &Value) -> Response<Body> {
    let mut request = post(request.to_string());
    request.extensions_mut().insert(Peer(client));
    router(Arc::clone(relay)).oneshot(request).await.unwrap()
}

fn imap(host: &str) -> Value {
    json!({"request": {"imap": {"host": host, "port": 993, "security": "tls"}}})
}

pub(super) fn client(n: u32) -> IpAddr {
    IpAddr::V4((0xc600_0000 + n).into())
}

/// How many of the answers let a run begin; the others must say when to come back.
async fn begun(answers: Vec<Response<Body>>) -> usize {
    let mut begun = 0;
    for answer in answers {
        match answer.status() {
            StatusCode::OK => begun += 1,
            StatusCode::TOO_MANY_REQUESTS => {
                let header: u64 = answer.headers()["retry-after"].to_str().unwrap().parse().unwrap();
                let message: Value = serde_json::from_str(&text(answer).await).unwrap();
                assert_eq!(message["code"], "rate-limited");
                assert_eq!(message["retry_after_s"], header);
                assert!(header > 0);
            }
            status => panic!("{status}"),
        }
    }
    begun
}

#[tokio::test]
async fn of_a_thousand_requests_of_one_client_thirty_run() {
    let hand = Hand::default();
    let relay = relay_by(&hand.watch(), &[], Limits { runs_per_client: 5000, ..Limits::default() }).await;
    // The addresses of one /64 are one client.
    let of_one_network = |n: u64| format!("2001:db8:0:7::{n:x}").parse().unwrap();
    let ask = async |n| ask_from(&relay, of_one_network(n), &imap(&format!("imap.domain{n}.example"))).await;
    assert_eq!(begun(join_all((0..1000).map(ask)).await).await, 30);
    assert_eq!(ask_from(&relay, client(1), &imap("imap.other.example")).await.status(), StatusCode::OK);
    hand.forward(Duration::from_secs(60));
    assert_eq!(begun(join_all((0..1000).map(ask)).await).await, 30);
}

#[tokio::test]
async fn of_a_thousand_clients_a_hundred_and_twenty_reach_one_target_in_a_minute() {
    let relay = relay_by(&Hand::default().watch(), &[], Limits::default()).await;
    let ask = async |n| ask_from(&relay, client(n), &imap(&format!("host{n}.Example.com."))).await;
    assert_eq!(begun(join_all((0..1000).map(ask)).await).await, 120);
    let ask = async |n| ask_from(&relay, client(n), &imap("8.8.8.8")).await;
    assert_eq!(begun(join_all((1000..2000).map(ask)).await).await, 120);
}

#[tokio::test]
async fn look_ups_have_shares_of_their_own() {
    let hand = Hand::default();
    let relay = relay_by(&hand.watch(), &[], Limits::default()).await;
    let look_up = async |n: u32| {
        let request = Request::post("/api/v1/discover")
            .header(header::CONTENT_TYPE, "application/json")
            .extension(Peer(client(1)))
            // No address: refused for that, where it isn't for the number.
            .body(Body::from(format!("{{\"email\":\"nobody{n}\"}}")))
            .unwrap();
        router(Arc::clone(&relay)).oneshot(request).await.unwrap().status()
    };
    let mut refused = Vec::new();
    for n in 0..1000 {
        refused.push(look_up(n).await);
    }
    assert_eq!(refused.iter().filter(|status| **status == StatusCode::BAD_REQUEST).count(), 30);
    assert_eq!(refused.iter().filter(|status| **status == StatusCode::TOO_MANY_REQUESTS).count(), 970);
    assert_eq!(ask_from(&relay, client(1), &imap("imap.example.com")).await.status(), StatusCode::OK);
}

/// What a mail server does when somebody signs in.
#[derive(Clone, Copy)]
pub(super) enum Answer {
    Refuses,
    Accepts,
    Never,
}

/// A mail server that counts the sign-ins it's asked for, and how many of them at a time.
#[derive(Default)]
pub(super) struct Count {
    pub asked: AtomicU32,
    now: AtomicU32,
    pub most: AtomicU32,
}

/// IMAP and SMTP, each over TLS; gives their ports.
pub(super) async fn servers(answer: Answer) -> ([u16; 2], Arc<Count>) {
    let count = Arc::new(Count::default());
    let pair = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(pair.signing_key.serialize_der()).unwrap();
    let tls = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![pair.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(tls));
    let mut ports = [0; 2];
    for (port, smtp) in ports.iter_mut().zip([false, true]) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        *port = listener.local_addr().unwrap().port();
        let (acceptor, count) = (acceptor.clone(), Arc::clone(&count));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, count) = (acceptor.clone(), Arc::clone(&count));
                tokio::spawn(async move { talk(acceptor.accept(stream).await?, smtp, answer, &count).await });
            }
        });
    }
    (ports, count)
}

async fn talk(
    stream: tokio_rustls::server::TlsStream<TcpStream>,
    smtp: bool,
    answer: Answer,
    count: &Count,
) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let greeting =
        if smtp { "220 ready\r\n" } else { "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n" };
    stream.write_all(greeting.as_bytes()).await?;
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let tag = line.split(' ').next().unwrap_or_default().to_owned();
        let signing_in = line.contains("AUTH") && !line.contains("CAPABILITY");
        let (refuses, accepts, usual) = if smtp {
            (
                "535 5.7.8 no\r\n".to_owned(),
                "235 2.7.0 yes\r\n".to_owned(),
                "250-here\r\n250 AUTH PLAIN\r\n".to_owned(),
            )
        } else {
            (
                format!("{tag} NO [AUTHENTICATIONFAILED] no\r\n"),
                format!("{tag} OK yes\r\n"),
                format!("{tag} OK\r\n"),
            )
        };
        let mut reply = usual;
        if signing_in {
            count.asked.fetch_add(1, Ordering::SeqCst);
            count.most.fetch_max(count.now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            // A moment in which a second sign-in would be seen.
            for _ in 0..100 {
                tokio::task::yield_now().await;
            }
            reply = match answer {
                Answer::Refuses => refuses,
                Answer::Accepts => accepts,
                Answer::Never => std::future::pending().await,
            };
            count.now.fetch_sub(1, Ordering::SeqCst);
        }
        stream.write_all(reply.as_bytes()).await?;
        line.clear();
    }
    Ok(())
}

pub(super) fn sign_in([imap, smtp]: [u16; 2], user: &str) -> Value {
    json!({"request": {
        "imap": {"host": "127.0.0.1", "port": imap, "security": "tls"},
        "smtp": {"host": "127.0.0.1", "port": smtp, "security": "tls"},
        "user": user,
        "password": "guess",
        "allow_unclean_tls": true,
    }})
}

pub(super) fn roomy() -> Limits {
    Limits { runs_per_target_per_minute: NonZeroU32::new(1_000_000).unwrap(), ..Limits::default() }
}

/// A thousand at once, from as many clients, each to one of these relays, to the end of their answers.
async fn thousand_tries(relays: &[Arc<Relay>], request: &Value) {
    let one = async |(n, relay)| {
        let answer = ask_from(relay, client(n), request).await;
        text(answer).await
    };
    join_all((0..1000).zip(relays.iter().cycle()).map(one)).await;
}

#[tokio::test]
async fn of_thousands_of_tries_at_one_account_the_server_sees_three_and_one_at_a_time() {
    let (ports, count) = servers(Answer::Refuses).await;
    let hand = Hand::default();
    let relay = relay_by(&hand.watch(), &ports, roomy()).await;
    for _ in 0..3 {
        thousand_tries(std::slice::from_ref(&relay), &sign_in(ports, "anna@example.com")).await;
    }
    assert_eq!(count.asked.load(Ordering::SeqCst), 3, "IMAP and SMTP together");
    assert_eq!(count.most.load(Ordering::SeqCst), 1);

    let refused = ask_from(&relay, client(7), &sign_in(ports, "ANNA@example.com")).await;
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.headers()["retry-after"], "600");
    // Without a password nobody guesses: the connection can be checked.
    let mut bare = sign_in(ports, "anna@example.com");
    bare["request"]["password"] = Value::Null;
    assert_eq!(ask_from(&relay, client(7), &bare).await.status(), StatusCode::OK);
    // Another account isn't concerned, and ten minutes later this one isn't either.
    assert_eq!(
        ask_from(&relay, client(7), &sign_in(ports, "otto@example.com")).await.status(),
        StatusCode::OK
    );
    hand.forward(Duration::from_secs(600));
    let answer = ask_from(&relay, client(7), &sign_in(ports, "anna@example.com")).await;
    assert_eq!(answer.status(), StatusCode::OK);
}

/// A relay whose sign-ins count in this ledger.
async fn relay_sharing(
    hand: &Hand,
    ports: &[u16],
    key: &AccountKey,
    ledger: &Arc<impl SignIns + 'static>,
) -> Arc<Relay> {
    let (watch, ledger): (_, Arc<dyn SignIns>) = (hand.watch(), Arc::clone(ledger) as _);
    let mut relay = relay_by(&watch, ports, roomy()).await;
    let budgets = Budgets::sharing(roomy(), &watch, key.clone(), ledger);
    Arc::get_mut(&mut relay).expect("nobody has it yet").budgets = budgets;
    relay
}

#[tokio::test]
async fn relays_that_share_a_ledger_let_the_server_see_no_more_together() {
    let (ports, count) = servers(Answer::Refuses).await;
    let hand = Hand::default();
    let (window, room) = (Duration::from_secs(limits::REFUSAL_WINDOW_SECONDS), limits::REMEMBERED);
    let ledger = LocalLedger::new(limits::REFUSALS_PER_ACCOUNT, window, room, hand.watch());
    let (key, ledger) = (AccountKey::random().unwrap(), Arc::new(ledger));
    let relays = join_all([(); 4].map(|()| relay_sharing(&hand, &ports, &key, &ledger))).await;
    let request = sign_in(ports, "anna@example.com");
    for _ in 0..3 {
        thousand_tries(&relays, &request).await;
    }
    assert_eq!(count.asked.load(Ordering::SeqCst), 3, "all four together");
    assert_eq!(count.most.load(Ordering::SeqCst), 1);
}

/// A ledger that can't be reached.
struct Unreachable;

impl SignIns for Unreachable {
    fn begin(&self, _: Account) -> BoxFuture<'_, Result<u32, NotNow>> {
        ready(Err(NotNow::Unknown)).boxed()
    }

    fn end(&self, _: Account, _: u32) {}
}

#[tokio::test]
async fn where_nobody_can_count_nobody_signs_in() {
    let (ports, count) = servers(Answer::Accepts).await;
    let key = AccountKey::random().unwrap();
    let relay = relay_sharing(&Hand::default(), &ports, &key, &Arc::new(Unreachable)).await;
    let request = sign_in(ports, "anna@example.com");
    let answer = ask_from(&relay, client(1), &request).await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(text(answer).await.contains("\"code\":\"overloaded\""));
    thousand_tries(std::slice::from_ref(&relay), &request).await;
    assert_eq!(count.asked.load(Ordering::SeqCst), 0);
    // The connection alone needs no place.
    let mut bare = request;
    bare["request"]["password"] = Value::Null;
    assert_eq!(ask_from(&relay, client(1), &bare).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn whoever_signs_in_successfully_is_not_held_up() {
    let (ports, count) = servers(Answer::Accepts).await;
    let relay = relay_by(&Hand::default().watch(), &ports, roomy()).await;
    for _ in 0..5 {
        let answer = ask_from(&relay, client(1), &sign_in(ports, "anna@example.com")).await;
        assert_eq!(answer.status(), StatusCode::OK);
        text(answer).await;
    }
    assert_eq!(count.asked.load(Ordering::SeqCst), 10);
}

/// Leaving before the answer comes is no way around the budget.
#[tokio::test]
async fn a_sign_in_whose_answer_nobody_waited_for_counts_as_refused() {
    let (ports, count) = servers(Answer::Never).await;
    let relay = relay_by(&Hand::default().watch(), &ports, roomy()).await;
    let request = sign_in(ports, "anna@example.com");
    for tries in 1..=3 {
        let answer = ask_from(&relay, client(1), &request).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let mut body = answer.into_body();
        let reading = async { while body.frame().await.is_some() {} };
        let asked = async {
            while count.asked.load(Ordering::SeqCst) < tries {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            () = reading => panic!("the server never answers"),
            done = timeout(PATIENCE, asked) => done.expect("the server is asked"),
        }
    }
    assert_eq!(ask_from(&relay, client(1), &request).await.status(), StatusCode::TOO_MANY_REQUESTS);
}
