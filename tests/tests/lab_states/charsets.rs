//! What a server says in a charset of its own reaches the person as text, with the charset's name.

use std::process::Command;

use tests::binary::mailtriage;
use tests::lab::{PASSWORD, shared};

#[test]
fn a_reply_in_gbk_or_iso_2022_jp_can_be_read_on_the_terminal() {
    let (program, lab) = (mailtriage(), shared());
    for (option, host, said) in [
        ("--smtp", "qq-like.mail.test", "\"Error: 请使用授权码登录。"),
        ("--imap", "netease-like.mail.test", "\"LOGIN 帐号已被冻结，请联系客服\" (GBK)"),
        ("--imap", "old-japanese.mail.test", "\"海外からのアクセスは制限されています\" (ISO-2022-JP)"),
    ] {
        let output = Command::new(&program)
            .args(["check", "user@mail.test", "--lang", "en", "--password-env", "LAB_SECRET", option, host])
            .args(lab.options())
            .env("LAB_SECRET", PASSWORD)
            .output()
            .expect("the program starts");
        let printed = String::from_utf8(output.stdout).expect("what is printed is UTF-8");
        assert!(printed.contains(said), "{host}:\n{printed}");
        assert!(!printed.contains('\u{1b}'), "an escape reached the terminal:\n{printed}");
    }
}
