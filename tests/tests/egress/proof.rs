//! The whole program in the namespace: checks with hostile names send no packet to a denied range.

use std::process::Command;

use tests::binary::mailtriage;
use tokio::task::spawn_blocking;

use crate::{
    certificate::Chain,
    dns::Zone,
    server::{answering, imaps, redirecting},
    world::{RESOLVER, within},
};

const METADATA: &str = "169.254.169.254";
const SERVER: &str = "20.0.0.1";

/// Every source of discovery leads inside, and so does everything that the one healthy server names.
fn hostile() -> Zone {
    Zone::default()
        .host("imap.victim.test", &[SERVER])
        .host("both.test", &[SERVER, "10.0.0.1"])
        .host("autoconfig.victim.test", &[SERVER])
        .host("smtp.victim.test", &[METADATA])
        .alias("mail.victim.test", &["inside.test"], &["10.0.0.1", "fd00:ec2::254"])
        .host("victim.test", &["::ffff:127.0.0.1", "192.168.0.1"])
        .host("mixed.test", &[SERVER, "172.16.0.1"])
        .in_turn("rebinding.test", &[SERVER, "127.0.0.1"])
        .service("_imaps._tcp.srv.test", "smtp.victim.test", 993)
        .exchange("victim.test", "smtp.victim.test")
}

/// What a stranger would have the relay check.
const CHECKS: &[&[&str]] = &[
    &["anna@victim.test"],
    &["anna@srv.test"],
    &["anna@victim.test", "--imap", "imap.victim.test", "--smtp", "mail.victim.test:587"],
    &["--imap", "rebinding.test", "--smtp", "mixed.test"],
    &["--imap", "127.0.0.1", "--smtp", "10.1.2.3:25"],
    &["--imap", "2130706433", "--smtp", "0x7f.1"],
    &["--imap", "imap.exmaple.test:143", "--smtp", "victim.test:2525"],
];

async fn check(arguments: &[&str], more: &[&str]) -> String {
    let mut command = Command::new(mailtriage());
    // It starts on a thread of this runtime, so inside the namespace.
    command.arg("check").args(arguments).args(["--json", "--resolver", RESOLVER]).args(more);
    let output = spawn_blocking(move || command.output()).await.expect("the thread ends").expect("it starts");
    String::from_utf8(output.stdout).expect("it prints text")
}

/// A server whose certificate is for others, names the metadata service as its issuer's address, and speaks no SMTP; and
/// a web server that sends everybody to the metadata service.
fn servers() {
    let chain = Chain::incomplete(&["both.test", "mixed.test"], &["http://169.254.169.254/issuer.der"]);
    imaps(&format!("{SERVER}:993"), &chain);
    for port in [25, 143, 443, 465, 587, 2525] {
        answering(&format!("{SERVER}:{port}"), "HTTP/1.1 400 Bad Request\r\n\r\n".to_owned());
    }
    redirecting(&format!("{SERVER}:80"), "http://169.254.169.254/latest/meta-data/");
}

#[test]
fn whole_checks_of_hostile_names_send_no_packet_to_a_denied_range() {
    within(hostile(), async |world| {
        servers();
        for arguments in CHECKS {
            let said = check(arguments, &["--timeout", "12"]).await;
            // Where discovery finds nothing, there's nothing to check.
            let nothing_found = arguments == &["anna@victim.test"];
            assert_eq!(said.contains(r#""type":"done""#), !nothing_found, "{arguments:?}: {said}");
            assert_eq!(world.caught(), [], "{arguments:?}");
            assert_eq!(world.packets(), 0, "{arguments:?}");
        }
    });
}

/// The counter counts: the same checks move it where the operator lifts the ranges.
#[test]
fn the_same_checks_move_the_counter_where_all_is_lifted() {
    within(hostile(), async |world| {
        servers();
        for (before, arguments) in CHECKS[3..6].iter().enumerate() {
            check(arguments, &["--timeout", "2", "--allow-net", "0.0.0.0/0", "--allow-net", "::/0"]).await;
            assert!(!world.caught().is_empty() || before == 2, "{arguments:?}");
        }
        assert!(world.packets() > 0);
    });
}
