use super::*;
use crate::run::Event;
use error_model::{Endpoint, Lang, Security, evidence::Asked};

fn run_with(messages: &[&str]) -> Run {
    let mut run = Run::default();
    let endpoint = Endpoint { host: "imap.example.com".into(), port: 993, security: Security::Tls };
    let asked = Asked {
        email: Some("anna@example.com".into()),
        imap: Some(endpoint),
        imap_user: Some("anna@example.com".into()),
        ..Asked::default()
    };
    run.happen(Event::Started(Box::new(asked), 1_795_438_809));
    for message in messages {
        run.happen(Event::Message((*message).to_owned()));
    }
    run
}

const STEP: &str = r#"{"type":"step","lane":"imap","step":"greeting","state":"failed","elapsed_ms":31}"#;
const HOSTILE: &str = r#"{"type":"evidence","seq":1,"at_ms":40,"lane":"imap","observation":{"kind":"greeting",
    "outcome":"foreign","raw":"```\n<script>alert(1)</script> [x](javascript:1)","protocol":"http","elapsed_ms":9}}"#;
const TRANSCRIPT: &str = r#"{"type":"evidence","seq":2,"at_ms":41,"lane":"imap","observation":{"kind":"transcript",
    "side":"server","text":"````<img src=x>"}}"#;

#[test]
fn the_report_has_servers_times_and_findings_but_no_whole_address() {
    let text = report(&run_with(&[STEP, HOSTILE]), None, Audience::Support, Format::Plain, Lang::En);
    for part in [
        "imap.example.com:993",
        "2026-11-23 13:00:09",
        "a…@example.com",
        "Another service answers here: HTTP",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    assert!(!text.contains("anna@"), "{text}");
}

#[test]
fn server_words_cannot_break_out_of_markdown() {
    let text = report(&run_with(&[TRANSCRIPT]), None, Audience::Everyone, Format::Markdown, Lang::En);
    let fence = "`````";
    let block = text.split(fence).nth(1).unwrap();
    assert!(block.contains("````<img src=x>"), "{text}");
    assert_eq!(Format::Markdown.text("<a>[b](c)"), r"\<a\>\[b\](c)");
}

#[test]
fn the_json_is_json_and_keeps_every_message() {
    let json: serde_json::Value =
        serde_json::from_str(&json(&run_with(&[STEP, TRANSCRIPT, "junk"]))).unwrap();
    assert_eq!(json["messages"].as_array().map(Vec::len), Some(2));
    assert_eq!(json["asked"]["email"], "a…@example.com");
    assert_eq!(json["asked"]["imap_user"], "a…@example.com");
    assert_eq!(json["started_at"], 1_795_438_809_i64);
}

#[test]
fn user_names_without_a_domain_are_masked_too() {
    assert_eq!((masked("anna"), masked(""), masked("@x")), ("a…".into(), "…".into(), "…@x".into()));
}
