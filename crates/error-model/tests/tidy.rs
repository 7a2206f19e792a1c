//! The table of causes, the files of causes and the catalogue's texts belong together; each cause is written and tested.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use error_model::{Cause, Code, Lang, texts::Section};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The name of a cause's file and module, `host_down`.
fn module(cause: Cause) -> String {
    cause.id().replace('-', "_")
}

/// A cause's source without white space, so that line breaks don't matter.
fn source(cause: Cause) -> String {
    let path = root().join("src/causes").join(module(cause)).with_extension("rs");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.split_whitespace().collect()
}

fn names_in(directory: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    entries.map(|entry| entry.expect("a readable entry").file_name().to_string_lossy().into_owned()).collect()
}

/// The causes that `holds` isn't true of, by name.
fn all_but(holds: impl Fn(Cause) -> bool) -> Vec<&'static str> {
    Cause::ALL.iter().copied().filter(|cause| !holds(*cause)).map(Cause::id).collect()
}

#[test]
fn every_cause_has_a_rule() {
    let written = |cause| {
        let source = source(cause);
        source.contains("fnrule(view:") && !source.contains("fnrule(_view:")
    };
    assert_eq!(all_but(written), Vec::<&str>::new(), "these have no rule");
}

#[test]
fn every_cause_is_produced_by_a_test_in_its_own_file() {
    let tested = |cause| {
        let source = source(cause);
        let tests = source.split_once("#[cfg(test)]modtests").map_or("", |(_, tests)| tests);
        tests.contains(&format!(".expect(Cause::{cause:?},"))
    };
    assert_eq!(all_but(tested), Vec::<&str>::new(), "no test expects these");
}

#[test]
fn every_cause_file_begins_with_its_code_and_name() {
    let begun = |cause: Cause| {
        let title: String = format!("//! {} {}:", cause.code(), cause.id()).split_whitespace().collect();
        source(cause).starts_with(&title)
    };
    assert_eq!(all_but(begun), Vec::<&str>::new(), "the first line says something else");
}

#[test]
fn every_cause_file_stands_in_the_table() {
    let files = names_in(&root().join("src/causes"));
    let table = Cause::ALL.iter().map(|cause| format!("{}.rs", module(*cause))).collect();
    assert_eq!(files, table);
}

#[test]
fn the_catalogue_holds_the_texts_of_the_codes_and_causes_and_nothing_else() {
    let codes = || Code::FAULTS.into_iter().chain([Code::Ok]);
    let catalogue = root().join("catalogue");
    assert_eq!(names_in(&catalogue), codes().map(|code| code.to_string()).collect());
    for code in codes() {
        let names = ["index"].into_iter().chain(Cause::of(code).map(Cause::id));
        let texts =
            names.flat_map(|name| Lang::ALL.map(|lang| format!("{name}.{}.md", lang.as_str()))).collect();
        assert_eq!(names_in(&catalogue.join(code.as_str())), texts, "in catalogue/{code}");
    }
}

/// What a text for administrators of both services must name: the consoles, and how one sees that it worked.
const fn named(lang: Lang) -> [&'static [&'static str]; 3] {
    match lang {
        Lang::En => [
            &["Microsoft 365 admin center", "Exchange admin center", "Microsoft Entra admin center"],
            &["Google Admin console", "Google Workspace", "Google has no such switch"],
            &["- To check that it worked: "],
        ],
        Lang::Ja => [
            &["Microsoft 365管理センター", "Exchange管理センター", "Microsoft Entra管理センター"],
            &["Google管理コンソール", "Google Workspace", "Googleにはこの設定がなく"],
            &["- 確認: "],
        ],
    }
}

#[test]
fn the_causes_without_a_number_have_everyones_steps_both_consoles_and_the_check_that_it_worked() {
    let numbered: fn(&Code) -> bool = |code| code.as_str().starts_with('0');
    for cause in Code::FAULTS.iter().filter(|code| !numbered(code)).flat_map(|code| Cause::of(*code)) {
        for lang in Lang::ALL {
            let text = cause.texts().get(lang);
            let (person, it) = (text.section(Section::Person), text.section(Section::It));
            let at = format!("{cause} in {}", lang.as_str());
            assert!(
                person.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_digit())).count() >= 3,
                "{at}"
            );
            let again = if lang == Lang::Ja {
                ["もう一度テスト", "確認します"]
            } else {
                ["est again", "o check that"]
            };
            assert!(
                again.iter().any(|words| person.contains(words)),
                "{at}: a person doesn't learn what to look at"
            );
            for names in named(lang) {
                assert!(names.iter().any(|name| it.contains(name)), "{at}: none of {names:?}");
            }
        }
    }
}
