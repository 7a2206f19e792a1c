//! The report as a person reads it, from messages as the engine sends them.

use error_model::{
    Confidence, Endpoint, Field, LaneDiagnosis, LaneState, Observed, Security, Step, Suggestion,
    diagnosis::Lanes,
    evidence::{CertificateFault, NameRelation, Observation},
    wire::RelayMessage,
};

use super::*;

fn progress(messages: impl IntoIterator<Item = RelayMessage>) -> Progress {
    let endpoint = Endpoint { host: "imap.example.com".to_owned(), port: 993, security: Security::Tls };
    let mut progress = Progress::new([(Lane::Imap, endpoint)]);
    for message in messages {
        progress.take(message);
    }
    progress
}

fn text(progress: &Progress, reported: Option<Code>, lang: Lang) -> String {
    anstream::adapter::strip_str(&report(progress, reported, lang)).to_string()
}

fn step(step: Step, state: StepState, elapsed_ms: u64) -> RelayMessage {
    RelayMessage::Step { lane: Lane::Imap, step, state, elapsed_ms }
}

fn diagnosis(findings: Vec<Finding>, signed_in: bool) -> RelayMessage {
    let first = findings.first();
    let state = if findings.is_empty() { LaneState::Passed } else { LaneState::Failed };
    RelayMessage::Diagnosis(Diagnosis {
        code: first.map_or(Code::Ok, |f| f.code),
        cause: first.map(|f| f.cause),
        confidence: first.map(|f| f.confidence),
        lane: first.map(|_| Lane::Imap),
        is_final: true,
        lanes: Lanes {
            imap: Some(LaneDiagnosis { state, step: Step::Certificate, signed_in, findings }),
            smtp: None,
        },
    })
}

fn finding(cause: Cause) -> Finding {
    Finding {
        code: cause.code(),
        cause,
        confidence: Confidence::Proven,
        also_shown_as: vec![Code::E007],
        observations: vec![1],
        suggestions: vec![Suggestion {
            id: "s1".to_owned(),
            field: Field::ImapHost,
            value: "mail.example.com".to_owned(),
            tried: Some(Tried::Works),
        }],
    }
}

fn hostile_verdict() -> RelayMessage {
    RelayMessage::Evidence(Observed {
        seq: 1,
        at_ms: 3,
        lane: Lane::Imap,
        observation: Observation::CertificateVerdict {
            host: "imap.example.com".to_owned(),
            faults: vec![CertificateFault::NameMismatch {
                relation: NameRelation::SameDomain,
                names: vec!["mail.example.com".to_owned(), "\u{1b}[31mevil\u{202e}".to_owned()],
            }],
            trusted_root: None,
        },
    })
}

#[test]
fn a_fault_is_named_shown_and_followed_by_what_to_do() {
    let progress = progress([
        step(Step::Certificate, StepState::Started, 4),
        step(Step::Certificate, StepState::Failed, 9),
        step(Step::SignIn, StepState::Skipped, 9),
        hostile_verdict(),
        diagnosis(vec![finding(Cause::NameNotCovered)], false),
    ]);
    let text = text(&progress, None, Lang::En);
    for expected in [
        "Receiving (IMAP)  imap.example.com:993 (TLS)\n",
        "  ✘ Certificate            5 ms\n",
        "  – Sign-in           Skipped\n",
        "✘ 006  The certificate's host name doesn't match the mail server\n",
        "  The certificate doesn't cover this host name\n",
        "  Confidence: Proven / Receiving (IMAP) / name-not-covered\n",
        "What shows it\n  - for this domain, but not this name; the certificate is for: mail.example.com, \\u{1b}[31mevil\\u{202e}\n",
        "Values to try\n  - imap.host = mail.example.com  (tried: works)\n",
        "What you can do\n  1. ",
        "More about it: mailtriage explain name-not-covered\n",
    ] {
        assert!(text.contains(expected), "{expected:?} isn't in:\n{text}");
    }
}

#[test]
fn the_report_speaks_japanese_where_asked() {
    let progress = progress([hostile_verdict(), diagnosis(vec![finding(Cause::NameNotCovered)], false)]);
    let text = text(&progress, None, Lang::Ja);
    for expected in ["受信(IMAP)", "確かさ: 確認済み", "根拠\n", "試す値\n", "ご自身でできること\n"]
    {
        assert!(text.contains(expected), "{expected:?} isn't in:\n{text}");
    }
}

#[test]
fn a_reported_code_is_compared_with_the_one_found() {
    let progress = progress([diagnosis(vec![finding(Cause::NameNotCovered)], false)]);
    let said = |reported| text(&progress, reported, Lang::En);
    assert!(said(Some(Code::E007)).contains("This is the fault behind the code you saw (007 → 006)"));
    assert!(said(Some(Code::E001)).contains("This isn't the fault behind the code you saw (001 → 006)"));
    assert!(!said(Some(Code::E006)).contains("the code you saw"));
    assert!(!said(None).contains("the code you saw"));
}

#[test]
fn further_findings_are_listed_after_the_headline() {
    let progress =
        progress([diagnosis(vec![finding(Cause::SelfSigned), finding(Cause::NameNotCovered)], false)]);
    let text = text(&progress, None, Lang::En);
    let also = text.split_once("Also found\n").map(|(_, rest)| rest).unwrap_or_default();
    assert!(also.starts_with("  - Receiving (IMAP): 006 "), "{text}");
    assert_eq!(text.matches("(self-signed)").count(), 0, "the headline isn't repeated:\n{text}");
}

#[test]
fn a_passed_run_says_whether_the_sign_in_was_part_of_it() {
    let without = text(&progress([diagnosis(vec![], false)]), None, Lang::En);
    assert!(without.contains("✔ Every step passed.\n  No password was given"), "{without}");
    let with = text(&progress([diagnosis(vec![], true)]), None, Lang::En);
    assert!(!with.contains("No password"), "{with}");
}
