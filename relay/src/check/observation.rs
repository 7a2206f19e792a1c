//! Observations, each in one technical line: what shows a finding.
//!
//! Words of servers appear in them as they are kept; whoever prints a line shows controls as escapes.

use error_model::{
    Lang, Security,
    evidence::{
        AlternativeOutcome, ConnectOutcome, DnsOutcome, DnsRecord, ForeignProtocol, GreetingOutcome,
        Observation, Reply, SignInSkip, TlsOutcome, TranscriptSide,
    },
    strings, words,
};

use super::{fault::fault, say};

/// What was seen, in one line.
pub(super) fn line(observation: &Observation, lang: Lang) -> String {
    use Observation as O;
    match observation {
        O::HostInvalid { typed, .. } => {
            say!(lang, "「{typed}」はホスト名ではありません", "`{typed}` is no host name")
        }
        O::DnsAnswer { name, record, outcome, addresses, exchanges, aliases, extended_error, .. } => {
            let found: Vec<String> = aliases
                .iter()
                .chain(exchanges)
                .cloned()
                .chain(addresses.iter().map(ToString::to_string))
                .collect();
            let record = match record {
                DnsRecord::A => "A",
                DnsRecord::Aaaa => "AAAA",
                DnsRecord::Mx => "MX",
            };
            let why = extended_error.map(|code| words::why_dns_failed(code, lang)).unwrap_or_default();
            join(&["DNS", name, record, &dns(*outcome, lang), &why, &found.join(", ")])
        }
        O::NearName { name, .. } => {
            say!(lang, "よく似た名前{name}は存在します", "the near name {name} exists")
        }
        O::AddressDenied { address, range, .. } => {
            say!(lang, "{address}には接続できません({range})", "{address} isn't dialled ({range})")
        }
        O::ConnectAttempt { address, port, outcome, elapsed_ms } => {
            let outcome = connect(*outcome, lang);
            format!("TCP {address} {port}: {outcome} ({elapsed_ms} ms)")
        }
        O::Greeting { outcome, reply: said, raw, protocol, elapsed_ms } => {
            let outcome = greeting(*outcome, lang);
            let said = match (said, raw.is_empty()) {
                (Some(said), _) => reply(said),
                (None, false) => raw.to_string(),
                (None, true) => String::new(),
            };
            let protocol = protocol.map_or("", ForeignProtocol::as_str);
            join(&[&format!("{outcome} ({elapsed_ms} ms)"), protocol, &said])
        }
        O::StartTls { offered: false, .. } => {
            say!(lang, "STARTTLSが提供されていません", "STARTTLS isn't offered")
        }
        O::StartTls { reply: said, injected, .. } => {
            let said = said.as_ref().map(reply).unwrap_or_default();
            let injected = match injected {
                0 => String::new(),
                bytes => say!(lang, "平文の余分な{bytes}バイト", "{bytes} bytes more in clear"),
            };
            join(&["STARTTLS:", &said, &injected])
        }
        O::TlsHandshake { outcome, .. } => format!("TLS: {}", tls(outcome, lang)),
        O::CertificateChain { certificates } => {
            let subjects: Vec<&str> = certificates.iter().map(|c| c.subject.as_str()).collect();
            let subjects = subjects.join(" ← ");
            say!(lang, "証明書: {subjects}", "certificates: {subjects}")
        }
        O::CertificateVerdict { faults, trusted_root, .. } if faults.is_empty() => {
            let root = trusted_root.as_deref().unwrap_or("?");
            say!(
                lang,
                "証明書に問題はありません(ルート: {root})",
                "the certificate is in order (root: {root})"
            )
        }
        O::CertificateVerdict { faults, .. } => {
            faults.iter().map(|f| fault(f, lang)).collect::<Vec<_>>().join("; ")
        }
        O::CertificateName { name, same_address: true } => {
            say!(lang, "{name}は同じサーバーを指しています", "{name} leads to the same server")
        }
        O::CertificateName { name, same_address: false } => {
            say!(lang, "{name}は別のサーバーを指しています", "{name} leads elsewhere")
        }
        O::Capabilities { tokens, .. } => {
            let tokens = tokens.join(" ");
            say!(lang, "サーバーの機能: {tokens}", "capabilities: {tokens}")
        }
        O::SignIn { mechanism, accepted, reply: said, challenge } => {
            let outcome = outcome(*accepted, lang);
            let switch = words::smtp_auth_switch(said).map_or("", |words| words.get(lang));
            join(&[mechanism, outcome, &reply(said), &challenge.to_string(), switch])
        }
        O::SignInSkipped { reason } => skipped(*reason, lang),
        O::Mailbox { opened: true, messages: Some(_), .. } | O::Reading { .. } => {
            words::describe(observation, lang)
        }
        O::Mailbox { opened, reply: said, .. } => join(&["INBOX:", outcome(*opened, lang), &reply(said)]),
        O::Sender { allowed, reply: said } => join(&["MAIL FROM:", outcome(*allowed, lang), &reply(said)]),
        O::Dropped { step, reset, elapsed_ms } => {
            let step = strings::step(*step).get(lang);
            let how = if *reset { "RST" } else { "FIN" };
            say!(
                lang,
                "「{step}」の途中で切断されました({how}、{elapsed_ms} ms)",
                "closed during `{step}` ({how}, {elapsed_ms} ms)"
            )
        }
        O::TimedOut { step, elapsed_ms } => {
            let step = strings::step(*step).get(lang);
            say!(
                lang,
                "「{step}」で応答がありません({elapsed_ms} ms)",
                "no answer during `{step}` ({elapsed_ms} ms)"
            )
        }
        O::Unrecognised { raw, .. } => {
            say!(lang, "解釈できない応答: {raw}", "a reply that fits no protocol: {raw}")
        }
        O::Alternative { host, port, security, outcome } => {
            let (security, outcome) = (mode(*security), alternative(outcome, lang));
            format!("{host}:{port} ({security}): {outcome}")
        }
        O::LegacyTls { version } => {
            let version = version.as_str();
            say!(lang, "サーバーは{version}で応答しました", "the server answers with {version}")
        }
        O::EveryHelloRefused { .. } => {
            say!(lang, "どのTLSの呼びかけも拒否されました", "every TLS hello is refused")
        }
        O::TlsWithoutName { accepted } => {
            let outcome = outcome(*accepted, lang);
            say!(lang, "サーバー名なしのTLS: {outcome}", "TLS without a server name: {outcome}")
        }
        O::Provider { .. } | O::Token { .. } => words::describe(observation, lang),
        O::Transcript(said) => {
            let side = if said.side == TranscriptSide::Client { "C:" } else { "S:" };
            format!("{side} {}", said.text)
        }
    }
}

/// How a connection is secured, as people write it.
pub(super) fn mode(security: Security) -> &'static str {
    match security {
        Security::Tls => "TLS",
        Security::StartTls => "STARTTLS",
        Security::Plain => "plain",
    }
}

fn join(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// A server's reply in one line.
fn reply(reply: &Reply) -> String {
    let code = reply.code.map(|code| code.to_string()).unwrap_or_default();
    let response = reply.response_code.as_ref().map(|code| format!("[{code}]")).unwrap_or_default();
    let charset = reply.charset.as_ref().map(|charset| format!("({charset})")).unwrap_or_default();
    let text = format!("\"{}\"", reply.text);
    join(&[&code, reply.enhanced.as_deref().unwrap_or_default(), &response, &text, &charset])
}

fn outcome(accepted: bool, lang: Lang) -> &'static str {
    match (accepted, lang) {
        (true, Lang::Ja) => "受け付けられました",
        (true, Lang::En) => "accepted",
        (false, Lang::Ja) => "拒否されました",
        (false, Lang::En) => "refused",
    }
}

fn dns(outcome: DnsOutcome, lang: Lang) -> String {
    match outcome {
        DnsOutcome::Answer => String::new(),
        DnsOutcome::NoData => say!(lang, "レコードがありません", "no such record"),
        DnsOutcome::NxDomain => say!(lang, "名前が存在しません(NXDOMAIN)", "no such name (NXDOMAIN)"),
        DnsOutcome::ServFail => "SERVFAIL".to_owned(),
        DnsOutcome::Refused => "REFUSED".to_owned(),
        DnsOutcome::TimedOut => say!(lang, "応答がありません", "no answer"),
        DnsOutcome::Failed => say!(lang, "失敗しました", "failed"),
    }
}

fn connect(outcome: ConnectOutcome, lang: Lang) -> String {
    match outcome {
        ConnectOutcome::Connected => say!(lang, "接続しました", "connected"),
        ConnectOutcome::Refused => say!(lang, "拒否されました", "refused"),
        ConnectOutcome::TimedOut => say!(lang, "応答がありません", "no answer"),
        ConnectOutcome::NetworkUnreachable => {
            say!(lang, "ネットワークに到達できません", "network unreachable")
        }
        ConnectOutcome::HostUnreachable => say!(lang, "ホストに到達できません", "host unreachable"),
        ConnectOutcome::Prohibited => say!(lang, "途中で禁止されています", "administratively prohibited"),
        ConnectOutcome::Abandoned => {
            say!(lang, "別のアドレスが先に接続しました", "another address was faster")
        }
        ConnectOutcome::Failed => say!(lang, "失敗しました", "failed"),
    }
}

fn greeting(outcome: GreetingOutcome, lang: Lang) -> String {
    match outcome {
        GreetingOutcome::Ready => say!(lang, "応答がありました", "the server greets"),
        GreetingOutcome::PreAuth => "PREAUTH".to_owned(),
        GreetingOutcome::Refused => say!(lang, "接続を断られました", "the server refuses"),
        GreetingOutcome::Foreign => say!(lang, "別のサービスが応答しました", "another service answers"),
        GreetingOutcome::Unrecognised => say!(lang, "解釈できない応答です", "no protocol answers like this"),
        GreetingOutcome::Silent => say!(lang, "応答がありません", "no greeting"),
        GreetingOutcome::Closed => say!(lang, "すぐに切断されました", "closed before a word"),
        GreetingOutcome::Reset => say!(lang, "すぐに切断されました(RST)", "reset before a word"),
    }
}

fn tls(outcome: &TlsOutcome, lang: Lang) -> String {
    match outcome {
        TlsOutcome::Established { version, cipher } => format!("{} {cipher}", version.as_str()),
        TlsOutcome::Alert { number, name, .. } => {
            say!(lang, "サーバーからの警告{number} {name}", "alert {number} {name} from the server")
        }
        TlsOutcome::ClientCertificateRequired => {
            say!(lang, "クライアント証明書を求められました", "a client certificate is demanded")
        }
        TlsOutcome::Plaintext { protocol } => {
            let protocol = protocol.map_or("?", ForeignProtocol::as_str);
            say!(lang, "平文の応答({protocol})", "an answer in clear ({protocol})")
        }
        TlsOutcome::Closed { reset, .. } => {
            let how = if *reset { "RST" } else { "FIN" };
            say!(lang, "途中で切断されました({how})", "closed in the handshake ({how})")
        }
        TlsOutcome::TimedOut => say!(lang, "応答がありません", "no answer"),
        TlsOutcome::VersionTooOld => say!(lang, "バージョンが古すぎます", "the version is too old"),
        TlsOutcome::NothingInCommon { detail } => {
            say!(lang, "共通の方式がありません({detail})", "nothing in common ({detail})")
        }
        TlsOutcome::NoCertificate => say!(lang, "証明書が送られませんでした", "no certificate was sent"),
        TlsOutcome::CertificateUnusable { detail } => {
            say!(lang, "証明書を使えません({detail})", "the certificate can't be used ({detail})")
        }
        TlsOutcome::Broken { detail } => say!(lang, "規約に反しています({detail})", "broken ({detail})"),
    }
}

fn skipped(reason: SignInSkip, lang: Lang) -> String {
    match reason {
        SignInSkip::NoSecret => say!(lang, "パスワードの指定がありません", "no password was given"),
        SignInSkip::NotEncrypted => say!(lang, "暗号化されていないため送りません", "not sent: no encryption"),
        SignInSkip::CertificateNotClean => {
            say!(lang, "証明書に問題があるため送りません", "not sent: the certificate isn't in order")
        }
        SignInSkip::NoMechanism => {
            say!(lang, "使えるサインイン方式がありません", "no mechanism that could be used")
        }
        SignInSkip::Budget => {
            say!(lang, "アカウントを保護するため試しません", "not tried, to protect the account")
        }
        SignInSkip::NotIssued => say!(lang, "トークンが発行されませんでした", "no token was issued"),
        SignInSkip::Unsendable => {
            say!(lang, "送れない文字が含まれています", "it has characters that can't be sent")
        }
    }
}

fn alternative(outcome: &AlternativeOutcome, lang: Lang) -> String {
    match outcome {
        AlternativeOutcome::Works => say!(lang, "使えます", "works"),
        AlternativeOutcome::TlsUnclean => {
            say!(lang, "TLSですが証明書に問題があります", "TLS, but the certificate isn't in order")
        }
        AlternativeOutcome::PlaintextOnly => say!(lang, "暗号化されません", "without TLS only"),
        AlternativeOutcome::Foreign { protocol } => {
            let protocol = protocol.map_or("?", ForeignProtocol::as_str);
            say!(lang, "別のサービスです({protocol})", "another service ({protocol})")
        }
        AlternativeOutcome::Unusable => {
            say!(lang, "応答はありますが使えません", "answers, but can't be used")
        }
        AlternativeOutcome::Closed => say!(lang, "閉じています", "closed"),
        AlternativeOutcome::Silent => say!(lang, "応答がありません", "no answer"),
        AlternativeOutcome::NotAllowed => say!(lang, "確認していません", "not tried"),
    }
}
