//! What it starts with: the address, the configuration, the certificate; and what it refuses to start with.

use std::net::TcpListener;

use crate::{File, Relay, refusal, serve};

#[test]
fn it_says_where_it_listens_answers_and_ends_when_asked() {
    let mut relay = Relay::start();
    assert!(relay.get("/healthz").starts_with("HTTP/1.1 200 OK\r\n"));
    assert!(relay.get("/readyz").ends_with("ready\n"));
    relay.signal("-TERM");
    let (status, rest, _log) = relay.ended();
    assert_eq!((status.code(), rest.as_str()), (Some(0), ""));
}

#[test]
fn an_address_in_use_is_named_and_is_a_failure_of_the_program() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (status, message) = refusal(&["--listen", &address], &[]);
    assert_eq!(status, Some(3), "{message}");
    assert!(message.contains(&address), "{message}");
}

#[test]
fn a_wrong_key_or_value_is_named_and_nothing_starts() {
    let file = File::new("wrong-key", "listen = '127.0.0.1:0'\nlimts = 3\n");
    let (status, message) = refusal(&["--config", file.path()], &[]);
    assert_eq!(status, Some(2), "{message}");
    assert!(message.contains("limts"), "{message}");

    let (status, message) = refusal(&[], &[("MAILTRIAGE_LIMITS_RUN_SECONDS", "forever")]);
    assert_eq!(status, Some(2), "{message}");
    assert!(message.contains("MAILTRIAGE_LIMITS_RUN_SECONDS") && message.contains("forever"), "{message}");

    let (status, message) = refusal(&["--config", "/nowhere/mailtriage.toml"], &[]);
    assert_eq!(status, Some(2), "{message}");
    assert!(message.contains("/nowhere/mailtriage.toml"), "{message}");

    let (status, message) = refusal(&[], &[("MAILTRIAGE_TRUST_ANCHORS", "/nowhere/root.pem")]);
    assert_eq!(status, Some(2), "{message}");
    assert!(message.contains("/nowhere/root.pem"), "{message}");
}

#[test]
fn the_configuration_in_force_is_printed_as_a_file_that_can_be_read_again() {
    let file = File::new(
        "print",
        "allow_net = ['10.0.0.0/8']\nnat64 = ['64:ff9b::/96']\ndeny_net = ['10.9.0.0/16']\n[limits]\nruns = 7\n",
    );
    let arguments = ["--config", file.path(), "--listen", "127.0.0.1:9000", "--print-config"];
    let printed = serve(&arguments, &[("MAILTRIAGE_ALLOW_PORT", "2526,2527")]).output().unwrap();
    assert_eq!(printed.status.code(), Some(0));
    let printed = String::from_utf8(printed.stdout).unwrap();
    for line in [
        "listen = \"127.0.0.1:9000\"",
        "allow_net = [\"10.0.0.0/8\"]",
        "allow_port = [2526, 2527]",
        "deny_net = [\"10.9.0.0/16\"]",
        "nat64 = [\"64:ff9b::/96\"]",
        "runs = 7",
    ] {
        assert!(printed.contains(line), "{line} isn't in:\n{printed}");
    }
    let again = File::new("again", &printed);
    let reprinted = serve(&["--config", again.path(), "--print-config"], &[]).output().unwrap();
    assert_eq!(String::from_utf8(reprinted.stdout).unwrap(), printed);
}

#[test]
fn a_certificate_of_its_own_makes_it_speak_https() {
    let pair = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let certificate = File::new("certificate", &pair.cert.pem());
    let key = File::new("key", &pair.signing_key.serialize_pem());
    let with = |certificate: &str, key: &str| {
        let variables = [("MAILTRIAGE_TLS_CERTIFICATE", certificate), ("MAILTRIAGE_TLS_KEY", key)];
        serve(&["--listen", "127.0.0.1:0"], &variables)
    };
    let relay = Relay::of(&mut with(certificate.path(), key.path()));
    assert_eq!(relay.scheme, "https");

    for (certificate, key, named) in [
        ("/nowhere.pem", key.path(), "/nowhere.pem"),
        (key.path(), key.path(), "tls.certificate"),
        (certificate.path(), certificate.path(), "tls.key"),
    ] {
        let refused = with(certificate, key).output().unwrap();
        let message = String::from_utf8(refused.stderr).unwrap();
        assert_eq!(refused.status.code(), Some(2), "{message}");
        assert!(message.contains(named), "{message}");
    }
}

#[test]
fn session_keys_are_never_written_down() {
    // An address that isn't ours: without the refusal it would end by another one, and not go on listening.
    let (status, message) = refusal(&["--listen", "192.0.2.1:0"], &[("SSLKEYLOGFILE", "/tmp/keys")]);
    assert_eq!(status, Some(2), "{message}");
    assert!(message.contains("SSLKEYLOGFILE"), "{message}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_crash_leaves_no_memory_behind() {
    let relay = Relay::start();
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", relay.child.id())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{core}");
}
