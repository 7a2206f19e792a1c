//! Wire messages as one line of JSON each: for the WebSocket, NDJSON and `check --json` alike.

use std::fmt::Write as _;

use error_model::text::is_control;
use serde::Serialize;

/// The message as JSON on one line, without a line end.
///
/// Beyond what JSON demands, controls that a terminal would act on (C1, bidi, zero-width) are written as `\u` escapes:
/// the text stays the same for a JSON reader, and can't do harm where somebody looks at it raw.
///
/// # Errors
/// None that a message can produce.
pub fn encode(message: &impl Serialize) -> serde_json::Result<String> {
    let json = serde_json::to_string(message)?;
    if !json.chars().any(is_control) {
        return Ok(json);
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_control(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}").expect("a string takes any text");
            }
        } else {
            out.push(c);
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use error_model::wire::{Problem, ProblemCode, RelayMessage};

    #[test]
    fn controls_are_escaped_and_read_back_the_same() {
        let hostile = "a\u{1b}[2J\u{9b}\u{202e}\u{7f}\u{e0001}\r\nb";
        let message = RelayMessage::Problem(Problem {
            code: ProblemCode::Internal,
            message: hostile.to_owned(),
            field: None,
            retry_after_s: None,
        });
        let json = encode(&message).unwrap();
        assert!(!json.chars().any(is_control), "{json}");
        assert_eq!(serde_json::from_str::<RelayMessage>(&json).unwrap(), message);
    }
}
