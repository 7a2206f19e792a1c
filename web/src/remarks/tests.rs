//! What is said besides the diagnosis.

use super::*;
use crate::run::Event;

const SENTENCES: &str = "\
same The same: {code}.
nothing-found {code} isn't here.
other-lane {code} comes from {lane}.
009 error 009
reasons Why they differ
dns-ttl Until {time}, {ttl} s.
other-settings Compare.
from From {egress}.";

const HELLO: &str = r#"{"type":"hello","version":"1","egress_addresses":["198.51.100.7","2001:db8::7"],
    "limits":{"message_bytes":1,"run_seconds":1}}"#;
const SEEN: &str = r#"{"type":"evidence","seq":3,"at_ms":9,"lane":"imap","observation":{"kind":"connect-attempt",
    "address":"192.0.2.1","port":993,"outcome":"connected","elapsed_ms":3}}"#;

/// A diagnosis with a cause and the fields of a comparison.
fn told(cause: &str, comparison: &str) -> String {
    format!(
        r#"{{"type":"diagnosis","code":"003","cause":"{cause}","confidence":"likely","lane":"imap","final":true,
        "lanes":{{}},"reported":{{"code":"009",{comparison}}}}}"#
    )
}

fn remarks_on(messages: &[&str]) -> Remarks {
    let mut run = Run::default();
    run.happen(Event::Started(Box::default(), 0));
    for message in messages {
        run.happen(Event::Message((*message).to_owned()));
    }
    remarks(&run, SENTENCES, Lang::En)
}

#[test]
fn the_code_is_told_with_the_reasons_and_what_shows_them() {
    let told = told(
        "works-from-here",
        r#""relation":"nothing-found","reasons":[
        {"why":"dns-ttl","observations":[3],"at":1790000060,"ttl_s":60},{"why":"other-settings"},
        {"why":"of-a-later-version"}]"#,
    );
    let remarks = remarks_on(&[HELLO, SEEN, &told]);
    assert_eq!(remarks.note.as_deref(), Some("error 009 isn't here."));
    assert_eq!(remarks.heading, "Why they differ");
    let texts: Vec<&str> = remarks.reasons.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(texts, ["Until 2026-09-21 14:14:20, 60 s.", "Compare."]);
    assert_eq!(remarks.reasons[0].1.len(), 1, "the evidence of the first");
    assert_eq!(remarks.from.as_deref(), Some("From 198.51.100.7, 2001:db8::7."));
}

#[test]
fn the_other_service_is_named() {
    let remarks = remarks_on(&[&told("port-closed", r#""relation":"other-lane","lane":"smtp""#)]);
    assert_eq!(remarks.note.as_deref(), Some("error 009 comes from Sending (SMTP)."));
    assert!(remarks.reasons.is_empty());
}

#[test]
fn addresses_are_told_where_they_matter_and_are_known() {
    let same = |cause: &str| told(cause, r#""relation":"same""#);
    for (cause, matter) in [("refused-by-policy", true), ("location-blocked", true), ("self-signed", false)] {
        assert_eq!(remarks_on(&[HELLO, &same(cause)]).from.is_some(), matter, "{cause}");
    }
    assert_eq!(remarks_on(&[&same("refused-by-policy")]).from, None);
}

#[test]
fn without_a_reported_code_there_is_nothing_to_compare() {
    let diagnosis = r#"{"type":"diagnosis","code":"ok","cause":null,"confidence":null,"lane":null,"final":true,"lanes":{}}"#;
    assert_eq!(remarks_on(&[HELLO, diagnosis]).note, None);
    assert_eq!(remarks_on(&[]), Remarks::default());
}
