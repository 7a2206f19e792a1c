//! The code that the person saw, beside what was found, in words.

use super::moment;
use crate::{
    Cause, Comparison, Diagnosis, Lang,
    comparison::Reason,
    strings::{self, reported},
};

/// The sentence about the relation. `{product}` in it is left for whoever shows it.
#[must_use]
pub fn relation(compared: &Comparison, lang: Lang) -> String {
    let code = reported::code(compared.code, lang);
    let lane = compared.lane.map_or("", |lane| strings::lane(lane).get(lang));
    reported::relation(compared.relation).fill(lang, &[("code", &code), ("lane", lane)])
}

/// The sentence about a reason, with times of UTC, the same for every reader. `{product}` in it is left for whoever
/// shows it.
#[must_use]
pub fn reason(reason: &Reason, lang: Lang) -> String {
    let lane = reason.lane.map_or("", |lane| strings::lane(lane).get(lang));
    let time = reason.at.map_or_else(String::new, moment);
    let ttl = reason.ttl_s.unwrap_or_default().to_string();
    reported::why(reason.why).fill(lang, &[("lane", lane), ("time", &time), ("ttl", &ttl)])
}

/// Whether it matters where a test connects from: somebody is turned away, or may be.
#[must_use]
pub fn turns_on_addresses(diagnosis: &Diagnosis) -> bool {
    let of_addresses = [Cause::RefusedByPolicy, Cause::LocationBlocked, Cause::WorksFromHere];
    diagnosis.cause.is_some_and(|cause| of_addresses.contains(&cause))
        || diagnosis.reported.as_ref().is_some_and(Comparison::turns_on_addresses)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Code, Lane, Relation, Why};

    fn compared(code: Code, relation: Relation) -> Comparison {
        Comparison { code, relation, lane: Some(Lane::Smtp), cause: None, reasons: vec![] }
    }

    fn because(why: Why) -> Reason {
        Reason { why, observations: vec![], lane: Some(Lane::Imap), at: Some(1_790_000_060), ttl_s: Some(60) }
    }

    #[test]
    fn no_gap_but_the_product_is_left_open_in_either_language() {
        for lang in Lang::ALL {
            let relations = Relation::ALL.iter().map(|r| relation(&compared(Code::E006, *r), lang));
            let reasons = Why::ALL.iter().map(|why| reason(&because(*why), lang));
            for sentence in relations.chain(reasons) {
                let sentence = crate::Names::default().put(&sentence);
                assert!(!sentence.contains(['{', '}']), "{sentence}");
                assert!(sentence.ends_with(['.', '。']), "{sentence}");
            }
        }
    }

    #[test]
    fn a_code_goes_by_its_number_and_a_message_by_its_words() {
        let says = |code, lang| relation(&compared(code, Relation::Behind), lang);
        assert!(says(Code::E003, Lang::Ja).starts_with("{product}の表示(エラー003)だけでは"));
        assert!(says(Code::FirstSync, Lang::En).starts_with("{product} showed “First sync in progress”, "));
    }

    #[test]
    fn an_old_answer_ends_at_a_time_that_is_the_same_for_every_reader() {
        let text = reason(&because(Why::DnsTtl), Lang::En);
        assert!(text.contains("(60 s)") && text.contains("2026-09-21 14:14:20 (UTC)"), "{text}");
    }

    #[test]
    fn the_other_service_is_named() {
        let text = relation(&compared(Code::E002, Relation::OtherLane), Lang::En);
        assert!(text.contains("the other service, Sending (SMTP)"), "{text}");
    }
}
