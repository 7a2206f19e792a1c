//! Who the account belongs to stays with the person: names are masked in what goes to support.

use error_model::evidence::Asked;

/// An address or user name with only its first character: `a…@example.com`, `a…`.
#[must_use]
pub fn masked(name: &str) -> String {
    let (local, domain) = name.rsplit_once('@').map_or((name, None), |(local, domain)| (local, Some(domain)));
    let mut out: String = local.chars().take(1).collect();
    out.push('…');
    if let Some(domain) = domain {
        out.push('@');
        out.push_str(domain);
    }
    out
}

/// Masks the account's names wherever they stand in a text.
pub(super) struct Mask {
    names: Vec<String>,
}

impl Mask {
    /// Shorter names than this are no names that could be told from words.
    const SHORTEST: usize = 3;

    pub fn new(asked: &Asked) -> Self {
        let whole = [&asked.email, &asked.imap_user, &asked.smtp_user].into_iter().flatten();
        let mut names: Vec<String> = Vec::new();
        for name in whole {
            let local = name.rsplit_once('@').map(|(local, _)| local);
            for name in [Some(name.as_str()), local].into_iter().flatten() {
                if name.len() >= Self::SHORTEST && !names.iter().any(|known| known == name) {
                    names.push(name.to_owned());
                }
            }
        }
        Self { names }
    }

    /// The text with every name masked, in upper or lower case; parts of longer words stay.
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let inside = out.chars().next_back().is_some_and(is_word);
            let fits = |name: &&String| !inside && begins_with(rest, name);
            // The longest, so that an address isn't taken for its local part.
            let name = self.names.iter().filter(fits).max_by_key(|name| name.len());
            match name {
                Some(name) => {
                    out.push_str(&masked(&rest[..name.len()]));
                    rest = &rest[name.len()..];
                }
                None => {
                    out.push(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        out
    }
}

/// The text begins with the name, and the name ends there: not in the middle of a word or a host name.
fn begins_with(text: &str, name: &str) -> bool {
    let Some((head, tail)) = text.split_at_checked(name.len()) else { return false };
    let mut after = tail.chars();
    let ends = match after.next() {
        Some('.' | '-') => !after.next().is_some_and(is_word),
        Some(c) => !is_word(c),
        None => true,
    };
    ends && head.eq_ignore_ascii_case(name)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(text: &str) -> String {
        let name = |name: &str| Some(name.to_owned());
        let asked = Asked { email: name("anna@example.com"), imap_user: name("anna.b"), ..Asked::default() };
        Mask::new(&asked).apply(text)
    }

    #[test]
    fn only_the_first_character_is_left() {
        assert_eq!(masked("anna@example.com"), "a…@example.com");
        assert_eq!(masked("あんな"), "あ…");
        assert_eq!(masked(""), "…");
    }

    #[test]
    fn names_are_masked_wherever_they_stand() {
        for (text, expected) in [
            ("C: MAIL FROM:<anna@example.com>", "C: MAIL FROM:<a…@example.com>"),
            ("S: NO ANNA@EXAMPLE.COM unknown", "S: NO A…@EXAMPLE.COM unknown"),
            ("S: OK anna logged in.", "S: OK a… logged in."),
            ("S: welcome anna.", "S: welcome a…."),
            ("user=anna.b, ok", "user=a…, ok"),
            ("\"anna\"", "\"a…\""),
        ] {
            assert_eq!(mask(text), expected);
        }
    }

    #[test]
    fn servers_and_other_words_stay() {
        for text in ["anna.example.com", "hanna", "annabel", "imap.example.com:993", "日本語anna2"] {
            assert_eq!(mask(text), text);
        }
    }

    #[test]
    fn without_an_account_nothing_is_masked() {
        assert_eq!(Mask::new(&Asked::default()).apply("a b"), "a b");
    }
}
