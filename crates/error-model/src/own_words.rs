//! What an operator may say in words of their own: texts of the pages, by their keys, and notes on codes and causes. A page
//! has a token for each ([`crate::names::token`]), and the relay puts in what was set, or the usual text.

use crate::{
    Cause, Code, Lang, Str,
    strings::{
        article::{SEND_LEAD, SEND_TITLE},
        embed::{CHECK_HERE, CHECK_HERE_TEXT, FULL_PAGE, TEST_SIGN_IN},
        page::{self, SUPPORT},
    },
};

/// A text of the pages that may be worded otherwise. No code of the page has it: only the prerendered HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageText {
    /// Its key in the configuration: stable, lower case, with hyphens.
    pub key: &'static str,
    /// What it usually says; `{product}` and `{site}` are gaps.
    pub usual: Str,
}

impl PageText {
    /// The name of its token in this language.
    #[must_use]
    pub fn token_name(self, lang: Lang) -> String {
        token_name("TEXT", lang, self.key)
    }

    /// The token itself.
    #[must_use]
    pub fn token(self, lang: Lang) -> String {
        format!("__{}__", self.token_name(lang))
    }
}

macro_rules! page_texts {
    ($($name:ident: $key:literal = $usual:expr;)+) => {
        $(#[doc = concat!("`", $key, "`")] pub const $name: PageText = PageText { key: $key, usual: $usual };)+
        /// Every text that may be worded otherwise.
        pub const PAGE_TEXTS: &[PageText] = &[$($name),+];
    };
}

page_texts! {
    TAGLINE: "tagline" = page::TAGLINE;
    HELP_TITLE: "help-title" = page::HELP_TITLE;
    HELP_LEAD: "help-lead" = page::HELP_LEAD;
    HELP_DESCRIPTION: "help-description" = page::HELP_DESCRIPTION;
    TEST_TEASER: "test-teaser" = page::CHECK_TEASER_TEXT;
    ERROR_TEST: "error-test" = page::CHECK_THIS;
    ERROR_TEST_TEXT: "error-test-text" = page::CHECK_THIS_TEXT;
    SEND_TITLE_TEXT: "send-title" = SEND_TITLE;
    SEND_LEAD_TEXT: "send-lead" = SEND_LEAD;
    TEST_TITLE: "test-title" = page::CHECK_TITLE;
    TEST_LEAD: "test-lead" = page::CHECK_LEAD;
    TEST_DESCRIPTION: "test-description" = page::CHECK_DESCRIPTION;
    NEEDS_SCRIPT: "needs-script" = page::NEEDS_SCRIPT;
    NOT_FOUND: "not-found" = page::NOT_FOUND_TEXT;
    FRAME_TEST: "frame-test" = CHECK_HERE;
    FRAME_TEST_TEXT: "frame-test-text" = CHECK_HERE_TEXT;
    FRAME_SIGN_IN: "frame-sign-in" = TEST_SIGN_IN;
    FRAME_FULL_PAGE: "frame-full-page" = FULL_PAGE;
    FOOTER_PRIVACY: "footer-privacy" = page::FOOTER_PRIVACY;
    FOOTER_SUPPORT: "footer-support" = SUPPORT;
}

/// What a note of the operator's is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noted {
    /// A code: the note stands below what the code means.
    Code(Code),
    /// A cause: the note stands below its explanation.
    Cause(Cause),
}

impl Noted {
    /// Everything that a note may be about: each code, followed by its causes.
    pub fn all() -> impl Iterator<Item = Self> {
        Code::FAULTS
            .into_iter()
            .flat_map(|code| std::iter::once(Self::Code(code)).chain(Cause::of(code).map(Self::Cause)))
    }

    /// Its key in the configuration: `006`, or `006.name-not-covered`.
    #[must_use]
    pub fn key(self) -> String {
        match self {
            Self::Code(code) => code.to_string(),
            Self::Cause(cause) => format!("{}.{}", cause.code(), cause.id()),
        }
    }

    /// The name of its token in this language. Not always set.
    #[must_use]
    pub fn token_name(self, lang: Lang) -> String {
        token_name("NOTE", lang, &self.key())
    }
}

fn token_name(kind: &str, lang: Lang, key: &str) -> String {
    format!("{kind}_{}_{key}", lang.as_str()).replace(['-', '.'], "_").to_uppercase()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_text_and_note_has_a_token_of_its_own_in_each_language() {
        let names = Lang::ALL.into_iter().flat_map(|lang| {
            let texts = PAGE_TEXTS.iter().map(move |text| text.token_name(lang));
            texts.chain(Noted::all().map(move |noted| noted.token_name(lang)))
        });
        let names: Vec<String> = names.collect();
        assert!(names.contains(&"NOTE_JA_006_NAME_NOT_COVERED".to_owned()), "{names:?}");
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        assert!(names.iter().all(|name| !name.ends_with("_HTML")), "that ending has a meaning of its own");
    }
}
