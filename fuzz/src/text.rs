//! Words of a server: turned into UTF-8, kept, escaped, read back, recognised, and read as a refusal.

use std::sync::LazyLock;

use error_model::{
    Evidence, Lane, Observed, ServerText, diagnose,
    evidence::{Observation, Reply, ReplyStatus},
    text::is_control,
};

static ASKED: LazyLock<Evidence> = LazyLock::new(|| {
    let endpoint = |host: &str| serde_json::json!({"host": host, "port": 993, "security": "tls"});
    let asked = serde_json::json!({
        "email": "kaori@example.jp", "imap": endpoint("imap.example.jp"), "smtp": endpoint("smtp.example.jp"),
        "imap_user": "kaori@example.jp", "smtp_user": "kaori@example.jp", "same_credentials": true,
    });
    let evidence = serde_json::json!({"asked": asked, "started_at": 0, "finished": true, "observations": []});
    serde_json::from_value(evidence).expect("evidence of nothing")
});

const STATUS: [ReplyStatus; 5] =
    [ReplyStatus::Ok, ReplyStatus::No, ReplyStatus::Bad, ReplyStatus::Bye, ReplyStatus::Later];

pub fn run(input: &[u8]) {
    let _recognised = protocol::identify(input);
    let turned = probe::fuzzing::text(input);
    assert!(!turned.to_string().chars().any(is_control), "{turned}");
    let text = ServerText::new(input);
    assert!(!text.to_string().chars().any(is_control), "{text}");
    let json = serde_json::to_string(&text).expect("a text is JSON");
    assert_eq!(serde_json::from_str::<ServerText>(&json).expect("it was written so"), text);
    // Escapes that nobody wrote.
    let foreign = serde_json::to_string(&String::from_utf8_lossy(input)).expect("a string is JSON");
    let read: ServerText = serde_json::from_str(&foreign).expect("any string is a text");
    assert!(!read.to_string().chars().any(is_control), "{read}");
    refuse(input);
}

/// A lane is refused with the text, at the sign-in or behind it.
fn refuse(input: &[u8]) {
    let Some((&[shape, code], words)) = input.split_first_chunk() else { return };
    let status = STATUS[usize::from(shape) % STATUS.len()];
    let reply = |code| Reply {
        status,
        code,
        enhanced: None,
        response_code: None,
        charset: None,
        text: ServerText::new(words),
    };
    let code = Some(400 + u16::from(code));
    let sign_in = |accepted| Observation::SignIn {
        mechanism: "PLAIN".into(),
        accepted,
        reply: reply(code),
        challenge: ServerText::new(words),
    };
    let (lane, observations) = match shape / 32 {
        0 => (Lane::Imap, vec![sign_in(false)]),
        1 => {
            let mailbox =
                Observation::Mailbox { opened: false, reply: reply(None), messages: None, size: None };
            (Lane::Imap, vec![sign_in(true), mailbox])
        }
        2 => (Lane::Smtp, vec![sign_in(true), Observation::Sender { allowed: false, reply: reply(code) }]),
        _ => (Lane::Smtp, vec![sign_in(false)]),
    };
    let mut evidence = ASKED.clone();
    let numbered = (1..).zip(observations);
    evidence.observations =
        numbered.map(|(seq, observation)| Observed { seq, at_ms: 0, lane, observation }).collect();
    assert!(diagnose(&evidence).cause.is_some(), "a refusal without a cause");
}
