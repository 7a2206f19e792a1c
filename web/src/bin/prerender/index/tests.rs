//! What people type finds what they look for: tables of queries, on the index of the real catalogue.

use web::search::{Entry, find};

use super::*;

/// Those that the search was made to answer.
const QUERIES: &str = include_str!("queries.tsv");
/// Those that it was never fitted to: how well it does with what nobody thought of.
const HELD_OUT: &str = include_str!("held_out.tsv");
/// What isn't about mail at all.
const NOTHING: &str = include_str!("nothing.tsv");

/// What stands among the first `many` results of each query of a table that isn't found there.
fn misses(table: &str, many: usize) -> Vec<String> {
    let indices = Lang::ALL.map(of);
    let miss = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [lang, expected, typed] = fields[..] else { panic!("three fields, not “{line}”") };
        let index = &indices[usize::from(Lang::parse(lang) == Some(Lang::En))];
        let found: Vec<String> = find(index, &nfkc(typed)).into_iter().take(many).map(name).collect();
        let fits = |found: &String| {
            expected.split('|').any(|one| found == one || found.split('#').next() == Some(one))
        };
        (!found.iter().any(fits)).then(|| format!("{line}: {}", found.join(" ")))
    };
    table.lines().filter(|line| !line.starts_with('#')).filter_map(miss).collect()
}

/// `009`, or `009#wrong-credentials`.
fn name(entry: &Entry) -> String {
    let cause = entry.href.split_once('#').map(|(_, cause)| format!("#{cause}"));
    format!("{}{}", entry.code, cause.unwrap_or_default())
}

fn asked(table: &str) -> usize {
    table.lines().filter(|line| !line.starts_with('#')).count()
}

#[test]
fn what_people_type_finds_its_error_first() {
    let misses = misses(QUERIES, 1);
    assert!(misses.is_empty(), "{}", misses.join("\n"));
}

#[test]
fn what_nobody_thought_of_is_found_too() {
    for (many, percent) in [(1, 85), (3, 95)] {
        let (asked, misses) = (asked(HELD_OUT), misses(HELD_OUT, many));
        let found = asked - misses.len();
        println!("among the first {many}: {found} of {asked}\n{}", misses.join("\n"));
        assert!(
            found * 100 >= asked * percent,
            "among the first {many}: {found} of {asked}\n{}",
            misses.join("\n")
        );
    }
}

#[test]
fn a_word_of_many_errors_shows_the_errors_before_their_causes() {
    for lang in Lang::ALL {
        let index = of(lang);
        for typed in ["証明書", "しょうめいしょ", "certificate"] {
            let found: Vec<String> = find(&index, typed).into_iter().map(name).collect();
            let errors = found.iter().take_while(|name| !name.contains('#')).count();
            assert!(errors >= 3 && found.contains(&"006".to_owned()), "{lang:?} {typed}: {found:?}");
        }
    }
}

#[test]
fn nothing_is_made_up_for_what_has_nothing_to_do_with_mail() {
    for lang in Lang::ALL {
        let index = of(lang);
        for typed in NOTHING.lines().chain(["", "   ", "。、"]) {
            let found: Vec<String> = find(&index, &nfkc(typed)).into_iter().map(name).collect();
            assert!(found.is_empty(), "{typed:?}: {found:?}");
        }
    }
}

#[test]
fn a_reading_belongs_to_a_word_of_the_catalogue() {
    let index = of(Lang::Ja);
    for line in READINGS.lines().filter(|line| !line.starts_with('#')) {
        let (written, read) = line.split_once('\t').expect("a word and how it's read");
        assert!(index.words.contains(&run_together(written)), "{written} stands nowhere");
        assert!(is_hiragana(&run_together(read)), "{read}");
    }
}
