//! A case folded from events, as a connection that comes and goes delivers them.

use error_model::{
    Field, Lang,
    case::{By, CaseEvent, CaseSettings, CaseState, Draft, What},
    wire::RelayMessage,
};

use super::{
    case::Case,
    customer::{Side, Stage, beside},
    triage::check_of,
};

fn event(seq: u64, by: By, what: What) -> CaseEvent {
    CaseEvent { seq, at_ms: 1_700_000_000_000, draft: Draft { id: seq.to_string(), by, what } }
}

fn anna() -> By {
    By::Agent("Anna".to_owned())
}

fn settings() -> CaseSettings {
    serde_json::from_str(r#"{"imap":{"host":"imap.example","port":993,"security":"tls"}}"#).unwrap()
}

fn opened() -> CaseEvent {
    event(1, anna(), What::Opened { ticket: Some("4711".into()), lang: Lang::Ja, settings: settings() })
}

fn proposed(seq: u64, value: &str) -> CaseEvent {
    event(seq, anna(), What::Proposed { field: Field::ImapHost, value: value.to_owned() })
}

fn text(side: &Side) -> String {
    beside(side, Field::ImapHost).iter().map(crate::tree::Node::reading).collect()
}

#[test]
fn an_event_that_comes_again_is_seen_once() {
    let mut case = Case::new("c");
    for _ in 0..2 {
        case.saw(opened());
        case.saw(event(2, By::Customer, What::Joined { email: None }));
        case.saw(proposed(5, "mail.example"));
    }
    assert_eq!((case.history.len(), case.proposals.len(), case.last()), (3, 1, 5));
    assert_eq!(case.summary.as_ref().map(|summary| summary.state), Some(CaseState::Joined));
}

#[test]
fn the_last_proposal_of_a_field_waits_until_it_is_answered() {
    let mut side = Side {
        lang: Lang::En,
        stage: Stage::Sharing,
        agent: "Anna".into(),
        shown: false,
        wants_to_show: false,
        told: None,
        case: Case::new("c"),
    };
    side.case.saw(opened());
    side.case.saw(proposed(2, "old.example"));
    side.case.saw(proposed(3, "mail.\u{202e}example"));
    let shown = text(&side);
    assert!(shown.contains("mail.") && !shown.contains("old.example"), "{shown}");
    assert!(!shown.contains('\u{202e}'), "what turns text round is made visible");
    side.case.saw(event(4, By::Customer, What::Accepted { proposal: 3 }));
    assert_eq!(text(&side), "");
}

#[test]
fn a_run_is_followed_and_a_new_one_answers_the_wish_for_it() {
    let mut case = Case::new("c");
    case.saw(opened());
    assert_eq!(check_of(&case).unwrap(), r#"{"imap":{"host":"imap.example","port":993,"security":"tls"}}"#);
    case.saw(event(2, anna(), What::RerunAsked {}));
    assert_eq!(case.rerun_asked.as_deref(), Some("Anna"));
    let run = || "r1".to_owned();
    case.saw(event(
        3,
        By::Customer,
        What::RunStarted { run: run(), settings: settings(), connection_only: false },
    ));
    assert_eq!(case.rerun_asked, None);
    let message: RelayMessage = serde_json::from_str(
        r#"{"type":"step","lane":"imap","step":"resolve","state":"started","elapsed_ms":1}"#,
    )
    .unwrap();
    case.saw(event(4, By::Customer, What::Ran { run: run(), message: Box::new(message) }));
    let latest = case.latest().expect("a run has begun");
    assert!(latest.run.phase.active() && latest.run.asked.imap == settings().imap);
    assert_eq!(case.history.len(), 3, "the messages of a run are no history of their own");
}
