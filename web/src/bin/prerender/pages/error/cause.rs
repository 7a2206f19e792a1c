//! One cause on its error's page: a sentence, the explanation, steps, and the layers for others below.

use error_model::{
    Cause, Lang, Str,
    own_words::Noted,
    strings::page::{FOR_IT, FOR_PROVIDER, FOR_SUPPORT, LINK_TO_CAUSE, STEPS},
    texts::{Section, Text},
};
use leptos::prelude::*;
use web::view::icon::{Icon, icon};

use crate::{
    markdown::{blocks, sentence},
    note,
    providers::Provider,
};

/// The cause as a section that can be linked to by its identifier.
pub fn section(cause: Cause, lang: Lang, providers: &[Provider]) -> impl IntoView + use<> {
    let text = cause.texts().get(lang);
    let id = cause.id();
    let heading = format!("{id}-title");
    view! {
        <section class="cause" id=id aria-labelledby=heading.clone()>
            <h3 id=heading.clone()>
                <span inner_html=sentence(text.title())></span>
                <a class="anchor" href=format!("#{id}") aria-label=LINK_TO_CAUSE.get(lang)>{icon(Icon::Link)}</a>
            </h3>
            <p class="cause-sentence" inner_html=sentence(text.sentence())></p>
            <div class="prose" inner_html=blocks(text.explanation())></div>
            {note::of(Noted::Cause(cause), lang)}
            <h4>{STEPS.get(lang)}</h4>
            <div class="prose steps" inner_html=blocks(text.section(Section::Person))></div>
            {super::providers::of(cause, lang, providers)}
            <div class="layers">
                {layer(text, Section::It, FOR_IT, lang)} {layer(text, Section::Provider, FOR_PROVIDER, lang)}
                {layer(text, Section::Support, FOR_SUPPORT, lang)}
            </div>
        </section>
    }
}

fn layer(text: Text, section: Section, title: Str, lang: Lang) -> impl IntoView {
    view! {
        <details class="layer">
            <summary>{title.get(lang)}</summary>
            <div class="prose" inner_html=blocks(text.section(section))></div>
        </details>
    }
}
