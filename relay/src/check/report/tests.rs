//! The report as a person reads it, from messages as the engine sends them.

use error_model::{
    Confidence, Endpoint, Field, LaneDiagnosis, LaneState, Observed, Relation, Security, Step, Why,
    comparison::Reason,
    diagnosis::Lanes,
    evidence::{CertificateFault, NameRelation, Observation, ProviderClue},
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

fn text(progress: &Progress, lang: Lang) -> String {
    anstream::adapter::strip_str(&report(progress, lang)).to_string()
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
        reported: None,
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
    let text = text(&progress, Lang::En);
    for expected in [
        "Receiving (IMAP)  imap.example.com:993 (TLS)\n",
        "  ✘ Certificate            5 ms\n",
        "  – Sign-in           Skipped\n",
        "✘ 006  The certificate's host name doesn't match the mail server\n",
        "  The certificate doesn't cover this host name\n",
        "  Confidence: Proven / Receiving (IMAP) / name-not-covered\n",
        "What shows it\n  - for this domain, but not this name; the certificate is for: mail.example.com, \\u{1b}[31mevil\\u{202e}\n",
        "Values to try\n  - imap.host = mail.example.com  (s1, tried: works)\n",
        "What you can do\n  1. ",
        "More about it: mailtriage explain name-not-covered\n",
    ] {
        assert!(text.contains(expected), "{expected:?} isn't in:\n{text}");
    }
}

#[test]
fn the_report_speaks_japanese_where_asked() {
    let progress = progress([hostile_verdict(), diagnosis(vec![finding(Cause::NameNotCovered)], false)]);
    let text = text(&progress, Lang::Ja);
    for expected in ["受信(IMAP)", "確かさ: 確認済み", "根拠\n", "試す値\n", "ご自身でできること\n"]
    {
        assert!(text.contains(expected), "{expected:?} isn't in:\n{text}");
    }
}

/// A passed run, or a fault, beside the code that the person saw.
fn compared(finding: Finding, comparison: Comparison) -> Progress {
    let RelayMessage::Diagnosis(diagnosis) = diagnosis(vec![finding], false) else { panic!("a diagnosis") };
    let diagnosis = Diagnosis { reported: Some(comparison), ..diagnosis };
    progress([hostile_verdict(), RelayMessage::Diagnosis(diagnosis)])
}

#[test]
fn a_reported_code_is_compared_with_the_one_found_and_the_reasons_have_their_evidence() {
    let reason = |why, observations| Reason {
        why,
        observations,
        lane: None,
        at: Some(1_790_000_060),
        ttl_s: Some(60),
    };
    let comparison = Comparison {
        code: Code::E009,
        relation: Relation::Hides,
        lane: Some(Lane::Imap),
        cause: Some(Cause::NameNotCovered),
        reasons: vec![reason(Why::DnsTtl, vec![1]), reason(Why::OtherSettings, vec![])],
    };
    let progress = compared(finding(Cause::NameNotCovered), comparison);
    let english = text(&progress, Lang::En);
    for expected in [
        "Zendesk Sell showed error 009, but this test stopped before it could get there.",
        "Why the results may differ\n  - If the DNS entry changed recently,",
        "gone by 2026-09-21 14:14:20 (UTC) at the latest.\n      for this domain, but not this name;",
        "  - The settings saved in Zendesk Sell may differ",
    ] {
        assert!(english.contains(expected), "{expected:?} isn't in:\n{english}");
    }
    assert!(!english.contains("addresses of its own"), "no block is spoken of:\n{english}");
    let japanese = text(&progress, Lang::Ja);
    assert!(japanese.contains("結果が異なる理由として考えられること\n  - DNSを最近変えた場合"), "{japanese}");
}

#[test]
fn who_is_turned_away_learns_where_the_check_came_from() {
    let progress = progress([diagnosis(vec![finding(Cause::RefusedByPolicy)], false)]);
    let text = text(&progress, Lang::En);
    assert!(text.contains("This check connects from this machine, and a server sees"), "{text}");
}

#[test]
fn the_values_of_a_second_check_stand_between_the_two() {
    let finding = finding(Cause::NameNotCovered);
    let all: Vec<&Suggestion> = finding.suggestions.iter().collect();
    let text = anstream::adapter::strip_str(&applied(&all, Lang::En)).to_string();
    assert_eq!(text, "\nChecked again with\n  - imap.host = mail.example.com\n\n");
}

#[test]
fn further_findings_are_listed_after_the_headline() {
    let progress =
        progress([diagnosis(vec![finding(Cause::SelfSigned), finding(Cause::NameNotCovered)], false)]);
    let text = text(&progress, Lang::En);
    let also = text.split_once("Also found\n").map(|(_, rest)| rest).unwrap_or_default();
    assert!(also.starts_with("  - Receiving (IMAP): 006 "), "{text}");
    assert_eq!(text.matches("(self-signed)").count(), 0, "the headline isn't repeated:\n{text}");
}

#[test]
fn a_passed_run_says_whether_the_sign_in_was_part_of_it() {
    let without = text(&progress([diagnosis(vec![], false)]), Lang::En);
    assert!(without.contains("✔ Every step passed.\n  No password was given"), "{without}");
    let with = text(&progress([diagnosis(vec![], true)]), Lang::En);
    assert!(!with.contains("No password"), "{with}");
}

#[test]
fn a_refused_sign_in_says_where_the_provider_has_its_settings() {
    let provider = RelayMessage::Evidence(Observed {
        seq: 1,
        at_ms: 0,
        lane: Lane::Imap,
        observation: Observation::Provider {
            id: "yahoo-japan".to_owned(),
            name: "Yahoo! JAPAN Mail".to_owned(),
            name_ja: Some("Yahoo!メール".to_owned()),
            clue: ProviderClue::Host,
            app_password: false,
            oauth_only: false,
            off_by_default: true,
            overseas_filter: false,
            user_name: Some("local-part".to_owned()),
        },
    });
    let progress = progress([provider, diagnosis(vec![finding(Cause::AccessDisabled)], false)]);
    let (en, ja) = (text(&progress, Lang::En), text(&progress, Lang::Ja));
    assert!(en.contains("  - Provider: Yahoo! JAPAN Mail, IMAP must be switched on there\n"), "{en}");
    assert!(ja.contains("Yahoo!メール") && !ja.contains("Yahoo! JAPAN Mail"), "{ja}");
    assert!(en.contains("\nWhere Yahoo! JAPAN Mail has it\n  Yahoo! JAPAN Mail's settings for IMAP"), "{en}");
    assert!(ja.contains("\nYahoo!メールでの設定\n  Yahoo!メールの設定の「IMAP/POP/SMTPアクセス」"), "{ja}");
}
