//! What an operator opens beyond the default is said in the log, a line for each network and port.

use crate::{Relay, refusal, serve};

#[test]
fn every_lifted_network_and_further_port_is_a_warning_at_the_start() {
    let variables = [
        ("MAILTRIAGE_ALLOW_NET", "10.0.0.0/8,192.168.7.0/24"),
        ("MAILTRIAGE_ALLOW_PORT", "10993"),
        ("MAILTRIAGE_LOG_FORMAT", "json"),
    ];
    let mut relay = Relay::of(&mut serve(&["--listen", "127.0.0.1:0"], &variables));
    for opened in ["\"network\":\"10.0.0.0/8\"", "\"network\":\"192.168.7.0/24\"", "\"port\":10993"] {
        let line = relay.logged(opened);
        assert!(line.contains("\"level\":\"WARN\""), "{line}");
    }
}

#[test]
fn a_relay_that_opens_nothing_warns_of_nothing() {
    let mut relay = Relay::start();
    relay.signal("-TERM");
    let (_, _, log) = relay.ended();
    assert!(!log.contains("WARN"), "{log}");
}

#[test]
fn a_translator_prefix_that_cannot_be_one_is_named_and_nothing_starts() {
    let (status, message) = refusal(&[], &[("MAILTRIAGE_NAT64", "64:ff9b::/95")]);
    assert_eq!(status, Some(2), "{message}");
    assert!(message.contains("nat64") && message.contains("RFC 6052"), "{message}");
}
