//! The text of a cause, as data for the diagnosis card.

use error_model::{Cause, Lang, texts::Section};
use web::card::CauseText;

use crate::markdown::{blocks, plain, sentence};

/// Everything that the card shows of a cause.
pub fn of(cause: Cause, lang: Lang) -> CauseText {
    let text = cause.texts().get(lang);
    let part = |section| web::fill::with_names(text.section(section));
    let html = |section| blocks(text.section(section));
    CauseText {
        code_title: plain(cause.code().texts().get(lang).title()),
        title: plain(text.title()),
        sentence: plain(text.sentence()),
        sentence_html: sentence(text.sentence()),
        explanation_html: blocks(text.explanation()),
        person_html: html(Section::Person),
        it_html: html(Section::It),
        provider_html: html(Section::Provider),
        support_html: html(Section::Support),
        person: part(Section::Person),
        it: part(Section::It),
        provider: part(Section::Provider),
    }
}
