//! A reply means the same however it's dressed: in capitals, with other line breaks, with other spaces, with the number of
//! a session or the name of a server at its end.

use proptest::prelude::*;

use super::*;

/// What servers put at the end of a reply, or of each line.
const TAILS: [&str; 7] = [
    "",
    " [AB1PR01CA0001.example.prod.outlook.com]",
    " [mail42:2026-11-23 13:00:00]",
    " - gsmtp",
    " sc=aB3dE_010534_2-1e59",
    " (#5.7.1)",
    " <48a1f2c7-0b9d-4e11-9b7a-d1c2e3f4a5b6@mx.example.net>",
];

/// How the reply is changed.
#[derive(Debug, Clone)]
struct Change {
    capitals: bool,
    /// What takes the place of the n-th space.
    gaps: Vec<&'static str>,
    tail: &'static str,
    /// The enhanced code stands at the beginning of each line.
    code_on_each_line: bool,
}

fn change() -> impl Strategy<Value = Change> {
    let gaps = prop::collection::vec(prop::sample::select(vec![" ", "  ", "\t", "\n", " \r\n "]), 8);
    (any::<bool>(), gaps, prop::sample::select(TAILS.to_vec()), any::<bool>()).prop_map(
        |(capitals, gaps, tail, code_on_each_line)| Change { capitals, gaps, tail, code_on_each_line },
    )
}

impl Change {
    fn of(&self, text: &str, enhanced: Option<&str>) -> String {
        let mut gaps = self.gaps.iter().cycle();
        let mut out = String::new();
        for (place, word) in text.split(' ').enumerate() {
            if place > 0 {
                out.push_str(gaps.next().expect("the gaps go round"));
            }
            // What is a link or a name keeps its letters: their case may matter.
            out.push_str(&if self.capitals { word.to_uppercase() } else { word.to_owned() });
        }
        out.push_str(self.tail);
        match enhanced.filter(|_| self.code_on_each_line) {
            Some(code) => out.replace('\n', &format!("\n{code} ")),
            None => out,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn a_known_refusal_keeps_its_meaning(change in change()) {
        for [origin, protocol, wire, expected] in rows().filter(|row| matches!(row[1], "imap" | "smtp")) {
            let (mut reply, _) = read(protocol, &unescape(wire));
            let text = String::from_utf8(reply.text.bytes().to_vec()).expect("the table is UTF-8");
            let changed = change.of(&text, reply.enhanced.as_deref());
            reply.text = ServerText::new(changed.as_bytes());
            let found = written(classify(&reply, b"", &origin_of(origin)));
            prop_assert_eq!(found, expected, "{} as {:?}", wire, changed);
        }
    }

    #[test]
    fn a_name_of_a_server_in_the_reply_is_no_reason(
        host in "(imap-disabled|locked|spamfilter|geoip|quarantine)[0-9]{0,2}[.]example[.](com|jp|de)",
    ) {
        let text = format!("Authentication failed [{host}]");
        let reply = Reply { text: text.as_str().into(), ..imap(b"NO [AUTHENTICATIONFAILED] x") };
        prop_assert_eq!(written(classify(&reply, b"", &Origin::default())), "coded", "{}", text);
    }
}
