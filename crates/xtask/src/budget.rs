//! The size budgets: what a visitor's browser has to fetch, compressed as it's sent.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::shell::Workspace;

/// WebAssembly and scripts of a page that needs them, together, in bytes of brotli.
const BUNDLE: u64 = 150 * 1024;
/// The same of a page of live triage, which nobody but agents and their customers loads.
const DESK: u64 = 288 * 1024;
/// HTML and styles of an error's page, together.
const ARTICLE: u64 = 25 * 1024;
/// What the search looks through, fetched once somebody turns to it.
const INDEX: u64 = 30 * 1024;

/// Weighs every page in `web/dist`, prints what is heaviest, and fails where something is over its budget or not there.
pub fn check(workspace: &Workspace) -> Result<(), Failure> {
    let dist = workspace.path("web/dist");
    let mut weighed = Weighed { dist, over: Vec::new() };
    for language in ["ja", "en"] {
        for (page, budget) in [
            ("index.html", BUNDLE),
            ("check/index.html", BUNDLE),
            ("agent/index.html", DESK),
            ("join/index.html", DESK),
        ] {
            let page = format!("{language}/{page}");
            let loaded = weighed.loaded_by(&page, &[".wasm", ".js"])?;
            if !loaded.iter().any(|file| file.ends_with(".wasm")) {
                return Err(Failure::Check(format!("{page} loads no WebAssembly")));
            }
            weighed.weigh(&page, "scripts", &loaded, budget)?;
        }
        let errors = weighed.dist.join(language).join("errors");
        for code in names(&errors)? {
            let page = format!("{language}/errors/{code}/index.html");
            let mut loaded = weighed.loaded_by(&page, &[".css"])?;
            loaded.push(page.clone());
            weighed.weigh(&page, "HTML and styles", &loaded, ARTICLE)?;
        }
        let index = format!("{language}/search.json");
        weighed.weigh(&index, "search", std::slice::from_ref(&index), INDEX)?;
    }
    if weighed.over.is_empty() { Ok(()) } else { Err(Failure::Check(weighed.over.join("\n"))) }
}

struct Weighed {
    dist: PathBuf,
    over: Vec<String>,
}

impl Weighed {
    /// The files with one of these endings that a page's HTML names, as paths below `web/dist`.
    fn loaded_by(&self, page: &str, endings: &[&str]) -> Result<Vec<String>, Failure> {
        let path = self.dist.join(page);
        let html = fs::read_to_string(&path).map_err(|source| Failure::File { path, source })?;
        Ok(assets(&html, endings))
    }

    /// Adds up the compressed copies, prints the sum, and notes where it's too much.
    fn weigh(&mut self, page: &str, what: &str, files: &[String], budget: u64) -> Result<(), Failure> {
        let mut sum = 0;
        for file in files {
            let path = self.dist.join(format!("{file}.br"));
            sum += fs::metadata(&path).map_err(|source| Failure::File { path, source })?.len();
        }
        println!("{sum:>9} B of {budget:>6} B  {page}: {what}");
        if sum > budget {
            self.over.push(format!("{page}: {what} are {} B over their budget", sum - budget));
        }
        Ok(())
    }
}

/// The hashed files that a page names, each once.
fn assets(html: &str, endings: &[&str]) -> Vec<String> {
    let quoted = html.split('"').filter_map(|part| part.strip_prefix('/'));
    let mut found: Vec<String> = quoted
        .filter(|part| part.starts_with("assets/") && endings.iter().any(|ending| part.ends_with(ending)))
        .map(str::to_owned)
        .collect();
    found.sort();
    found.dedup();
    found
}

fn names(directory: &Path) -> Result<Vec<String>, Failure> {
    let at = |source| Failure::File { path: directory.to_path_buf(), source };
    let mut names = Vec::new();
    for entry in fs::read_dir(directory).map_err(at)? {
        names.push(entry.map_err(at)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_loads_is_read_from_its_html() {
        let html = r#"<link href="/assets/a.css"><script src="/assets/b.js"></script><a href="/ja/">
            <link href="/assets/b.js"><link href="/assets/c_bg.wasm">"#;
        assert_eq!(assets(html, &[".wasm", ".js"]), ["assets/b.js", "assets/c_bg.wasm"]);
        assert_eq!(assets(html, &[".css"]), ["assets/a.css"]);
    }
}
