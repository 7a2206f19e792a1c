//! Untagged data that an account check looks at: ID, NAMESPACE, STATUS, FETCH.

use super::token::{self, Token};

/// One field of what a server says about itself (RFC 2971): a name and a value, `None` for NIL.
pub type IdField = (Vec<u8>, Option<Vec<u8>>);

/// Where mailboxes are (RFC 2342).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Namespaces {
    /// The user's own.
    pub personal: Vec<Namespace>,
    /// Those of other users.
    pub other_users: Vec<Namespace>,
    /// Shared ones.
    pub shared: Vec<Namespace>,
}

/// A prefix of mailbox names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namespace {
    /// The prefix.
    pub prefix: Vec<u8>,
    /// What separates levels; `None` where there are none.
    pub delimiter: Option<Vec<u8>>,
}

/// Numbers of a mailbox (RFC 9051, 7.3.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusData {
    /// The mailbox.
    pub mailbox: Vec<u8>,
    /// Names, as they were written, and numbers. What isn't a number is left out.
    pub items: Vec<(Vec<u8>, u64)>,
}

impl StatusData {
    /// The number of `name`, in capitals or not: `MESSAGES`, `SIZE` (bytes; RFC 8438), `UNSEEN` …
    #[must_use]
    pub fn get(&self, name: &str) -> Option<u64> {
        let is_it = |item: &&(Vec<u8>, u64)| item.0.eq_ignore_ascii_case(name.as_bytes());
        self.items.iter().find(is_it).map(|item| item.1)
    }
}

/// Reads what stands behind `* ID`. A last name without a value gets none.
pub(super) fn id(bytes: &[u8]) -> Option<Option<Vec<IdField>>> {
    let tokens = token::parse(bytes)?;
    let [Token::List(fields)] = tokens.as_slice() else {
        return matches!(tokens.as_slice(), [] | [Token::Nil]).then_some(None);
    };
    let field = |pair: &[Token]| {
        Some((pair.first()?.text()?.to_vec(), pair.get(1).and_then(Token::text).map(<[u8]>::to_vec)))
    };
    fields.chunks(2).map(field).collect::<Option<_>>().map(Some)
}

/// Reads what stands behind `* NAMESPACE`. Groups that are left out at the end count as NIL.
pub(super) fn namespaces(bytes: &[u8]) -> Option<Namespaces> {
    let tokens = token::parse(bytes)?;
    let group = |index: usize| match tokens.get(index) {
        None | Some(Token::Nil) => Some(Vec::new()),
        Some(Token::List(list)) => list.iter().map(namespace).collect(),
        Some(Token::Text(_)) => None,
    };
    Some(Namespaces { personal: group(0)?, other_users: group(1)?, shared: group(2)? })
}

fn namespace(token: &Token) -> Option<Namespace> {
    let [prefix, rest @ ..] = token.list()? else { return None };
    let delimiter = rest.first().and_then(Token::text).map(<[u8]>::to_vec);
    Some(Namespace { prefix: prefix.text()?.to_vec(), delimiter })
}

/// Reads what stands behind `* STATUS`.
pub(super) fn status(bytes: &[u8]) -> Option<StatusData> {
    let tokens = token::parse(bytes)?;
    let [mailbox, Token::List(list)] = tokens.as_slice() else { return None };
    let number = |token: &Token| std::str::from_utf8(token.text()?).ok()?.parse().ok();
    let item = |pair: &[Token]| Some((pair.first()?.text()?.to_vec(), number(pair.get(1)?)?));
    Some(StatusData { mailbox: mailbox.text()?.to_vec(), items: list.chunks(2).filter_map(item).collect() })
}

/// The size of the message in what stands behind `* 12 FETCH`.
pub(super) fn message_size(bytes: &[u8]) -> Option<u64> {
    let tokens = token::parse(bytes)?;
    let [Token::List(items)] = tokens.as_slice() else { return None };
    let size = items
        .chunks_exact(2)
        .find(|item| item[0].text().is_some_and(|name| name.eq_ignore_ascii_case(b"RFC822.SIZE")))?;
    std::str::from_utf8(size[1].text()?).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Namespace, id, message_size, namespaces, status};

    #[test]
    fn an_id_may_be_nil_empty_or_odd() {
        assert_eq!(id(b"NIL\r\n"), Some(None));
        assert_eq!(id(b"()\r\n"), Some(Some(vec![])));
        let fields =
            vec![(b"name".to_vec(), Some("メール".into())), (b"os".to_vec(), None), (b"x".to_vec(), None)];
        assert_eq!(id("(\"name\" \"メール\" \"os\" NIL \"x\")\r\n".as_bytes()), Some(Some(fields)));
        assert_eq!(id(b"((\"name\"))\r\n"), None);
    }

    #[test]
    fn namespaces_without_delimiter_or_last_groups_are_understood() {
        let read =
            namespaces(b"((\"\" \"/\")(\"#mh/\" NIL \"X-PARAM\" (\"a\"))) NIL\r\n").expect("well formed");
        let first = Namespace { prefix: vec![], delimiter: Some(b"/".to_vec()) };
        let second = Namespace { prefix: b"#mh/".to_vec(), delimiter: None };
        assert_eq!(read.personal, [first, second]);
        assert!(read.other_users.is_empty() && read.shared.is_empty());
        assert_eq!(namespaces(b"nonsense\r\n"), None);
    }

    #[test]
    fn the_size_of_a_message_is_found_whatever_stands_around_it() {
        let head = b"(BODY[HEADER]<0> {22}\r\nSubject: RFC822.SIZE 1\r\n rfc822.size 4827)\r\n";
        assert_eq!(message_size(head), Some(4_827));
        assert_eq!(message_size(b"(FLAGS (\\Seen RFC822.SIZE) RFC822.SIZE 12)"), Some(12));
        for none in
            [&b"(FLAGS ())"[..], b"(RFC822.SIZE)", b"(RFC822.SIZE many)", b"RFC822.SIZE 5", b"(RFC822.SIZE 5"]
        {
            assert_eq!(message_size(none), None, "{}", none.escape_ascii());
        }
    }

    #[test]
    fn status_numbers_are_found_by_name_and_odd_items_left_out() {
        let read =
            status(b"\"INBOX\" (messages 231 SIZE 12345678901 X-A b UNSEEN )\r\n").expect("well formed");
        assert_eq!((read.get("MESSAGES"), read.get("SIZE")), (Some(231), Some(12_345_678_901)));
        assert_eq!((read.get("X-A"), read.get("UNSEEN")), (None, None));
        assert_eq!(status(b"INBOX\r\n"), None);
    }
}
