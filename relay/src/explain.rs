//! `explain`: the catalogue on the terminal, as Markdown or JSON.

use std::fmt::Write as _;

use error_model::{Cause, Code, Lang, Str, text::escape};

use crate::{
    catalogue::{CauseEntry, CodeEntry},
    cli::Refusal,
    words,
};

/// What somebody wants explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A code.
    Code(Code),
    /// A cause.
    Cause(Cause),
}

impl Subject {
    /// Reads a code or a cause as typed.
    ///
    /// # Errors
    /// Names what was typed, and the nearest code or cause there is.
    pub fn parse(typed: &str) -> Result<Self, Refusal> {
        if let Some(code) = Code::parse(typed) {
            return Ok(Self::Code(code));
        }
        let folded = typed.trim().to_ascii_lowercase().replace(['_', ' '], "-");
        if let Some(cause) = Cause::parse(&folded) {
            return Ok(Self::Cause(cause));
        }
        let hint = match nearest(&folded) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the codes are {}", Code::FAULTS.map(Code::as_str).join(", ")),
        };
        Err(Refusal::argument("CODE|CAUSE", format_args!("`{}` is in no catalogue; {hint}", escape(typed))))
    }

    /// The text, as Markdown.
    #[must_use]
    pub fn markdown(self, lang: Lang) -> String {
        match self {
            Self::Code(code) => code_markdown(&CodeEntry::new(code, lang), lang),
            Self::Cause(cause) => cause_markdown(&CauseEntry::new(cause, lang), lang),
        }
    }

    /// The text, as one JSON object.
    ///
    /// # Errors
    /// None that these types can produce.
    pub fn json(self, lang: Lang) -> serde_json::Result<String> {
        match self {
            Self::Code(code) => serde_json::to_string_pretty(&CodeEntry::new(code, lang)),
            Self::Cause(cause) => serde_json::to_string_pretty(&CauseEntry::new(cause, lang)),
        }
    }
}

/// The code or cause that somebody probably meant: at most a third of its letters differ.
fn nearest(typed: &str) -> Option<&'static str> {
    let names = Code::FAULTS.map(Code::as_str).into_iter().chain(Cause::ALL.iter().map(|cause| cause.id()));
    names
        .map(|name| (strsim::damerau_levenshtein(typed, name), name))
        .filter(|(distance, name)| *distance <= name.len() / 3)
        .min()
        .map(|(_, name)| name)
}

fn code_markdown(entry: &CodeEntry, lang: Lang) -> String {
    let mut out = opening(&entry.code.to_string(), &entry.title, &entry.sentence, &entry.explanation);
    section(&mut out, words::FIRST, &entry.first, lang);
    let causes: Vec<String> = entry
        .causes
        .iter()
        .map(|cause| format!("- `{cause}`: {}", CauseEntry::new(*cause, lang).title))
        .collect();
    section(&mut out, words::CAUSES, &causes.join("\n"), lang);
    out
}

fn cause_markdown(entry: &CauseEntry, lang: Lang) -> String {
    let name = format!("{} / {}", entry.code, entry.cause);
    let mut out = opening(&name, &entry.title, &entry.sentence, &entry.explanation);
    for (heading, text) in [
        (words::FOR_YOU, &entry.person),
        (words::FOR_IT, &entry.it),
        (words::FOR_PROVIDER, &entry.provider),
        (words::FOR_SUPPORT, &entry.support),
    ] {
        section(&mut out, heading, text, lang);
    }
    out
}

fn opening(name: &str, title: &str, sentence: &str, explanation: &str) -> String {
    let mut out = format!("# {name}: {title}\n\n{sentence}\n");
    if !explanation.is_empty() {
        write!(out, "\n{explanation}\n").expect("a string takes any text");
    }
    out
}

fn section(out: &mut String, heading: Str, text: &str, lang: Lang) {
    if !text.is_empty() {
        write!(out, "\n## {}\n\n{text}\n", heading.get(lang)).expect("a string takes any text");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_causes_are_read_as_people_type_them() {
        for typed in ["006", "6", "００６"] {
            assert_eq!(Subject::parse(typed).unwrap(), Subject::Code(Code::E006), "{typed}");
        }
        for typed in ["name-not-covered", "Name_Not_Covered", " name not covered "] {
            assert_eq!(Subject::parse(typed).unwrap(), Subject::Cause(Cause::NameNotCovered), "{typed}");
        }
    }

    #[test]
    fn an_unknown_name_gets_the_nearest_one() {
        let message = |typed| Subject::parse(typed).unwrap_err().to_string();
        assert_eq!(
            message("name-not-coverd"),
            "CODE|CAUSE: `name-not-coverd` is in no catalogue; did you mean `name-not-covered`?"
        );
        assert!(message("first-synch").ends_with("did you mean `first-sync`?"));
        assert!(message("weather").contains("the codes are 001, 002,"));
    }

    #[test]
    fn a_cause_is_explained_to_everyone() {
        let text = Subject::Cause(Cause::NameNotCovered).markdown(Lang::En);
        assert!(text.starts_with("# 006 / name-not-covered: "), "{text}");
        for heading in
            ["What you can do", "For your mail administrator", "For your provider", "What to send to support"]
        {
            assert!(text.contains(&format!("\n## {heading}\n\n")), "{heading}");
        }
    }

    #[test]
    fn a_code_lists_its_causes() {
        let text = Subject::Code(Code::E006).markdown(Lang::Ja);
        for cause in Cause::of(Code::E006) {
            assert!(text.contains(&format!("- `{cause}`: ")), "{cause}");
        }
    }
}
