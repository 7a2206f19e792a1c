//! Hosts that refuse a sign-in, and hosts that speak like a large provider.

use super::{
    Dovecot::{AskingTheIssuer, CramMd5Only, Tokens, WithoutPasswords},
    api::*,
};

const OTHER_PASSWORDS: &[&str] = &["smtpd_sasl_path=$lab_other_passwords"];
const ASKING_THE_ISSUER: &[&str] = &["smtpd_sasl_path=$lab_issuer"];
const DYING_SASL: &[&str] = &["smtpd_sasl_path=$lab_dying"];

const TOKEN_ERROR: &str = r#"{"status":"401","schemes":"bearer","scope":"mail"}"#;
const ENDED: Imap = Imap { token_error: TOKEN_ERROR, ..Imap::refusing("NO [AUTHENTICATIONFAILED] no") };
const ENDED_FOR_SENDING: Smtp = Smtp { token_error: TOKEN_ERROR, ..Smtp::refusing("535 5.7.8 no") };

pub(super) const HOSTS: &[Host] = &[
    host("cram-md5", Cert::Good, &[imap(993, CramMd5Only, Implicit)]),
    host(
        "no-passwords",
        Cert::Good,
        &[imap(993, WithoutPasswords, Implicit), smtp(465, Implicit, DYING_SASL)],
    ),
    host("two-passwords", Cert::Good, &[IMAPS, smtp(465, Implicit, OTHER_PASSWORDS)]),
    host(
        "gmail-like",
        Cert::Good,
        &[
            imap_refusing(
                "NO [ALERT] Application-specific password required: \
                 https://support.google.com/accounts/answer/185833 (Failure)",
            ),
            smtp_refusing("535 5.7.1 Application-specific password required"),
        ],
    ),
    host(
        "zoho-like",
        Cert::Good,
        &[imap_refusing(
            "NO You are yet to enable IMAP for your account. Please contact your administrator.",
        )],
    ),
    host("yahoo-like", Cert::Good, &[smtp_refusing("535 5.7.0 (#AUTH005) Too many bad auth attempts.")]),
    host(
        "microsoft-like",
        Cert::Good,
        &[smtp_refusing(
            "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults \
             policy. Contact your administrator.",
        )],
    ),
    host(
        "outlook-like",
        Cert::Good,
        &[
            script(993, Script::Imap(Imap { mechanisms: "AUTH=PLAIN AUTH=XOAUTH2", ..Imap::USUAL })),
            smtp_refusing(
                "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. \
                 Visit https://aka.ms/smtp_auth_disabled for more information.",
            ),
        ],
    ),
    host(
        "mailbox-off-like",
        Cert::Good,
        &[
            script(993, Script::Imap(Imap { mechanisms: "AUTH=PLAIN AUTH=XOAUTH2", ..Imap::USUAL })),
            smtp_refusing(
                "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. \
                 Visit https://aka.ms/smtp_auth_disabled for more information.",
            ),
        ],
    ),
    host(
        "unlicensed-like",
        Cert::Good,
        &[script(
            993,
            Script::Imap(Imap {
                mechanisms: "AUTH=PLAIN AUTH=XOAUTH2",
                examine: "BAD User is authenticated but not connected.",
                ..Imap::USUAL
            }),
        )],
    ),
    host(
        "exchange-like",
        Cert::Good,
        &[
            script(
                993,
                Script::Imap(Imap {
                    mechanisms: "AUTH=PLAIN AUTH=XOAUTH2",
                    ..Imap::refusing("NO AUTHENTICATE failed.")
                }),
            ),
            smtp_refusing("535 5.7.3 Authentication unsuccessful [AB1PR01CA0001.example.prod.outlook.com]"),
        ],
    ),
    // Tokens are refused in the words of RFC 7628, by each mechanism, at once or after the server has asked.
    host(
        "bearer-like",
        Cert::Good,
        &[
            script(993, Script::Imap(Imap { mechanisms: "AUTH=OAUTHBEARER", ..ENDED })),
            script(465, Script::Smtp(Smtp { mechanisms: "OAUTHBEARER", ..ENDED_FOR_SENDING })),
        ],
    ),
    host(
        "asking-bearer-like",
        Cert::Good,
        &[script(
            993,
            Script::Imap(Imap { mechanisms: "AUTH=OAUTHBEARER", initial_response: false, ..ENDED }),
        )],
    ),
    host(
        "asking-xoauth2-like",
        Cert::Good,
        &[
            script(993, Script::Imap(Imap { mechanisms: "AUTH=XOAUTH2", initial_response: false, ..ENDED })),
            script(465, Script::Smtp(ENDED_FOR_SENDING)),
        ],
    ),
    host("tokens", Cert::Good, &[imap(993, Tokens, Implicit)]),
    // The issuer itself isn't started from this table: it serves the web, not mail.
    host("issuer", Cert::Good, &[]),
    host(
        "asks-issuer",
        Cert::Good,
        &[imap(993, AskingTheIssuer, Implicit), smtp(465, Implicit, ASKING_THE_ISSUER)],
    ),
    host(
        "qq-like",
        Cert::Good,
        &[script(
            465,
            Script::Smtp(Smtp {
                charset: Charset::Gbk,
                ..Smtp::refusing(
                    "535 Error: 请使用授权码登录。详情请看: http://service.mail.qq.com/cgi-bin/help?id=28",
                )
            }),
        )],
    ),
    host(
        "netease-like",
        Cert::Good,
        &[script(
            993,
            Script::Imap(Imap {
                charset: Charset::Gbk,
                ..Imap::refusing("NO LOGIN 帐号已被冻结，请联系客服")
            }),
        )],
    ),
    host(
        "old-japanese",
        Cert::Good,
        &[script(
            993,
            Script::Imap(Imap {
                charset: Charset::Iso2022Jp,
                ..Imap::refusing("NO [AUTHENTICATIONFAILED] 海外からのアクセスは制限されています")
            }),
        )],
    ),
    host(
        "unheard-of",
        Cert::Good,
        &[imap_refusing("NO [AUTHENTICATIONFAILED] Toegang geweigerd: abonnement verlopen")],
    ),
    host(
        "yandex-like",
        Cert::Good,
        &[imap_refusing("NO [AUTHENTICATIONFAILED] LOGIN invalid credentials or IMAP is disabled sc=lab")],
    ),
    host(
        "overseas-filter",
        Cert::Good,
        &[imap_refusing(
            "NO [NOPERM] Login from this country is not permitted (overseas access restriction)",
        )],
    ),
];
