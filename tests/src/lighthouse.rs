//! Lighthouse (npm, in the version that `web/package-lock.json` names) about a page that the real relay serves.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::browser::relay::Relay;
use crate::directory::Directory;
use crate::lab::process::program;

/// What Lighthouse scores.
pub const CATEGORIES: [&str; 4] = ["performance", "accessibility", "best-practices", "seo"];

/// A page of each kind in both languages.
pub const PAGES: [&str; 6] = ["/ja/", "/en/", "/ja/errors/006", "/en/errors/006", "/ja/check", "/en/check"];

/// What Lighthouse says of a page.
pub struct Report {
    /// The score of each category asked for, in that order, of 100.
    pub scores: Vec<u32>,
    /// What cost points: the audit, and what it saw.
    pub lost: Vec<String>,
}

/// Asks about one page, at the settings for a phone.
///
/// # Panics
/// When Lighthouse isn't installed or gives no report.
pub fn audit(relay: &Relay, path: &str, categories: &[&str]) -> Report {
    const FLAGS: &str = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync";
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/node_modules/lighthouse/cli/index.js");
    assert!(script.is_file(), "{} isn't there; run `npm ci` in web/", script.display());
    // A file: what it writes to a pipe is cut off where it ends before the pipe is read.
    let directory = Directory::new();
    let file = directory.path().join("report.json");
    let status = Command::new(program("node", "nodejs"))
        .arg(script)
        .arg(format!("{}{path}", relay.origin()))
        .args(["--quiet", "--output=json", "--no-enable-error-reporting"])
        .arg(format!("--output-path={}", file.display()))
        .arg(format!("--only-categories={}", categories.join(",")))
        .arg(format!("--chrome-flags={FLAGS}"))
        .env("CHROME_PATH", program("chromium", "chromium"))
        .stdout(Stdio::null())
        .status()
        .expect("Node.js starts");
    let written = std::fs::read(&file).unwrap_or_default();
    let report: Value = serde_json::from_slice(&written)
        .unwrap_or_else(|error| panic!("{path}: Lighthouse ended with {status} and no report: {error}"));
    let scores = categories.iter().map(|category| percent(&report["categories"][category]["score"]));
    Report { scores: scores.collect(), lost: lost(&report) }
}

/// A score between 0 and 1 as a percentage. None at all counts as nothing.
fn percent(score: &Value) -> u32 {
    let percent = (score.as_f64().unwrap_or(0.0) * 100.0).round().clamp(0.0, 100.0);
    // In range by the line above.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let percent = percent as u32;
    percent
}

fn lost(report: &Value) -> Vec<String> {
    let categories = report["categories"].as_object().into_iter().flatten();
    let references =
        categories.flat_map(|(_, category)| category["auditRefs"].as_array().into_iter().flatten());
    let weighty =
        references.filter(|reference| reference["weight"].as_f64().is_some_and(|weight| weight > 0.0));
    let audits = weighty.filter_map(|reference| report["audits"].get(reference["id"].as_str()?));
    audits
        .filter(|audit| audit["score"].as_f64().is_some_and(|score| score < 1.0))
        .map(|audit| {
            let text = |name: &str| audit[name].as_str().unwrap_or_default().to_owned();
            format!("{} ({}) {}", text("id"), audit["score"], text("displayValue"))
        })
        .collect()
}
