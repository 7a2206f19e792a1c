//! The form as a person meets it.

use error_model::evidence::Asked;

use super::*;
use error_model::{Lang, wire::ClientMessage};
use serde_json::Value;

fn typed(fields: &[(Field, &str)]) -> Form {
    let mut form = Form::default();
    for (field, value) in fields {
        form.on(Event::Typed(*field, (*value).to_owned()));
    }
    form
}

const BOTH: SignsIn = SignsIn { password: true, sending: true };
const PASSWORD: SignsIn = SignsIn { password: true, sending: false };
const NONE: SignsIn = SignsIn { password: false, sending: false };

/// The fields and sentences of what is wrong.
fn wrong(form: &Form, signs_in: SignsIn) -> Vec<(Field, String)> {
    faults(form, signs_in).iter().map(|f| (f.field, f.text(Lang::En))).collect()
}

/// Takes the first repair on offer.
fn repaired(mut form: Form) -> Form {
    let repair = faults(&form, NONE).into_iter().find_map(|f| f.repair).expect("a repair is on offer");
    form.on(Event::Repaired(repair));
    form
}

fn asked(form: &Form, signs_in: SignsIn) -> Asked {
    question(form, signs_in).expect("nothing blocks")
}

#[test]
fn the_user_name_follows_the_address_until_it_is_changed_by_hand() {
    let mut form = typed(&[(Field::Email, "anna@example.com")]);
    assert_eq!(form.user, "anna@example.com");
    form.on(Event::Typed(Field::User, "anna".to_owned()));
    form.on(Event::Typed(Field::Email, "berta@example.com".to_owned()));
    assert_eq!(form.user, "anna");
    form.on(Event::Typed(Field::User, String::new()));
    form.on(Event::Typed(Field::Email, "carla@example.com".to_owned()));
    assert_eq!(form.user, "carla@example.com", "an emptied field follows again");
}

#[test]
fn the_port_decides_the_security_until_it_is_chosen_by_hand() {
    let mut form = typed(&[(Field::ImapPort, "143")]);
    assert_eq!(form.imap.security, Security::StartTls);
    form.on(Event::Typed(Field::ImapPort, "９９３".to_owned()));
    assert_eq!(form.imap.security, Security::Tls, "full-width digits count");
    form.on(Event::Typed(Field::ImapSecurity, "plain".to_owned()));
    form.on(Event::Typed(Field::ImapPort, "143".to_owned()));
    assert_eq!(form.imap.security, Security::Plain);
    assert_eq!(form.smtp.security, Security::Tls, "the other lane is left alone");
}

#[test]
fn half_a_port_changes_nothing_yet() {
    let form = typed(&[(Field::SmtpPort, "587"), (Field::SmtpPort, "")]);
    assert_eq!((form.smtp.port.as_str(), form.smtp.security), ("", Security::StartTls));
}

#[test]
fn usual_names_are_guessed_for_an_empty_host_and_never_filled_in() {
    let form = typed(&[(Field::Email, "anna@Example.co.jp"), (Field::SmtpHost, "mx.example.co.jp")]);
    assert_eq!(form.guesses(Lane::Imap), ["imap.example.co.jp", "mail.example.co.jp"]);
    assert_eq!(form.guesses(Lane::Smtp), [""; 0], "something stands there already");
    assert_eq!(form.imap.host, "");
    for email in ["anna", "anna@", "anna@example", "@example.com", "anna@example..com"] {
        assert_eq!(typed(&[(Field::Email, email)]).guesses(Lane::Imap), [""; 0], "{email}");
    }
}

#[test]
fn a_host_is_repaired_on_a_click() {
    for (host, mended, port) in [
        ("https://imap.example.com/mail", "imap.example.com", "993"),
        ("imap.example.com:143", "imap.example.com", "143"),
        ("imaps://imap.example.com:1993/", "imap.example.com", "1993"),
        ("https://imap.example.com:8443/", "imap.example.com", "993"),
        ("imap .example.com", "imap.example.com", "993"),
        ("ｉｍａｐ．ｅｘａｍｐｌｅ．ｃｏｍ", "imap.example.com", "993"),
        ("imap\u{200b}.example.com", "imap.example.com", "993"),
        ("anna@example.com", "example.com", "993"),
        ("imap.example.con", "imap.example.com", "993"),
        ("imap.example.co.jo", "imap.example.co.jp", "993"),
        ("imap.example.com.", "imap.example.com", "993"),
        ("https://", "", "993"),
    ] {
        let form = repaired(typed(&[(Field::ImapHost, host), (Field::SmtpHost, "mail.example.com")]));
        assert_eq!((form.imap.host.as_str(), form.imap.port.as_str()), (mended, port), "{host:?}");
    }
}

#[test]
fn a_pasted_port_brings_its_security() {
    let form = repaired(typed(&[(Field::SmtpHost, "smtp.example.com:587")]));
    assert_eq!((form.smtp.port.as_str(), form.smtp.security), ("587", Security::StartTls));
}

#[test]
fn a_name_that_may_be_meant_is_a_hint_and_blocks_nothing() {
    for host in ["imap.example.con", "imap.example.jo", "imap.example.com.", "smtp.example.com"] {
        let form = typed(&[(Field::ImapHost, host)]);
        assert_eq!(faults(&form, NONE).len(), 1, "{host}");
        assert_eq!(asked(&form, NONE).imap.map(|e| e.host).as_deref(), Some(host));
    }
}

#[test]
fn a_host_nobody_can_guess_blocks_without_a_repair() {
    for host in ["192.168.1", "imap..example.com", "-imap.example.com"] {
        let found = faults(&typed(&[(Field::ImapHost, host)]), NONE);
        assert_eq!((found.len(), found[0].blocks, &found[0].repair), (1, true, &None), "{host}");
    }
}

#[test]
fn swapped_servers_change_places_and_keep_their_ports() {
    let form = typed(&[(Field::ImapHost, "smtp.example.com"), (Field::SmtpHost, "imap.example.com")]);
    assert_eq!(wrong(&form, NONE).len(), 1, "said once");
    let form = repaired(form);
    assert_eq!((form.imap.host.as_str(), form.imap.port.as_str()), ("imap.example.com", "993"));
    assert_eq!((form.smtp.host.as_str(), form.smtp.port.as_str()), ("smtp.example.com", "465"));
    assert_eq!(wrong(&form, NONE), []);
}

#[test]
fn swapped_servers_take_their_ports_along_where_those_are_swapped_too() {
    let form = repaired(typed(&[
        (Field::ImapHost, "smtp.example.com"),
        (Field::ImapPort, "587"),
        (Field::SmtpHost, "mail.example.com"),
        (Field::SmtpPort, "143"),
    ]));
    assert_eq!((form.smtp.port.as_str(), form.smtp.security), ("587", Security::StartTls));
    assert_eq!((form.imap.host.as_str(), form.imap.port.as_str()), ("mail.example.com", "143"));
}

#[test]
fn an_outgoing_server_typed_as_the_incoming_one_alone_moves_over() {
    let form = repaired(typed(&[(Field::ImapHost, "smtp.example.com")]));
    assert_eq!((form.imap.host.as_str(), form.smtp.host.as_str()), ("", "smtp.example.com"));
}

#[test]
fn one_host_for_both_is_never_called_swapped() {
    let form = typed(&[(Field::ImapHost, "smtp.example.com"), (Field::SmtpHost, "smtp.example.com")]);
    assert_eq!(wrong(&form, NONE), []);
}

#[test]
fn a_port_that_is_none_is_named_with_the_usual_one() {
    for port in ["0", "65536", "imap", "", "-1", "99999999999999999999", "9 93"] {
        let form = typed(&[(Field::SmtpHost, "smtp.example.com"), (Field::SmtpPort, port)]);
        let expected = "A port is a number from 1 to 65535. It's usually 465.".to_owned();
        assert_eq!(wrong(&form, NONE), [(Field::SmtpPort, expected)], "{port:?}");
        assert_eq!(form.smtp.port, port, "what was typed stays");
        assert_eq!(repaired(form).smtp.port, "465");
    }
}

#[test]
fn full_width_digits_of_a_port_are_repaired() {
    let form = typed(&[(Field::ImapHost, "imap.example.com"), (Field::ImapPort, "１４３")]);
    assert!(question(&form, NONE).is_err());
    assert_eq!(repaired(form).imap.port, "143");
}

#[test]
fn an_address_is_repaired_and_the_user_name_with_it() {
    for (email, mended) in [
        ("ａｎｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ", "anna@example.com"),
        ("anna @example.com", "anna@example.com"),
        ("anna@example.com\u{200b}", "anna@example.com"),
        ("anna@example.con", "anna@example.com"),
        ("anna@example.jo", "anna@example.jp"),
        ("anna@example.com.", "anna@example.com"),
    ] {
        let form = repaired(typed(&[(Field::Email, email)]));
        assert_eq!((form.email.as_str(), form.user.as_str()), (mended, mended), "{email:?}");
    }
}

#[test]
fn an_address_needs_an_at_and_a_domain_but_may_be_left_out() {
    for email in ["anna", "anna@", "@example.com", "anna@example", "anna@exa_$mple,com"] {
        let form = typed(&[(Field::ImapHost, "imap.example.com"), (Field::Email, email)]);
        assert_eq!(wrong(&form, NONE)[0].0, Field::Email, "{email}");
        assert_eq!(form.email, email);
    }
    assert_eq!(wrong(&typed(&[(Field::ImapHost, "imap.example.com")]), NONE), []);
}

#[test]
fn faults_come_in_the_order_of_the_page() {
    let mut form = typed(&[
        (Field::Email, "anna"),
        (Field::ImapHost, "https://imap.example.com"),
        (Field::ImapPort, "0"),
        (Field::SmtpHost, "smtp example.com"),
        (Field::SmtpPort, "x"),
        (Field::User, "an\u{200b}na"),
    ]);
    form.on(Event::Separate(true));
    let fields: Vec<Field> = faults(&form, BOTH).iter().map(|f| f.field).collect();
    use Field::{Email, ImapHost, ImapPort, SmtpHost, SmtpPort, SmtpUser, User};
    assert_eq!(fields, [Email, ImapHost, ImapPort, SmtpHost, SmtpPort, User, SmtpUser]);
}

#[test]
fn an_empty_form_asks_for_a_server_and_nothing_else() {
    let need = "Enter a server name, for receiving or for sending.".to_owned();
    assert_eq!(wrong(&Form::default(), NONE), [(Field::ImapHost, need)]);
    let blank = typed(&[(Field::ImapHost, " \u{3000}")]);
    assert_eq!(wrong(&blank, NONE).len(), 1);
}

#[test]
fn one_lane_may_be_left_empty() {
    let smtp = asked(&typed(&[(Field::SmtpHost, " smtp.example.com ")]), NONE);
    assert!(smtp.imap.is_none());
    assert_eq!(smtp.smtp.map(|e| (e.host, e.port)), Some(("smtp.example.com".to_owned(), 465)));
    let other = typed(&[(Field::SmtpHost, "smtp.example.com"), (Field::ImapPort, "0")]);
    assert_eq!(wrong(&other, NONE), [], "the port of a lane left out doesn't matter");
}

#[test]
fn a_password_needs_a_user_name() {
    let form = typed(&[(Field::ImapHost, "imap.example.com")]);
    assert_eq!(
        wrong(&form, PASSWORD),
        [(Field::User, "A user name is needed to try the sign-in.".to_owned())]
    );
    let form = typed(&[(Field::Email, "anna@example.com"), (Field::ImapHost, "imap.example.com")]);
    assert_eq!(asked(&form, PASSWORD).imap_user.as_deref(), Some("anna@example.com"));
}

#[test]
fn a_separate_sending_account_needs_its_user_name_where_sending_signs_in() {
    let mut form = typed(&[(Field::Email, "a@example.com"), (Field::SmtpHost, "smtp.example.com")]);
    form.on(Event::Separate(true));
    assert_eq!(wrong(&form, BOTH), [(Field::SmtpUser, "Enter the user name for sending.".to_owned())]);
    assert_eq!(wrong(&form, NONE), []);
    form.on(Event::Typed(Field::SmtpUser, "sender".to_owned()));
    let asked = asked(&form, SignsIn { password: false, sending: true });
    assert_eq!((asked.imap_user, asked.smtp_user.as_deref()), (None, Some("sender")));
}

#[test]
fn both_lanes_share_the_credentials_unless_sending_has_its_own() {
    let mut form = typed(&[
        (Field::Email, "a@example.com"),
        (Field::ImapHost, "imap.example.com"),
        (Field::SmtpHost, "smtp.example.com"),
    ]);
    assert!(asked(&form, PASSWORD).same_credentials);
    assert!(asked(&form, BOTH).same_credentials, "a closed disclosure doesn't count");
    form.on(Event::Typed(Field::SmtpUser, "a@example.com".to_owned()));
    assert!(!asked(&form, BOTH).same_credentials);
    assert!(!asked(&form, NONE).same_credentials);
}

#[test]
fn a_suggestion_fills_exactly_the_fields_it_names() {
    let mut form = typed(&[(Field::ImapPort, "143"), (Field::ImapSecurity, "plain")]);
    form.on(Event::Applied(vec![
        (Field::ImapPort, "1143".to_owned()),
        (Field::ImapSecurity, "starttls".to_owned()),
    ]));
    assert_eq!((form.imap.port.as_str(), form.imap.security), ("1143", Security::StartTls));
    form.on(Event::Applied(vec![(Field::ImapPort, "993".to_owned())]));
    assert_eq!(form.imap.security, Security::StartTls, "what wasn't named stays");
    form.on(Event::Applied(vec![(Field::ImapSecurity, "quantum".to_owned())]));
    assert_eq!(form.imap.security, Security::StartTls);
    form.on(Event::Applied(vec![(Field::SmtpUser, "b".to_owned())]));
    assert!(form.separate, "its field can be seen");
}

#[test]
fn a_field_gives_back_what_was_put_into_it() {
    let mut form = Form::default();
    for field in [
        Field::Email,
        Field::ImapHost,
        Field::ImapPort,
        Field::SmtpHost,
        Field::SmtpPort,
        Field::User,
        Field::SmtpUser,
    ] {
        form.on(Event::Typed(field, field.as_str().to_owned()));
        assert_eq!(form.value(field), field.as_str());
    }
}

fn start_json(form: &Form, password: &str, sending: &str) -> String {
    let asked = asked(form, SignsIn::new(password, sending));
    serde_json::to_string(&start_message(form, &asked, password, sending, Lang::Ja)).unwrap()
}

#[test]
fn the_start_message_is_one_that_the_relay_reads() {
    let mut form = typed(&[
        (Field::Email, "anna@example.com"),
        (Field::ImapHost, "imap.example.com"),
        (Field::SmtpHost, "smtp.example.com"),
        (Field::SmtpPort, "587"),
    ]);
    form.on(Event::Reported(Some(Code::E006)));
    form.on(Event::WorkedBefore(true));
    let json = start_json(&form, "p\"ss", "ignored");
    let Ok(ClientMessage::Start(start)) = serde_json::from_str(&json) else { panic!("{json}") };
    assert_eq!((start.reported, start.worked_before, start.lang), (Some(Code::E006), true, Lang::Ja));
    assert_eq!(start.request.smtp.map(|e| (e.port, e.security)), Some((587, Security::StartTls)));
    let value: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["request"]["password"], "p\"ss");
    assert!(value["request"].get("smtp_password").is_none(), "sending has no account of its own");
    assert_eq!(value["request"]["allow_unclean_tls"], false);
}

#[test]
fn an_empty_password_checks_the_connection_only() {
    let form = typed(&[(Field::Email, "anna@example.com"), (Field::ImapHost, "imap.example.com")]);
    let value: Value = serde_json::from_str(&start_json(&form, "", "")).unwrap();
    assert!(value["request"].get("password").is_none() && value["request"].get("user").is_none());
}

#[test]
fn every_sentence_of_the_form_is_filled_in_both_languages() {
    let form = typed(&[
        (Field::ImapHost, "imap.example.com:993"),
        (Field::SmtpHost, "imap.example.com"),
        (Field::SmtpPort, "0"),
    ]);
    for fault in faults(&form, NONE) {
        for lang in Lang::ALL {
            let label = fault.repair.as_ref().map(|r| r.label(lang)).unwrap_or_default();
            assert!(!fault.text(lang).contains('{') && !label.contains('{'), "{label}");
        }
    }
}
