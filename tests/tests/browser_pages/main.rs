//! The help page, the error pages and what every page has in common, in a real browser.

mod delivery;
mod frame;
mod looks;
mod reading;
mod search;
mod taking;

use error_model::Lang;

/// The codes with the titles that people see in the product and paste into the search: Japanese, English.
const ERRORS: [(&str, [&str; 2]); 12] = [
    ("001", ["メールサーバーに到達できませんでした", "We couldn't reach your email server"]),
    (
        "002",
        [
            "メールサーバーに到達しましたが、接続できませんでした",
            "We reached your email server but couldn't connect",
        ],
    ),
    (
        "003",
        [
            "メールサーバーへの接続中に不明なエラーが発生しました",
            "Unknown error while connecting to your email server",
        ],
    ),
    (
        "004",
        [
            "メールサーバーにTLSまたはSSL証明書が見つかりません",
            "No TLS or SSL certificate found on your email server",
        ],
    ),
    (
        "005",
        [
            "SSL証明書を見つけましたが、安全ではありません",
            "An SSL certificate was found, but it isn't secure",
        ],
    ),
    (
        "006",
        [
            "SSL/TLS証明書のホスト名がメールサーバーのホスト名と一致しません",
            "The certificate's host name doesn't match the mail server",
        ],
    ),
    (
        "007",
        ["有効なSSL/TLS証明書の存在を確認できませんでした", "We couldn't verify a valid SSL/TLS certificate"],
    ),
    (
        "008",
        [
            "SSL/TLS証明書に問題があるため、セキュアな接続を確立できませんでした",
            "A certificate problem prevented a secure connection",
        ],
    ),
    (
        "009",
        [
            "提供された資格情報を使用してメールサーバーにサインインできませんでした",
            "We couldn't sign in with the credentials you provided",
        ],
    ),
    ("auth", ["認証:認証できません", "Auth: unable to authenticate"]),
    ("first-sync", ["最初の同期を実行中", "First sync in progress"]),
    ("reconnect", ["同じアカウントに再接続する必要があります", "You must reconnect the same account"]),
];

/// Pages of every kind, below the language.
const KINDS: [&str; 4] = ["", "errors/006", "errors/auth", "check"];

const fn nth(lang: Lang) -> usize {
    match lang {
        Lang::Ja => 0,
        Lang::En => 1,
    }
}
