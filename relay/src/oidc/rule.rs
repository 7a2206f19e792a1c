//! Which of a provider's people are agents, and which are leads.

use serde_json::{Map, Value};

use crate::{agents::Role, config::OidcSettings};

/// What the provider says of a person.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said<'a> {
    /// The address, where it counts.
    pub email: Option<&'a str>,
    /// Claims beyond those of the standard.
    pub claims: &'a Map<String, Value>,
}

/// The person's role; `None` for a stranger.
pub(super) fn role(settings: &OidcSettings, said: Said<'_>) -> Option<Role> {
    let on = |list: &[String]| list.iter().any(|entry| fits(entry.trim(), &settings.claim, said));
    if on(&settings.leads) {
        return Some(Role::Lead);
    }
    on(&settings.agents).then_some(Role::Agent)
}

fn fits(entry: &str, claim: &str, said: Said<'_>) -> bool {
    if let Some(domain) = entry.strip_prefix('@') {
        let of = said.email.and_then(|email| email.rsplit_once('@'));
        return of.is_some_and(|(local, of)| !local.is_empty() && of.eq_ignore_ascii_case(domain));
    }
    if entry.contains('@') {
        return said.email.is_some_and(|email| email.eq_ignore_ascii_case(entry));
    }
    match said.claims.get(claim) {
        Some(Value::String(one)) => one == entry,
        Some(Value::Array(all)) => all.iter().any(|one| one.as_str() == Some(entry)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn by(email: Option<&str>, claims: &Value) -> Option<Role> {
        let settings: OidcSettings = toml::from_str(
            "issuer = 'https://a.example'\nclient_id = 'a'\nclaim = 'groups'\n\
             agents = ['support', '@example.com', 'otto@partner.example']\nleads = ['leads', 'Lea@example.com']",
        )
        .unwrap();
        role(&settings, Said { email, claims: claims.as_object().unwrap() })
    }

    #[test]
    fn groups_domains_and_addresses_give_a_role_and_the_higher_one_counts() {
        for (email, claims, wanted) in [
            (None, json!({"groups": ["other", "support"]}), Some(Role::Agent)),
            (None, json!({"groups": "support"}), Some(Role::Agent)),
            (None, json!({"groups": ["support", "leads"]}), Some(Role::Lead)),
            (Some("anna@EXAMPLE.com"), json!({}), Some(Role::Agent)),
            (Some("lea@example.com"), json!({}), Some(Role::Lead)),
            (Some("otto@partner.example"), json!({}), Some(Role::Agent)),
        ] {
            assert_eq!(by(email, &claims), wanted, "{email:?} {claims}");
        }
    }

    #[test]
    fn nobody_else_gets_in() {
        for (email, claims) in [
            (None, json!({})),
            (None, json!({"groups": ["Support", "supporters", 7, ["support"]]})),
            (None, json!({"groups": {"support": true}, "roles": ["support"]})),
            (Some("anna@example.com.evil.example"), json!({})),
            (Some("anna@sub.example.com"), json!({})),
            (Some("@example.com"), json!({})),
            (Some("example.com"), json!({})),
            (Some("anna@partner.example"), json!({"groups": ["@example.com", "otto@partner.example"]})),
        ] {
            assert_eq!(by(email, &claims), None, "{email:?} {claims}");
        }
    }
}
