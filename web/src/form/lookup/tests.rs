//! What a look-up fills in, and what it leaves alone.

use super::*;

const ANNA: &str = "anna@example.com";
const IMAP: Input = Input::Host(Lane::Imap);
const SMTP: Input = Input::Host(Lane::Smtp);

fn server(host: &str, port: u16) -> Option<(Endpoint, Option<Trial>)> {
    let server = Endpoint { host: host.to_owned(), port, security: Security::of_port(port) };
    Some((server, Some(Trial::Works)))
}

fn found(imap: Option<(Endpoint, Option<Trial>)>, smtp: Option<(Endpoint, Option<Trial>)>) -> Found {
    Found { source: SettingsSource::Srv, servers: [imap, smtp], user: None, provider: None }
}

fn example() -> Found {
    found(server("imap.example.com", 143), server("smtp.example.com", 587))
}

/// A form in which this address is being looked up.
fn asking(email: &str) -> Form {
    let mut form = Form::default();
    form.type_text(Input::Email, email);
    assert_eq!(form.look_up(false).as_deref(), Some(email));
    form
}

fn held(form: &Form) -> [&str; 4] {
    [&form.imap.host, &form.imap.port, &form.smtp.host, &form.smtp.port]
}

#[test]
fn an_address_is_looked_up_once_when_it_is_whole() {
    let mut form = Form::default();
    for part in ["anna", "anna@", "anna@example", "anna@example.", "anna@example.con"] {
        form.type_text(Input::Email, part);
        assert_eq!(form.look_up(false), None, "{part}");
    }
    form.type_text(Input::Email, "anna@example.com ");
    assert_eq!(form.look_up(false).as_deref(), Some(ANNA));
    assert_eq!(form.look_up(false), None, "it's being looked up already");
    form.looked_up(ANNA, Some(vec![example()]));
    assert_eq!(form.look_up(false), None, "it was looked up already");
    assert_eq!(form.look_up(true).as_deref(), Some(ANNA), "the person wants it again");
}

#[test]
fn what_is_found_fills_the_form_and_its_user_name() {
    let mut form = asking(ANNA);
    form.looked_up(ANNA, Some(vec![Found { user: Some("anna".into()), ..example() }]));
    assert_eq!(held(&form), ["imap.example.com", "143", "smtp.example.com", "587"]);
    assert_eq!((form.imap.security(), form.user.as_str()), (Security::StartTls, "anna"));
    assert!(form.holds(Lane::Imap, example().server(Lane::Imap).unwrap()));
}

#[test]
fn what_was_typed_by_hand_stays() {
    let mut form = asking(ANNA);
    form.type_text(IMAP, "mail.example.com");
    form.type_text(Input::Port(Lane::Smtp), "465");
    form.type_text(Input::User, "anna.b");
    form.looked_up(ANNA, Some(vec![Found { user: Some("anna".into()), ..example() }]));
    assert_eq!(held(&form), ["mail.example.com", "993", "smtp.example.com", "465"]);
    assert_eq!((form.smtp.security(), form.user.as_str()), (Security::Tls, "anna.b"));
}

#[test]
fn a_field_that_was_emptied_again_counts_as_not_typed() {
    let mut form = asking(ANNA);
    form.type_text(IMAP, "i");
    form.type_text(IMAP, "");
    form.looked_up(ANNA, Some(vec![example()]));
    assert_eq!(form.imap.host, "imap.example.com");
}

#[test]
fn a_lane_that_the_best_source_leaves_out_comes_from_the_next() {
    let mut form = asking(ANNA);
    let nameless = found(None, None);
    let best = found(server("imap.example.com", 993), None);
    form.looked_up(
        ANNA,
        Some(vec![nameless, best, found(server("b.example", 993), server("c.example", 465))]),
    );
    assert_eq!(held(&form), ["imap.example.com", "993", "c.example", "465"]);
}

#[test]
fn a_security_that_the_port_does_not_tell_is_chosen() {
    let mut form = asking(ANNA);
    let odd = Endpoint { host: "imap.example.com".into(), port: 143, security: Security::Tls };
    form.looked_up(ANNA, Some(vec![found(Some((odd.clone(), None)), None)]));
    assert_eq!(form.imap.security(), Security::Tls);
    assert!(form.holds(Lane::Imap, &odd));
}

#[test]
fn another_address_is_looked_up_anew_and_its_settings_replace_the_first_ones() {
    let mut form = asking(ANNA);
    form.looked_up(ANNA, Some(vec![example()]));
    form.type_text(Input::Email, "bert@example.org");
    assert_eq!(form.lookup(), &Lookup::Idle, "what was found isn't about this address");
    assert_eq!(form.look_up(false).as_deref(), Some("bert@example.org"));
    form.looked_up(ANNA, Some(vec![example()]));
    assert!(matches!(form.lookup(), Lookup::Looking(_)), "an answer that comes too late changes nothing");
    form.looked_up("bert@example.org", Some(vec![]));
    assert_eq!(held(&form), ["", "993", "", "465"], "servers of another domain don't stay");
    assert_eq!(form.user, "bert@example.org");
}

#[test]
fn a_look_up_that_fails_changes_no_field() {
    let mut form = asking(ANNA);
    form.type_text(SMTP, "smtp.example.com");
    form.looked_up(ANNA, None);
    assert_eq!(form.lookup(), &Lookup::Failed(ANNA.to_owned()));
    assert_eq!(held(&form), ["", "993", "smtp.example.com", "465"]);
}

#[test]
fn an_answer_that_the_person_chooses_replaces_what_was_typed() {
    let mut form = asking(ANNA);
    form.type_text(IMAP, "typed.example.com");
    form.type_text(Input::Port(Lane::Imap), "1143");
    form.looked_up(ANNA, Some(vec![example(), found(server("other.example.com", 993), None)]));
    assert_eq!(form.use_found(1), Some(IMAP));
    assert_eq!(held(&form), ["other.example.com", "993", "smtp.example.com", "587"]);
    assert_eq!(form.use_found(0), Some(IMAP));
    assert_eq!(form.imap.host, "imap.example.com");
    assert_eq!(form.use_found(7), None);
}

#[test]
fn a_port_that_was_found_goes_with_its_server_and_stays_with_a_suggestion() {
    let suggestion = |field, value: &str| error_model::Suggestion {
        id: "s".into(),
        field,
        value: value.into(),
        tried: None,
    };
    let mut form = asking(ANNA);
    form.looked_up(ANNA, Some(vec![example()]));
    form.type_text(IMAP, "mine.example.com");
    form.apply(&[suggestion(error_model::Field::SmtpHost, "covered.example.com")]);
    assert_eq!(held(&form), ["mine.example.com", "993", "covered.example.com", "587"]);
}

#[test]
fn what_was_filled_in_may_be_typed_over_and_then_stays() {
    let mut form = asking(ANNA);
    form.looked_up(ANNA, Some(vec![example()]));
    form.type_text(IMAP, "mine.example.com");
    form.look_up(true);
    form.looked_up(ANNA, Some(vec![example()]));
    assert_eq!(form.imap.host, "mine.example.com");
}
