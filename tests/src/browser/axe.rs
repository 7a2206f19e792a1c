//! axe-core: the automatic part of WCAG, run inside the page that is open.

use std::fmt::Write;
use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;

use super::Page;

/// Runs every rule, and calls back with those that are broken: rule, help, and where.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ['violations'] }).then(
        results => done(results.violations),
        error => done([{ id: 'axe itself', help: String(error), nodes: [] }]));
";

/// Asserts that axe finds nothing in the page as it is now; `state` says which page that is.
pub async fn assert_accessible(page: &Page, state: &str) {
    if page.js("return typeof axe", vec![]).await == "undefined" {
        page.js(source(), vec![]).await;
    }
    let violations = page.js_with_callback(RUN).await;
    let violations = violations.as_array().cloned().unwrap_or_default();
    let mut report = String::new();
    for violation in &violations {
        writeln!(report, "✗ {}: {}", text(violation, "id"), text(violation, "help")).expect("a string grows");
        for node in violation["nodes"].as_array().into_iter().flatten() {
            writeln!(report, "    {}", text(node, "html")).expect("a string grows");
            writeln!(report, "    {}", text(node, "failureSummary").replace('\n', "\n    "))
                .expect("a string grows");
        }
    }
    assert!(violations.is_empty(), "axe finds in {state}:\n{report}");
}

fn source() -> &'static str {
    static SOURCE: OnceLock<String> = OnceLock::new();
    SOURCE.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/node_modules/axe-core/axe.min.js");
        std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}; run `npm ci` in web/", path.display()))
    })
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}
