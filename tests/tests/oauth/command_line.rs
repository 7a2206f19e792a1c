//! `check --oauth`: a code to type at the issuer's page.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

use tests::binary::mailtriage;
use tests::directory::Directory;
use tests::lab::{issuer, shared};
use tokio::runtime::Runtime;

use super::verdict;

const USER: &str = "user@mail.test";

/// A check that asks for a code, what it told the person, and the code.
struct Asking {
    child: Child,
    code: String,
    told: String,
    errors: BufReader<std::process::ChildStderr>,
    _directory: Directory,
}

fn ask(lang: &str) -> Asking {
    let directory = Directory::new();
    let file = directory.file("mailtriage.toml", shared().issuer().configuration().as_bytes());
    let mut child = Command::new(mailtriage())
        .args(["check", USER, "--imap", "asks-issuer.mail.test", "--oauth", "lab", "--json", "--lang", lang])
        .arg("--config")
        .arg(&file)
        .args(shared().options())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut errors = BufReader::new(child.stderr.take().expect("a pipe"));
    let mut told = String::new();
    errors.read_line(&mut told).expect("the program says what to do");
    let is_code = |word: &&str| word.len() == 9 && word.chars().nth(4) == Some('-');
    let words = told.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let code = words.into_iter().find(is_code).unwrap_or_else(|| panic!("no code in: {told}")).to_owned();
    Asking { child, code, told, errors, _directory: directory }
}

impl Asking {
    /// What it prints to the end, after the person did this.
    fn after(mut self, action: &str, account: &str) -> (String, String) {
        let runtime = Runtime::new().expect("a runtime can be made");
        runtime.block_on(shared().issuer().person(action, &[("code", &self.code), ("account", account)]));
        let mut printed = String::new();
        self.child.stdout.take().expect("a pipe").read_to_string(&mut printed).expect("text");
        let mut rest = String::new();
        self.errors.read_to_string(&mut rest).expect("text");
        self.child.wait().expect("the program ends");
        (printed, self.told + &rest)
    }
}

#[test]
fn a_code_is_typed_elsewhere_and_the_token_is_handed_back() {
    let asking = ask("en");
    assert!(asking.told.starts_with("Open https://issuer.mail.test/device in a browser"), "{}", asking.told);
    let (printed, errors) = asking.after("approve", USER);
    assert_eq!(verdict(&printed)[0], "ok", "{printed}");
    let token = shared().issuer().ledger("device_token").pop().expect("a token was issued");
    assert!(shared().issuer().ledger("revoked").contains(&token), "it wasn't handed back");
    for kind in ["access_token", "id_token", "device_code"] {
        for secret in shared().issuer().ledger(kind) {
            assert!(!(printed.clone() + &errors).contains(&secret), "the {kind} was printed");
        }
    }
    assert!(!(printed + &errors).contains(issuer::CLIENT_SECRET));
}

#[test]
fn whoever_declines_is_told_that_a_permission_is_missing() {
    let asking = ask("ja");
    assert!(asking.told.starts_with("ブラウザーでhttps://issuer.mail.test/deviceを開き"), "{}", asking.told);
    let (printed, _) = asking.after("deny", USER);
    assert_eq!(verdict(&printed), ["auth", "consent-missing", "proven"], "{printed}");
}
