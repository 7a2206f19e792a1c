//! A run as its messages tell it.

use super::*;
use error_model::Code;

fn started() -> Run {
    let mut run = Run::default();
    run.happen(Event::Started(Box::default(), 0));
    run
}

fn told(messages: &[&str]) -> Run {
    let mut run = started();
    for message in messages {
        run.happen(Event::Message((*message).to_owned()));
    }
    run
}

const RESOLVING: &str = r#"{"type":"step","lane":"imap","step":"resolve","state":"started","elapsed_ms":2}"#;
const RESOLVED: &str = r#"{"type":"step","lane":"imap","step":"resolve","state":"passed","elapsed_ms":31}"#;
const SAID: &str = r#"{"type":"evidence","seq":7,"at_ms":40,"lane":"imap","observation":{"kind":"transcript","side":"server","text":"* OK"}}"#;
const GREETING: &str = r#"{"type":"step","lane":"imap","step":"greeting","state":"started","elapsed_ms":33}"#;
const OK: &str =
    r#"{"type":"diagnosis","code":"ok","cause":null,"confidence":null,"lane":null,"final":true,"lanes":{}}"#;
const DONE: &str = r#"{"type":"done","elapsed_ms":900}"#;

#[test]
fn steps_are_timed_from_their_messages() {
    let run = told(&[RESOLVING, RESOLVED]);
    let step = run.lane(Lane::Imap).step(Step::Resolve);
    assert_eq!((step.state, step.duration_ms()), (Some(StepState::Passed), Some(29)));
    assert_eq!(run.lane(Lane::Smtp).step(Step::Resolve).state, None);
}

#[test]
fn what_the_server_said_belongs_to_the_step_under_way() {
    let run = told(&[RESOLVING, RESOLVED, GREETING, SAID]);
    assert_eq!(run.seen(Lane::Imap, Step::Greeting).map(|o| o.seq).collect::<Vec<_>>(), [7]);
    assert_eq!(run.cited(7).map(|o| o.at_ms), Some(40));
}

#[test]
fn the_last_diagnosis_stands_when_it_is_done() {
    let run = told(&[RESOLVING, OK, DONE]);
    assert_eq!(run.phase, Phase::Finished);
    assert_eq!(run.diagnosis.map(|d| d.code), Some(Code::Ok));
    assert_eq!(run.elapsed_ms, 900);
}

#[test]
fn messages_of_a_later_version_change_nothing_but_are_kept() {
    let run = told(&[r#"{"type":"weather"}"#, "not JSON", r#"{"type":"evidence","seq":1}"#]);
    assert_eq!((run.phase, run.evidence.len(), run.messages.len()), (Phase::Running, 0, 3));
}

#[test]
fn a_relay_that_never_answered_is_told_from_one_that_was_lost() {
    let mut run = started();
    run.happen(Event::Closed);
    assert_eq!(run.phase, Phase::Stopped(Trouble::Unreachable));
    let mut run = told(&[RESOLVING]);
    run.happen(Event::Closed);
    assert_eq!(run.phase, Phase::Stopped(Trouble::Lost));
    assert_eq!(run.lane(Lane::Imap).step(Step::Resolve).state, None, "no step runs for ever");
}

#[test]
fn closing_after_the_end_is_no_trouble() {
    let mut run = told(&[DONE]);
    run.happen(Event::Closed);
    assert_eq!(run.phase, Phase::Finished);
}

#[test]
fn a_cancelled_run_ignores_what_comes_late() {
    let mut run = told(&[RESOLVING]);
    run.happen(Event::Cancelled);
    run.happen(Event::Message(OK.to_owned()));
    run.happen(Event::Closed);
    assert_eq!((run.phase, run.diagnosis), (Phase::Cancelled, None));
}

#[test]
fn a_problem_ends_the_run_with_its_reason() {
    let run = told(&[r#"{"type":"problem","code":"rate-limited","message":"slow down","retry_after_s":30}"#]);
    let Phase::Stopped(Trouble::Problem(problem)) = run.phase else { panic!("not stopped") };
    assert_eq!(problem.retry_after_s, Some(30));
}

#[test]
fn the_time_to_wait_goes_down_to_nothing() {
    let mut run = started();
    run.tick(400);
    run.happen(Event::Message(
        r#"{"type":"problem","code":"rate-limited","message":"slow down","retry_after_s":30}"#.to_owned(),
    ));
    assert_eq!(run.wait_s(), Some(30));
    run.tick(10_400);
    assert_eq!((run.wait_s(), run.elapsed_ms), (Some(20), 400));
    run.tick(99_000);
    assert_eq!(run.wait_s(), Some(0));
    run.happen(Event::Started(Box::default(), 0));
    assert_eq!(run.wait_s(), None);
}

#[test]
fn closing_after_the_last_diagnosis_is_no_trouble() {
    let mut run = told(&[RESOLVING, OK]);
    run.happen(Event::Closed);
    assert_eq!(run.phase, Phase::Finished);
}

#[test]
fn faults_and_lanes_that_are_through_are_announced_and_no_more() {
    assert_eq!(started().announcement(Lang::Ja), "テストを始めています…");
    assert_eq!(told(&[RESOLVING, RESOLVED]).announcement(Lang::En), "Testing…");
    let failed = RESOLVED.replace("passed", "failed");
    assert_eq!(
        told(&[RESOLVING, &failed]).announcement(Lang::En),
        "Receiving (IMAP), Look up the name: Failed"
    );
    let through = r#"{"type":"diagnosis","code":"ok","cause":null,"confidence":null,"lane":null,"final":false,
        "lanes":{"smtp":{"state":"passed","step":"mailbox","signed_in":true,"findings":[]}}}"#;
    assert_eq!(told(&[RESOLVING, through]).announcement(Lang::Ja), "送信(SMTP)、すべて通りました");
    assert_eq!(told(&[RESOLVING, through, DONE]).announcement(Lang::En), "The test has finished");
}

const HELLO: &str =
    r#"{"type":"hello","version":"1","egress_addresses":[],"limits":{"message_bytes":1,"run_seconds":1}}"#;
const WAY_BACK: &str = r#"{"type":"run","run":"cafe"}"#;

/// A message as a relay numbers it.
fn numbered(number: u64, message: &str) -> String {
    message.replacen('{', &format!("{{\"n\":{number},"), 1)
}

#[test]
fn a_run_that_loses_its_connection_comes_back_after_the_last_message_and_hears_none_twice() {
    let mut run = told(&[HELLO, WAY_BACK, &numbered(1, RESOLVING)]);
    run.happen(Event::Closed);
    assert_eq!((&run.phase, run.tries), (&Phase::Reconnecting, 1));
    assert_eq!(run.resume().as_deref(), Some(r#"{"type":"resume","run":"cafe","seq":1}"#));
    assert_eq!(run.announcement(Lang::En), "The connection was lost. Reconnecting…");

    run.happen(Event::Message(HELLO.to_owned()));
    assert_eq!(run.phase, Phase::Reconnecting, "a greeting is no answer yet");
    run.happen(Event::Message(r#"{"type":"run","run":"beef"}"#.to_owned()));
    assert_eq!((&run.phase, run.tries), (&Phase::Running, 0));
    let failed = RESOLVED.replace("passed", "failed");
    for message in [
        numbered(1, &failed),
        numbered(2, RESOLVED),
        numbered(2, &failed),
        numbered(3, OK),
        numbered(4, DONE),
    ] {
        run.happen(Event::Message(message));
    }
    assert_eq!(run.lane(Lane::Imap).step(Step::Resolve).state, Some(StepState::Passed));
    assert_eq!(run.phase, Phase::Finished);
    let kept = run.messages.join("\n");
    assert!(!kept.contains("cafe") && !kept.contains("beef"), "the download has no way back:\n{kept}");
    assert_eq!(run.messages.len(), 5, "{kept}");
}

#[test]
fn a_run_that_is_not_found_any_more_was_lost() {
    let mut run = told(&[WAY_BACK, &numbered(1, RESOLVING)]);
    run.happen(Event::Closed);
    run.happen(Event::Message(
        r#"{"type":"problem","code":"bad-request","message":"gone","field":"run"}"#.to_owned(),
    ));
    assert_eq!(run.phase, Phase::Stopped(Trouble::Lost));
}

#[test]
fn coming_back_is_tried_a_few_times_and_then_given_up() {
    let mut run = told(&[WAY_BACK]);
    for tries in 1..=TRIES {
        run.happen(Event::Closed);
        assert_eq!((&run.phase, run.tries), (&Phase::Reconnecting, tries));
    }
    run.happen(Event::Closed);
    assert_eq!(run.phase, Phase::Stopped(Trouble::Lost));

    let mut run = told(&[WAY_BACK]);
    run.happen(Event::Closed);
    run.happen(Event::Cancelled);
    run.happen(Event::Message(r#"{"type":"run","run":"beef"}"#.to_owned()));
    assert_eq!(run.phase, Phase::Cancelled, "whoever stopped it isn't brought back");
}
