//! Results as they are drawn.

use super::*;
use crate::{
    run::Event,
    tree::{Content, Element},
};
use error_model::{Endpoint, Security, evidence::Asked};

fn shown(messages: &[&str], texts: &Texts) -> Vec<Node> {
    let mut run = Run::default();
    let imap = Endpoint { host: "imap.example.com".into(), port: 993, security: Security::Tls };
    let asked = Asked { imap: Some(imap), ..Asked::default() };
    run.happen(Event::Started(Box::new(asked), 0));
    for message in messages {
        run.happen(Event::Message((*message).to_owned()));
    }
    results(&Results { lang: Lang::En, run: &run, before: None, texts, sentences: SENTENCES, told: None })
}

fn reading(nodes: &[Node]) -> String {
    nodes.iter().map(Node::reading).collect()
}

/// Every element below.
fn elements(nodes: &[Node]) -> Vec<&Element> {
    let mut found = Vec::new();
    for node in nodes {
        if let Node::Element(element) = node {
            found.push(&**element);
            if let Content::Nodes(nodes) = &element.content {
                found.extend(elements(nodes));
            }
        }
    }
    found
}

fn attribute<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
}

const SENTENCES: &str = "hides It stopped before {code}.\n009 error 009\nreasons Why so\ndns-ttl Old until {time}.\n\
    other-settings Compare.\nproving Checking.\nrate-limited Too many tests\tWait.\nunproven No proof\tAgain.";
const HELLO: &str =
    r#"{"type":"hello","version":"1","egress_addresses":[],"limits":{"message_bytes":1,"run_seconds":1}}"#;
const FAILED: &str = r#"{"type":"step","lane":"imap","step":"certificate","state":"failed","elapsed_ms":90}"#;
const VERDICT: &str = r#"{"type":"evidence","seq":12,"at_ms":90,"lane":"imap","observation":{"kind":
    "certificate-verdict","host":"imap.example.com","trusted_root":null,"faults":[{"fault":"name-mismatch",
    "relation":"same-domain","names":["<script>alert(1)</script>"]}]}}"#;
const DIAGNOSIS: &str = r#"{"type":"diagnosis","code":"006","cause":"name-not-covered","confidence":"proven",
    "lane":"imap","final":true,"lanes":{"imap":{"state":"failed","step":"certificate","signed_in":false,"findings":[
    {"code":"006","cause":"name-not-covered","confidence":"proven","also_shown_as":[],"observations":[12],
    "suggestions":[{"id":"s1","field":"imap.host","value":"mail.example.com","tried":"works"}]}]}}}"#;

#[test]
fn before_a_test_the_lanes_stand_ready() {
    let idle = Run::default();
    let nodes = results(&Results {
        lang: Lang::Ja,
        run: &idle,
        before: None,
        texts: &Vec::new(),
        sentences: SENTENCES,
        told: None,
    });
    assert!(reading(&nodes).contains("ここに結果が表示されます"));
    let steps =
        elements(&nodes).into_iter().filter(|e| attribute(e, "data-state") == Some("waiting")).count();
    assert_eq!(steps, 16);
}

#[test]
fn what_was_not_reached_is_not_awaited_after_the_end() {
    let nodes = shown(&[FAILED, DIAGNOSIS, r#"{"type":"done","elapsed_ms":100}"#], &Vec::new());
    let states: Vec<_> = elements(&nodes)
        .into_iter()
        .filter(|e| e.tag == "details")
        .filter_map(|e| attribute(e, "data-state"))
        .collect();
    assert_eq!(states.iter().filter(|state| **state == "failed").count(), 1);
    assert!(!states.contains(&"waiting"), "{states:?}");
}

#[test]
fn a_fault_shows_its_code_its_evidence_and_the_change_to_try() {
    let nodes = shown(&[FAILED, VERDICT, DIAGNOSIS], &Vec::new());
    let text = reading(&nodes);
    for part in
        ["006", "name not covered", "Proven", "mail.example.com", "Tried: works", "Stopped at: Certificate"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    let actions: Vec<_> = elements(&nodes).into_iter().filter_map(|e| attribute(e, "data-action")).collect();
    assert!(actions.iter().all(|action| Action::parse(action).is_some()), "{actions:?}");
    assert!(actions.contains(&"test 0"));
}

#[test]
fn the_code_that_was_seen_is_compared_with_reasons_in_their_order() {
    let compared = DIAGNOSIS.replace(
        r#""lanes":{"imap""#,
        r#""reported":{"code":"009","relation":"hides","reasons":[{"why":"dns-ttl","observations":[12],"at":0,"ttl_s":9},
        {"why":"other-settings"}]},"lanes":{"imap""#,
    );
    let nodes = shown(&[FAILED, VERDICT, &compared], &Vec::new());
    let text = reading(&nodes);
    let places = ["It stopped before error 009.", "Why so", "Old until 1970-01-01 00:00:00.", "Compare."]
        .map(|part| text.find(part).unwrap_or_else(|| panic!("{part} in {text}")));
    assert!(places.is_sorted(), "{text}");
    let lists = elements(&nodes).into_iter().filter(|e| attribute(e, "class") == Some("reasons"));
    assert_eq!(lists.count(), 1);
}

#[test]
fn what_a_server_said_is_never_markup() {
    let nodes = shown(&[FAILED, VERDICT, DIAGNOSIS], &Vec::new());
    assert!(reading(&nodes).contains("<script>alert(1)</script>"));
    for element in elements(&nodes) {
        assert_ne!(element.tag, "script");
        assert!(!matches!(element.content, Content::Trusted(_)), "no catalogue text was loaded");
    }
}

#[test]
fn every_part_keeps_its_place_while_the_run_goes_on() {
    let tags =
        |nodes: &[Node]| nodes.iter().map(|n| elements(std::slice::from_ref(n))[0].tag).collect::<Vec<_>>();
    let idle = Run::default();
    let before = results(&Results {
        lang: Lang::En,
        run: &idle,
        texts: &Vec::new(),
        sentences: SENTENCES,
        told: None,
        before: None,
    });
    assert_eq!(tags(&before), tags(&shown(&[FAILED, VERDICT, DIAGNOSIS], &Vec::new())));
}

#[test]
fn a_refusal_says_what_to_do_and_when() {
    let nodes =
        shown(&[r#"{"type":"problem","code":"rate-limited","message":"m","retry_after_s":30}"#], &Vec::new());
    let text = reading(&nodes);
    assert!(text.contains("Too many tests") && text.contains("try again in 0:30."), "{text}");
}

#[test]
fn the_check_before_a_sign_in_is_told_until_the_first_step_and_so_is_its_failure() {
    let mut run = Run::default();
    run.happen(Event::Started(Box::default(), 0));
    let shown = |run: &Run| {
        let texts = Vec::new();
        reading(&results(&Results {
            lang: Lang::En,
            run,
            before: None,
            texts: &texts,
            sentences: SENTENCES,
            told: None,
        }))
    };
    run.happen(Event::Message(HELLO.to_owned()));
    run.happen(Event::Proving);
    assert_eq!(shown(&run).matches("Checking.").count(), 2, "seen, and said aloud");
    let mut failed = run.clone();
    run.happen(Event::Message(FAILED.replace("failed", "started")));
    assert!(!shown(&run).contains("Checking."));

    // The relay may find it too late, or wrong.
    for field in ["ticket", "proof_of_work"] {
        let mut refused = failed.clone();
        let problem = format!(r#"{{"type":"problem","code":"bad-request","message":"m","field":"{field}"}}"#);
        refused.happen(Event::Message(problem));
        assert!(shown(&refused).contains("No proof"), "{}", shown(&refused));
    }
    failed.happen(Event::Unproven);
    assert!(shown(&failed).contains("No proof") && !shown(&failed).contains("Checking."));
}

#[test]
fn a_frame_is_told_the_outcome_and_nothing_else_of_the_run() {
    let told = |messages: &[&str]| {
        let nodes = shown(messages, &Vec::new());
        elements(&nodes).into_iter().find_map(|e| attribute(e, "data-diagnosis").map(str::to_owned))
    };
    assert_eq!(told(&[VERDICT, DIAGNOSIS]), None, "not before the end");
    let done = r#"{"type":"done","elapsed_ms":90}"#;
    assert_eq!(told(&[VERDICT, DIAGNOSIS, done]).as_deref(), Some("006 name-not-covered proven"));
}
