//! Server names that differ from customer to customer: `sv*.xserver.jp`, `mail.{domain}`.

/// The customer's mail domain within a name.
const DOMAIN: &str = "{domain}";

/// Whether a name stands for many.
pub(super) fn is_pattern(name: &str) -> bool {
    name.contains('*') || name.contains(DOMAIN)
}

/// The name for one customer, where the mail domain is all that it takes.
pub(super) fn for_domain(name: &str, domain: &str) -> Option<String> {
    (!name.contains('*')).then(|| name.replace(DOMAIN, domain))
}

/// Whether a host fits a pattern: `*` is one or more characters of one label. `{domain}` fits nothing, because such a name
/// says nothing about who runs the server.
pub(super) fn fits(pattern: &str, host: &str) -> bool {
    let labels = || pattern.split('.').zip(host.split('.'));
    is_pattern(pattern)
        && pattern.split('.').count() == host.split('.').count()
        && labels().all(|(pattern, label)| match pattern.split_once('*') {
            Some((before, after)) => {
                label.len() > before.len() + after.len()
                    && label.starts_with(before)
                    && label.ends_with(after)
            }
            None => pattern == label,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_part_of_one_label() {
        assert!(fits("sv*.xserver.jp", "sv1234.xserver.jp"));
        assert!(fits("*.sakura.ne.jp", "someone.sakura.ne.jp"));
        for other in [
            "sv.xserver.jp",
            "mail.xserver.jp",
            "sv1.a.xserver.jp",
            "sv1.xserver.jp.example.com",
            "xserver.jp",
        ] {
            assert!(!fits("sv*.xserver.jp", other), "{other}");
        }
    }

    #[test]
    fn a_customer_domain_gives_a_name_and_away_no_provider() {
        assert_eq!(for_domain("mail.{domain}", "example.com").as_deref(), Some("mail.example.com"));
        assert_eq!(for_domain("sv*.xserver.jp", "example.com"), None);
        assert!(!fits("mail.{domain}", "mail.example.com"));
    }
}
