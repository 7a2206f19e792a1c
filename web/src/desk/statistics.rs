//! Which codes and causes were found, at which provider, in which week: bars, and the same numbers in tables.

use std::collections::BTreeMap;

use error_model::{
    Lang, Str,
    case::Counted,
    strings::desk::{
        BY_CODE, BY_PROVIDER, BY_WEEK, CODE_FOUND, COUNT, PROVIDER, PROVIDER_OTHER, STATISTICS,
        STATISTICS_NONE, WEEK,
    },
};

use super::{
    console::{Console, HEADING},
    pieces::{code_name, heading, title, typed},
};
use crate::{
    show::Texts,
    tree::{Node, el, words},
};

/// The length of the longest bar.
const LONGEST: u64 = 1000;

/// The page of figures.
pub fn statistics(console: &Console) -> Node {
    let lang = console.lang;
    let mut parts = vec![heading(HEADING, STATISTICS.get(lang))];
    match &console.counted {
        None => {}
        Some(counted) if counted.is_empty() => {
            parts.push(words("p", "desk-empty", STATISTICS_NONE.get(lang)))
        }
        Some(counted) => {
            let result = |one: &Counted| result(one, &console.texts);
            let provider =
                |one: &Counted| one.provider.as_deref().map_or(PROVIDER_OTHER.get(lang).to_owned(), typed);
            let mut codes = summed(counted, result);
            codes.sort_by_key(|(_, cases)| std::cmp::Reverse(*cases));
            let mut providers = summed(counted, provider);
            providers.sort_by_key(|(_, cases)| std::cmp::Reverse(*cases));
            parts.push(chart(BY_CODE, CODE_FOUND, &codes, lang));
            parts.push(chart(BY_WEEK, WEEK, &summed(counted, |one| one.week.clone()), lang));
            parts.push(chart(BY_PROVIDER, PROVIDER, &providers, lang));
        }
    }
    el("div", "desk-statistics", parts)
}

fn result(one: &Counted, texts: &Texts) -> String {
    let Some(cause) = one.cause else { return code_name(one.code).to_owned() };
    [one.code.as_str(), " ", title(cause, texts)].concat()
}

/// Cases by a name, in the order of the names.
fn summed(counted: &[Counted], name: impl Fn(&Counted) -> String) -> Vec<(String, u64)> {
    let mut sums = BTreeMap::new();
    for one in counted {
        *sums.entry(name(one)).or_insert(0) += u64::from(one.cases);
    }
    sums.into_iter().collect()
}

/// A table whose rows have a bar each: the numbers are text, the bars only repeat them.
fn chart(title: Str, of: Str, sums: &[(String, u64)], lang: Lang) -> Node {
    let most = sums.iter().map(|(_, cases)| *cases).max().unwrap_or_default().max(1);
    let rows = sums.iter().map(|(name, cases)| {
        let width = (cases * LONGEST / most).to_string();
        let rect = el("rect", "", Vec::new()).with("width", &width).with("height", "10");
        let bar = el("svg", "chart-bar", vec![rect])
            .with("viewBox", "0 0 1000 10")
            .with("preserveAspectRatio", "none")
            .with("aria-hidden", "true");
        let name = words("th", "", name).with("scope", "row");
        el(
            "tr",
            "",
            vec![name, words("td", "chart-count", &cases.to_string()), el("td", "chart-cell", vec![bar])],
        )
    });
    let head = vec![
        words("th", "", of.get(lang)).with("scope", "col"),
        words("th", "chart-count", COUNT.get(lang)).with("scope", "col"),
        el("td", "", Vec::new()),
    ];
    let table = vec![
        words("caption", "", title.get(lang)),
        el("thead", "", vec![el("tr", "", head)]),
        el("tbody", "", rows.collect()),
    ];
    el("table", "chart", table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use error_model::{Cause, Code};

    #[test]
    fn cases_are_summed_by_name() {
        let one = |week: &str, cases| Counted {
            week: week.to_owned(),
            code: Code::FAULTS[0],
            cause: Some(Cause::ALL[0]),
            provider: None,
            cases,
        };
        let counted = [one("2026-11-16", 2), one("2026-11-23", 1), one("2026-11-16", 3)];
        let sums = summed(&counted, |one| one.week.clone());
        assert_eq!(sums, [("2026-11-16".to_owned(), 5), ("2026-11-23".to_owned(), 1)]);
        let chart = chart(BY_WEEK, WEEK, &sums, Lang::En).reading();
        assert!(chart.contains("2026-11-165") && chart.contains("2026-11-231"), "{chart}");
    }
}
