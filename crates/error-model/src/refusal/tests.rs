//! Real refusals, collected from servers, their sources, and what people report (`tests/data/refusals.tsv`).

mod held_out;
mod variations;

use super::{Origin, Reason, classify, classify_issuer};
use crate::{
    ServerText,
    evidence::{Reply, ReplyStatus},
};

/// Columns: provider (its name in the table of providers) or server (`-` for none), protocol, the reply as it comes over the wire with `\n` and `\xNN`
/// written out, what it means.
const REFUSALS: &str = include_str!("../../tests/data/refusals.tsv");

fn rows() -> impl Iterator<Item = [&'static str; 4]> {
    let lines = REFUSALS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        columns.try_into().unwrap_or_else(|_| panic!("four columns: {line}"))
    })
}

/// A column names the provider or the server; neither can be taken for the other.
fn origin_of(column: &str) -> Origin {
    Origin { provider: column.to_owned(), host: column.to_lowercase() }
}

/// How the table writes a reason: `plain`, `ambiguous: app-password-required, …`.
fn written(reason: Reason) -> String {
    match reason {
        Reason::Plain { understood: false, .. } => "not understood".into(),
        Reason::Plain { coded: true, .. } => "coded".into(),
        Reason::Plain { coded: false, .. } => "plain".into(),
        Reason::Ambiguous(causes) => {
            let causes: Vec<&str> = causes.iter().map(|cause| cause.id()).collect();
            format!("ambiguous: {}", causes.join(", "))
        }
        reason => format!("{reason:?}"),
    }
}

/// The reply as the relay would have read it.
fn read(protocol: &str, wire: &[u8]) -> (Reply, Vec<u8>) {
    match protocol {
        "imap" => (imap(wire), vec![]),
        "smtp" => (smtp(wire), vec![]),
        // The challenge comes first; the reply that ends the exchange says nothing more.
        "oauth" => (imap(b"NO failed"), wire.to_vec()),
        other => panic!("no such protocol: {other}"),
    }
}

fn imap(wire: &[u8]) -> Reply {
    let (word, rest) =
        wire.split_at(wire.iter().position(|byte| *byte == b' ').expect("a status and a text"));
    let status = match word {
        b"NO" => ReplyStatus::No,
        b"BAD" => ReplyStatus::Bad,
        b"BYE" => ReplyStatus::Bye,
        other => panic!("no such status: {}", other.escape_ascii()),
    };
    let rest = rest.trim_ascii();
    let (code, text) = match rest.iter().position(|byte| *byte == b']') {
        Some(end) if rest[0] == b'[' => (Some(&rest[1..end]), &rest[end + 1..]),
        _ => (None, rest),
    };
    let name = code.and_then(|code| code.split(|byte| *byte == b' ').next());
    let response_code = name.map(|name| String::from_utf8_lossy(name).to_uppercase());
    Reply {
        status,
        code: None,
        enhanced: None,
        response_code,
        charset: None,
        text: ServerText::new(text.trim_ascii()),
    }
}

fn smtp(wire: &[u8]) -> Reply {
    let lines: Vec<&[u8]> = wire.split(|byte| *byte == b'\n').collect();
    let code: u16 = std::str::from_utf8(&lines[0][..3]).unwrap().parse().expect("three digits");
    let texts: Vec<&[u8]> = lines.iter().map(|line| line.get(4..).unwrap_or_default()).collect();
    let first = String::from_utf8_lossy(texts[0]).into_owned();
    let enhanced = first.split(' ').next().filter(|word| word.split('.').count() == 3);
    let status = match code {
        421 => ReplyStatus::Bye,
        400..=499 => ReplyStatus::Later,
        500..=504 => ReplyStatus::Bad,
        _ => ReplyStatus::No,
    };
    Reply {
        status,
        code: Some(code),
        enhanced: enhanced.map(str::to_owned),
        response_code: None,
        charset: None,
        text: ServerText::new(&texts.join(&b'\n')),
    }
}

fn unescape(column: &str) -> Vec<u8> {
    serde_json::from_value::<ServerText>(column.into()).expect("an escaped text").bytes().to_vec()
}

/// What a reply is read as, in the table's words.
fn read_as(origin: &str, protocol: &str, wire: &str) -> String {
    if protocol == "issuer" {
        return classify_issuer(wire).map_or("nothing".into(), written);
    }
    let (reply, challenge) = read(protocol, &unescape(wire));
    written(classify(&reply, &challenge, &origin_of(origin)))
}

#[test]
fn every_known_refusal_means_what_it_is_known_to_mean() {
    let mut wrong = vec![];
    for [origin, protocol, wire, expected] in rows() {
        let found = read_as(origin, protocol, wire);
        if found != expected {
            wrong.push(format!("{origin} {wire}: {found}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_codes_of_wrong_credentials_are_never_read_into_an_ambiguous_text() {
    let ambiguous: Vec<_> = rows().filter(|row| row[3].starts_with("ambiguous")).collect();
    assert!(ambiguous.len() >= 10);
    for [origin, protocol, wire, _] in ambiguous {
        let (mut reply, _) = read(protocol, &unescape(wire));
        (reply.response_code, reply.status) = (Some("AUTHENTICATIONFAILED".into()), ReplyStatus::No);
        let reason = classify(&reply, b"", &origin_of(origin));
        assert!(!matches!(reason, Reason::Plain { .. }), "{wire}");
    }
}

#[test]
fn every_pattern_is_written_as_texts_are_compared() {
    use super::table::{ISSUER, REPLIES, Row, When};
    let rows = REPLIES.iter().copied().flatten().chain(ISSUER);
    let patterns = rows.flat_map(|Row(when, _)| match when {
        When::Says(list) | When::Challenge(list) => *list,
        _ => &[],
    });
    for pattern in patterns {
        assert_eq!(super::words::normalise(pattern.as_bytes()), *pattern);
    }
}
