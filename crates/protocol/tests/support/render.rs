//! Events as the lines that stand behind `E:` in a transcript file.

use protocol::{
    Unrecognised,
    imap::{self, Namespace, ResponseCode},
    sasl::Challenge,
    smtp::{self, Reply},
};

/// Bytes as text where they are UTF-8 without control characters, else with escapes.
pub fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains(char::is_control) => text.to_owned(),
        _ => bytes.escape_ascii().to_string(),
    }
}

/// Words with spaces between them.
pub fn list<T: AsRef<[u8]>>(words: impl IntoIterator<Item = T>) -> String {
    words.into_iter().map(|word| text(word.as_ref())).collect::<Vec<_>>().join(" ")
}

/// An IMAP event.
pub fn imap(event: &imap::Event) -> String {
    let line = match event {
        imap::Event::Greeting(greeting) => {
            format!("greeting {:?} {}{}", greeting.kind, code(&greeting.code), text(&greeting.text))
        }
        imap::Event::Capabilities(capabilities) => format!("capabilities {}", list(capabilities.names())),
        imap::Event::Completed(completed) => {
            let (code, text) = (code(&completed.code), text(&completed.text));
            format!("completed {:?} {:?} {code}{text}", completed.command, completed.status)
        }
        imap::Event::Bye { code: given, text: said } => format!("bye {}{}", code(given), text(said)),
        imap::Event::Alert(said) => format!("alert {}", text(said)),
        imap::Event::Notice { status, code: given, text: said } => {
            format!("notice {status:?} {}{}", code(given), text(said))
        }
        imap::Event::Id(None) => "id NIL".into(),
        imap::Event::Id(Some(fields)) => {
            let value = |value: &Option<Vec<u8>>| value.as_deref().map_or("NIL".into(), text);
            let fields = fields.iter().map(|field| format!("{}={}", text(&field.0), value(&field.1)));
            format!("id {}", list(fields))
        }
        imap::Event::Namespace(namespaces) => {
            let groups = [&namespaces.personal, &namespaces.other_users, &namespaces.shared];
            format!("namespace {}", list(groups.map(|group| group_of(group))))
        }
        imap::Event::Exists(count) => format!("exists {count}"),
        imap::Event::Status(data) => {
            let items = data.items.iter().map(|item| format!("{}={}", text(&item.0), item.1));
            format!("status {} {}", text(&data.mailbox), list(items))
        }
        imap::Event::Fetched(fetched) => {
            let size = fetched.size.map_or("-".to_owned(), |size| size.to_string());
            format!("fetched {size} {}", fetched.octets)
        }
        imap::Event::Challenge(given) => challenge(given),
        imap::Event::Unrecognised(given) => unrecognised(given),
        imap::Event::Write(_) => panic!("what is to be written is no line of a file"),
    };
    line.trim_end().to_owned()
}

/// An SMTP event.
pub fn smtp(event: &smtp::Event) -> String {
    let line = match event {
        smtp::Event::Greeting(given) => format!("greeting {}", reply(given)),
        smtp::Event::Capabilities(capabilities) => {
            let keywords = list(capabilities.keywords.iter().map(|keyword| &keyword.name));
            let mechanisms = list(&capabilities.auth_mechanisms);
            format!("capabilities {}: {keywords}; mechanisms {mechanisms}", text(&capabilities.domain))
        }
        smtp::Event::Completed(completed) => {
            format!("completed {:?} {}", completed.command, reply(&completed.reply))
        }
        smtp::Event::Unsolicited(given) => format!("unsolicited {}", reply(given)),
        smtp::Event::Challenge(given) => challenge(given),
        smtp::Event::Unrecognised(given) => unrecognised(given),
        smtp::Event::Write(_) => panic!("what is to be written is no line of a file"),
    };
    line.trim_end().to_owned()
}

/// The mechanisms of a server that has none in common.
pub fn offer(none: &dyn std::error::Error, offered: &[Vec<u8>]) -> String {
    format!("{none}: {}", list(offered)).trim_end().to_owned()
}

/// Bytes that fit no grammar.
pub fn unrecognised(given: &Unrecognised) -> String {
    let looks_like = given.looks_like.map(|protocol| format!(" like {protocol:?}")).unwrap_or_default();
    format!("unrecognised {:?}{looks_like}: {}", given.why, text(&given.bytes)).trim_end().to_owned()
}

fn reply(reply: &Reply) -> String {
    let enhanced = reply.enhanced.map(|code| format!(" <{code}>")).unwrap_or_default();
    let mixed = if reply.codes_differ { " mixed" } else { "" };
    let lines: Vec<String> = reply.lines.iter().map(|line| text(line)).collect();
    format!("{}{enhanced}{mixed} {}", reply.code, lines.join(" | "))
}

fn challenge(challenge: &Challenge) -> String {
    match challenge {
        Challenge::OAuthError(json) => format!("oauth-error {}", text(json)),
        Challenge::Unexpected(said) => format!("challenge {}", text(said)),
    }
}

fn code(code: &Option<ResponseCode>) -> String {
    let Some(code) = code else { return String::new() };
    let arguments = match code {
        ResponseCode::Referral(arguments)
        | ResponseCode::WebAlert(arguments)
        | ResponseCode::Other { arguments, .. } => text(arguments),
        ResponseCode::UidNext(number) | ResponseCode::UidValidity(number) | ResponseCode::Unseen(number) => {
            number.to_string()
        }
        _ => String::new(),
    };
    format!("[{}] ", format!("{} {arguments}", text(code.name())).trim_end())
}

fn group_of(group: &[Namespace]) -> String {
    let one = |namespace: &Namespace| {
        let delimiter = namespace.delimiter.as_deref().map_or("NIL".into(), text);
        format!("<{}|{delimiter}>", text(&namespace.prefix))
    };
    if group.is_empty() { "NIL".into() } else { group.iter().map(one).collect() }
}
