//! The agent's console: signing in, opening a case, the list of cases, and the way to one of them.

use error_model::{
    Cause, Code, Endpoint, Lane, Lang, Security,
    case::{CaseState, Counted, Opened, Summary},
    strings::desk::{
        AGENT, ALL, CASES, CAUSE, CODE_FOUND, CSV, CUSTOMER_LANG, FOUND, HOST, KNOWN, NEW_CASE, NO_CASES,
        NOTHING_FOUND_YET, OPEN_CASE, SEARCH, SEARCH_HINT, SIGN_IN, SIGN_IN_OR, SIGN_IN_WITH, SIGN_OUT,
        SIGNED_IN_AS, SINCE, STATE, STATISTICS, TICKET, TOKEN, TOKEN_HINT, UNTIL, UPDATED,
    },
    strings::form,
};

use super::{
    case::Case,
    filter::Filter,
    pieces::{
        self, called, choice, code_name, field, found, heading, hosts, input, small, text_field, time, typed,
    },
    statistics::statistics,
    triage::triage,
};
use crate::{
    form::usual,
    route,
    show::Texts,
    tree::{Node, el, words},
};

/// The heading of what is shown, which takes the focus when that changes.
pub const HEADING: &str = "desk-heading";

/// Who sits in front of the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// The relay hasn't said yet.
    Asking,
    /// Nobody who is known.
    Stranger,
    /// An agent of this name.
    Agent(String),
}

/// What is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// All cases.
    List,
    /// The case with this identifier.
    Case(String),
    /// What was found how often.
    Statistics,
}

impl Place {
    /// The place that the address's fragment names.
    #[must_use]
    pub fn of(fragment: &str) -> Self {
        match fragment.trim_start_matches('#') {
            "statistics" => Self::Statistics,
            other => match other.strip_prefix("case=") {
                Some(case) => Self::Case(case.to_owned()),
                None => Self::List,
            },
        }
    }
}

/// A code for a customer.
pub struct Invitation {
    /// The code, and the case that it leads to.
    pub opened: Opened,
    /// The link that has it.
    pub link: String,
    /// How often somebody had joined the case when it was made: the next one uses it up.
    pub joins: usize,
}

/// Everything that the console shows.
pub struct Console {
    /// The page's language.
    pub lang: Lang,
    /// Who is signed in.
    pub who: Who,
    /// The identity provider, by the name for its button, where there is one.
    pub provider: Option<String>,
    /// What is looked at.
    pub place: Place,
    /// What came of the last thing that was done.
    pub told: Option<String>,
    /// The list, the case that changed last first.
    pub cases: Vec<Summary>,
    /// How many cases fit, listed or not.
    pub found: usize,
    /// Which cases are listed.
    pub filter: Filter,
    /// The address of the same cases as CSV.
    pub csv: String,
    /// The case that is looked at.
    pub case: Option<Case>,
    /// The code that was made last.
    pub invitation: Option<Invitation>,
    /// The language of the reply; it's there as soon as something was found.
    pub reply: Option<Lang>,
    /// The texts of causes that were found.
    pub texts: Texts,
    /// What was found how often.
    pub counted: Option<Vec<Counted>>,
}

impl Console {
    /// A console at which nobody sits yet.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self {
            lang,
            who: Who::Asking,
            provider: None,
            place: Place::List,
            told: None,
            cases: Vec::new(),
            found: 0,
            filter: Filter::default(),
            csv: String::new(),
            case: None,
            invitation: None,
            reply: None,
            texts: Texts::new(),
            counted: None,
        }
    }
}

/// A server as typed: a name, and a port where it isn't the usual one. `None`: nothing was typed, or no port.
#[must_use]
pub fn endpoint(typed: &str, lane: Lane) -> Option<Endpoint> {
    let typed = typed.trim();
    let (host, port) = match typed.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().ok()?),
        None => (typed, usual(lane).0),
    };
    let security = Security::of_port(port);
    (!host.is_empty()).then(|| Endpoint { host: host.to_owned(), port, security })
}

/// The console as a tree.
#[must_use]
pub fn console(console: &Console) -> Vec<Node> {
    let lang = console.lang;
    let told = words("p", "desk-told", console.told.as_deref().unwrap_or_default()).with("role", "status");
    let shown = match (&console.who, &console.place) {
        (Who::Asking, _) => return vec![told],
        (Who::Stranger, _) => return vec![told, sign_in(console.provider.as_deref(), lang)],
        (Who::Agent(_), Place::List) => list(console),
        (Who::Agent(_), Place::Statistics) => statistics(console),
        (Who::Agent(_), Place::Case(_)) => triage(console),
    };
    vec![told, head(console), shown]
}

fn sign_in(provider: Option<&str>, lang: Lang) -> Node {
    let token = field("token", TOKEN.get(lang), Some(TOKEN_HINT.get(lang)), input("token", "password", true));
    let mut parts = vec![heading(HEADING, SIGN_IN.get(lang))];
    if let Some(provider) = provider {
        let link = words("a", "button primary", &SIGN_IN_WITH.fill(lang, &[("name", &typed(provider))]));
        parts.push(link.with("href", &route::agent_oidc(lang)).with("data-action", "provider"));
        parts.push(words("p", "desk-or", SIGN_IN_OR.get(lang)));
    }
    let form = pieces::form("desk-token", "sign-in", vec![token], SIGN_IN.get(lang), provider.is_none());
    parts.push(form);
    el("section", "desk-card desk-sign-in", parts).with("aria-labelledby", HEADING)
}

fn head(console: &Console) -> Node {
    let lang = console.lang;
    let name = match &console.who {
        Who::Agent(name) => typed(name),
        Who::Asking | Who::Stranger => String::new(),
    };
    let link = |target: &str, text: &str, here: bool| {
        words("a", "", text).with("href", target).with_some("aria-current", here.then_some("page"))
    };
    let places = vec![
        link("#", CASES.get(lang), console.place == Place::List),
        link("#statistics", STATISTICS.get(lang), console.place == Place::Statistics),
    ];
    let parts = vec![
        el("nav", "desk-places", places).with("aria-label", CASES.get(lang)),
        words("span", "desk-name", &SIGNED_IN_AS.fill(lang, &[("name", &name)])),
        small("sign-out", SIGN_OUT.get(lang)),
    ];
    el("div", "desk-head", parts)
}

fn list(console: &Console) -> Node {
    let lang = console.lang;
    let heading = heading(HEADING, CASES.get(lang));
    let count = FOUND.fill(lang, &[("n", &console.found.to_string())]);
    let csv =
        words("a", "button small", CSV.get(lang)).with("href", &console.csv).with("download", "cases.csv");
    let title = el("div", "desk-title", vec![heading, words("p", "desk-count", &count), csv]);
    let rows: Vec<Node> = console.cases.iter().map(|one| row(one, &console.texts, lang)).collect();
    let body =
        if rows.is_empty() { words("p", "desk-empty", NO_CASES.get(lang)) } else { el("ul", "cases", rows) };
    let cases =
        el("section", "desk-cases", vec![title, filters(lang), body]).with("aria-labelledby", HEADING);
    el("div", "desk-list", vec![cases, new_case(lang)])
}

fn row(one: &Summary, texts: &Texts, lang: Lang) -> Node {
    let (state, state_words) = pieces::state(one.state);
    let title = called(one.ticket.as_deref(), &one.case);
    let result = match one.code {
        Some(code) => found(code, one.cause, texts),
        None => vec![words("span", "desk-muted", NOTHING_FOUND_YET.get(lang))],
    };
    let link = words("a", "case-title", &title).with("href", &["#case=", &one.case].concat());
    let parts = vec![
        el(
            "div",
            "case-line",
            vec![link, words("span", "state", state_words.get(lang)).with("data-state", state)],
        ),
        el("p", "case-result", result),
        words("p", "desk-muted mono", &hosts(one)),
        el(
            "p",
            "desk-muted",
            vec![words("span", "", &typed(&one.agent)), Node::text(" · "), time(one.updated_at_ms)],
        )
        .with("title", &[AGENT.get(lang), " · ", UPDATED.get(lang)].concat()),
    ];
    el("li", "case", parts).with("data-case", &one.case)
}

fn filters(lang: Lang) -> Node {
    let all = || vec![(String::new(), ALL.get(lang).to_owned())];
    let mut states = all();
    for state in [CaseState::Waiting, CaseState::Joined, CaseState::Left, CaseState::Closed] {
        let (id, text) = pieces::state(state);
        states.push((id.to_owned(), text.get(lang).to_owned()));
    }
    let mut codes = all();
    codes.push((Code::Ok.as_str().to_owned(), code_name(Code::Ok).to_owned()));
    codes.extend(Code::FAULTS.iter().map(|code| (code.as_str().to_owned(), code.as_str().to_owned())));
    let mut causes = all();
    for cause in Cause::ALL {
        let text = [cause.code().as_str(), " ", cause.id()].concat();
        causes.push((cause.id().to_owned(), text));
    }
    let fields = vec![
        text_field("filter-q", SEARCH.get(lang), Some(SEARCH_HINT.get(lang))),
        choice("filter-state", STATE.get(lang), states),
        choice("filter-code", CODE_FOUND.get(lang), codes),
        choice("filter-cause", CAUSE.get(lang), causes),
        text_field("filter-host", HOST.get(lang), None),
        field("filter-since", SINCE.get(lang), None, input("filter-since", "date", false)),
        field("filter-until", UNTIL.get(lang), None, input("filter-until", "date", false)),
    ];
    el("div", "desk-filters", fields).with("role", "search").with("aria-label", CASES.get(lang))
}

fn new_case(lang: Lang) -> Node {
    let mut languages = [(Lang::Ja, "日本語"), (Lang::En, "English")];
    if lang == Lang::En {
        languages.reverse();
    }
    let languages = languages.iter().map(|(lang, name)| (lang.as_str().to_owned(), (*name).to_owned()));
    let known = el(
        "fieldset",
        "server",
        vec![
            words("legend", "", KNOWN.get(lang)),
            text_field("new-email", form::EMAIL.get(lang), None),
            text_field("new-imap", form::SERVER_IMAP.get(lang), None),
            text_field("new-smtp", form::SERVER_SMTP.get(lang), None),
        ],
    );
    let parts = vec![
        words("h2", "", NEW_CASE.get(lang)),
        text_field("new-ticket", TICKET.get(lang), None),
        choice("new-lang", CUSTOMER_LANG.get(lang), languages.collect()),
        known,
    ];
    pieces::form("desk-card desk-new", "new-case", parts, OPEN_CASE.get(lang), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_has_its_usual_port_unless_one_was_typed() {
        let server =
            |typed, lane| endpoint(typed, lane).map(|server| (server.host, server.port, server.security));
        assert_eq!(server(" imap.example ", Lane::Imap), Some(("imap.example".into(), 993, Security::Tls)));
        assert_eq!(
            server("smtp.example:587", Lane::Smtp),
            Some(("smtp.example".into(), 587, Security::StartTls))
        );
        assert_eq!((server("", Lane::Imap), server("a:b", Lane::Imap)), (None, None));
    }

    #[test]
    fn the_address_says_what_is_looked_at() {
        assert_eq!(Place::of("#case=0af"), Place::Case("0af".into()));
        assert_eq!(
            (Place::of("#statistics"), Place::of(""), Place::of("#x")),
            (Place::Statistics, Place::List, Place::List)
        );
    }

    #[test]
    fn the_identity_provider_has_a_button_where_there_is_one() {
        let mut desk = Console::new(Lang::Ja);
        desk.who = Who::Stranger;
        assert!(!format!("{:?}", console(&desk)).contains("/oidc/"));
        desk.provider = Some("Lab \u{202e}Desk".into());
        let shown = format!("{:?}", console(&desk));
        assert!(shown.contains("/api/v1/agent/oidc/start?lang=ja"), "{shown}");
        assert!(!shown.contains('\u{202e}'), "what turns text round is made visible");
    }

    #[test]
    fn a_stranger_sees_nothing_but_the_sign_in() {
        let mut desk = Console::new(Lang::En);
        desk.who = Who::Stranger;
        desk.place = Place::Case("0af".into());
        let text: String = console(&desk).iter().map(Node::reading).collect();
        assert!(text.contains(TOKEN.en) && !text.contains(CASES.en), "{text}");
    }
}
