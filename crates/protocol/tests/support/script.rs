//! The form of a transcript file, one step a line:
//!
//! ```text
//! # a comment
//! ! sign-in password secret     what the client does next (see `peer`)
//! C: t1 LOGIN "a" "secret"      what it must write (a line end is added)
//! S: t1 NO wrong                what the server writes (a line end is added)
//! S| t1 NO wr\x6fng\n           the same without the line end; \n \r \\ \xHH in all lines but comments
//! E: completed Login No wrong   what must be reported (see `render`)
//! ```

/// One line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Do(String),
    Client(Vec<u8>),
    Server(Vec<u8>),
    Expect(String),
}

/// Reads a file. Panics with the line that isn't understood.
pub fn parse(text: &str) -> Vec<Step> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(step).collect()
}

fn step(line: &str) -> Step {
    let (mark, rest) = line.split_at_checked(2).unwrap_or_else(|| panic!("not a step: {line}"));
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let with_end = || [unescape(rest), b"\r\n".to_vec()].concat();
    match mark {
        "! " => Step::Do(rest.to_owned()),
        "C:" => Step::Client(with_end()),
        "S:" => Step::Server(with_end()),
        "S|" => Step::Server(unescape(rest)),
        "E:" => Step::Expect(rest.to_owned()),
        _ => panic!("not a step: {line}"),
    }
}

fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = text.bytes();
    let mut unescaped = Vec::new();
    while let Some(byte) = bytes.next() {
        unescaped.push(match byte {
            b'\\' => match bytes.next() {
                Some(b'n') => b'\n',
                Some(b'r') => b'\r',
                Some(b'\\') => b'\\',
                Some(b'x') => {
                    let digits =
                        [bytes.next(), bytes.next()].map(|digit| digit.expect("two digits behind \\x"));
                    let digits = std::str::from_utf8(&digits).expect("digits are ASCII");
                    u8::from_str_radix(digits, 16).expect("hexadecimal digits behind \\x")
                }
                other => panic!("unknown escape {other:?} in {text}"),
            },
            byte => byte,
        });
    }
    unescaped
}
