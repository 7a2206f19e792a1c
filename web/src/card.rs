//! The diagnosis card: what it says, from the run alone. The cause's own text is fetched and joins it in the view.

use error_model::{
    Cause, Code, Confidence, Diagnosis, Lane, Lang, Str, Suggestion, Tried,
    strings::{self, card as words, form},
};
use serde::Serialize;

use crate::{
    decode::Fields,
    form::Input,
    run::{Phase, Run},
    sight::{Sight, sight},
};

/// The text of a cause: what the prerenderer writes and the card fetches. The HTML is made from our own Markdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names are those of the catalogue's sections")]
pub struct CauseText {
    pub code_title: String,
    pub title: String,
    pub sentence: String,
    pub sentence_html: String,
    pub explanation_html: String,
    pub person_html: String,
    pub it_html: String,
    pub provider_html: String,
    pub support_html: String,
    pub person: String,
    pub it: String,
    pub provider: String,
}

impl CauseText {
    /// Reads it as the prerenderer wrote it. `None`: it isn't one.
    #[must_use]
    pub fn read(json: &str) -> Option<Self> {
        let value: serde_json::Value = serde_json::from_str(json).ok()?;
        let f = Fields::of(&value)?;
        Some(Self {
            code_title: f.text("code_title")?,
            title: f.text("title")?,
            sentence: f.text("sentence")?,
            sentence_html: f.text("sentence_html")?,
            explanation_html: f.text("explanation_html")?,
            person_html: f.text("person_html")?,
            it_html: f.text("it_html")?,
            provider_html: f.text("provider_html")?,
            support_html: f.text("support_html")?,
            person: f.text("person")?,
            it: f.text("it")?,
            provider: f.text("provider")?,
        })
    }
}

/// What the card says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Card {
    /// Every step passed.
    Fine {
        /// The lanes where the sign-in was among them.
        signed_in: SignedIn,
    },
    /// A fault was found.
    Fault(Box<Fault>),
}

/// Where a sign-in was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedIn {
    /// On every lane that was asked for.
    Everywhere,
    /// On this one only.
    On(Lane),
    /// It wasn't tried.
    Nowhere,
}

/// A fault, as the card shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// More evidence may still change it.
    pub preliminary: bool,
    /// The lane that it was found on.
    pub lane: Lane,
    /// Its code.
    pub code: Code,
    /// Its cause.
    pub cause: Cause,
    /// How sure that is.
    pub confidence: Confidence,
    /// What shows it.
    pub shown_by: Vec<Sight>,
    /// Changes to try, each of one or several values.
    pub suggestions: Vec<Vec<Suggestion>>,
    /// Further causes that were found, on either lane.
    pub others: Vec<(Lane, Code, Cause)>,
}

/// The card of a run. `None`: there's nothing to say yet.
#[must_use]
pub fn card(run: &Run, lang: Lang) -> Option<Card> {
    let diagnosis = run.diagnosis.as_ref()?;
    let over = diagnosis.is_final || run.phase == Phase::Finished;
    let Some(finding) = diagnosis.headline() else {
        return (over && diagnosis.code == Code::Ok).then(|| Card::Fine { signed_in: signed_in(diagnosis) });
    };
    let others = Lane::ALL
        .into_iter()
        .flat_map(|lane| {
            diagnosis.lanes.get(lane).into_iter().flat_map(move |l| l.findings.iter().map(move |f| (lane, f)))
        })
        .filter(|(_, other)| other.cause != finding.cause);
    let mut distinct: Vec<(Lane, Code, Cause)> = Vec::new();
    for (lane, other) in others {
        if !distinct.iter().any(|(_, _, cause)| *cause == other.cause) {
            distinct.push((lane, other.code, other.cause));
        }
    }
    Some(Card::Fault(Box::new(Fault {
        preliminary: !over,
        lane: diagnosis.lane?,
        code: finding.code,
        cause: finding.cause,
        confidence: finding.confidence,
        shown_by: shown_by(run, &finding.observations, lang),
        suggestions: finding.changes().map(<[_]>::to_vec).collect(),
        others: distinct,
    })))
}

fn signed_in(diagnosis: &Diagnosis) -> SignedIn {
    let lanes: Vec<(Lane, bool)> = Lane::ALL
        .into_iter()
        .filter_map(|lane| diagnosis.lanes.get(lane).map(|told| (lane, told.signed_in)))
        .collect();
    match lanes.iter().find(|(_, signed_in)| *signed_in) {
        Some(_) if lanes.iter().all(|(_, signed_in)| *signed_in) => SignedIn::Everywhere,
        Some((lane, _)) => SignedIn::On(*lane),
        None => SignedIn::Nowhere,
    }
}

/// What was seen, by its numbers.
pub(crate) fn shown_by(run: &Run, observations: &[u32], lang: Lang) -> Vec<Sight> {
    observations.iter().filter_map(|seq| sight(run.cited(*seq)?, lang)).collect()
}

/// What a confidence means, in a sentence.
#[must_use]
pub const fn confidence_sentence(confidence: Confidence) -> Str {
    match confidence {
        Confidence::Proven => words::PROVEN_TEXT,
        Confidence::Likely => words::LIKELY_TEXT,
        Confidence::Possible => words::POSSIBLE_TEXT,
    }
}

/// What passed, in a sentence.
#[must_use]
pub fn fine_sentence(signed_in: SignedIn, lang: Lang) -> String {
    match signed_in {
        SignedIn::Everywhere => words::OK_SIGNED_IN.get(lang).to_owned(),
        SignedIn::On(lane) => words::OK_PARTLY.fill(lang, &[("lane", strings::lane(lane).get(lang))]),
        SignedIn::Nowhere => words::OK_CONNECTION.get(lang).to_owned(),
    }
}

/// What came of trying a suggestion.
#[must_use]
pub const fn tried(tried: Option<Tried>) -> Str {
    match tried {
        Some(Tried::Works) => words::TRIED_WORKS,
        Some(Tried::Partly) => words::TRIED_PARTLY,
        None => words::NOT_TRIED,
    }
}

/// The name of the field that a suggestion fills, with its server where it has one.
#[must_use]
pub fn field_name(suggestion: &Suggestion, lang: Lang) -> String {
    let of_server = |lane, part: Str| {
        let server = if lane == Lane::Imap { form::SERVER_IMAP } else { form::SERVER_SMTP };
        match lang {
            Lang::Ja => [server.ja, "の", part.ja].concat(),
            Lang::En => [server.en, ": ", &part.en.to_ascii_lowercase()].concat(),
        }
    };
    match Input::of(suggestion.field) {
        Input::Host(lane) => of_server(lane, form::HOST),
        Input::Port(lane) => of_server(lane, form::PORT),
        Input::Security(lane) => of_server(lane, form::SECURITY),
        Input::User | Input::Password => form::USER.get(lang).to_owned(),
        Input::SmtpUser | Input::SmtpPassword => form::SMTP_USER.get(lang).to_owned(),
        Input::Email => form::EMAIL.get(lang).to_owned(),
    }
}

/// The value of a suggestion as the form shows it.
#[must_use]
pub fn shown_value(suggestion: &Suggestion) -> String {
    match suggestion.value.as_str() {
        "tls" => form::SECURITY_TLS.en.to_owned(),
        "starttls" => form::SECURITY_STARTTLS.en.to_owned(),
        other => error_model::text::escape(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::Event;

    const NAME_MISMATCH: &str = r#"{"type":"diagnosis","code":"006","cause":"name-not-covered","confidence":"proven",
        "lane":"imap","final":true,"lanes":{"imap":{"state":"failed","step":"certificate","signed_in":false,"findings":[
        {"code":"006","cause":"name-not-covered","confidence":"proven","also_shown_as":["008"],"observations":[12],
        "suggestions":[{"id":"s1","field":"imap.host","value":"mail.example.com","tried":"works"}]},
        {"code":"005","cause":"expired","confidence":"proven","also_shown_as":[],"observations":[12],"suggestions":[]}]}}}"#;
    const VERDICT: &str = r#"{"type":"evidence","seq":12,"at_ms":90,"lane":"imap","observation":{"kind":
        "certificate-verdict","host":"imap.example.com","trusted_root":null,"faults":[{"fault":"name-mismatch",
        "relation":"same-domain","names":["mail.example.com"]}]}}"#;
    const ALL_PASSED: &str = r#"{"type":"diagnosis","code":"ok","cause":null,"confidence":null,"lane":null,"final":true,
        "lanes":{"imap":{"state":"passed","step":"mailbox","signed_in":true,"findings":[]}}}"#;

    fn card_of(messages: &[&str]) -> Option<Card> {
        let mut run = Run::default();
        run.happen(Event::Started(Box::default(), 0));
        for message in messages {
            run.happen(Event::Message((*message).to_owned()));
        }
        card(&run, Lang::En)
    }

    fn fault_of() -> Fault {
        let Some(Card::Fault(fault)) = card_of(&[VERDICT, NAME_MISMATCH]) else { panic!("no fault") };
        *fault
    }

    #[test]
    fn the_card_cites_what_shows_the_fault() {
        let fault = fault_of();
        assert_eq!((fault.code, fault.cause, fault.lane), (Code::E006, Cause::NameNotCovered, Lane::Imap));
        assert_eq!(fault.shown_by.len(), 1);
        assert!(fault.shown_by[0].text.contains("mail.example.com"), "{:?}", fault.shown_by);
        assert_eq!(fault.others, [(Lane::Imap, Code::E005, Cause::Expired)]);
    }

    #[test]
    fn everything_passed_is_said_only_at_the_end() {
        let early = ALL_PASSED.replace(r#""final":true"#, r#""final":false"#);
        assert_eq!(card_of(&[&early]), None);
        assert_eq!(card_of(&[ALL_PASSED]), Some(Card::Fine { signed_in: SignedIn::Everywhere }));
    }

    #[test]
    fn a_causes_text_reads_as_it_was_written() {
        let part = |name: &str| format!("<p>{name}</p>");
        let text = CauseText {
            code_title: part("code_title"),
            title: part("title"),
            sentence: part("sentence"),
            sentence_html: part("sentence_html"),
            explanation_html: part("explanation_html"),
            person_html: part("person_html"),
            it_html: part("it_html"),
            provider_html: part("provider_html"),
            support_html: part("support_html"),
            person: part("person"),
            it: part("it"),
            provider: part("provider"),
        };
        let json = serde_json::to_string(&text).unwrap();
        assert_eq!(CauseText::read(&json), Some(text));
        assert_eq!(CauseText::read("[]"), None);
    }

    #[test]
    fn a_sign_in_on_one_lane_is_not_taken_for_both() {
        let both = ALL_PASSED.replace(
            r#""findings":[]}"#,
            r#""findings":[]},"smtp":{"state":"passed","step":"capabilities","signed_in":false,"findings":[]}"#,
        );
        let Some(Card::Fine { signed_in }) = card_of(&[&both]) else { panic!("not fine") };
        assert_eq!(signed_in, SignedIn::On(Lane::Imap));
    }

    #[test]
    fn a_suggestion_names_its_field_and_value() {
        let fault = fault_of();
        assert_eq!(field_name(&fault.suggestions[0][0], Lang::Ja), "受信サーバー(IMAP)のサーバー名");
        assert_eq!(field_name(&fault.suggestions[0][0], Lang::En), "Incoming server (IMAP): server name");
        assert_eq!(shown_value(&fault.suggestions[0][0]), "mail.example.com");
    }
}
