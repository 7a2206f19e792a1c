//! The lab itself, seen with other people's eyes: what OpenSSL and a bare socket find on its servers. Where a
//! diagnosis is wrong, this tells whether the server or the diagnosis is to blame.

use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpStream};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tests::lab::{DOMAIN, Lab, PASSWORD, program, shared};

/// Host, port, and a line of `openssl s_client` that shows the fault.
const OPENSSL_SEES: &[(&str, u16, &str)] = &[
    ("good", 993, "Verify return code: 0 (ok)"),
    ("good", 143, "Verify return code: 0 (ok)"),
    ("good", 465, "Verify return code: 0 (ok)"),
    ("good", 587, "Verify return code: 0 (ok)"),
    ("good", 25, "Verify return code: 0 (ok)"),
    ("self-signed", 993, "self-signed certificate)"),
    ("self-signed", 587, "self-signed certificate)"),
    ("default", 143, "CN = localhost"),
    ("expired", 993, "certificate has expired"),
    ("expired", 465, "certificate has expired"),
    ("not-yet-valid", 993, "certificate is not yet valid"),
    ("not-yet-valid", 587, "certificate is not yet valid"),
    ("incomplete", 993, "unable to verify the first certificate"),
    ("incomplete", 465, "unable to verify the first certificate"),
    ("weak-key", 993, "Server public key is 1024 bit"),
    ("weak-key", 143, "EE certificate key too weak"),
    ("weak-signature", 993, "digest algorithm too weak"),
    ("uncovered", 993, "hostname mismatch"),
    ("uncovered", 587, "hostname mismatch"),
    ("wrong-domain", 993, "hostname mismatch"),
    ("wrong-domain", 465, "hostname mismatch"),
    ("too.deep", 993, "hostname mismatch"),
    ("unnamed", 993, "SSL alert number 112"),
    ("private", 993, "self-signed certificate in certificate chain"),
    ("unknown", 993, "unable to verify the first certificate"),
    ("client-only", 993, "unsuitable certificate purpose"),
    ("broken-signature", 993, "certificate signature failure"),
    ("inspected", 993, "i:CN = Avast Web/Mail Shield Root"),
    ("old-tls", 465, "legacy sigalg disallowed or unsupported"),
    ("old-cipher", 465, "Cipher    : ECDHE-ECDSA-AES128-SHA"),
    ("broken-tls", 465, "SSL alert number 40"),
    ("members-only", 993, "SSL alert number 116"),
    ("aborting", 993, "no peer certificate available"),
    ("plain-993", 993, "wrong version number"),
    ("cram-md5", 993, "AUTH=CRAM-MD5]"),
    ("exim", 587, "Verify return code: 0 (ok)"),
    ("cyrus", 143, "Verify return code: 0 (ok)"),
    ("courier", 143, "Verify return code: 0 (ok)"),
    ("courier-no-certificate", 993, "no peer certificate available"),
    ("nginx", 587, "Verify return code: 0 (ok)"),
    ("haproxy", 993, "Verify return code: 0 (ok)"),
    ("members-only-tls12", 993, "SSL alert number 40"),
    ("tls13-only", 993, "New, TLSv1.3"),
    ("tls10-only", 993, "Protocol  : TLSv1"),
    ("sni-only", 993, "Verify return code: 0 (ok)"),
    ("other-sni-only", 993, "SSL alert number 112"),
    ("dhe-only", 993, "Cipher is DHE-RSA-AES256-GCM-SHA384"),
    ("p521", 993, "Server public key is 521 bit"),
    ("long-chain", 993, "Verify return code: 0 (ok)"),
    // OpenSSL reads chains of 100 KB.
    ("endless-chain", 993, "Verify return code: 0 (ok)"),
    ("abrupt", 993, "Verify return code: 0 (ok)"),
];

/// Host, port, and how the server greets a bare connection.
const GREETINGS: &[(&str, u16, &str)] = &[
    ("good", 143, "* OK [CAPABILITY IMAP4rev1 "),
    ("good", 25, "220 lab.mail.test ESMTP Postfix"),
    ("smtp-everywhere", 143, "220 lab.mail.test ESMTP Postfix"),
    ("pop3", 143, "+OK "),
    ("ssh", 587, "SSH-2.0-"),
    ("blocking", 587, "554 5.7.1 "),
    ("closing", 143, ""),
    ("blocking", 143, "* BYE Access from your country"),
    ("busy", 587, "421 4.3.2 "),
    ("busy", 143, "* BYE [UNAVAILABLE]"),
    ("no-tls", 143, "* OK [CAPABILITY IMAP4rev1 "),
    ("no-tls", 587, "220 lab.mail.test"),
    ("plain-993", 993, "* OK [CAPABILITY IMAP4rev1 "),
    ("plain-993", 465, "220 lab.mail.test"),
    ("dropping", 143, "* OK "),
    ("puzzling", 143, "\u{1b}[2J"),
    ("exim", 587, "220-lab.mail.test ESMTP Exim"),
    ("exim-denies", 587, "550 Administrative prohibition"),
    ("exim-defers", 587, "451 Temporary local problem"),
    ("exim-crowded", 587, "421 Too many concurrent SMTP connections"),
    ("cyrus", 143, "* OK [CAPABILITY IMAP4rev1 LITERAL+ ID ENABLE STARTTLS LOGINDISABLED]"),
    ("cyrus-no-certificate", 143, "* OK [CAPABILITY IMAP4rev1 LITERAL+ ID ENABLE LOGINDISABLED]"),
    ("courier", 143, "* OK [CAPABILITY IMAP4rev1 "),
    ("nginx", 143, "* OK IMAP4 ready"),
];

/// Host, port, user name, and what the server answers to the password of the lab.
const SIGN_INS: &[(&str, u16, &str, &str)] = &[
    ("good", 993, "user@mail.test", " OK Logged in"),
    ("good", 465, "user@mail.test", "235 2.7.0 Authentication successful"),
    ("good", 993, "user", " NO [AUTHENTICATIONFAILED] "),
    ("good", 465, "user", "535 5.7.8 "),
    ("good", 993, "locked@mail.test", " NO [CONTACTADMIN] Account is locked"),
    ("good", 993, "no-imap@mail.test", " NO [CONTACTADMIN] IMAP access is disabled"),
    ("good", 993, "no-mailbox@mail.test", " NO [SERVERBUG] "),
    ("two-passwords", 993, "user@mail.test", " OK Logged in"),
    ("two-passwords", 465, "user@mail.test", "535 5.7.8 "),
    ("no-passwords", 993, "user@mail.test", " NO [UNAVAILABLE] "),
    ("no-passwords", 465, "user@mail.test", "454 4.7.0 "),
    ("exim", 465, "user@mail.test", "235 Authentication succeeded"),
    ("exim-no-accounts", 465, "user@mail.test", "435 Unable to authenticate at present"),
    ("cyrus", 993, "user@mail.test", " OK [READ-ONLY]"),
    ("cyrus", 993, "user", " NO authentication failure"),
    ("cyrus", 993, "denied@mail.test", " NO authorization failure"),
    ("cyrus", 993, "no-mailbox@mail.test", " NO Mailbox does not exist"),
    ("courier", 993, "user@mail.test", " OK [READ-ONLY]"),
    ("courier-no-accounts", 993, "user@mail.test", "Temporary problem, please try again later"),
    ("nginx", 993, "user@mail.test", " OK [READ-ONLY]"),
    ("nginx", 465, "user@mail.test", "235 2.0.0 OK"),
    ("nginx", 465, "user", "535 5.7.0 Invalid login or password"),
    ("nginx-no-accounts", 993, "user@mail.test", "* BAD internal server error"),
    ("haproxy", 993, "user@mail.test", " OK [READ-ONLY]"),
    ("gmail-like", 993, "user@mail.test", " NO [ALERT] Application-specific password required"),
    ("microsoft-like", 465, "user@mail.test", "535 5.7.139 "),
];

/// How long a greeting may take on this machine.
const GREETING_LIMIT: Duration = Duration::from_secs(10);

#[test]
fn every_server_shows_its_fault_to_other_programs() {
    let lab = shared();
    let mut wrong = Vec::new();
    for &(host, port, expected) in OPENSSL_SEES {
        let seen = s_client(lab, host, port, expected);
        if !seen.contains(expected) {
            wrong.push(format!("{host}:{port}: openssl doesn't say `{expected}`:\n{seen}"));
        }
    }
    for &(host, port, expected) in GREETINGS {
        let seen = greeting(SocketAddr::from((lab.address(host), port)));
        if !seen.starts_with(expected) || seen.is_empty() != expected.is_empty() {
            wrong.push(format!("{host}:{port}: greets with {seen:?}, not {expected:?}"));
        }
    }
    for &(host, port, user, expected) in SIGN_INS {
        let seen = curl(lab, host, port, user);
        if !seen.contains(expected) {
            wrong.push(format!("{host}:{port}: {user} isn't answered with `{expected}`:\n{seen}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn no_server_outlives_a_process_that_is_killed() {
    let mut process = Command::new(env!("CARGO_BIN_EXE_lab"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the lab's own program starts");
    let lines = BufReader::new(process.stdout.take().expect("its output is a pipe")).lines();
    let lines: Vec<String> = lines
        .map(|line| line.expect("it prints text"))
        .take_while(|line| !line.starts_with("End of input"))
        .collect();
    // One host for each program: `ADDRESS NAME.mail.test (PORT, …)`.
    let listener = |host: &str| -> SocketAddr {
        let named = format!(" {host}.{DOMAIN} (");
        let (address, ports) =
            lines.iter().find_map(|line| line.split_once(&named)).expect("it prints hosts");
        let port = ports.split([',', ')']).next().expect("a split has a first part");
        format!("{}:{port}", address.trim()).parse().expect("it prints addresses")
    };
    let listeners = ["good", "old-tls", "exim", "cyrus", "courier", "nginx", "haproxy"].map(listener);
    for address in listeners {
        assert!(TcpStream::connect(address).is_ok(), "nobody listens at {address}");
    }

    process.kill().expect("our own child can be killed");
    process.wait().expect("it ends");

    let deadline = Instant::now() + GREETING_LIMIT;
    for address in listeners {
        while TcpStream::connect(address).is_ok() {
            assert!(Instant::now() < deadline, "somebody still listens at {address}");
            std::thread::yield_now();
        }
    }
}

/// What `openssl s_client` prints about a server, until it has said `expected` or has nothing more to say.
fn s_client(lab: &Lab, host: &str, port: u16, expected: &str) -> String {
    let name = format!("{host}.{DOMAIN}");
    let (mut output, printer) = std::io::pipe().expect("pipes can be made");
    // It keeps talking as long as its input is open, so it needs a limit of its own.
    let mut command = Command::new(program("timeout", "coreutils"));
    command.arg(GREETING_LIMIT.as_secs().to_string()).arg(program("openssl", "openssl")).arg("s_client");
    command.args(["-connect", &format!("{}:{port}", lab.address(host))]);
    command.args(["-servername", &name, "-verify_hostname", &name, "-CAfile"]).arg(lab.trust_anchor());
    match port {
        143 => command.args(["-starttls", "imap"]),
        25 | 587 => command.args(["-starttls", "smtp"]),
        _ => &mut command,
    };
    command
        .stdin(Stdio::piped())
        .stdout(printer.try_clone().expect("a file handle is copied"))
        .stderr(printer);
    let mut child = command.spawn().expect("openssl starts");
    // The command holds the pipe's other end; without this the output would never end.
    drop(command);
    let mut seen = Vec::new();
    let mut buffer = [0; 4096];
    while !String::from_utf8_lossy(&seen).contains(expected) {
        match output.read(&mut buffer).expect("a pipe can be read") {
            0 => break,
            count => seen.extend_from_slice(&buffer[..count]),
        }
    }
    // It may have ended by itself.
    let _ = child.kill();
    child.wait().expect("our own child ends");
    String::from_utf8_lossy(&seen).into_owned()
}

/// What curl sees while it signs in and looks at the mailbox.
fn curl(lab: &Lab, host: &str, port: u16, user: &str) -> String {
    let name = format!("{host}.{DOMAIN}");
    let mut command = Command::new(program("curl", "curl"));
    command.args(["--silent", "--verbose", "--user", &format!("{user}:{PASSWORD}")]);
    command
        .args(["--max-time", &GREETING_LIMIT.as_secs().to_string()])
        .arg("--cacert")
        .arg(lab.trust_anchor());
    command.args(["--resolve", &format!("{name}:{port}:{}", lab.address(host))]);
    match port {
        993 => command.args([&format!("imaps://{name}"), "--request", "EXAMINE INBOX"]),
        _ => command.args([&format!("smtps://{name}"), "--request", "NOOP"]),
    };
    let output = command.output().expect("curl starts");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn greeting(address: SocketAddr) -> String {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(GREETING_LIMIT)).expect("a time limit above zero");
    let mut buffer = [0; 256];
    let count = stream.read(&mut buffer).unwrap_or_else(|error| panic!("{address} doesn't greet: {error}"));
    String::from_utf8_lossy(&buffer[..count]).into_owned()
}
