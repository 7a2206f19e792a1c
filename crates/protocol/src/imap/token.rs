//! The words and lists that untagged data is made of (RFC 9051, 9: atom, string, list).

use super::frame::announced_literal;

/// Lists nested deeper than this are refused. NAMESPACE needs four levels (with its extensions).
const DEPTH: usize = 8;

/// One word or list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// NIL.
    Nil,
    /// An atom, a quoted string or a literal.
    Text(Vec<u8>),
    /// What stands in parentheses.
    List(Vec<Token>),
}

impl Token {
    pub(crate) fn text(&self) -> Option<&[u8]> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn list(&self) -> Option<&[Token]> {
        match self {
            Self::List(list) => Some(list),
            _ => None,
        }
    }
}

/// Reads a whole response behind its name. `None` where parentheses, quotes or literals don't close.
pub(crate) fn parse(bytes: &[u8]) -> Option<Vec<Token>> {
    let mut reader = Reader { rest: bytes };
    let tokens = reader.sequence(0)?;
    reader.rest.is_empty().then_some(tokens)
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    /// Tokens up to a closing parenthesis, which is left, or the end.
    fn sequence(&mut self, depth: usize) -> Option<Vec<Token>> {
        let mut tokens = Vec::new();
        loop {
            self.rest = self.rest.trim_ascii_start();
            match self.rest.first() {
                None | Some(b')') => return Some(tokens),
                Some(_) => tokens.push(self.token(depth)?),
            }
        }
    }

    fn token(&mut self, depth: usize) -> Option<Token> {
        match self.rest.first()? {
            b'(' => self.list(depth + 1),
            b'"' => self.quoted(),
            b'{' => self.literal(),
            _ => Some(self.atom()),
        }
    }

    fn list(&mut self, depth: usize) -> Option<Token> {
        if depth > DEPTH {
            return None;
        }
        self.rest = &self.rest[1..];
        let tokens = self.sequence(depth)?;
        self.rest = self.rest.strip_prefix(b")")?;
        Some(Token::List(tokens))
    }

    fn quoted(&mut self) -> Option<Token> {
        let mut text = Vec::new();
        let mut bytes = self.rest.iter().enumerate().skip(1);
        loop {
            match bytes.next()? {
                (end, b'"') => {
                    self.rest = &self.rest[end + 1..];
                    return Some(Token::Text(text));
                }
                (_, b'\\') => text.push(*bytes.next()?.1),
                (_, byte) => text.push(*byte),
            }
        }
    }

    fn literal(&mut self) -> Option<Token> {
        let line_end = self.rest.iter().position(|&byte| byte == b'\n')? + 1;
        let (line, behind) = self.rest.split_at(line_end);
        let (text, rest) = behind.split_at_checked(announced_literal(line)?)?;
        self.rest = rest;
        Some(Token::Text(text.to_vec()))
    }

    fn atom(&mut self) -> Token {
        let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'(' | b')' | b'"');
        let end = self.rest.iter().position(ends).unwrap_or(self.rest.len());
        let (atom, rest) = self.rest.split_at(end);
        self.rest = rest;
        if atom.eq_ignore_ascii_case(b"NIL") { Token::Nil } else { Token::Text(atom.to_vec()) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, parse};

    fn text(text: &str) -> Token {
        Token::Text(text.as_bytes().to_vec())
    }

    #[test]
    fn words_strings_literals_and_lists_are_read() {
        let tokens = parse(b"INBOX (\"a \\\"b\\\\\" nil {5}\r\nx)\r\ny ()) \"NIL\"\r\n");
        let list = Token::List(vec![text("a \"b\\"), Token::Nil, text("x)\r\ny"), Token::List(vec![])]);
        assert_eq!(tokens, Some(vec![text("INBOX"), list, text("NIL")]));
    }

    #[test]
    fn what_does_not_close_is_refused() {
        for broken in [&b"(a"[..], b"a)", b"\"a", b"\"a\\", b"{3}\r\nab", b"{x}\r\n", b"((((((((("] {
            assert_eq!(parse(broken), None, "{:?}", broken.escape_ascii().to_string());
        }
    }
}
