//! The catalogue's texts: Markdown files of a fixed shape, cut at their headings.
//!
//! A cause file is a title, a first paragraph of one sentence for the card, an explanation, and the sections `person`,
//! `it`, `provider` and `support`. A code's `index` file has `first` and `search` instead. `{product}` stands for the
//! product's name and `{site}` for the tool's; whoever shows a text replaces them ([`crate::Names`]).

use crate::{Code, lang::Lang};

/// A text in both languages, as Markdown.
#[derive(Debug, Clone, Copy)]
pub struct Texts {
    /// Japanese.
    pub ja: &'static str,
    /// English.
    pub en: &'static str,
}

/// The part of a text that a heading `## name` begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Steps for the person.
    Person,
    /// The technical layer, for the mail administrator.
    It,
    /// What the provider has to do.
    Provider,
    /// What to send to support.
    Support,
    /// Index: what most people can try at once.
    First,
    /// Index: further words to be found by.
    Search,
}

impl Section {
    const fn heading(self) -> &'static str {
        match self {
            Self::Person => "## person",
            Self::It => "## it",
            Self::Provider => "## provider",
            Self::Support => "## support",
            Self::First => "## first",
            Self::Search => "## search",
        }
    }
}

/// A text in one language.
#[derive(Debug, Clone, Copy)]
pub struct Text(&'static str);

impl Texts {
    /// The text in one language.
    #[must_use]
    pub const fn get(self, lang: Lang) -> Text {
        Text(match lang {
            Lang::Ja => self.ja,
            Lang::En => self.en,
        })
    }
}

impl Text {
    /// The title, without its mark.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.0.lines().next().unwrap_or_default().trim_start_matches("# ").trim()
    }

    /// The one sentence for the card.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        self.introduction().split("\n\n").next().unwrap_or_default().trim()
    }

    /// The paragraphs after the sentence, as Markdown.
    #[must_use]
    pub fn explanation(self) -> &'static str {
        self.introduction().split_once("\n\n").map_or("", |(_, rest)| rest.trim())
    }

    /// A section as Markdown; empty where the file hasn't got it.
    #[must_use]
    pub fn section(self, section: Section) -> &'static str {
        let mut at = 0;
        for line in self.0.split_inclusive('\n') {
            at += line.len();
            if line.trim_end() == section.heading() {
                return until_heading(&self.0[at..]);
            }
        }
        ""
    }

    fn introduction(self) -> &'static str {
        until_heading(self.0.split_once('\n').map_or("", |(_, rest)| rest))
    }
}

/// The text up to the next `## ` line.
fn until_heading(text: &'static str) -> &'static str {
    let end = if text.starts_with("## ") { Some(0) } else { text.find("\n## ") };
    text[..end.unwrap_or(text.len())].trim()
}

impl Code {
    /// What the code's own page says.
    #[must_use]
    pub const fn texts(self) -> Texts {
        macro_rules! index {
            ($code:literal) => {
                Texts {
                    ja: include_str!(concat!("../catalogue/", $code, "/index.ja.md")),
                    en: include_str!(concat!("../catalogue/", $code, "/index.en.md")),
                }
            };
        }
        match self {
            Self::E001 => index!("001"),
            Self::E002 => index!("002"),
            Self::E003 => index!("003"),
            Self::E004 => index!("004"),
            Self::E005 => index!("005"),
            Self::E006 => index!("006"),
            Self::E007 => index!("007"),
            Self::E008 => index!("008"),
            Self::E009 => index!("009"),
            Self::Auth => index!("auth"),
            Self::FirstSync => index!("first-sync"),
            Self::Reconnect => index!("reconnect"),
            Self::Ok => index!("ok"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cause;

    #[test]
    fn every_cause_is_explained_to_everyone_in_both_languages() {
        for cause in Cause::ALL {
            for lang in Lang::ALL {
                let text = cause.texts().get(lang);
                let at = format!("{cause} in {}", lang.as_str());
                assert!(!text.title().is_empty() && !text.title().starts_with('#'), "{at}: title");
                assert!(!text.sentence().is_empty() && !text.sentence().contains('\n'), "{at}: one sentence");
                assert!(!text.explanation().is_empty(), "{at}: explanation");
                for section in [Section::Person, Section::It, Section::Provider, Section::Support] {
                    assert!(!text.section(section).is_empty(), "{at}: {section:?}");
                }
            }
        }
    }

    #[test]
    fn every_code_has_a_page_in_both_languages() {
        for code in Code::FAULTS {
            for lang in Lang::ALL {
                let text = code.texts().get(lang);
                for part in [
                    text.title(),
                    text.sentence(),
                    text.section(Section::First),
                    text.section(Section::Search),
                ] {
                    assert!(!part.is_empty(), "{code} in {}", lang.as_str());
                }
            }
        }
    }

    #[test]
    fn the_titles_people_paste_into_the_search_are_the_products_own() {
        for (code, ja, en) in [
            (Code::E001, "メールサーバーに到達できませんでした", "We couldn't reach your email server"),
            (
                Code::E006,
                "SSL/TLS証明書のホスト名がメールサーバーのホスト名と一致しません",
                "The certificate's host name doesn't match the mail server",
            ),
            (
                Code::E009,
                "提供された資格情報を使用してメールサーバーにサインインできませんでした",
                "We couldn't sign in with the credentials you provided",
            ),
            (Code::Auth, "認証:認証できません", "Auth: unable to authenticate"),
            (Code::FirstSync, "最初の同期を実行中", "First sync in progress"),
        ] {
            assert_eq!(code.texts().get(Lang::Ja).title(), ja);
            assert_eq!(code.texts().get(Lang::En).title(), en);
        }
    }

    #[test]
    fn a_text_is_cut_at_its_headings() {
        let text = Text("# T\n\nOne.\n\nTwo.\n\nThree.\n\n## person\n1. a\n2. b\n\n## it\nx\n");
        assert_eq!((text.title(), text.sentence(), text.explanation()), ("T", "One.", "Two.\n\nThree."));
        assert_eq!((text.section(Section::Person), text.section(Section::It)), ("1. a\n2. b", "x"));
        assert_eq!(text.section(Section::Support), "");
    }
}
