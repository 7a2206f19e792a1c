//! What differs from one mail service to the next, below the cause that it explains.

use error_model::{
    Cause, Lang, Str,
    strings::article::{
        AT_ACCOUNT_NAME, AT_APP_PASSWORD, AT_APP_PASSWORD_WITH_TWO_STEPS, AT_CLOSED, AT_CONTROL_PANEL,
        AT_ENABLE_IMAP, AT_LOCAL_PART, AT_OAUTH_ONLY, AT_OVERSEAS_FILTER, AT_PROVIDERS, AT_SEPARATE_PASSWORD,
        AT_SERVERS, AT_SMTP_SIGN_IN, COLUMN_IMAP, COLUMN_SERVICE, COLUMN_SMTP, COMMA, MORE_PROVIDERS,
        PROVIDER_HELP, PROVIDERS_CHECKED,
    },
};
use leptos::prelude::*;

use crate::providers::{self, Provider};

/// The most that stand in the open; the others are behind a disclosure.
const IN_THE_OPEN: usize = 5;

/// A rule that some providers have.
struct Rule {
    /// What is said of them.
    said: Str,
    /// What is said of each.
    each: Each,
    /// Who they are.
    holds: fn(&Provider) -> bool,
}

/// What stands beside a provider's name.
#[derive(Clone, Copy)]
enum Each {
    /// Where it's changed.
    Where,
    /// What its servers are called.
    Hosts,
    /// Nothing.
    Name,
}

const fn rule(said: Str, each: Each, holds: fn(&Provider) -> bool) -> Rule {
    Rule { said, each, holds }
}

/// The rules of providers that may be behind a cause.
const fn rules(cause: Cause) -> &'static [Rule] {
    match cause {
        Cause::AppPasswordRequired => {
            const {
                &[
                    rule(AT_APP_PASSWORD, Each::Where, |p| p.sign_in.password == "app-password"),
                    rule(AT_APP_PASSWORD_WITH_TWO_STEPS, Each::Where, |p| {
                        p.sign_in.password == "app-password-with-two-steps"
                    }),
                ]
            }
        }
        Cause::WrongCredentials => {
            const { &[rule(AT_SEPARATE_PASSWORD, Each::Where, |p| p.sign_in.password == "separate")] }
        }
        Cause::SingleSignOn => const { &[rule(AT_OAUTH_ONLY, Each::Name, |p| p.sign_in.oauth_only)] },
        Cause::AccessDisabled => {
            const {
                &[
                    rule(AT_ENABLE_IMAP, Each::Where, |p| {
                        p.access.is_none() && p.sign_in.imap_must_be_enabled
                    }),
                    rule(AT_CLOSED, Each::Where, |p| p.access.is_some()),
                ]
            }
        }
        Cause::UserNameFormat => {
            const {
                &[
                    rule(AT_ACCOUNT_NAME, Each::Name, |p| p.user_name == "account"),
                    rule(AT_LOCAL_PART, Each::Name, |p| p.user_name == "local-part"),
                ]
            }
        }
        Cause::LocationBlocked => {
            const { &[rule(AT_OVERSEAS_FILTER, Each::Where, |p| p.sign_in.overseas_filter)] }
        }
        Cause::WrongCertificate | Cause::HostNameUnknown => {
            const { &[rule(AT_CONTROL_PANEL, Each::Hosts, Provider::names_servers_itself)] }
        }
        Cause::SmtpAuthDisabled => {
            const { &[rule(AT_SMTP_SIGN_IN, Each::Where, |p| p.id == "microsoft365")] }
        }
        _ => &[],
    }
}

/// The block of a cause; nothing where no provider has a rule of its own.
pub fn of(cause: Cause, lang: Lang, all: &[Provider]) -> impl IntoView + use<> {
    let groups: Vec<_> = rules(cause).iter().filter_map(|rule| group(rule, lang, all)).collect();
    let servers = matches!(cause, Cause::HostNameMisspelled | Cause::PortClosed).then(|| servers(lang, all));
    (!groups.is_empty() || servers.is_some()).then(|| {
        view! {
            <div class="providers">
                <h4>{if servers.is_some() { AT_SERVERS } else { AT_PROVIDERS }.get(lang)}</h4>
                {groups}
                {servers}
                <p class="fine">{PROVIDERS_CHECKED.fill(lang, &[("date", &checked(all, lang))])}</p>
            </div>
        }
    })
}

fn group(rule: &Rule, lang: Lang, all: &[Provider]) -> Option<AnyView> {
    let (found, _) = providers::of(all, lang, rule.holds);
    if found.is_empty() {
        return None;
    }
    if matches!(rule.each, Each::Name) {
        let names: Vec<&str> = found.iter().map(|provider| provider.name(lang)).collect();
        let names = names.join(COMMA.get(lang));
        return Some(view! { <p>{rule.said.get(lang)}</p> <p class="names">{names}</p> }.into_any());
    }
    // One more line is no reason to hide it.
    let open = if found.len() <= IN_THE_OPEN + 1 { found.len() } else { IN_THE_OPEN };
    let (shown, others) = found.split_at(open);
    let lines = |providers: &[&Provider]| {
        let lines = providers.iter().map(|provider| line(provider, rule.each, lang)).collect_view();
        view! { <ul>{lines}</ul> }
    };
    let more = (!others.is_empty()).then(|| {
        view! {
            <details class="disclosure">
                <summary>{MORE_PROVIDERS.fill(lang, &[("n", &others.len().to_string())])}</summary>
                {lines(others)}
            </details>
        }
    });
    Some(
        view! {
            <p>{rule.said.get(lang)}</p>
            {lines(shown)}
            {more}
        }
        .into_any(),
    )
}

fn line(provider: &Provider, each: Each, lang: Lang) -> impl IntoView + use<> {
    let said = match each {
        Each::Hosts => hosts(provider).into_any(),
        Each::Where | Each::Name => {
            let help = provider.help.clone().map(|address| {
                view! { " " <a href=address rel="noreferrer">{PROVIDER_HELP.get(lang)}</a> }
            });
            view! { {provider.where_to_change(lang).to_owned()} {help} }.into_any()
        }
    };
    view! {
        <li>
            <strong>{provider.name(lang).to_owned()}</strong>
            <span>{said}</span>
        </li>
    }
}

/// The names of its servers, or their patterns, each once.
fn hosts(provider: &Provider) -> impl IntoView + use<> {
    let mut hosts: Vec<&str> =
        [&provider.imap, &provider.smtp].into_iter().flatten().map(|server| server.host.as_str()).collect();
    hosts.dedup();
    hosts.into_iter().map(|host| view! { <code>{host.to_owned()}</code> " " }).collect_view()
}

/// The servers of those that a reader most likely uses, as a table.
fn servers(lang: Lang, all: &[Provider]) -> impl IntoView + use<> {
    let (found, known) = providers::of(all, lang, |p| {
        p.access.is_none() && [&p.imap, &p.smtp].into_iter().all(|s| s.as_ref().is_some_and(|s| s.is_fixed()))
    });
    let rows = found[..known]
        .iter()
        .map(|provider| {
            let cell = |server: &Option<providers::Server>| {
                server.as_ref().map(|server| view! { <code>{server.host.clone()}</code> " " {server.port} })
            };
            view! {
                <tr>
                    <th scope="row">{provider.name(lang).to_owned()}</th>
                    <td>{cell(&provider.imap)}</td>
                    <td>{cell(&provider.smtp)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="servers">
            <thead>
                <tr>
                    <th scope="col">{COLUMN_SERVICE.get(lang)}</th>
                    <th scope="col">{COLUMN_IMAP.get(lang)}</th>
                    <th scope="col">{COLUMN_SMTP.get(lang)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// The month of the oldest check: nothing on the page is older.
fn checked(all: &[Provider], lang: Lang) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let oldest = all.iter().map(|provider| provider.checked.as_str()).min().unwrap_or_default();
    let (year, month) = oldest.split_once('-').unwrap_or((oldest, ""));
    let name = month.parse().ok().and_then(|month: usize| MONTHS.get(month.checked_sub(1)?));
    match (lang, name) {
        (Lang::Ja, Some(_)) => format!("{year}年{}月", month.trim_start_matches('0')),
        (Lang::En, Some(name)) => format!("{name} {year}"),
        (_, None) => oldest.to_owned(),
    }
}
