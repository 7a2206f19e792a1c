//! The diagnosis card.

use error_model::{
    Cause, Code, Confidence, Lane, Lang, Str, Suggestion, Tried,
    strings::{
        self,
        card::{
            ALSO_FOUND, APPLY, APPLY_AND_TEST, COPY_IT, COPY_SUPPORT, DIAGNOSIS, DOWNLOAD, DOWNLOAD_JSON,
            DOWNLOAD_MARKDOWN, FOR_IT, FOR_PROVIDER, FOR_SUPPORT, NO_SECRETS, OK_NEXT, OK_TITLE, PRELIMINARY,
            PRINT, READ_MORE, SHARE, SHOWN_BY, SUGGESTIONS, TEXT_MISSING, WHAT_TO_DO,
        },
    },
};

use super::{Action, Loaded, Results, lane::sight_list};
use crate::{
    card::{
        Card, CauseText, Fault, SignedIn, card as card_of, confidence_sentence, field_name, fine_sentence,
        shown_value, tried,
    },
    export::Audience,
    icon::Icon,
    remarks::{Remarks, remarks as remarks_on},
    route,
    tree::{Node, button, el, icon, trusted, words},
};

/// The card of the run; nothing while there's nothing to say.
pub(super) fn card(results: &Results<'_>) -> Option<Node> {
    Some(match card_of(results.run, results.lang)? {
        Card::Fine { signed_in } => fine(results, signed_in),
        Card::Fault(found) => fault(results, &found),
    })
}

fn fine(results: &Results<'_>, signed_in: SignedIn) -> Node {
    let lang = results.lang;
    let text = vec![
        words("h3", "", OK_TITLE.get(lang)).with("id", "card-title"),
        words("p", "card-sentence", &fine_sentence(signed_in, lang)),
    ];
    let mark = el("span", "card-mark", vec![icon(Icon::Passed)]);
    let mut parts = vec![el("header", "card-head", vec![mark, el("div", "", text)])];
    remarks(&mut parts, results);
    if signed_in == SignedIn::Nowhere {
        parts.push(words("p", "", OK_NEXT.get(lang)));
    }
    parts.push(share(results));
    el("article", "card", parts)
        .with("data-kind", "fine")
        .with("data-code", "ok")
        .with("aria-labelledby", "card-title")
}

fn fault(results: &Results<'_>, fault: &Fault) -> Node {
    let lang = results.lang;
    let text = results.text(fault.cause);
    let label = if fault.preliminary { PRELIMINARY } else { DIAGNOSIS };
    let label = vec![Node::text(label.get(lang)), words("span", "", strings::lane(fault.lane).get(lang))];
    let mut parts = vec![el("p", "card-label", label)];
    headline(&mut parts, text, fault, lang);
    parts.push(
        el(
            "p",
            "confidence",
            vec![
                words("strong", "", strings::confidence(fault.confidence).get(lang)),
                words("span", "", confidence_sentence(fault.confidence).get(lang)),
            ],
        )
        .with("data-confidence", confidence_name(fault.confidence)),
    );
    remarks(&mut parts, results);
    parts.extend(suggestions(&fault.suggestions, lang));
    what_to_do(&mut parts, text, fault.cause, lang);
    let mut shown = vec![words("summary", "", SHOWN_BY.get(lang))];
    shown.extend(sight_list(&fault.shown_by, lang));
    parts.push(el("details", "layer shown-by", shown).with("open", ""));
    parts.extend(others(results, &fault.others));
    parts.push(share(results));
    el("article", "card", parts)
        .with("data-kind", "fault")
        .with("data-code", fault.code.as_str())
        .with("data-cause", fault.cause.id())
        .with_some("data-final", (!fault.preliminary).then_some("true"))
        .with("aria-labelledby", "card-title")
}

/// What there is to say about the code that the person saw, and about where the test came from.
fn remarks(parts: &mut Vec<Node>, results: &Results<'_>) {
    let Remarks { note, heading, reasons, from } = remarks_on(results.run, results.sentences, results.lang);
    parts.extend(note.map(|note| words("p", "card-note", &note)));
    if !reasons.is_empty() {
        let mut items = Vec::new();
        for (text, seen) in &reasons {
            let mut item = vec![Node::text(text)];
            item.extend(sight_list(seen, results.lang));
            items.push(el("li", "", item));
        }
        parts.push(words("h4", "", &heading));
        parts.push(el("ol", "reasons", items));
    }
    parts.extend(from.map(|from| words("p", "card-note", &from)));
}

/// A cause by its title, or by its name while the title is on its way.
fn title_of(text: &Loaded, cause: Cause) -> String {
    match text {
        Loaded::Ready(text) => text.title.clone(),
        Loaded::Pending | Loaded::Missing => cause.id().replace('-', " "),
    }
}

fn headline(parts: &mut Vec<Node>, text: &Loaded, fault: &Fault, lang: Lang) {
    let mut titles = vec![words("h3", "", &title_of(text, fault.cause)).with("id", "card-title")];
    let code =
        words("a", "code code-large", fault.code.as_str()).with("href", &route::error(lang, fault.code));
    if let Loaded::Ready(text) = text {
        titles.push(words("p", "card-code-title", &text.code_title));
    }
    parts.push(el("header", "card-head", vec![code, el("div", "", titles)]));
    if let Loaded::Ready(text) = text {
        parts.push(trusted("p", "card-sentence", &text.sentence_html));
    }
}

fn what_to_do(parts: &mut Vec<Node>, text: &Loaded, cause: Cause, lang: Lang) {
    match text {
        Loaded::Pending => {}
        Loaded::Missing => parts.push(words("p", "", TEXT_MISSING.get(lang))),
        Loaded::Ready(text) => steps(parts, text, lang),
    }
    let link = words("a", "", READ_MORE.get(lang)).with("href", &route::cause(lang, cause));
    parts.push(el("p", "read-more", vec![link]));
}

fn steps(parts: &mut Vec<Node>, text: &CauseText, lang: Lang) {
    let layer = |title: Str, html: &str| {
        el("details", "layer", vec![words("summary", "", title.get(lang)), trusted("div", "prose", html)])
    };
    parts.push(words("h4", "", WHAT_TO_DO.get(lang)));
    parts.push(trusted("div", "prose steps", &text.person_html));
    parts.push(el(
        "div",
        "layers",
        vec![
            layer(FOR_IT, &text.it_html),
            layer(FOR_PROVIDER, &text.provider_html),
            layer(FOR_SUPPORT, &text.support_html),
        ],
    ));
}

fn suggestions(changes: &[Vec<Suggestion>], lang: Lang) -> Option<Node> {
    let rows = changes.iter().enumerate().map(|(number, change)| change_view(number, change, lang)).collect();
    let title = words("h4", "", SUGGESTIONS.get(lang)).with("id", "suggestions-title");
    (!changes.is_empty()).then(|| {
        el("section", "suggestions", vec![title, el("ul", "", rows)])
            .with("aria-labelledby", "suggestions-title")
    })
}

fn change_view(number: usize, change: &[Suggestion], lang: Lang) -> Node {
    let outcome = change.first().and_then(|suggestion| suggestion.tried);
    let works = outcome == Some(Tried::Works);
    let mut values = Vec::new();
    for suggestion in change {
        values.push(words("span", "", &field_name(suggestion, lang)));
        values.push(words("strong", "mono", &shown_value(suggestion)));
    }
    let mut badge = Vec::new();
    badge.extend(works.then(|| icon(Icon::Passed)));
    badge.push(Node::text(tried(outcome).get(lang)));
    let test = Action::ApplyAndTest(number).name();
    let apply = Action::Apply(number).name();
    let actions = vec![
        button("button primary small", &test, vec![Node::text(APPLY_AND_TEST.get(lang))]),
        button("button small", &apply, vec![Node::text(APPLY.get(lang))]),
    ];
    el(
        "li",
        "suggestion",
        vec![
            el("p", "suggestion-what", values),
            el("p", "badge", badge).with_some("data-works", works.then_some("true")),
            el("p", "suggestion-actions", actions),
        ],
    )
}

fn others(results: &Results<'_>, others: &[(Lane, Code, Cause)]) -> Option<Node> {
    let lang = results.lang;
    let rows = others.iter().map(|(lane, code, cause)| {
        let link =
            words("a", "", &title_of(results.text(*cause), *cause)).with("href", &route::cause(lang, *cause));
        let lane = [" ", strings::lane(*lane).get(lang)].concat();
        el("li", "", vec![words("span", "code", code.as_str()), el("span", "", vec![link, Node::Text(lane)])])
    });
    let rows = rows.collect();
    let title = words("h4", "", ALSO_FOUND.get(lang)).with("id", "others-title");
    (!others.is_empty()).then(|| {
        el("section", "others", vec![title, el("ul", "", rows)]).with("aria-labelledby", "others-title")
    })
}

/// Taking the result away: clipboard, files, paper.
fn share(results: &Results<'_>) -> Node {
    let lang = results.lang;
    let entry = |action: Action, picture, label: Str| {
        let name = action.name();
        button("button small", &name, vec![icon(picture), Node::text(label.get(lang))]).with("id", &name)
    };
    let save = |action, label: Str| {
        entry(action, Icon::Download, label)
            .with("aria-label", &[DOWNLOAD.get(lang), " ", label.get(lang)].concat())
    };
    let buttons = vec![
        entry(Action::Copy(Audience::It), Icon::Copy, COPY_IT),
        entry(Action::Copy(Audience::Support), Icon::Copy, COPY_SUPPORT),
        save(Action::SaveMarkdown, DOWNLOAD_MARKDOWN),
        save(Action::SaveJson, DOWNLOAD_JSON),
        entry(Action::Print, Icon::Print, PRINT),
    ];
    let told = results.told.map_or("", |told| told.get(lang));
    let note = vec![words("span", "", NO_SECRETS.get(lang)), words("span", "", told).with("role", "status")];
    el(
        "footer",
        "share",
        vec![
            words("h4", "", SHARE.get(lang)),
            el("p", "share-buttons", buttons),
            el("p", "share-note", note),
        ],
    )
}

const fn confidence_name(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Proven => "proven",
        Confidence::Likely => "likely",
        Confidence::Possible => "possible",
    }
}
