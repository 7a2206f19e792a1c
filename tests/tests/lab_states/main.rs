//! Every state of the lab, checked with the real program from the outside: the diagnosis must have the catalogue's
//! code and cause, and every message must keep the promises that hold for all of them.
//!
//! All tests share one run of all states, because they share one lab. `LAB_STATES=firewall` runs those with that word in
//! the name. The run also makes the page `docs/causes.md`; `UPDATE_DOCS=1` writes it.

mod charsets;
mod check;
mod states;
mod table;

use std::collections::BTreeSet;
use std::sync::{Mutex, OnceLock};

use check::{Outcome, check};
use error_model::Cause;
use states::State;
use tests::binary::mailtriage;
use tests::lab::shared;

/// Checks that run at the same time. Most of a slow one is waiting for a server that doesn't answer.
const SIDE_BY_SIDE: usize = 12;

#[test]
fn every_state_gets_the_code_and_cause_of_the_catalogue() {
    let outcomes = run();
    let wrong: Vec<&str> = outcomes.iter().filter_map(|outcome| outcome.complaint.as_deref()).collect();
    assert!(
        wrong.is_empty(),
        "{} of {} states are wrong:\n\n{}",
        wrong.len(),
        outcomes.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_page_about_causes_says_what_the_states_show() {
    if !filter().is_empty() {
        // The page is about all states.
        return;
    }
    let now = table::page(run());
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(table::PATH, &now).expect("the page can be written");
    }
    let written = std::fs::read_to_string(table::PATH).expect("the page is part of the repository");
    let (now, written) = (table::comparable(&now), table::comparable(&written));
    let differences: Vec<&str> = now.symmetric_difference(&written).copied().collect();
    assert!(
        differences.is_empty(),
        "docs/causes.md differs from what the states show; UPDATE_DOCS=1 writes it anew:\n{}",
        differences.join("\n")
    );
}

#[test]
fn the_states_cover_every_numbered_code() {
    let codes: BTreeSet<&str> = states::all().map(|state| state.code).collect();
    for code in ["ok", "001", "002", "003", "004", "005", "006", "007", "008", "009"] {
        assert!(codes.contains(code), "no state gives {code}");
    }
    let names: BTreeSet<&str> = states::all().map(|state| state.name).collect();
    assert_eq!(names.len(), states::all().count(), "two states have one name");
}

#[test]
fn every_cause_of_the_catalogue_is_shown_by_a_state() {
    let shown: BTreeSet<&str> = states::all().map(|state| state.cause).collect();
    let missing: Vec<&str> =
        Cause::ALL.iter().map(|cause| cause.id()).filter(|cause| !shown.contains(cause)).collect();
    assert!(missing.is_empty(), "no state shows {}", missing.join(", "));
}

#[test]
fn every_state_says_which_program_shows_it() {
    let silent: Vec<&str> =
        states::all().filter(|state| state.programs().is_empty()).map(|state| state.name).collect();
    assert!(silent.is_empty(), "nobody knows which program shows: {}", silent.join("; "));
}

fn filter() -> String {
    std::env::var("LAB_STATES").unwrap_or_default()
}

/// Runs the states once for all tests; the outcomes are in the order of the states.
fn run() -> &'static [Outcome] {
    static OUTCOMES: OnceLock<Vec<Outcome>> = OnceLock::new();
    OUTCOMES.get_or_init(|| {
        let (program, lab, filter) = (mailtriage(), shared(), filter());
        let chosen: Vec<&State> = states::all().filter(|state| state.name.contains(&filter)).collect();
        assert!(!chosen.is_empty(), "no state has `{filter}` in its name");
        let waiting = Mutex::new(chosen.iter().enumerate());
        let outcomes = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..SIDE_BY_SIDE {
                scope.spawn(|| {
                    loop {
                        let next = waiting.lock().expect("no thread panics with the lock").next();
                        let Some((index, state)) = next else { return };
                        let outcome = check(state, &program, lab);
                        outcomes.lock().expect("no thread panics with the lock").push((index, outcome));
                    }
                });
            }
        });
        let mut outcomes = outcomes.into_inner().expect("no thread panics with the lock");
        outcomes.sort_by_key(|(index, _)| *index);
        outcomes.into_iter().map(|(_, outcome)| outcome).collect()
    })
}
