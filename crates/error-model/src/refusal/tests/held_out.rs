//! Refusals that the tables weren't written from (`tests/data/refusals-held-out.tsv`): how many are read right, and that none
//! is taken for wrong credentials.

use super::read_as;

/// Columns: as in the table of known refusals, then the source.
const HELD_OUT: &str = include_str!("../../../tests/data/refusals-held-out.tsv");

/// A row and what it's read as; which code a bare refusal has makes no difference here.
struct Row {
    wire: &'static str,
    expected: &'static str,
    found: String,
}

fn rows() -> Vec<Row> {
    let lines = HELD_OUT.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let [origin, protocol, wire, expected, _source] = columns[..] else {
                panic!("five columns: {line}")
            };
            let found = read_as(origin, protocol, wire);
            Row { wire, expected, found: if found == "coded" { "plain".into() } else { found } }
        })
        .collect()
}

#[test]
fn none_is_taken_for_wrong_credentials() {
    let rows = rows();
    let falsely: Vec<&str> = rows
        .iter()
        .filter(|row| row.found == "plain" && row.expected != "plain")
        .map(|row| row.wire)
        .collect();
    assert!(falsely.is_empty(), "{}", falsely.join("\n"));
}

#[test]
fn nearly_all_are_read_right() {
    let rows = rows();
    assert!(rows.len() >= 200);
    let wrong: Vec<String> = rows
        .iter()
        .filter(|row| row.found != row.expected)
        .map(|row| format!("{}: {}, not {}", row.wire, row.found, row.expected))
        .collect();
    assert!(wrong.len() * 50 < rows.len(), "{} of {}:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}
