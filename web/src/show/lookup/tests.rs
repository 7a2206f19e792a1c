//! What people read of a look-up.

use error_model::{Endpoint, Security, strings::discovery as said};

use super::*;
use crate::form::Input;

const ANNA: &str = "anna@example.com";

fn server(host: &str, trial: Trial) -> Option<(Endpoint, Option<Trial>)> {
    Some((Endpoint { host: host.to_owned(), port: 993, security: Security::Tls }, Some(trial)))
}

fn found(source: SettingsSource, host: &str, trial: Trial) -> Found {
    Found { source, servers: [server(host, trial), None], user: None, provider: None }
}

fn gmail() -> Provider {
    Provider {
        name: "Gmail".to_owned(),
        servers: vec![],
        sign_in: vec!["An app password.".to_owned(), "Made there.".to_owned()],
        help: Some("https://help.example/".to_owned()),
    }
}

/// The form after a look-up with this answer.
fn with(typed: &str, answer: Option<Vec<Found>>) -> Form {
    let mut form = Form::default();
    form.type_text(Input::Email, ANNA);
    form.type_text(Input::Host(Lane::Imap), typed);
    form.look_up(false);
    form.looked_up(ANNA, answer);
    form
}

fn reads(nodes: &[Node]) -> String {
    nodes.iter().map(Node::reading).collect()
}

#[test]
fn the_source_is_said_in_words_and_whether_it_works() {
    let form = with("", Some(vec![found(SettingsSource::Srv, "imap.example.com", Trial::Works)]));
    let text = reads(&lookup(&form, Lang::En));
    assert_eq!(
        text,
        format!("Filled in. Source: {}{}{}", said::SOURCE_SRV.en, said::WORKS.en, said::AGAIN.en)
    );
}

#[test]
fn a_source_whose_server_is_silent_says_so_for_the_lane() {
    let form = with("", Some(vec![found(SettingsSource::Guess, "imap.example.com", Trial::Silent)]));
    let text = reads(&lookup(&form, Lang::Ja));
    assert!(text.contains("受信(IMAP): 今は応答がありません"), "{text}");
}

#[test]
fn sources_that_disagree_can_be_chosen_between_and_those_that_agree_are_one() {
    let form = with(
        "",
        Some(vec![
            found(SettingsSource::Autoconfig, "imap.example.com", Trial::Works),
            found(SettingsSource::Srv, "imap.example.com", Trial::Works),
            Found { provider: Some(gmail()), ..found(SettingsSource::Mx, "imap.gmail.com", Trial::Works) },
        ]),
    );
    let text = reads(&lookup(&form, Lang::En));
    assert!(text.contains("Other answers (1)"), "{text}");
    assert!(text.contains(&format!("{} / {}", said::SOURCE_AUTOCONFIG.en, said::SOURCE_SRV.en)), "{text}");
    assert!(text.contains(&format!("{} (Gmail)", said::SOURCE_MX.en)), "{text}");
    assert_eq!((text.matches(said::USE.en).count(), text.matches(said::IN_USE.en).count()), (1, 1), "{text}");
}

#[test]
fn where_there_is_nothing_else_to_choose_nothing_is_offered() {
    let both = Found {
        servers: [server("imap.example.com", Trial::Works), server("smtp.example.com", Trial::Silent)],
        ..found(SettingsSource::Srv, "", Trial::Works)
    };
    let form = with("", Some(vec![both, found(SettingsSource::Guess, "imap.example.com", Trial::Works)]));
    let nodes = lookup(&form, Lang::En);
    assert!(!format!("{nodes:?}").contains("details"), "{}", reads(&nodes));
}

#[test]
fn what_was_typed_is_kept_and_what_was_found_is_offered() {
    let answer = vec![found(SettingsSource::Srv, "imap.example.com", Trial::Works)];
    let text = reads(&lookup(&with("mine.example.com", Some(answer)), Lang::En));
    assert!(text.starts_with("Found, and what you typed is kept."), "{text}");
    assert!(text.contains("imap.example.com:993") && text.contains(said::USE.en), "{text}");
}

#[test]
fn nothing_found_and_a_look_up_that_failed_are_said_apart() {
    let nothing = reads(&lookup(&with("", Some(vec![])), Lang::En));
    assert!(nothing.starts_with(said::NOTHING.en), "{nothing}");
    let failed = reads(&lookup(&with("", None), Lang::En));
    assert!(failed.starts_with(said::FAILED.en), "{failed}");
}

#[test]
fn a_provider_without_servers_to_name_says_why() {
    let provider = Provider { servers: vec!["Look at the panel.".to_owned()], ..gmail() };
    let hosted =
        Found { source: SettingsSource::Mx, servers: [None, None], user: None, provider: Some(provider) };
    let text = reads(&lookup(&with("", Some(vec![hosted])), Lang::En));
    assert!(text.starts_with(said::NO_SERVERS.en) && text.contains("Look at the panel."), "{text}");
}

#[test]
fn what_a_sign_in_needs_stands_beside_the_password_with_a_link() {
    let answer =
        Found { provider: Some(gmail()), ..found(SettingsSource::Provider, "imap.gmail.com", Trial::Works) };
    let nodes = needs(&with("", Some(vec![answer])), Lang::Ja);
    assert_eq!(reads(&nodes), "An app password.Made there.Gmailの案内");
    assert!(format!("{nodes:?}").contains("https://help.example/"));
    assert_eq!(needs(&with("", Some(vec![])), Lang::Ja), vec![]);
}
