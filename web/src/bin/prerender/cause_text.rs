//! The text of a cause, as data for the diagnosis card.

use error_model::{
    Cause, Lang, known_as::known_as, own_words::Noted, strings::card::KNOWN_AS, texts::Section,
};
use web::card::CauseText;

use crate::{
    markdown::{blocks, plain, sentence},
    note,
};

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
        person_html: html(Section::Person)
            + &note::html(Noted::Code(cause.code()), lang)
            + &note::html(Noted::Cause(cause), lang),
        it_html: html(Section::It) + &names_html(cause, lang),
        provider_html: html(Section::Provider),
        support_html: html(Section::Support),
        person: part(Section::Person),
        it: part(Section::It) + &names_text(cause, lang),
        provider: part(Section::Provider),
    }
}

/// What other programs call the fault, for whoever has their message before them.
fn names_html(cause: Cause, lang: Lang) -> String {
    let Some(known) = known_as(cause) else { return String::new() };
    let rows: String = known
        .programs()
        .iter()
        .map(|(program, names)| {
            let names: Vec<String> = names.iter().map(|name| format!("<code>{name}</code>")).collect();
            format!("<div><dt>{program}</dt><dd>{}</dd></div>", names.join("<br>"))
        })
        .collect();
    format!("<p class=\"known-as-title\">{}</p><dl class=\"known-as\">{rows}</dl>", KNOWN_AS.get(lang))
}

/// The same as text, for the clipboard.
fn names_text(cause: Cause, lang: Lang) -> String {
    let Some(known) = known_as(cause) else { return String::new() };
    let rows: String = known
        .programs()
        .iter()
        .map(|(program, names)| format!("\n- {program}: {}", names.join(", ")))
        .collect();
    format!("\n\n{}:\n{rows}", KNOWN_AS.get(lang))
}
