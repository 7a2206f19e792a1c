//! SECURITY.md keeps its word: every control that it names stands in a file that exists, and every test is one.

use std::path::Path;

/// A row of a table of threats: what it says of the control, and the tests that prove it.
struct Row {
    line: usize,
    files: Vec<String>,
    tests: Vec<(String, String)>,
}

#[test]
fn every_row_names_a_control_and_a_test_that_exist() {
    let rows = rows(&read("SECURITY.md"));
    assert!(rows.len() > 20, "hardly any row was found: {}", rows.len());
    let mut broken = Vec::new();
    for row in &rows {
        if row.files.is_empty() {
            broken.push(format!("line {}: no file of the control", row.line));
        }
        if row.tests.is_empty() {
            broken.push(format!("line {}: no test", row.line));
        }
        for file in row.files.iter().filter(|file| !root().join(file).exists()) {
            broken.push(format!("line {}: {file} doesn't exist", row.line));
        }
        for (file, name) in row.tests.iter().filter(|(file, name)| !is_test(file, name)) {
            broken.push(format!("line {}: {file} has no test `{name}`", row.line));
        }
    }
    assert!(broken.is_empty(), "SECURITY.md:\n{}", broken.join("\n"));
}

#[test]
fn a_test_that_does_not_exist_or_is_only_a_function_is_seen() {
    let own = "tests/tests/security.rs";
    assert!(is_test(own, "every_row_names_a_control_and_a_test_that_exist"));
    assert!(!is_test(own, "is_test"), "no attribute says that it's a test");
    assert!(!is_test(own, "every_row"), "the beginning of a name");
    assert!(!is_test("tests/tests/nowhere.rs", "every_row_names_a_control_and_a_test_that_exist"));
    let table =
        "| threat | control | test | removed |\n|---|---|---|---|\n| a | `x/y.rs` | `a/b.rs::c` | |\n";
    let [row] = &rows(table)[..] else { panic!("one row") };
    assert_eq!(row.files, ["x/y.rs"]);
    assert_eq!(row.tests, [("a/b.rs".to_owned(), "c".to_owned())]);
}

/// The rows of all tables of four columns, but for their heads.
fn rows(text: &str) -> Vec<Row> {
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let rows = text.lines().enumerate().filter(|(_, line)| line.starts_with('|'));
    let rows = rows.map(|(at, line)| (at + 1, cells(line)));
    rows.filter(|(_, cells)| cells.len() == 4 && cells[0] != "threat" && !cells[0].starts_with("---"))
        .map(|(line, cells)| Row {
            line,
            files: quoted(&cells[1]).filter(|word| word.contains('/')).map(str::to_owned).collect(),
            tests: quoted(&cells[2])
                .filter_map(|word| word.split_once("::"))
                .map(|(file, name)| (file.to_owned(), name.to_owned()))
                .collect(),
        })
        .collect()
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Whether a file has a function of that name with an attribute that makes it a test.
fn is_test(file: &str, name: &str) -> bool {
    let Ok(text) = std::fs::read_to_string(root().join(file)) else { return false };
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let at = lines.iter().position(|line| line.contains(&format!("fn {name}(")));
    at.is_some_and(|at| {
        let attributes = lines[..at].iter().rev().take_while(|line| line.starts_with('#'));
        attributes.into_iter().any(|line| line.starts_with("#[test]") || line.starts_with("#[tokio::test"))
    })
}

fn read(file: &str) -> String {
    std::fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate is inside the workspace")
}
