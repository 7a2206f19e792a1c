//! `MAILTRIAGE_*` variables: each key of the file has one, `limits.runs` is `MAILTRIAGE_LIMITS_RUNS`.

use toml::{Table, Value};

use super::ConfigError;

const PREFIX: &str = "MAILTRIAGE_";

/// How a variable's text becomes a TOML value.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Text,
    Number,
    /// Separated by commas.
    Texts,
    Numbers,
    /// `true` or `false`.
    Boolean,
    /// As in the file: `[{ja = "…", en = "…", href = "…"}]`.
    Tables,
    /// As in the file: `{ ja = { KEY = "…" }, en = { KEY = "…" } }`.
    Table,
}

const KEYS: &[(&str, Kind)] = &[
    ("listen", Kind::Text),
    ("public_origin", Kind::Text),
    ("websocket_origins", Kind::Texts),
    ("frame_ancestors", Kind::Texts),
    ("egress_addresses", Kind::Texts),
    ("allow_net", Kind::Texts),
    ("allow_port", Kind::Numbers),
    ("deny_net", Kind::Texts),
    ("nat64", Kind::Texts),
    ("resolver", Kind::Text),
    ("ispdb", Kind::Text),
    ("trust_anchors", Kind::Texts),
    ("store", Kind::Text),
    ("log_format", Kind::Text),
    ("tls.certificate", Kind::Text),
    ("tls.key", Kind::Text),
    ("brand.name", Kind::Text),
    ("brand.product", Kind::Text),
    ("brand.support", Kind::Text),
    ("brand.logo", Kind::Text),
    ("brand.accent", Kind::Text),
    ("brand.accent_dark", Kind::Text),
    ("brand.links", Kind::Tables),
    ("brand.texts", Kind::Table),
    ("brand.notes", Kind::Table),
    ("oauth", Kind::Tables),
    ("agents.oidc.issuer", Kind::Text),
    ("agents.oidc.name", Kind::Text),
    ("agents.oidc.client_id", Kind::Text),
    ("agents.oidc.client_secret_file", Kind::Text),
    ("agents.oidc.scopes", Kind::Texts),
    ("agents.oidc.claim", Kind::Text),
    ("agents.oidc.agents", Kind::Texts),
    ("agents.oidc.leads", Kind::Texts),
    ("agents.oidc.unverified_email", Kind::Boolean),
    ("zendesk.public_key", Kind::Text),
    ("zendesk.installations", Kind::Texts),
    ("zendesk.name", Kind::Text),
    ("desk_app.origins", Kind::Texts),
    ("nats.name", Kind::Text),
    ("nats.replicas", Kind::Number),
    ("nats.user", Kind::Text),
    ("nats.password_file", Kind::Text),
    ("nats.trust_anchor", Kind::Text),
    ("cases.retention_days", Kind::Number),
    ("limits.runs", Kind::Number),
    ("limits.runs_per_client", Kind::Number),
    ("limits.run_seconds", Kind::Number),
    ("limits.resume_seconds", Kind::Number),
    ("limits.runs_per_client_per_minute", Kind::Number),
    ("limits.runs_per_target_per_minute", Kind::Number),
    ("limits.refusals_per_account", Kind::Number),
    ("limits.refusal_window_seconds", Kind::Number),
    ("limits.proof_of_work", Kind::Number),
];

/// The variable that sets a key.
pub(super) fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "_").to_uppercase())
}

/// Lays the variables over `table`. Variables without the prefix are none of ours; with it, they must be known.
pub(super) fn overlay(
    table: &mut Table,
    variables: impl Iterator<Item = (String, String)>,
) -> Result<(), ConfigError> {
    for (name, text) in variables.filter(|(name, _)| name.starts_with(PREFIX)) {
        let Some((key, kind)) = KEYS.iter().find(|(key, _)| variable(key) == name) else {
            return Err(ConfigError::UnknownVariable { name });
        };
        let Some(value) = convert(&text, *kind) else {
            return Err(ConfigError::Value {
                place: name,
                // Somebody may have put a client's secret into it, where none belongs.
                value: if *key == "oauth" { "a text that isn't shown".to_owned() } else { text },
                problem: match kind {
                    Kind::Tables => "a list of tables is needed, as in the file",
                    Kind::Table => {
                        "a table is needed, as in the file: { ja = { KEY = \"…\" }, en = { KEY = \"…\" } }"
                    }
                    Kind::Boolean => "true or false is needed",
                    _ => "a whole number is needed",
                }
                .to_owned(),
            });
        };
        insert(table, key, value);
    }
    Ok(())
}

fn convert(text: &str, kind: Kind) -> Option<Value> {
    let items = || text.split(',').map(str::trim).filter(|item| !item.is_empty());
    let number = |text: &str| text.trim().parse().ok().map(Value::Integer);
    match kind {
        Kind::Text => Some(Value::String(text.to_owned())),
        Kind::Number => number(text),
        Kind::Boolean => text.trim().parse().ok().map(Value::Boolean),
        Kind::Texts => Some(Value::Array(items().map(|item| Value::String(item.to_owned())).collect())),
        Kind::Tables => inline(text).filter(Value::is_array),
        Kind::Table => inline(text).filter(Value::is_table),
        Kind::Numbers => items().map(number).collect::<Option<Vec<_>>>().map(Value::Array),
    }
}

/// A value as it's written in the file.
fn inline(text: &str) -> Option<Value> {
    format!("value = {text}").parse::<Table>().ok()?.remove("value")
}

/// Sets `key`, whose part before a dot is a table.
fn insert(table: &mut Table, key: &str, value: Value) {
    let Some((section, key)) = key.split_once('.') else {
        table.insert(key.to_owned(), value);
        return;
    };
    let entry = table.entry(section).or_insert_with(|| Value::Table(Table::new()));
    // A section that the file wrote as something else keeps its value, and is reported when it is read.
    if let Value::Table(inner) = entry {
        insert(inner, key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{AgentSettings, NatsSettings, Origin, Settings, StoreAddress, Tls};

    #[test]
    fn every_key_of_the_configuration_has_a_variable() {
        let full = Settings {
            public_origin: Origin::parse("https://a.example"),
            resolver: "127.0.0.1:53".parse().ok(),
            ispdb: "https://ispdb.example/".parse().ok(),
            tls: Some(Tls { certificate: "cert.pem".into(), key: "key.pem".into() }),
            brand: toml::from_str(
                "support = 'https://help.example/'\nlogo = 'logo.svg'\naccent = '#17635c'\naccent_dark = '#6fcabf'\n\
                 texts.ja.tagline = 'x'\nnotes.en.006 = 'x'",
            )
            .unwrap(),
            store: Some(StoreAddress::Sqlite("a.db".into())),
            oauth: vec![
                toml::from_str("id = 'a'\nkind = 'google'\nclient_id = 'b'").unwrap(),
            ],
            agents: AgentSettings {
                oidc: toml::from_str(
                    "issuer = 'https://a.example'\nname = 'A'\nclient_id = 'a'\nclient_secret_file = 'secret'",
                )
                .ok(),
            },
            zendesk: toml::from_str("public_key = 'zendesk.pem'\ninstallations = []").ok(),
            nats: NatsSettings {
                user: Some("me".into()),
                password_file: Some("password".into()),
                trust_anchor: Some("ca.pem".into()),
                ..NatsSettings::default()
            },
            ..Settings::default()
        };
        let Value::Table(table) = Value::try_from(full).unwrap() else { panic!("not a table") };
        let mut keys = all_keys("", &table);
        keys.sort();
        let mut known: Vec<&str> = KEYS.iter().map(|(key, _)| *key).collect();
        known.sort_unstable();
        assert_eq!(keys, known);
    }

    /// Every key below a section whose name ends in a dot. A table that has a variable of its own is one key.
    fn all_keys(section: &str, table: &Table) -> Vec<String> {
        let whole = |key: &str| KEYS.iter().any(|(known, _)| *known == key);
        let of = |(key, value): (&String, &Value)| match (format!("{section}{key}"), value) {
            (key, Value::Table(inner)) if !whole(&key) => all_keys(&format!("{key}."), inner),
            (key, _) => vec![key],
        };
        table.iter().flat_map(of).collect()
    }

    #[test]
    fn no_two_keys_share_a_variable() {
        let mut names: Vec<String> = KEYS.iter().map(|(key, _)| variable(key)).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), KEYS.len());
    }
}
