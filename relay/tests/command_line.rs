//! The built program from the outside: bad input, exit status, and what goes to which output.

use std::io::Write;
use std::net::TcpListener;
use std::process::{Command, Output, Stdio};

/// Runs the program with an environment of its own and `input` on standard input.
fn mailtriage_with(arguments: &[&str], variables: &[(&str, &str)], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mailtriage"))
        .args(arguments)
        .env_clear()
        .env("LANG", "en_US.UTF-8")
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    // A program that has already refused its arguments doesn't read.
    let _unread = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().expect("the program ends")
}

fn mailtriage(arguments: &[&str]) -> Output {
    mailtriage_with(arguments, &[], b"")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the output is text")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("the output is text")
}

/// The program refuses the arguments: exit status 2, nothing on standard output, each of `named` in the message.
#[track_caller]
fn refused(output: &Output, named: &[&str]) {
    let message = stderr(output);
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert_eq!(stdout(output), "", "{message}");
    for name in named {
        assert!(message.contains(name), "{name:?} isn't in: {message}");
    }
}

#[test]
fn a_value_that_cannot_be_used_is_named_with_its_argument() {
    let imap = ["check", "--imap", "imap.example.com"];
    for (arguments, named) in [
        (vec!["check", "--imap", "imap.example.com:0"], vec!["--imap", "imap.example.com:0", "1 to 65535"]),
        (vec!["check", "--smtp", "smtp.example.com:mail"], vec!["--smtp", "`mail`"]),
        (vec!["check", "--imap", "imap.example.com/ssl"], vec!["--imap", "`ssl`", "starttls"]),
        (vec!["check", "--imap", ""], vec!["--imap", "host is missing"]),
        ([&imap[..], &["--timeout", "0"]].concat(), vec!["--timeout", "'0'"]),
        ([&imap[..], &["--lang", "fr"]].concat(), vec!["--lang", "'fr'", "ja, en"]),
        ([&imap[..], &["--reported", "010"]].concat(), vec!["--reported", "'010'", "001, 002"]),
        ([&imap[..], &["--allow-net", "10.0.0.0/33"]].concat(), vec!["--allow-net", "10.0.0.0/33"]),
        ([&imap[..], &["--allow-port", "0"]].concat(), vec!["--allow-port", "'0'"]),
        ([&imap[..], &["--resolver", "localhost"]].concat(), vec!["--resolver", "localhost"]),
        ([&imap[..], &["--trust-anchor", "/nowhere.pem"]].concat(), vec!["/nowhere.pem"]),
        (vec!["check", "me@example.com"], vec!["--imap", "--smtp"]),
        (vec!["check", "me", "--imap", "imap.example.com"], vec!["EMAIL", "name@example.com"]),
        (vec!["check", "--imap", "imap.example.com:22"], vec!["--imap", "Port 22"]),
        (vec!["frobnicate"], vec!["frobnicate"]),
        (vec![], vec!["Usage"]),
    ] {
        refused(&mailtriage(&arguments), &named);
    }
}

#[test]
fn a_password_is_never_an_argument() {
    refused(&mailtriage(&["check", "--imap", "imap.example.com", "--password", "geheim"]), &["--password"]);
}

#[test]
fn a_password_that_is_missing_or_empty_is_named_by_its_source() {
    let check = ["check", "me@example.com", "--imap", "imap.example.com"];
    let with = |more: &[&'static str]| [&check[..], more].concat();
    refused(&mailtriage(&with(&["--password-stdin"])), &["--password-stdin", "empty"]);
    refused(&mailtriage(&with(&["--password-env", "NOT_THERE"])), &["--password-env", "NOT_THERE"]);
    let empty = mailtriage_with(&with(&["--password-env", "EMPTY"]), &[("EMPTY", "")], b"");
    refused(&empty, &["--password-env", "empty"]);
    let both = with(&["--password-env", "A", "--oauth-token-env", "B"]);
    refused(&mailtriage(&both), &["--password-env", "--oauth-token-env"]);
}

#[test]
fn a_secret_is_in_no_message_even_where_it_cannot_be_used() {
    let arguments = ["check", "--imap", "imap.example.com", "--password-stdin"];
    let output = mailtriage_with(&arguments, &[], b"Kirschbaum-7\n");
    refused(&output, &["--user"]);
    assert!(!stderr(&output).contains("Kirschbaum"));
}

#[test]
fn a_request_that_is_refused_is_a_problem_in_json_and_done_comes_last() {
    let output = mailtriage(&["check", "--imap", "imap.example.com:22", "--json"]);
    assert_eq!(output.status.code(), Some(2));
    let messages = messages(&output);
    let types: Vec<&str> = messages.iter().filter_map(|m| m["type"].as_str()).collect();
    assert_eq!(types, ["hello", "problem", "done"]);
    assert_eq!(messages[1]["field"], "imap.port");
    assert_eq!(messages[1]["code"], "target-not-allowed");
}

#[test]
fn a_closed_port_is_a_fault_in_plain_text_without_escapes() {
    let port = closed_port();
    let server = format!("127.0.0.1:{port}/tls");
    let allow = port.to_string();
    let arguments = ["check", "--imap", &server, "--allow-net", "127.0.0.0/8", "--allow-port", &allow];
    let output = mailtriage(&arguments);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(1), "{text}{}", stderr(&output));
    assert!(text.contains("✘ 002  We reached your email server but couldn't connect"), "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");

    let japanese = mailtriage_with(&arguments, &[("LC_ALL", "ja_JP.UTF-8")], b"");
    assert!(stdout(&japanese).contains("✘ 002  メールサーバーに到達しましたが、接続できませんでした"));
}

#[test]
fn a_pasted_web_address_is_a_finding_that_shows_what_was_typed() {
    let output = mailtriage(&["check", "--imap", "https://imap.example.com/inbox"]);
    let text = stdout(&output);
    assert_eq!(output.status.code(), Some(1), "{text}");
    for expected in ["✘ 001", "https://imap.example.com/inbox", "imap.host = imap.example.com"] {
        assert!(text.contains(expected), "{expected:?} isn't in:\n{text}");
    }
}

#[test]
fn full_width_characters_and_spaces_are_findings_that_offer_what_was_meant() {
    for typed in ["ｉｍａｐ．example。com", "imap.example.com ", " imap.example.com"] {
        let output = mailtriage(&["check", "--imap", typed]);
        assert_eq!(output.status.code(), Some(1), "{typed}");
        assert!(stdout(&output).contains("imap.host = imap.example.com"), "{typed}: {}", stdout(&output));
    }
}

#[test]
fn json_is_one_message_a_line_and_the_diagnosis_is_final() {
    let port = closed_port().to_string();
    let server = format!("127.0.0.1:{port}/tls");
    let arguments =
        ["check", "--imap", &server, "--json", "--allow-net", "127.0.0.0/8", "--allow-port", &port];
    let output = mailtriage(&arguments);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let messages = messages(&output);
    assert_eq!(messages.first().unwrap()["type"], "hello");
    assert_eq!(messages.last().unwrap()["type"], "done");
    let diagnosis = messages.iter().rfind(|m| m["type"] == "diagnosis").unwrap();
    assert_eq!(diagnosis["code"], "002");
    assert_eq!(diagnosis["final"], true);
}

#[test]
fn codes_and_causes_are_explained_in_the_language_of_the_locale() {
    let output = mailtriage(&["explain", "006"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        stdout(&output).starts_with("# 006: The certificate's host name doesn't match the mail server\n")
    );
    let japanese = mailtriage_with(&["explain", "name-not-covered"], &[("LANG", "ja_JP.UTF-8")], b"");
    assert!(stdout(&japanese).starts_with("# 006 / name-not-covered: "));
    assert!(stdout(&japanese).contains("\n## ご自身でできること\n"));
    let json: serde_json::Value =
        serde_json::from_str(&stdout(&mailtriage(&["explain", "self-signed", "--json", "--lang", "en"])))
            .unwrap();
    assert_eq!((json["code"].as_str(), json["cause"].as_str()), (Some("005"), Some("self-signed")));
}

#[test]
fn an_unknown_code_is_refused_with_the_nearest_one() {
    refused(&mailtriage(&["explain", "self-singed"]), &["self-singed", "did you mean `self-signed`?"]);
    refused(&mailtriage(&["explain", "010101"]), &["010101"]);
}

/// A port of the loopback interface on which nothing listens.
fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn messages(output: &Output) -> Vec<serde_json::Value> {
    stdout(output).lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
}
