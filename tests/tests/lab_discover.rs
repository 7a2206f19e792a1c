//! The look-up of settings, with the real program against the lab's domains: what each source says, in which order, and
//! that what strangers write does no harm.

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::process::Command;

use serde_json::{Value, json};
use tests::binary::mailtriage;
use tests::lab::{Lab, shared};

/// What is found for an address, and the exit status.
fn discover(email: &str, options: &[String]) -> (Value, Option<i32>) {
    let output = Command::new(mailtriage()).args(["discover", email, "--json"]).args(options).output();
    let output = output.expect("the program starts");
    let found = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{email}: {error}: {}", String::from_utf8_lossy(&output.stderr)));
    (found, output.status.code())
}

/// The sources of an answer with their servers and trials: `srv imap good.mail.test:993/tls works`.
fn lines(lab: &Lab, email: &str) -> Vec<String> {
    let (found, status) = discover(email, &lab.options());
    assert_eq!(found["email"], email);
    let settings = found["settings"].as_array().expect("a list");
    let mut lines = Vec::new();
    for found in settings {
        for lane in ["imap", "smtp"] {
            let server = &found[lane];
            if !server.is_null() {
                let (host, port, security) = (&server["host"], &server["port"], &server["security"]);
                let trial = &found[format!("{lane}_trial")];
                let line = format!("{} {lane} {host}:{port}/{security} {trial}", found["source"]);
                lines.push(line.replace('"', ""));
            }
        }
    }
    assert_eq!(status, Some(i32::from(lines.is_empty())), "{email}: {found}");
    lines
}

#[test]
fn every_source_is_asked_and_the_best_comes_first() {
    let lab = shared();
    let good = |source: &str| {
        [("imap", 993), ("smtp", 465)]
            .map(|(lane, port)| format!("{source} {lane} good.mail.test:{port}/tls works"))
    };
    // The file over https wins over another one over http, which is shown below it.
    let mut files = good("autoconfig").to_vec();
    files.push("insecure-autoconfig imap two-passwords.mail.test:993/tls works".to_owned());
    files.push("insecure-autoconfig smtp two-passwords.mail.test:465/tls works".to_owned());
    assert_eq!(lines(lab, "user@files.mail.test"), files);
    assert_eq!(lines(lab, "user@well-known.mail.test"), good("autoconfig"));
    assert_eq!(lines(lab, "user@plain-files.mail.test"), good("insecure-autoconfig"));
    assert_eq!(lines(lab, "user@moved-files.mail.test"), good("autoconfig"));
    // What a domain says of itself comes before usual names of it that answer, too.
    assert_eq!(
        lines(lab, "user@mail.test"),
        [
            "srv imap good.mail.test:993/tls works",
            "srv smtp good.mail.test:587/starttls works",
            "guess imap imap.mail.test:993/tls works",
            "guess smtp smtp.mail.test:465/tls works",
        ]
    );
}

#[test]
fn srv_records_are_taken_by_priority_and_weight_and_a_dot_means_not_offered() {
    assert_eq!(lines(shared(), "user@srv-order.test"), ["srv imap good.mail.test:993/tls works"]);
}

#[test]
fn a_source_whose_servers_are_gone_comes_after_a_guess_that_answers() {
    assert_eq!(
        lines(shared(), "user@stale-files.mail.test"),
        [
            "guess imap mail.stale-files.mail.test:993/tls works",
            "guess smtp mail.stale-files.mail.test:465/tls works",
            "autoconfig imap closed.mail.test:993/tls silent",
            "autoconfig smtp closed.mail.test:465/tls silent",
        ]
    );
}

#[test]
fn an_exchanger_of_a_known_hoster_gives_its_settings_and_what_a_sign_in_needs() {
    let lab = shared();
    let (found, status) = discover("anna@workspace.test", &lab.options());
    let hosted = &found["settings"][0];
    assert_eq!((status, &hosted["source"]), (Some(0), &json!("mx")));
    assert_eq!(hosted["imap"]["host"], "imap.gmail.com");
    assert_eq!(hosted["imap_trial"], "works", "the lab has a host of this name");
    assert_eq!(hosted["smtp_trial"], "silent", "but none of that for sending");
    assert_eq!(hosted["provider"]["needs"][0]["need"], "app-password");

    // Where the servers have another name for each customer, there is nothing to fill in, and the answer says why.
    let (found, status) = discover("anna@in-japan.test", &lab.options());
    let hosted = &found["settings"][0];
    assert_eq!((status, &hosted["source"], &hosted["imap"]), (Some(1), &json!("mx"), &Value::Null));
    let needs: Vec<&Value> =
        hosted["provider"]["needs"].as_array().expect("a list").iter().map(|said| &said["need"]).collect();
    assert_eq!(needs, ["separate-password", "overseas-filter", "control-panel"]);
}

#[test]
fn hostile_files_and_files_of_strangers_give_nothing() {
    let lab = shared();
    for domain in ["bomb-files", "wrong-files", "untrusted-files", "lowered-files", "no-such-domain"] {
        assert_eq!(lines(lab, &format!("user@{domain}.mail.test")), [""; 0], "{domain}");
    }
    let (found, _) = discover("user@markup-files.mail.test", &lab.options());
    assert_eq!(found["settings"][0]["user"], tests::lab::ca::MARKUP, "it stays text");
}

/// A port that counts who comes.
struct Bait(TcpListener);

impl Bait {
    fn at(address: IpAddr, port: u16) -> Self {
        let listener = TcpListener::bind(SocketAddr::from((address, port))).expect("the bait's port is free");
        listener.set_nonblocking(true).expect("sockets can be asked without waiting");
        Self(listener)
    }

    fn visitors(&self) -> usize {
        let mut visitors = 0;
        loop {
            match self.0.accept() {
                Ok(_) => visitors += 1,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return visitors,
                Err(error) => panic!("the bait can't be asked: {error}"),
            }
        }
    }
}

#[test]
fn a_redirect_to_an_address_that_is_denied_is_not_followed() {
    let lab = shared();
    let baits = [80, 443].map(|port| Bait::at(lab.address("bait"), port));
    let luring = "user@luring-files.mail.test";
    let visitors = || baits.iter().map(Bait::visitors).sum::<usize>();

    // Only the web server that redirects may be dialled.
    let mut options = lab.options();
    let allowed = options.last_mut().expect("the network that is allowed");
    *allowed = format!("{}/32", lab.address("autoconfig.luring-files"));
    let (found, _) = discover(luring, &options);
    assert_eq!((found["settings"].as_array().map(Vec::len), visitors()), (Some(0), 0));

    // The same redirect is followed where the address is allowed: the bait works.
    let (found, _) = discover(luring, &lab.options());
    assert_eq!((found["settings"].as_array().map(Vec::len), visitors()), (Some(0), 1));
}
