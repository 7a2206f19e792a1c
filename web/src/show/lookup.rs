//! What a look-up of settings found, and what the provider asks of those who sign in.

use error_model::{
    Lane, Lang, Str,
    discovery::{SettingsSource, Trial},
    strings::{
        self,
        discovery::{
            AGAIN, BOTH_LANES, FAILED, FILLED, HELP, IDLE, IN_USE, KEPT, LOOKING, NO_SERVERS, NOTHING,
            OTHERS, USE, USE_FROM, WORKS,
        },
    },
    words::security,
};

use crate::{
    form::{Form, Found, Lookup, Press, Provider},
    icon::Icon,
    tree::{Node, button, el, icon, words},
};

/// The place below the address. The first line is the one that is announced.
#[must_use]
pub fn lookup(form: &Form, lang: Lang) -> Vec<Node> {
    let (mut tried, mut more) = (Vec::new(), Vec::new());
    let status = match form.lookup() {
        Lookup::Idle => {
            more.push(words("p", "hint", IDLE.get(lang)));
            String::new()
        }
        Lookup::Looking(address) => {
            let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
            LOOKING.fill(lang, &[("domain", domain)])
        }
        Lookup::Failed(_) => FAILED.get(lang).to_owned(),
        Lookup::Done(_, answer) => {
            tried = best(answer, Lane::Imap)
                .or_else(|| best(answer, Lane::Smtp))
                .map_or(tried, |found| trials(found, lang));
            more = details(form, answer, lang);
            status(form, answer, lang)
        }
    };
    let again = button("button small", &Press::LookUp.name(), vec![Node::text(AGAIN.get(lang))]);
    let again = (*form.lookup() != Lookup::Idle).then_some(again);
    let row = std::iter::once(el("div", "", tried)).chain(again).collect();
    vec![
        words("p", "discovery-status", &status).with("role", "status"),
        el("div", "discovery-row", row),
        el("div", "discovery-more", more),
    ]
}

/// The answer that a lane of the form was filled from.
fn best(answer: &[Found], lane: Lane) -> Option<&Found> {
    answer.iter().find(|found| found.server(lane).is_some())
}

fn status(form: &Form, answer: &[Found], lang: Lang) -> String {
    let mut sources = Vec::new();
    let mut filled = true;
    for lane in Lane::ALL {
        let Some(found) = best(answer, lane) else { continue };
        let source = source(found, lang);
        if !sources.contains(&source) {
            sources.push(source);
        }
        filled &= found.server(lane).is_some_and(|server| form.holds(lane, server));
    }
    if sources.is_empty() {
        let nothing = if answer.is_empty() { NOTHING } else { NO_SERVERS };
        return nothing.get(lang).to_owned();
    }
    let sentence = if filled { FILLED } else { KEPT };
    sentence.fill(lang, &[("source", &sources.join(" / "))])
}

fn source(found: &Found, lang: Lang) -> String {
    let source = strings::discovery::source(found.source).get(lang);
    match &found.provider {
        Some(provider) if matches!(found.source, SettingsSource::Provider | SettingsSource::Mx) => {
            [source, " (", &provider.name, ")"].concat()
        }
        _ => source.to_owned(),
    }
}

fn details(form: &Form, answer: &[Found], lang: Lang) -> Vec<Node> {
    let mut nodes = Vec::new();
    let about_servers = answer.iter().find_map(|found| found.provider.as_ref()).map(|p| &p.servers);
    nodes.extend(about_servers.into_iter().flatten().map(|said| words("p", "", said)));
    // Sources that agree are one answer.
    let distinct: Vec<usize> = (0..answer.len())
        .filter(|&n| answer[n].names_a_server() && !answer[..n].iter().any(|found| found.agrees(&answer[n])))
        .collect();
    let others = distinct.iter().filter(|&&n| !in_use(form, &answer[n])).count();
    if others > 0 {
        let summary = OTHERS.fill(lang, &[("n", &others.to_string())]);
        let rows = distinct.into_iter().map(|n| row(form, answer, n, lang)).collect();
        nodes.push(el("details", "answers", vec![words("summary", "", &summary), el("ul", "", rows)]));
    }
    nodes
}

/// What came of trying the servers: one line, or one for each lane where they differ.
fn trials(found: &Found, lang: Lang) -> Vec<Node> {
    let line = |picture, tone: &str, text: &str| {
        el("p", "trial", vec![icon(picture), words("span", "", text)]).with("data-tone", tone)
    };
    let tried: Vec<(Lane, Trial)> = Lane::ALL
        .into_iter()
        .filter_map(|lane| Some((lane, found.servers[lane as usize].as_ref()?.1?)))
        .collect();
    let odd = |lane: Str, trial: Trial| {
        let said = [lane.get(lang), ": ", strings::discovery::trial(trial).get(lang)].concat();
        line(Icon::Warning, "bad", &said)
    };
    match tried.as_slice() {
        all if !all.is_empty() && all.iter().all(|(_, trial)| *trial == Trial::Works) => {
            vec![line(Icon::Passed, "good", WORKS.get(lang))]
        }
        [(_, imap), (_, smtp)] if imap == smtp => vec![odd(BOTH_LANES, *imap)],
        some => some
            .iter()
            .filter(|(_, trial)| *trial != Trial::Works)
            .map(|(lane, trial)| odd(strings::lane(*lane), *trial))
            .collect(),
    }
}

fn in_use(form: &Form, found: &Found) -> bool {
    Lane::ALL.into_iter().all(|lane| found.server(lane).is_none_or(|server| form.holds(lane, server)))
}

fn row(form: &Form, answer: &[Found], n: usize, lang: Lang) -> Node {
    let found = &answer[n];
    let said = answer.iter().filter(|other| other.agrees(found)).map(|other| source(other, lang));
    let said = said.collect::<Vec<_>>().join(" / ");
    let mut nodes = vec![words("p", "", &said)];
    for lane in Lane::ALL {
        if let Some(server) = found.server(lane) {
            let port = server.port.to_string();
            let server = [&server.host, ":", &port, " ", security(server.security).get(lang)].concat();
            nodes.push(words("p", "mono", &server));
        }
    }
    nodes.extend(trials(found, lang));
    nodes.push(if in_use(form, found) {
        words("p", "in-use", IN_USE.get(lang))
    } else {
        button("button small", &Press::Use(n).name(), vec![Node::text(USE.get(lang))])
            .with("aria-label", &USE_FROM.fill(lang, &[("source", &said)]))
    });
    el("li", "", nodes)
}

/// What the provider asks of those who sign in, for the place beside the password.
#[must_use]
pub fn needs(form: &Form, lang: Lang) -> Vec<Node> {
    let Lookup::Done(_, answer) = form.lookup() else { return Vec::new() };
    let known = best(answer, Lane::Imap).and_then(|found| found.provider.as_ref());
    let Some(provider) = known.or_else(|| answer.iter().find_map(|found| found.provider.as_ref())) else {
        return Vec::new();
    };
    let Provider { name, sign_in, help, .. } = provider;
    if sign_in.is_empty() {
        return Vec::new();
    }
    let mut lines: Vec<Node> = sign_in.iter().map(|said| words("p", "", said)).collect();
    lines.extend(help.as_deref().map(|help| {
        let link = words("a", "", &HELP.fill(lang, &[("name", name)])).with("href", help);
        el("p", "", vec![link.with("target", "_blank").with("rel", "noopener noreferrer")])
    }));
    vec![el("div", "need", lines)]
}

#[cfg(test)]
mod tests;
