//! What changed since the test before: settings, the result, steps, and times where they differ much.

use error_model::{
    Diagnosis, Endpoint, Lane, Lang, Step, StepState, Str,
    strings::{self, form, run as words},
    text::escape,
    words::security,
};

use crate::run::Run;

/// A time has to differ by so much, in milliseconds, and be twice or half of what it was.
const NOTABLE_MS: u64 = 300;

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What.
    pub what: String,
    /// How it was.
    pub before: String,
    /// How it is.
    pub now: String,
    /// For the better, or for the worse, where that can be said.
    pub better: Option<bool>,
}

/// What differs between two tests that are over, the result first. Only what both have tested is compared.
#[must_use]
pub fn changes(before: &Run, now: &Run, lang: Lang) -> Vec<Change> {
    let mut all = Vec::new();
    let result = |run: &Run| run.diagnosis.as_ref().map(|d| result(d, lang)).unwrap_or_default();
    note(&mut all, words::RESULT.get(lang).to_owned(), result(before), result(now), None);
    for lane in Lane::ALL {
        if let (Some(was), Some(is)) = (before.asked.endpoint(lane), now.asked.endpoint(lane)) {
            let named =
                |what: Str| [strings::lane(lane).get(lang), words::OF.get(lang), what.get(lang)].concat();
            note(&mut all, named(words::SERVER), server(was, lang), server(is, lang), None);
            let user = |run: &Run| run.asked.user(lane).map(escape).unwrap_or_default();
            note(&mut all, named(form::USER), user(before), user(now), None);
            for step in Step::ALL {
                step_changed(&mut all, named(strings::step(step)), before, now, (lane, step), lang);
            }
        }
    }
    all
}

fn step_changed(
    all: &mut Vec<Change>,
    what: String,
    before: &Run,
    now: &Run,
    (lane, step): (Lane, Step),
    lang: Lang,
) {
    let (was, is) = (before.lane(lane).step(step), now.lane(lane).step(step));
    let failed = |state| state == Some(StepState::Failed);
    if failed(was.state) != failed(is.state) {
        let state = |state: Option<StepState>| {
            strings::state(state.unwrap_or(StepState::Skipped)).get(lang).to_owned()
        };
        note(all, what, state(was.state), state(is.state), Some(failed(was.state)));
    } else if let (Some(a), Some(b)) = (was.duration_ms(), is.duration_ms())
        && a.abs_diff(b) >= NOTABLE_MS
        && a.max(b) >= 2 * a.min(b)
    {
        let ms = |ms: u64| [&ms.to_string(), " ms"].concat();
        note(all, what, ms(a), ms(b), Some(b < a));
    }
}

fn note(all: &mut Vec<Change>, what: String, before: String, now: String, better: Option<bool>) {
    if before != now {
        all.push(Change { what, before, now, better });
    }
}

fn result(diagnosis: &Diagnosis, lang: Lang) -> String {
    match diagnosis.headline() {
        Some(finding) => finding.code.as_str().to_owned(),
        None => strings::STATE_PASSED.get(lang).to_owned(),
    }
}

fn server(server: &Endpoint, lang: Lang) -> String {
    let port = server.port.to_string();
    [&escape(&server.host), ":", &port, " ", security(server.security).get(lang)].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::Event;
    use error_model::{Security, evidence::Asked};

    fn run(host: &str, messages: &[&str]) -> Run {
        let imap = Endpoint { host: host.to_owned(), port: 993, security: Security::Tls };
        let mut run = Run::default();
        run.happen(Event::Started(Box::new(Asked { imap: Some(imap), ..Asked::default() }), 0));
        for message in messages {
            run.happen(Event::Message((*message).to_owned()));
        }
        run
    }

    fn step(step: &str, state: &str, elapsed_ms: u64) -> String {
        format!(
            r#"{{"type":"step","lane":"imap","step":"{step}","state":"{state}","elapsed_ms":{elapsed_ms}}}"#
        )
    }

    const FAULT: &str = r#"{"type":"diagnosis","code":"006","cause":"name-not-covered","confidence":"proven","lane":"imap",
        "final":true,"lanes":{"imap":{"state":"failed","step":"certificate","signed_in":false,"findings":[
        {"code":"006","cause":"name-not-covered","confidence":"proven","observations":[1]}]}}}"#;
    const OK: &str = r#"{"type":"diagnosis","code":"ok","final":true,
        "lanes":{"imap":{"state":"passed","step":"mailbox","signed_in":true,"findings":[]}}}"#;

    fn told(changes: &[Change]) -> Vec<(&str, &str, &str, Option<bool>)> {
        changes.iter().map(|c| (c.what.as_str(), c.before.as_str(), c.now.as_str(), c.better)).collect()
    }

    #[test]
    fn a_change_that_mended_it_is_told_by_setting_step_and_result() {
        let before = run("a.example", &[FAULT, &step("certificate", "failed", 90)]);
        let now = run("b.example", &[OK, &step("certificate", "passed", 95)]);
        assert_eq!(
            told(&changes(&before, &now, Lang::En)),
            [
                ("Result", "006", "Passed", None),
                ("Receiving (IMAP): Server", "a.example:993 SSL/TLS", "b.example:993 SSL/TLS", None),
                ("Receiving (IMAP): Certificate", "Failed", "Passed", Some(true)),
            ]
        );
        let back = changes(&now, &before, Lang::Ja);
        assert_eq!(
            back.last().map(|c| (c.what.as_str(), c.better)),
            Some(("受信(IMAP)の証明書", Some(false)))
        );
    }

    #[test]
    fn a_second_test_with_the_same_outcome_changes_nothing() {
        let one = run("a.example", &[FAULT, &step("resolve", "started", 0), &step("resolve", "passed", 20)]);
        let other =
            run("a.example", &[FAULT, &step("resolve", "started", 0), &step("resolve", "passed", 90)]);
        assert_eq!(changes(&one, &other, Lang::En), []);
    }

    #[test]
    fn a_time_is_told_only_where_it_differs_much() {
        let one = run("a.example", &[OK, &step("connect", "started", 0), &step("connect", "passed", 20)]);
        let slow = run("a.example", &[OK, &step("connect", "started", 0), &step("connect", "passed", 900)]);
        let told_of = changes(&one, &slow, Lang::En);
        assert_eq!(told(&told_of), [("Receiving (IMAP): Connect", "20 ms", "900 ms", Some(false))]);
    }

    #[test]
    fn a_lane_that_was_tested_once_is_not_compared() {
        let both = run("a.example", &[OK]);
        let mut sending_only = both.clone();
        sending_only.asked.smtp = sending_only.asked.imap.take();
        assert_eq!(changes(&both, &sending_only, Lang::En), []);
    }
}
