//! One response of an IMAP server, understood.
//!
//! The parsers on crates.io don't take what real servers send. imap-codec 2.0.0-alpha.10 (with its quirks on) refuses
//! a status without text (`a1 NO`, `* BYE`), a text that isn't ASCII (Japanese and Chinese servers), a code without a
//! space behind it, `CAPABILITY` with two spaces, `STATUS` with an unknown item, and `NAMESPACE` with a group left
//! out. imap-proto 0.17 replaces every byte of a text that isn't UTF-8, keeps no code of RFC 5530, and knows neither
//! `NAMESPACE` nor `ID ()`. So the few responses that are needed are read here: never strictly, and each of them once.

use super::{Capabilities, Event, ResponseCode, data};

/// A response.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Response<'a> {
    /// `+`: the server asks for more. The bytes are what follows.
    Continuation(&'a [u8]),
    /// A status, tagged or not.
    Status { tag: Option<&'a [u8]>, word: StatusWord, code: Option<ResponseCode>, text: Vec<u8> },
    /// Untagged data that is an event of its own.
    Data(Event),
    /// `* 12 FETCH`: the size of a message, where it's there. The rest is somebody's mail.
    Fetched(Option<u64>),
    /// Untagged data that nobody needs here.
    Ignored,
    /// None of these.
    NoGrammar,
}

/// The words that begin a status response (RFC 9051, 7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StatusWord {
    Ok,
    No,
    Bad,
    Preauth,
    Bye,
}

/// Reads a whole response, its line end included or not.
pub(super) fn parse(response: &[u8]) -> Response<'_> {
    let (first, rest) = split_word(without_line_end(response));
    match first {
        b"+" => Response::Continuation(rest),
        b"*" => untagged(rest),
        _ => status(Some(first), rest).unwrap_or(Response::NoGrammar),
    }
}

/// The tag, `*` or `+` of a response.
pub(super) fn first_word(response: &[u8]) -> &[u8] {
    split_word(without_line_end(response)).0
}

fn without_line_end(response: &[u8]) -> &[u8] {
    let response = response.strip_suffix(b"\n").unwrap_or(response);
    response.strip_suffix(b"\r").unwrap_or(response)
}

fn untagged(rest: &[u8]) -> Response<'_> {
    if let Some(status) = status(None, rest) {
        return status;
    }
    let (name, arguments) = split_word(rest);
    let event = |event: Option<Event>| event.map_or(Response::NoGrammar, Response::Data);
    match name.to_ascii_uppercase().as_slice() {
        b"CAPABILITY" => Response::Data(Event::Capabilities(Capabilities::parse(arguments))),
        b"ID" => event(data::id(arguments).map(Event::Id)),
        b"NAMESPACE" => event(data::namespaces(arguments).map(Event::Namespace)),
        b"STATUS" => event(data::status(arguments).map(Event::Status)),
        [b'0'..=b'9', ..] => numbered(name, arguments),
        [b'A'..=b'Z', ..] => Response::Ignored,
        _ => Response::NoGrammar,
    }
}

/// `* 12 EXISTS`, `* 12 FETCH`, and their like that nobody needs.
fn numbered<'a>(number: &[u8], rest: &[u8]) -> Response<'a> {
    let Some(number) = std::str::from_utf8(number).ok().and_then(|number| number.parse().ok()) else {
        return Response::NoGrammar;
    };
    let (name, data) = split_word(rest);
    if name.trim_ascii_end().eq_ignore_ascii_case(b"EXISTS") {
        Response::Data(Event::Exists(number))
    } else if name.eq_ignore_ascii_case(b"FETCH") {
        Response::Fetched(data::message_size(data))
    } else {
        Response::Ignored
    }
}

fn status<'a>(tag: Option<&'a [u8]>, rest: &[u8]) -> Option<Response<'a>> {
    let (word, rest) = split_word(rest);
    let word = match word.to_ascii_uppercase().as_slice() {
        b"OK" => StatusWord::Ok,
        b"NO" => StatusWord::No,
        b"BAD" => StatusWord::Bad,
        b"PREAUTH" if tag.is_none() => StatusWord::Preauth,
        b"BYE" if tag.is_none() => StatusWord::Bye,
        _ => return None,
    };
    let (code, text) = split_code(rest);
    Some(Response::Status { tag, word, code, text: text.to_vec() })
}

/// Splits `[CODE] text`. A bracket that doesn't close belongs to the text.
fn split_code(rest: &[u8]) -> (Option<ResponseCode>, &[u8]) {
    let closing = rest.iter().position(|&byte| byte == b']');
    match (rest.strip_prefix(b"["), closing) {
        (Some(_), Some(closing)) => {
            let text = &rest[closing + 1..];
            (Some(ResponseCode::parse(&rest[1..closing])), text.strip_prefix(b" ").unwrap_or(text))
        }
        _ => (None, rest),
    }
}

/// The first word, and what stands behind the spaces that follow it.
fn split_word(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|&byte| byte == b' ').unwrap_or(bytes.len());
    let behind = &bytes[end..];
    let spaces = behind.iter().take_while(|&&byte| byte == b' ').count();
    (&bytes[..end], &behind[spaces..])
}

#[cfg(test)]
mod tests {
    use super::{Response, StatusWord, parse};
    use crate::imap::ResponseCode;

    #[track_caller]
    fn check(line: &[u8], tag: Option<&[u8]>, word: StatusWord, code: Option<ResponseCode>, text: &[u8]) {
        assert_eq!(parse(line), Response::Status { tag, word, code, text: text.to_vec() });
    }

    #[test]
    fn a_status_may_lack_its_text_or_the_space_before_it() {
        let tag = Some(&b"a1"[..]);
        check(b"a1 NO\r\n", tag, StatusWord::No, None, b"");
        check(b"a1 OK \n", tag, StatusWord::Ok, None, b"");
        check(b"a1 no [ALERT]\r\n", tag, StatusWord::No, Some(ResponseCode::Alert), b"");
        check(b"a1 NO [ALERT]Web login\r\n", tag, StatusWord::No, Some(ResponseCode::Alert), b"Web login");
        check(b"* BYE\r\n", None, StatusWord::Bye, None, b"");
        check(b"*  bad   what?\r\n", None, StatusWord::Bad, None, b"what?");
    }

    #[test]
    fn a_bracket_that_does_not_close_is_text() {
        check(b"a1 NO [ALERT oops\r\n", Some(b"a1"), StatusWord::No, None, b"[ALERT oops");
    }

    #[test]
    fn text_in_any_charset_stays_as_it_is() {
        check(
            b"a1 NO \xc7\xeb\xca\xb9\xd3\xc3\r\n",
            Some(b"a1"),
            StatusWord::No,
            None,
            b"\xc7\xeb\xca\xb9\xd3\xc3",
        );
    }

    #[test]
    fn greetings_and_goodbyes_have_no_tag() {
        assert_eq!(parse(b"a1 BYE\r\n"), Response::NoGrammar);
        assert_eq!(parse(b"a1 PREAUTH\r\n"), Response::NoGrammar);
    }

    #[test]
    fn data_that_is_not_needed_is_told_from_nonsense() {
        for (line, response) in [
            (&b"* FLAGS (\\Seen)\r\n"[..], Response::Ignored),
            (b"* 3 RECENT\r\n", Response::Ignored),
            (b"* X-GUID 5\r\n", Response::Ignored),
            (b"* 3 FETCH (RFC822.SIZE 44)\r\n", Response::Fetched(Some(44))),
            (b"* 3 FETCH (FLAGS (\\Seen))\r\n", Response::Fetched(None)),
            (b"* 99999999999 EXISTS\r\n", Response::NoGrammar),
            (b"* ID (\r\n", Response::NoGrammar),
            (b"* \x01\r\n", Response::NoGrammar),
            (b"HTTP/1.1 400 Bad Request\r\n", Response::NoGrammar),
        ] {
            assert_eq!(parse(line), response, "{:?}", line.escape_ascii().to_string());
        }
    }
}
