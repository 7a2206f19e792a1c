//! Where one response ends: at a line end, or behind the literals that it announces (RFC 9051, 4.3).

use crate::{
    buffer::{Buffer, TooLong},
    limits,
};

/// Cuts the bytes into responses.
#[derive(Debug, Default)]
pub(crate) struct Framer {
    /// Where the line that is awaited begins: behind the literals so far.
    segment: usize,
}

impl Framer {
    /// Takes the next complete response, its line end included; `None` while there is none.
    ///
    /// # Errors
    /// When a line, a literal or the response is too long. An announced literal is refused before its bytes arrive.
    pub(crate) fn next(&mut self, buffer: &mut Buffer) -> Result<Option<Vec<u8>>, TooLong> {
        while let Some(end) = buffer.line_end(self.segment)? {
            let with_literals = self.segment > 0 || may_have_literals(buffer.unread());
            let line = &buffer.unread()[self.segment..end];
            match announced_literal(line).filter(|_| with_literals) {
                None => {
                    self.segment = 0;
                    return buffer.take(end).map(Some);
                }
                Some(length) if length > limits::LITERAL || end + length > limits::REPLY => {
                    return Err(TooLong(end));
                }
                Some(length) => self.segment = end + length,
            }
        }
        Ok(None)
    }
}

/// Only untagged data has literals. The text of a status response may end in `{5}` and mean nothing by it.
fn may_have_literals(response: &[u8]) -> bool {
    let Some(rest) = response.strip_prefix(b"*") else { return false };
    let word = rest.trim_ascii_start().split(|byte| byte.is_ascii_whitespace()).next().unwrap_or_default();
    !["OK", "NO", "BAD", "BYE", "PREAUTH"].iter().any(|status| word.eq_ignore_ascii_case(status.as_bytes()))
}

/// The length that `{…}` at the end of a line announces. A number too large for the machine counts as the largest.
pub(crate) fn announced_literal(line: &[u8]) -> Option<usize> {
    let inner = line.trim_ascii_end().strip_suffix(b"}")?;
    let digits = &inner[inner.iter().rposition(|&byte| byte == b'{')? + 1..];
    let digits = digits.strip_suffix(b"+").unwrap_or(digits);
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let add = |sum: usize, digit: &u8| sum.saturating_mul(10).saturating_add(usize::from(digit - b'0'));
    Some(digits.iter().fold(0, add))
}

#[cfg(test)]
mod tests {
    use super::{Framer, TooLong, announced_literal};
    use crate::buffer::Buffer;

    fn frames(bytes: &[u8]) -> Result<Vec<Vec<u8>>, TooLong> {
        let (mut framer, mut buffer, mut frames) = (Framer::default(), Buffer::default(), Vec::new());
        for byte in bytes {
            buffer.push(&[*byte]);
            while let Some(frame) = framer.next(&mut buffer)? {
                frames.push(frame);
            }
        }
        Ok(frames)
    }

    #[test]
    fn a_response_goes_on_behind_its_literals() {
        let first = b"* ID (\"name\" {4}\r\na\r\nb \"os\" {0}\r\n)\r\n";
        let bytes = [&first[..], b"* BYE\n"].concat();
        assert_eq!(frames(&bytes), Ok(vec![first.to_vec(), b"* BYE\n".to_vec()]));
    }

    #[test]
    fn braces_at_the_end_of_a_text_announce_nothing() {
        let lines = [&b"* OK see {5}\r\n"[..], b"a1 NO no {7}\r\n", b"+ {9}\r\n"];
        assert_eq!(frames(&lines.concat()), Ok(lines.map(<[u8]>::to_vec).to_vec()));
    }

    #[test]
    fn a_giant_literal_is_refused_when_it_is_announced() {
        for announced in ["4294967295", "65537", "99999999999999999999999999"] {
            let announcement = format!("* ID ({{{announced}}}\r\n");
            assert_eq!(frames(announcement.as_bytes()), Err(TooLong(announcement.len())));
        }
    }

    #[test]
    fn only_digits_in_braces_at_the_end_announce_a_literal() {
        for (line, length) in [
            (&b"a {12}\r\n"[..], Some(12)),
            (b"a {12+}\n", Some(12)),
            (b"{}\r\n", None),
            (b"{x}", None),
            (b"1}", None),
        ] {
            assert_eq!(announced_literal(line), length);
        }
    }
}
