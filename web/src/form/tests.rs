//! What the form keeps, mends and refuses.

use super::*;
use error_model::{Lang, strings::form as words};

const NO_SECRETS: Secrets<'_> = Secrets { password: None, smtp_password: None };
const IMAP_HOST: Input = Input::Host(Lane::Imap);
const SMTP_HOST: Input = Input::Host(Lane::Smtp);

fn filled() -> Form {
    let mut form = Form::default();
    form.type_text(Input::Email, "anna@example.com");
    form.type_text(IMAP_HOST, "imap.example.com");
    form.type_text(SMTP_HOST, "smtp.example.com");
    form
}

fn advice_for(host: &str) -> Option<Advice> {
    let mut form = Form::default();
    form.type_text(IMAP_HOST, host);
    form.advice(IMAP_HOST)
}

#[test]
fn a_filled_form_becomes_the_message_of_the_contract() {
    let mut form = filled();
    form.type_text(Input::Port(Lane::Smtp), "587");
    form.reported = Code::parse("006");
    let secrets = Secrets { password: Some("p"), smtp_password: None };
    let settings = form.submit(&secrets, None).unwrap();
    let json = serde_json::to_value(settings.start(&secrets, Some("cafe"), Lang::Ja)).unwrap();
    let expected = serde_json::json!({
        "type": "start",
        "request": {
            "email": "anna@example.com",
            "imap": {"host": "imap.example.com", "port": 993, "security": "tls"},
            "smtp": {"host": "smtp.example.com", "port": 587, "security": "starttls"},
            "user": "anna@example.com",
            "password": "p",
            "allow_unclean_tls": false,
        },
        "reported": "006",
        "worked_before": false,
        "lang": "ja",
        "resumable": true,
        "instead_of": "cafe",
    });
    assert_eq!(json, expected);
}

#[test]
fn the_user_name_follows_the_address_until_it_is_typed() {
    let mut form = filled();
    assert_eq!(form.user, "anna@example.com");
    form.type_text(Input::User, "anna");
    form.type_text(Input::Email, "bert@example.com");
    assert_eq!(form.user, "anna");
}

#[test]
fn the_port_decides_the_security_until_the_person_does() {
    let mut form = filled();
    assert_eq!(form.imap.security(), Security::Tls);
    form.type_text(Input::Port(Lane::Imap), "143");
    assert_eq!(form.imap.security(), Security::StartTls);
    form.type_text(Input::Security(Lane::Imap), "plain");
    assert_eq!(form.imap.security(), Security::Plain);
    form.type_text(Input::Port(Lane::Imap), "993");
    assert_eq!(form.imap.security(), Security::Plain);
}

#[test]
fn slips_in_a_host_are_mended_by_one_click() {
    for (typed, mended) in [
        ("https://imap.example.com/inbox", "imap.example.com"),
        ("imap. example.com", "imap.example.com"),
        ("ｉｍａｐ．example.com", "imap.example.com"),
        ("anna@imap.example.com", "imap.example.com"),
        ("imap.example.con", "imap.example.com"),
        ("imap.example.jo", "imap.example.jp"),
        ("imap.example.com.", "imap.example.com"),
        ("imap\u{200b}.example.com", "imap.example.com"),
    ] {
        let mut form = Form::default();
        form.type_text(IMAP_HOST, typed);
        form.repair(IMAP_HOST);
        assert_eq!(form.imap.host, mended, "{typed:?}");
        assert_eq!(form.advice(IMAP_HOST), None, "{typed:?}");
    }
}

#[test]
fn a_pasted_port_moves_to_its_own_field() {
    for (pasted, port) in [
        ("imap.example.com:143", "143"),
        ("imaps://imap.example.com:1993/", "1993"),
        ("imap.example.com：143", "143"),
        ("https://imap.example.com:8443/", "993"),
    ] {
        let mut form = filled();
        form.type_text(IMAP_HOST, pasted);
        form.repair(IMAP_HOST);
        assert_eq!(
            (form.imap.host.as_str(), form.imap.port.as_str()),
            ("imap.example.com", port),
            "{pasted}"
        );
    }
}

#[test]
fn an_address_needs_a_domain_that_can_exist() {
    for (typed, text) in [
        ("anna@example", Some(words::NEED_AT)),
        ("anna@", Some(words::NEED_AT)),
        ("@example.com", Some(words::NEED_AT)),
        ("anna@ex\u{200b}ample.com", Some(words::EMAIL_WIDTH)),
        ("ａnna@example.com", Some(words::EMAIL_WIDTH)),
        ("anna@example.con", Some(words::HOST_CON)),
        ("anna@example.com", None),
    ] {
        let mut form = Form::default();
        form.type_text(Input::Email, typed);
        assert_eq!(form.advice(Input::Email).map(|a| a.text), text, "{typed:?}");
    }
}

#[test]
fn swapped_hosts_are_noticed_and_do_not_block() {
    let mut form = Form::default();
    form.type_text(IMAP_HOST, "smtp.example.com");
    form.type_text(SMTP_HOST, "imap.example.com");
    assert_eq!(form.advice(IMAP_HOST).map(|a| a.text), Some(words::HOST_SWAPPED));
    assert!(form.submit(&NO_SECRETS, None).is_ok());
    form.repair(SMTP_HOST);
    assert_eq!((form.imap.host.as_str(), form.smtp.host.as_str()), ("imap.example.com", "smtp.example.com"));
}

#[test]
fn ports_are_swapped_with_their_hosts_where_they_belong_to_them() {
    let mut form = Form::default();
    for (input, text) in [
        (IMAP_HOST, "smtp.example.com"),
        (Input::Port(Lane::Imap), "587"),
        (SMTP_HOST, "imap.example.com"),
        (Input::Port(Lane::Smtp), "993"),
    ] {
        form.type_text(input, text);
    }
    form.repair(IMAP_HOST);
    assert_eq!((form.imap.port.as_str(), form.smtp.port.as_str()), ("993", "587"));
}

#[test]
fn one_host_for_both_services_is_no_swap() {
    let mut form = Form::default();
    form.type_text(IMAP_HOST, "smtp.example.com");
    form.type_text(SMTP_HOST, "smtp.example.com");
    assert_eq!((form.advice(IMAP_HOST), form.advice(SMTP_HOST)), (None, None));
}

#[test]
fn what_no_click_can_mend_is_said_all_the_same() {
    assert_eq!(advice_for("192.168.1").map(|a| (a.text, a.repair)), Some((words::HOST_LITERAL, None)));
    assert_eq!(advice_for("imap.example.com"), None);
}

#[test]
fn the_first_bad_input_is_named_and_nothing_is_lost() {
    let mut form = filled();
    form.type_text(SMTP_HOST, "https://smtp.example.com");
    form.type_text(Input::Port(Lane::Imap), "0");
    assert_eq!(form.submit(&NO_SECRETS, None), Err(Input::Port(Lane::Imap)));
    assert_eq!(form.smtp.host, "https://smtp.example.com");
    assert!(form.shown_advice(SMTP_HOST).is_some());
    form.type_text(Input::Port(Lane::Imap), "993");
    assert_eq!(form.shown_advice(Input::Port(Lane::Imap)), None);
}

#[test]
fn an_empty_form_asks_for_a_server() {
    let mut form = Form::default();
    assert_eq!(form.submit(&NO_SECRETS, None), Err(IMAP_HOST));
    assert_eq!(form.shown_advice(IMAP_HOST).map(|a| a.text), Some(words::NEED_SERVER));
}

#[test]
fn one_lane_may_be_left_out() {
    let mut form = filled();
    form.type_text(SMTP_HOST, " ");
    let settings = form.submit(&NO_SECRETS, None).unwrap();
    assert!(settings.imap.is_some() && settings.smtp.is_none());
}

#[test]
fn a_password_needs_a_user_name() {
    let mut form = filled();
    form.type_text(Input::Email, "");
    form.type_text(Input::User, "");
    let secrets = Secrets { password: Some("p"), smtp_password: None };
    assert_eq!(form.submit(&secrets, None), Err(Input::User));
    assert!(form.submit(&NO_SECRETS, None).is_ok());
}

#[test]
fn advice_waits_until_the_input_is_left() {
    let mut form = Form::default();
    form.type_text(Input::Email, "anna");
    assert_eq!(form.shown_advice(Input::Email), None);
    form.leave(Input::Email);
    assert_eq!(form.shown_advice(Input::Email).map(|a| a.text), Some(words::NEED_AT));
}

fn suggestion(field: Field, value: &str) -> Suggestion {
    Suggestion { id: "s".into(), field, value: value.into(), tried: None }
}

#[test]
fn suggested_values_are_filled_in_exactly() {
    let mut form = filled();
    let port = suggestion(Field::ImapPort, "143");
    assert_eq!(form.apply(std::slice::from_ref(&port)), Some(Input::Port(Lane::Imap)));
    assert_eq!((form.imap.port.as_str(), form.imap.security()), ("143", Security::Tls));
    form.apply(&[port, suggestion(Field::ImapSecurity, "starttls")]);
    assert_eq!((form.imap.port.as_str(), form.imap.security()), ("143", Security::StartTls));
    form.apply(&[suggestion(Field::SmtpUser, "anna")]);
    assert!(form.separate && form.smtp_user == "anna");
}

#[test]
fn every_kind_of_suggestion_finds_its_input() {
    for (field, value, id) in [
        (Field::ImapHost, "mail.example.com", "imap-host"),
        (Field::SmtpHost, "mail.example.com", "smtp-host"),
        (Field::ImapPort, "143", "imap-port"),
        (Field::SmtpPort, "587", "smtp-port"),
        (Field::ImapSecurity, "starttls", "imap-security"),
        (Field::SmtpSecurity, "starttls", "smtp-security"),
        (Field::User, "anna.b", "user"),
        (Field::SmtpUser, "anna.c", "smtp-user"),
        (Field::Email, "anna@example.org", "email"),
    ] {
        let mut form = filled();
        let input = form.apply(&[suggestion(field, value)]).unwrap();
        assert_eq!((input.id(), form.text(input)), (id, value));
    }
}

#[test]
fn the_code_that_was_seen_belongs_to_the_settings_of_before() {
    let mut form = Form { reported: Some(Code::E002), ..filled() };
    form.apply(&[suggestion(Field::ImapPort, "143")]);
    assert_eq!(form.reported, None);
}

#[test]
fn without_a_password_nobody_signs_in() {
    let settings = filled().submit(&NO_SECRETS, None).unwrap();
    let asked = settings.asked(&NO_SECRETS);
    assert_eq!((asked.imap_user, asked.smtp_user, asked.same_credentials), (None, None, false));
    let asked = settings.asked(&Secrets { password: Some("p"), smtp_password: None });
    assert!(asked.same_credentials && asked.imap_user == asked.smtp_user && asked.imap_user.is_some());
}

#[test]
fn every_field_of_the_wire_has_its_input() {
    for name in ["email", "imap.host", "smtp.port", "imap.security", "user", "smtp_user", "password"] {
        assert!(Input::named(name).is_some(), "{name}");
    }
    assert_eq!(Input::named("weather"), None);
}
