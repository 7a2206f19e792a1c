//! A name that doesn't resolve: is there one close to it that does?

use error_model::evidence::Observation;
use futures::future::join_all;

use crate::{engine::Engine, limits, providers, record::Pen};

/// The labels that mail hosts of a domain usually begin with.
const LABELS: &[&str] = &["imap", "mail", "smtp", "pop", "mx"];

/// The furthest edit distance that still counts as a slip of the keyboard.
const FURTHEST: usize = 3;

/// Resolves the nearest names; those that exist become evidence, the nearest first.
pub(super) async fn look(engine: &Engine, typed: &str, mail_domain: Option<&str>, pen: &Pen) {
    let near = candidates(typed, mail_domain);
    let tries = near.into_iter().take(limits::NEAR_NAMES).map(|(distance, name)| async move {
        let exists = !engine.names.addresses(&name).await.is_empty();
        (distance, name, exists)
    });
    for (distance, name, exists) in join_all(tries).await {
        if exists {
            let distance = u32::try_from(distance).unwrap_or(u32::MAX);
            pen.saw(Observation::NearName { name, distance }).await;
        }
    }
}

/// Names near to `typed`, the nearest first.
fn candidates(typed: &str, mail_domain: Option<&str>) -> Vec<(usize, String)> {
    let own = mail_domain.into_iter().flat_map(|domain| {
        let domain = domain.to_ascii_lowercase();
        LABELS.iter().map(move |label| format!("{label}.{domain}"))
    });
    let known = providers::host_names().map(str::to_owned);
    let mut near: Vec<(usize, String)> = own
        .chain(known)
        .chain(repaired_endings(typed))
        .map(|name| (strsim::osa_distance(typed, &name), name))
        .filter(|(distance, name)| (1..=FURTHEST).contains(distance) && distance * 4 <= name.len())
        .collect();
    near.sort();
    near.dedup();
    near
}

/// Endings that the keyboard turns into others.
fn repaired_endings(typed: &str) -> Vec<String> {
    const SLIPS: &[(&str, &str)] = &[
        (".con", ".com"),
        (".cmo", ".com"),
        (".ocm", ".com"),
        (".co", ".com"),
        (".comm", ".com"),
        (".ne.jo", ".ne.jp"),
        (".co.jo", ".co.jp"),
        (".jo", ".jp"),
        (".nte", ".net"),
        (".ent", ".net"),
        (".ogr", ".org"),
    ];
    let mend = |(wrong, right): &(&str, &str)| typed.strip_suffix(wrong).map(|stem| format!("{stem}{right}"));
    SLIPS.iter().filter_map(mend).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nearest(typed: &str, domain: Option<&str>) -> Option<String> {
        candidates(typed, domain).into_iter().next().map(|(_, name)| name)
    }

    #[test]
    fn slips_lead_to_the_name_that_was_meant() {
        assert_eq!(nearest("imap.gmial.com", None).as_deref(), Some("imap.gmail.com"));
        assert_eq!(nearest("imap.example.con", None).as_deref(), Some("imap.example.com"));
        assert_eq!(nearest("imap.exmaple.jp", Some("example.jp")).as_deref(), Some("imap.example.jp"));
        assert_eq!(nearest("something-else.example.org", Some("example.jp")), None);
    }
}
