//! The order of answers, and what the provider table gives.

use error_model::{Endpoint, Security, discovery::Trial};

use super::*;

fn endpoint(host: &str) -> Option<Endpoint> {
    Some(Endpoint { host: host.to_owned(), port: 993, security: Security::Tls })
}

fn found(source: SettingsSource, host: &str, trial: Trial) -> FoundSettings {
    FoundSettings {
        imap: endpoint(host),
        imap_trial: Some(trial),
        ..FoundSettings::new(source, String::new())
    }
}

fn order(settings: Vec<FoundSettings>) -> Vec<SettingsSource> {
    ranked(settings).into_iter().map(|found| found.source).collect()
}

#[test]
fn sources_come_by_trust_and_those_whose_servers_are_silent_last() {
    use SettingsSource::{Autoconfig, Guess, InsecureAutoconfig, Provider, Srv};
    let nameless = FoundSettings::new(Provider, "Example".to_owned());
    assert_eq!(
        order(vec![
            found(Guess, "mail.example.com", Trial::Works),
            nameless,
            found(InsecureAutoconfig, "imap.example.com", Trial::Works),
            found(Srv, "imap.example.com", Trial::Unclean),
            found(Autoconfig, "old.example.com", Trial::Silent),
        ]),
        [Srv, InsecureAutoconfig, Guess, Provider, Autoconfig]
    );
}

#[test]
fn one_silent_server_of_two_costs_a_trusted_source_nothing() {
    use SettingsSource::{Guess, Provider};
    let half = FoundSettings {
        smtp: endpoint("smtp.example.com"),
        smtp_trial: Some(Trial::Silent),
        ..found(Provider, "imap.example.com", Trial::Works)
    };
    assert_eq!(order(vec![found(Guess, "imap.example.com", Trial::Works), half]), [Provider, Guess]);
}

#[test]
fn a_file_over_http_is_shown_only_where_it_says_something_else() {
    use SettingsSource::{Autoconfig, InsecureAutoconfig};
    let secure = || found(Autoconfig, "imap.example.com", Trial::Works);
    let same = found(InsecureAutoconfig, "imap.example.com", Trial::Works);
    assert_eq!(order(vec![same, secure()]), [Autoconfig]);
    let other = found(InsecureAutoconfig, "imap.elsewhere.example", Trial::Works);
    assert_eq!(order(vec![other, secure()]), [Autoconfig, InsecureAutoconfig]);
}

#[test]
fn the_table_gives_servers_with_tls_the_user_name_and_what_a_sign_in_needs() {
    let found = listed(&Address::parse("anna@gmail.com").unwrap()).unwrap();
    assert_eq!(found.imap.unwrap().host, "imap.gmail.com");
    assert_eq!(found.user.as_deref(), Some("anna@gmail.com"));
    assert_eq!(found.provider.unwrap().id, "gmail");
}

#[test]
fn a_provider_whose_servers_only_customers_know_is_named_all_the_same() {
    let found = listed(&Address::parse("anna@someone.sakura.ne.jp").unwrap()).unwrap();
    assert!(!found.names_a_server());
    assert_eq!(found.provider.unwrap().id, "sakura");
}
