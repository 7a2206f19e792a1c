//! What the exports say, and what they leave out.

use super::*;
use crate::{remarks::Remarks, run::Event};
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
    let text = report(
        &run_with(&[STEP, HOSTILE]),
        None,
        &Remarks::default(),
        Audience::Support,
        Format::Plain,
        Lang::En,
    );
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
fn the_report_compares_the_code_that_was_seen_with_reasons_and_their_evidence() {
    let fine = r#"{"type":"diagnosis","code":"ok","cause":null,"confidence":null,"lane":null,"final":true,"lanes":{}}"#;
    let shown = crate::sight::Sight {
        text: "*192.0.2.1*: connected".into(),
        server_words: None,
        tone: crate::sight::Tone::Good,
    };
    let remarks = Remarks {
        note: Some("Zendesk Sell showed error 009.".into()),
        heading: "Why".into(),
        reasons: vec![("Other addresses.".into(), vec![shown])],
        from: Some("From 198.51.100.7.".into()),
    };
    let run = run_with(&[fine]);
    let text = report(&run, None, &remarks, Audience::Support, Format::Markdown, Lang::En);
    let expected = "\
- Zendesk Sell showed error 009.
- Why
  - Other addresses.
    - \\*192.0.2.1\\*: connected
- From 198.51.100.7.
";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn server_words_cannot_break_out_of_markdown() {
    let text = report(
        &run_with(&[TRANSCRIPT]),
        None,
        &Remarks::default(),
        Audience::Everyone,
        Format::Markdown,
        Lang::En,
    );
    let block = text.split("`````").nth(1).unwrap();
    assert!(block.contains("````<img src=x>"), "{text}");
}

#[test]
fn text_is_no_markup_and_makes_no_links() {
    for (text, escaped) in [
        ("<a>[b](c)", r"\<a\>\[b\](c)"),
        ("http://evil.example www.evil.example", r"http\://evil.example www\.evil.example"),
        ("a@b", r"a\@b"),
        ("5.7.8 TLS 1.3 imap.example.com:993", "5.7.8 TLS 1.3 imap.example.com:993"),
    ] {
        assert_eq!(inline(text), escaped);
    }
}

#[test]
fn the_account_is_masked_wherever_it_stands() {
    let said = r#"{"type":"evidence","seq":3,"at_ms":42,"lane":"imap","observation":{"kind":"transcript",
        "side":"client","text":"MAIL FROM:<anna@example.com>"}}"#;
    let run = run_with(&[said]);
    for text in [
        report(&run, None, &Remarks::default(), Audience::Support, Format::Plain, Lang::En),
        report(&run, None, &Remarks::default(), Audience::Everyone, Format::Markdown, Lang::Ja),
        json(&run),
    ] {
        assert!(!text.contains("anna"), "{text}");
        assert!(text.contains("a…"), "{text}");
    }
}

#[test]
fn the_json_is_json_and_keeps_every_message() {
    let json: serde_json::Value =
        serde_json::from_str(&json(&run_with(&[STEP, TRANSCRIPT, "junk"]))).unwrap();
    assert_eq!(json["messages"].as_array().map(Vec::len), Some(2));
    assert_eq!(json["asked"]["email"], "a…@example.com");
    assert_eq!(json["started_at"], 1_795_438_809_i64);
}

#[test]
fn controls_in_the_json_are_visible() {
    let problem = "{\"type\":\"problem\",\"code\":\"internal\",\"message\":\"a\u{202e}b\u{9b}c\u{e0041}\"}";
    let text = json(&run_with(&[problem]));
    assert!(text.contains(r"a\u202eb\u009bc\udb40\udc41"), "{text}");
    assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
}
