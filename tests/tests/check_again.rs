//! `check --apply` from the outside, against the lab: a second check with what was found to work, and never a third.

use std::process::{Command, Output};

use serde_json::Value;
use tests::binary::mailtriage;
use tests::lab::{PASSWORD, shared};

const WRONG_PASSWORD: &str = "Falscher-Igel-9";

fn check(password: &str, arguments: &[&str]) -> Output {
    Command::new(mailtriage())
        .args(["check", "user@mail.test", "--password-env", "LAB_SECRET"])
        .args(arguments)
        .args(shared().options())
        .env("LAB_SECRET", password)
        .output()
        .expect("the program starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The messages of each check, without what stands between two.
fn checks(output: &Output) -> Vec<Vec<Value>> {
    let text = stdout(output);
    let messages: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    messages.split(|message| message["type"] == "applied").map(<[Value]>::to_vec).collect()
}

fn code(messages: &[Value]) -> &Value {
    &messages.iter().rfind(|message| message["type"] == "diagnosis").expect("a check has a diagnosis")["code"]
}

#[test]
fn a_closed_port_is_followed_by_a_check_of_the_port_that_works_and_that_one_passes() {
    let output = check(PASSWORD, &["--imap", "closed.mail.test", "--apply", "--lang", "en"]);
    let text = stdout(&output);
    let (first, second) = text
        .split_once("\nChecked again with\n  - imap.port = 143\n  - imap.security = starttls\n\n")
        .unwrap_or_else(|| panic!("{text}{}", stderr(&output)));
    assert!(first.contains("✘ 002") && first.contains("imap.port = 143  (s1, tried: works)"), "{text}");
    assert!(second.starts_with("Receiving (IMAP)  closed.mail.test:143 (STARTTLS)\n"), "{text}");
    assert!(second.contains("✔ Sign-in") && second.contains("✔ Every step passed.\n"), "{text}");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_name_that_the_certificate_lacks_is_followed_by_a_check_of_the_one_it_has() {
    let output = check(PASSWORD, &["--imap", "uncovered.mail.test", "--apply", "--lang", "ja"]);
    let text = stdout(&output);
    assert!(
        text.contains("\n次の値で、もう一度テストしました\n  - imap.host = covered.mail.test\n\n"),
        "{text}"
    );
    assert!(text.contains("受信(IMAP)  covered.mail.test:993 (TLS)\n"), "{text}");
    assert_eq!(output.status.code(), Some(0), "{text}");
}

#[test]
fn both_services_are_mended_at_once() {
    let servers = ["--imap", "closed.mail.test", "--smtp", "uncovered.mail.test"];
    let output = check(PASSWORD, &[&servers[..], &["--apply", "--json"]].concat());
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(0), "{text}");
    let applied: Value = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("each line is JSON"))
        .find(|message| message["type"] == "applied")
        .expect("there was something to apply");
    let values: Vec<(&str, &str)> = applied["suggestions"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|s| Some((s["field"].as_str()?, s["value"].as_str()?)))
        .collect();
    assert_eq!(
        values,
        [("imap.port", "143"), ("imap.security", "starttls"), ("smtp.host", "covered.mail.test")]
    );
}

#[test]
fn in_json_each_check_ends_with_done_and_only_the_first_begins_with_hello() {
    let arguments = ["--imap", "closed.mail.test", "--reported", "002", "--apply", "--json"];
    let output = check(PASSWORD, &arguments);
    let checks = checks(&output);
    let [first, second] = checks.as_slice() else { panic!("{}", stdout(&output)) };
    let hellos = |messages: &[Value]| messages.iter().filter(|m| m["type"] == "hello").count();
    assert_eq!((hellos(first), hellos(second)), (1, 0));
    for messages in [first, second] {
        let done = messages.iter().position(|m| m["type"] == "done");
        assert_eq!(done, Some(messages.len() - 1), "{messages:?}");
    }
    // What was seen was seen with the closed port: the second check isn't held against it.
    assert_eq!((code(first), code(second)), (&"002".into(), &"ok".into()));
    assert!(!stdout(&output).contains(PASSWORD));
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn there_is_never_a_third_check_and_the_exit_status_is_that_of_the_last() {
    let output = check(WRONG_PASSWORD, &["--imap", "closed.mail.test", "--apply", "--json"]);
    let codes: Vec<Value> = checks(&output).iter().map(|messages| code(messages).clone()).collect();
    assert_eq!(codes, ["002", "009"]);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn where_nothing_was_tried_there_is_one_check_and_a_word_about_it() {
    let user = ["--imap", "good.mail.test", "--user", "user", "--lang", "en"];
    let output = check(PASSWORD, &[&user[..], &["--apply", "--json"]].concat());
    assert_eq!(checks(&output).len(), 1, "a user name is never tried unasked");
    assert!(!stdout(&output).contains("\"applied\""));
    assert!(stderr(&output).contains("no suggested value was tried and works"), "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_user_name_is_applied_where_it_is_named() {
    let user = ["--imap", "good.mail.test", "--user", "user", "--lang", "en"];
    let output = check(PASSWORD, &user);
    assert!(stdout(&output).contains("- user = user@mail.test  (s1)\n"), "{}", stdout(&output));

    let output = check(PASSWORD, &[&user[..], &["--apply=s1"]].concat());
    assert!(
        stdout(&output).contains("Checked again with\n  - user = user@mail.test\n"),
        "{}",
        stdout(&output)
    );
    assert_eq!(output.status.code(), Some(0));

    let output = check(PASSWORD, &[&user[..], &["--apply=s9"]].concat());
    assert!(stderr(&output).contains("the result has no suggestion s9"), "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn what_passes_is_checked_once() {
    let output = check(PASSWORD, &["--imap", "good.mail.test", "--apply", "--json"]);
    assert_eq!(checks(&output).len(), 1);
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
}
