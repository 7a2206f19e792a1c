//! Runs told by their messages.

use super::*;
use error_model::{
    Endpoint, Observed, Security, Step, StepState,
    diagnosis::Lanes,
    evidence::{AlternativeOutcome, ConnectOutcome, Observation, SignInSkip, Transcript, TranscriptSide},
    wire::{HelloLimits, ProblemCode},
};

fn asked() -> Asked {
    let server = |host: &str, port| Some(Endpoint { host: host.to_owned(), port, security: Security::Tls });
    Asked { imap: server("imap.example.com", 993), smtp: server("smtp.example.com", 465), ..Asked::default() }
}

fn run() -> Run {
    let mut run = Run::new(asked(), Lang::En, 1_790_000_000);
    run.on(Event::Opened, 1_000);
    run
}

/// Takes a message that was 10 ms on its way, in a run that began at 2,000.
fn hear(run: &mut Run, message: RelayMessage, elapsed_ms: u64) {
    run.on(Event::Heard(message), 2_010 + elapsed_ms);
}

fn step(run: &mut Run, lane: Lane, step: Step, state: StepState, elapsed_ms: u64) {
    hear(run, RelayMessage::Step { lane, step, state, elapsed_ms }, elapsed_ms);
}

fn through(run: &mut Run, lane: Lane, steps: &[Step]) {
    for (n, it) in (0..).zip(steps) {
        step(run, lane, *it, StepState::Started, n * 10);
        step(run, lane, *it, StepState::Passed, n * 10 + 10);
    }
}

fn skip(run: &mut Run, lane: Lane, steps: &[Step]) {
    steps.iter().for_each(|it| step(run, lane, *it, StepState::Skipped, 500));
}

fn see(run: &mut Run, seq: u32, observation: Observation) {
    hear(run, RelayMessage::Evidence(Observed { seq, at_ms: 5, lane: Lane::Imap, observation }), 5);
}

fn diagnosis(is_final: bool) -> RelayMessage {
    RelayMessage::Diagnosis(Diagnosis {
        code: error_model::Code::Ok,
        cause: None,
        confidence: None,
        lane: None,
        is_final,
        lanes: Lanes::default(),
    })
}

fn problem(code: ProblemCode, field: Option<&str>, retry_after_s: Option<u64>) -> RelayMessage {
    let field = field.map(str::to_owned);
    RelayMessage::Problem(Problem { code, message: "said \u{1b}[1m so".to_owned(), field, retry_after_s })
}

#[test]
fn steps_wait_run_and_end_with_their_times() {
    let mut run = run();
    assert_eq!(run.steps(Lane::Imap)[0].state_words, "Waiting");
    step(&mut run, Lane::Imap, Step::Resolve, StepState::Started, 0);
    run.on(Event::Tick, 2_510);
    let view = run.steps(Lane::Imap).remove(0);
    assert_eq!((view.state_words, view.time.as_deref()), ("Running", Some("500 ms")));
    step(&mut run, Lane::Imap, Step::Resolve, StepState::Passed, 1_540);
    let view = run.steps(Lane::Imap).remove(0);
    assert_eq!((view.state_words, view.time.as_deref()), ("Passed", Some("1.5 s")));
    assert_eq!(run.steps(Lane::Smtp)[0].state, None, "the other lane is its own");
}

#[test]
fn the_clock_goes_on_between_messages_and_never_back() {
    let mut run = run();
    run.on(Event::Tick, 1_900);
    assert_eq!(run.elapsed_ms(), 0, "nothing is known before the first message");
    step(&mut run, Lane::Imap, Step::Resolve, StepState::Started, 100);
    run.on(Event::Tick, 2_310);
    assert_eq!(run.elapsed_ms(), 300);
    // This one was slow on its way, so it doesn't set the clock back.
    run.on(
        Event::Heard(RelayMessage::Step {
            lane: Lane::Imap,
            step: Step::Resolve,
            state: StepState::Passed,
            elapsed_ms: 150,
        }),
        2_900,
    );
    run.on(Event::Tick, 2_910);
    assert_eq!(run.elapsed_ms(), 900);
}

#[test]
fn bars_share_one_scale_the_longest_lane() {
    let mut run = run();
    through(&mut run, Lane::Imap, &[Step::Resolve, Step::Connect]);
    step(&mut run, Lane::Smtp, Step::Resolve, StepState::Started, 0);
    step(&mut run, Lane::Smtp, Step::Resolve, StepState::Failed, 40);
    assert_eq!(run.longest_ms(), 40);
    let bars: Vec<_> = run.steps(Lane::Imap).iter().filter_map(|s| s.bar).collect();
    assert_eq!(bars, [Bar { start: 0, width: 250 }, Bar { start: 250, width: 250 }]);
    assert_eq!(run.steps(Lane::Smtp)[0].bar, Some(Bar { start: 0, width: 1_000 }));
}

#[test]
fn a_step_that_nobody_announced_began_when_the_one_before_ended() {
    let mut run = run();
    through(&mut run, Lane::Imap, &[Step::Resolve]);
    step(&mut run, Lane::Imap, Step::Connect, StepState::Failed, 25);
    let mark = run.lane(Lane::Imap).unwrap().step(Step::Connect);
    assert_eq!((mark.start_ms, mark.end_ms), (Some(10), Some(25)));
}

#[test]
fn follow_ups_belong_to_the_step_that_failed() {
    let mut run = run();
    let refused = Observation::ConnectAttempt {
        address: "192.0.2.1".parse().unwrap(),
        port: 993,
        outcome: ConnectOutcome::Refused,
        elapsed_ms: 12,
    };
    see(&mut run, 1, refused);
    step(&mut run, Lane::Imap, Step::Greeting, StepState::Failed, 20);
    see(
        &mut run,
        2,
        Observation::Alternative {
            host: "imap.example.com".to_owned(),
            port: 143,
            security: Security::StartTls,
            outcome: AlternativeOutcome::Works,
        },
    );
    let lines = run.details(Lane::Imap, Step::Connect);
    assert_eq!(lines.len(), 1);
    assert_eq!((lines[0].seq, lines[0].time.as_deref()), (1, Some("12 ms")));
    assert_eq!(run.details(Lane::Imap, Step::Greeting)[0].seq, 2);
    assert!(run.steps(Lane::Imap)[2].has_details && !run.steps(Lane::Imap)[3].has_details);
}

#[test]
fn a_sign_in_that_was_not_tried_is_told_at_its_step() {
    let mut run = run();
    see(&mut run, 1, Observation::SignInSkipped { reason: SignInSkip::CertificateNotClean });
    step(&mut run, Lane::Imap, Step::Certificate, StepState::Failed, 20);
    assert_eq!(run.details(Lane::Imap, Step::SignIn).len(), 1);
}

#[test]
fn the_conversation_has_a_place_of_its_own_and_is_escaped() {
    let mut run = run();
    let said = Transcript { side: TranscriptSide::Server, text: "* OK \u{1b}[31m".into() };
    see(&mut run, 1, Observation::Transcript(said));
    assert!(Step::ALL.iter().all(|s| run.details(Lane::Imap, *s).is_empty()));
    assert_eq!(run.transcript(Lane::Imap)[0].text, "* OK \\u{1b}[31m");
    assert!(run.transcript(Lane::Smtp).is_empty());
}

#[test]
fn evidence_that_comes_twice_counts_once() {
    let mut run = run();
    for _ in 0..2 {
        see(&mut run, 7, Observation::TlsWithoutName { accepted: true });
    }
    assert_eq!(run.evidence().observations.len(), 1);
}

#[test]
fn a_failed_step_is_said_aloud_once_and_passing_ones_are_not() {
    let mut run = run();
    through(&mut run, Lane::Imap, &[Step::Resolve, Step::Connect]);
    step(&mut run, Lane::Imap, Step::Tls, StepState::Failed, 40);
    skip(&mut run, Lane::Imap, &Step::ALL[4..]);
    assert_eq!(run.take_announcements(), ["Testing…", "Receiving (IMAP), Encryption: Failed"]);
    assert!(run.take_announcements().is_empty());
    assert_eq!(run.lane(Lane::Imap).unwrap().summary(Lang::Ja).as_deref(), Some("暗号化で止まりました"));
}

#[test]
fn a_lane_that_passes_is_said_aloud_at_its_end() {
    let mut run = run();
    through(&mut run, Lane::Imap, &Step::ALL);
    through(&mut run, Lane::Smtp, &Step::ALL[..6]);
    assert_eq!(run.take_announcements(), ["Testing…", "Receiving (IMAP): All passed"]);
    skip(&mut run, Lane::Smtp, &Step::ALL[6..]);
    assert_eq!(run.take_announcements(), ["Sending (SMTP): The connection is fine"]);
    hear(&mut run, diagnosis(true), 200);
    hear(&mut run, RelayMessage::Done { elapsed_ms: 210 }, 210);
    assert_eq!(run.take_announcements(), ["The test has finished"]);
    assert_eq!((run.phase(), run.elapsed_ms(), run.evidence().finished), (Phase::Finished, 210, true));
}

#[test]
fn a_lane_that_was_not_asked_for_has_no_steps() {
    let mut run = Run::new(Asked { smtp: None, ..asked() }, Lang::En, 0);
    run.on(Event::Opened, 0);
    step(&mut run, Lane::Smtp, Step::Resolve, StepState::Failed, 4);
    assert!(run.steps(Lane::Smtp).is_empty() && run.lanes().len() == 1);
}

#[test]
fn stopping_keeps_what_was_found_and_leaves_no_step_running() {
    let mut run = run();
    through(&mut run, Lane::Imap, &[Step::Resolve]);
    step(&mut run, Lane::Imap, Step::Connect, StepState::Started, 10);
    run.on(Event::Cancelled, 2_100);
    assert_eq!(run.phase(), Phase::Cancelled);
    let states: Vec<_> = run.steps(Lane::Imap).iter().map(|s| s.state).collect();
    assert_eq!(states[0], Some(StepState::Passed));
    assert!(states[1..].iter().all(|s| *s == Some(StepState::Skipped)));
    assert_eq!(run.trouble(0), None);
    step(&mut run, Lane::Imap, Step::Connect, StepState::Passed, 90);
    assert_eq!(run.steps(Lane::Imap)[1].state, Some(StepState::Skipped), "what comes late changes nothing");
}

#[test]
fn a_connection_that_never_stood_is_not_one_that_was_lost() {
    let mut unreachable = Run::new(asked(), Lang::En, 0);
    unreachable.on(Event::Lost, 5);
    assert_eq!(unreachable.phase(), Phase::Unreachable);
    assert_eq!(unreachable.take_announcements(), ["The test service can't be reached"]);
    let mut lost = run();
    through(&mut lost, Lane::Imap, &[Step::Resolve]);
    lost.on(Event::Lost, 3_000);
    assert_eq!(lost.phase(), Phase::Lost);
    assert_eq!(lost.trouble(3_000).unwrap().title, "The connection was lost during the test");
    assert_eq!(lost.steps(Lane::Imap)[0].state, Some(StepState::Passed), "what was found stays");
}

#[test]
fn a_connection_that_ends_after_the_final_diagnosis_lost_nothing() {
    for (is_final, phase) in [(true, Phase::Finished), (false, Phase::Lost)] {
        let mut run = run();
        hear(&mut run, diagnosis(is_final), 100);
        run.on(Event::Lost, 3_000);
        assert_eq!(run.phase(), phase);
    }
}

#[test]
fn a_problem_is_told_with_its_field_and_the_time_to_wait() {
    let mut run = run();
    run.on(Event::Heard(problem(ProblemCode::RateLimited, None, Some(30))), 5_000);
    assert_eq!((run.phase(), run.retry_at_ms()), (Phase::Refused, Some(35_000)));
    let wait = |now| run.trouble(now).unwrap().wait;
    assert_eq!(wait(5_500).as_deref(), Some("You can try again in about 30 seconds."));
    assert_eq!(wait(35_000), None);
    assert_eq!(run.trouble(0).unwrap().detail.as_deref(), Some("said \\u{1b}[1m so"));
    run.on(Event::Lost, 6_000);
    assert_eq!(run.phase(), Phase::Refused, "the closing after it is no news");
}

#[test]
fn a_problem_names_only_fields_that_the_form_has() {
    for (named, field) in [
        ("imap.port", Some("imap.port")),
        ("imap", Some("imap.host")),
        ("smtp_password", Some("smtp_password")),
        ("oauth_token", None),
        ("\"><script>", None),
    ] {
        let mut run = run();
        run.on(Event::Heard(problem(ProblemCode::BadRequest, Some(named), None)), 0);
        assert_eq!(run.trouble(0).unwrap().field, field, "{named}");
    }
}

#[test]
fn the_relay_says_where_it_dials_from() {
    let mut run = run();
    let address: IpAddr = "192.0.2.7".parse().unwrap();
    let limits = HelloLimits { message_bytes: 1, run_seconds: 60 };
    let hello = RelayMessage::Hello { version: "1".to_owned(), egress_addresses: vec![address], limits };
    run.on(Event::Heard(hello), 0);
    run.on(Event::Heard(RelayMessage::Unknown), 0);
    assert_eq!((run.egress(), run.phase()), (&[address][..], Phase::Running));
}
