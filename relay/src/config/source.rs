//! Reads the configuration from its sources, the later ones over the earlier ones.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::{Settings, environment};

/// Why the configuration can't be used. Every variant names the file, key or variable, and the value.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file can't be read.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file isn't TOML.
    #[error("{}: {source}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
    /// A value can't be used, or its key is unknown.
    #[error("{place}: {problem} (found {value})")]
    Value {
        /// The key, or the variable that set it.
        place: String,
        /// The value found.
        value: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A key that nobody knows.
    #[error("{key}: {problem}")]
    UnknownKey {
        /// The key.
        key: String,
        /// That it is unknown, and which ones there are.
        problem: String,
    },
    /// A `MAILTRIAGE_*` variable that nobody knows.
    #[error("{name}: no setting has this variable")]
    UnknownVariable {
        /// The variable.
        name: String,
    },
}

/// Reads the file, where one is named, and lays `variables` over it.
///
/// # Errors
/// Names the key, variable or file that can't be used.
pub fn load(
    file: Option<&Path>,
    variables: impl Iterator<Item = (String, String)>,
) -> Result<Settings, ConfigError> {
    let table = match file {
        Some(path) => read(path)?,
        None => Table::new(),
    };
    resolve(table, variables)
}

fn resolve(
    mut table: Table,
    variables: impl Iterator<Item = (String, String)>,
) -> Result<Settings, ConfigError> {
    environment::overlay(&mut table, variables)?;
    let root = Value::Table(table);
    let settings: Settings = serde_path_to_error::deserialize(root.clone()).map_err(|error| {
        let key = error.path().to_string();
        let problem = error.into_inner().to_string().trim().to_owned();
        refuse(&root, key, problem)
    })?;
    settings.check().map_err(|(key, problem)| refuse(&root, key.to_owned(), problem))?;
    settings.brand.check_words().map_err(|(key, problem)| refuse(&root, key, problem))?;
    Ok(settings)
}

fn read(path: &Path) -> Result<Table, ConfigError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| ConfigError::File { path: path.to_path_buf(), source })?;
    text.parse().map_err(|source| ConfigError::Syntax { path: path.to_path_buf(), source: Box::new(source) })
}

/// The error for `key`, with the value that the sources gave it.
fn refuse(root: &Value, key: String, problem: String) -> ConfigError {
    if problem.starts_with("unknown field") {
        return ConfigError::UnknownKey { key, problem };
    }
    match value_at(root, &key) {
        Some(value) => ConfigError::Value { value: value.to_string(), place: key, problem },
        None => ConfigError::UnknownKey { key, problem },
    }
}

/// The value at a path such as `limits.runs` or `allow_net[1]`.
fn value_at<'a>(root: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(root, |value, part| {
        let (name, index) = match part.split_once('[') {
            Some((name, rest)) => (name, rest.trim_end_matches(']').parse::<usize>().ok()),
            None => (part, None),
        };
        let value = value.get(name)?;
        index.map_or(Some(value), |index| value.get(index))
    })
}

#[cfg(test)]
mod tests {
    use error_model::Lang;

    use super::*;

    fn from(file: &str, variables: &[(&str, &str)]) -> Result<Settings, ConfigError> {
        let variables = variables.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        resolve(file.parse().unwrap(), variables)
    }

    /// The message of the error.
    fn refusal(file: &str, variables: &[(&str, &str)]) -> String {
        from(file, variables).unwrap_err().to_string()
    }

    #[test]
    fn nothing_at_all_gives_the_defaults() {
        assert_eq!(load(None, std::iter::empty()).unwrap(), Settings::default());
    }

    #[test]
    fn a_variable_wins_over_the_file_and_leaves_the_rest_of_it() {
        let settings = from(
            "listen = '127.0.0.1:9000'\nallow_port = [2526]\n[limits]\nruns = 5\nrun_seconds = 30",
            &[("MAILTRIAGE_LISTEN", "[::1]:9001"), ("MAILTRIAGE_LIMITS_RUNS", "7"), ("PATH", "/bin")],
        )
        .unwrap();
        assert_eq!(settings.listen.to_string(), "[::1]:9001");
        assert_eq!((settings.limits.runs, settings.limits.run_seconds), (7, 30));
        assert_eq!(settings.allow_port, [2526]);
    }

    #[test]
    fn lists_in_variables_are_separated_by_commas() {
        let settings = from(
            "",
            &[("MAILTRIAGE_ALLOW_NET", "127.0.0.0/8, 10.0.0.0/8"), ("MAILTRIAGE_ALLOW_PORT", "2526")],
        )
        .unwrap();
        assert_eq!(settings.allow_net.len(), 2);
        assert_eq!(settings.allow_port, [2526]);
    }

    #[test]
    fn a_wrong_key_is_named() {
        assert!(refusal("lisen = 'x'", &[]).starts_with("lisen: unknown field `lisen`"));
        assert!(refusal("[limits]\nrun = 1", &[]).starts_with("limits.run: unknown field `run`"));
        assert_eq!(
            refusal("", &[("MAILTRIAGE_LISEN", "x")]),
            "MAILTRIAGE_LISEN: no setting has this variable"
        );
    }

    #[test]
    fn a_wrong_value_is_named_with_its_key() {
        for (file, key, value) in [
            ("listen = '8080'", "listen", "\"8080\""),
            ("allow_net = ['10.0.0.0/8', '10.0.0.0/33']", "allow_net[1]", "\"10.0.0.0/33\""),
            ("allow_port = [70000]", "allow_port[0]", "70000"),
            ("websocket_origins = ['example.com']", "websocket_origins[0]", "\"example.com\""),
            ("ispdb = 'http://ispdb.example/'", "ispdb", "\"http://ispdb.example/\""),
            ("[brand]\naccent = '#ffe08a'", "brand.accent", "\"#ffe08a\""),
            ("[brand]\naccent_dark = '#17635c'", "brand.accent_dark", "\"#17635c\""),
            ("[brand]\nname = '<b>'", "brand.name", "\"<b>\""),
            ("frame_ancestors = ['help.example.com']", "frame_ancestors", "[\"help.example.com\"]"),
            ("[limits]\nrun_seconds = 0", "limits.run_seconds", "0"),
            ("[limits]\nruns = 0", "limits.runs", "0"),
            ("[limits]\nproof_of_work = 1000001", "limits.proof_of_work", "1000001"),
        ] {
            let message = refusal(file, &[]);
            assert!(message.starts_with(&format!("{key}: ")), "{message}");
            assert!(message.ends_with(&format!("(found {value})")), "{message}");
        }
        assert!(refusal("", &[("MAILTRIAGE_LIMITS_RUNS", "many")]).starts_with("MAILTRIAGE_LIMITS_RUNS: "));
    }

    #[test]
    fn an_accent_that_cannot_be_read_is_refused_with_its_contrast_and_one_that_can() {
        let message = refusal("[brand]\naccent = '#ffe08a'", &[]);
        assert!(message.contains("4.5:1") && message.contains("1.18:1"), "{message}");
        let near = message.split("; ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap();
        assert!(from(&format!("[brand]\naccent = '{near}'"), &[]).is_ok(), "{near}");
    }

    #[test]
    fn links_in_a_variable_are_written_as_in_the_file() {
        let links = "[{ja = '約款', en = 'Terms', href = 'https://crm.example/terms'}]";
        let settings = from("", &[("MAILTRIAGE_BRAND_LINKS", links)]).unwrap();
        assert_eq!(settings.brand.links[0].ja.to_string(), "約款");
        assert!(
            refusal("", &[("MAILTRIAGE_BRAND_LINKS", "https://crm.example")])
                .starts_with("MAILTRIAGE_BRAND_LINKS: ")
        );
    }

    #[test]
    fn oauth_clients_in_a_variable_are_written_as_in_the_file_and_take_the_place_of_its_own() {
        let clients = "[{id = 'microsoft', kind = 'microsoft', client_id = 'a', client_secret_file = '/run/secrets/a'}, \
                       {id = 'ours', kind = 'https://login.example.com', client_id = 'b', scopes = ['openid', 'imap']}]";
        let file = "[[oauth]]\nid = 'google'\nkind = 'google'\nclient_id = 'c'";
        let settings = from(file, &[("MAILTRIAGE_OAUTH", clients)]).unwrap();
        let ids: Vec<&str> = settings.oauth.iter().map(|client| client.id.as_str()).collect();
        assert_eq!(ids, ["microsoft", "ours"]);
        assert_eq!(settings.oauth[0].client_secret_file.as_deref(), Some(Path::new("/run/secrets/a")));
        assert_eq!(settings.oauth[1].scopes(), ["openid", "imap"]);
        assert!(
            refusal("", &[("MAILTRIAGE_OAUTH", "[{id = 'a', kind = 'imap', client_id = 'b'}]")])
                .starts_with("oauth[0].kind: ")
        );
    }

    #[test]
    fn a_secret_that_was_put_into_the_variable_of_the_clients_is_not_shown() {
        for clients in [
            "id = 'a', client_secret = 'Quitte-4'",
            "[{id = 'a', kind = 'google', client_id = 'b', client_secret = 'Quitte-4'}]",
            "[{id = 'A', kind = 'google', client_id = '', client_secret = 'Quitte-4'}]",
            "[{client_secret = 'Quitte-4'}]",
        ] {
            let message = refusal("", &[("MAILTRIAGE_OAUTH", clients)]);
            assert!(message.contains("oauth") || message.contains("MAILTRIAGE_OAUTH"), "{message}");
            assert!(!message.contains("Quitte-4"), "{message}");
        }
    }

    #[test]
    fn own_words_are_taken_by_their_keys_from_the_file_and_from_a_variable() {
        let settings = from(
            "[brand.texts.ja]\ntagline = '{site}窓口'\n[brand.notes.en]\n'006.name-not-covered' = 'Ask us.'",
            &[],
        )
        .unwrap();
        assert_eq!(settings.brand.texts.of(Lang::Ja)["tagline"], "{site}窓口");
        assert_eq!(settings.brand.notes.of(Lang::En)["006.name-not-covered"], "Ask us.");
        let settings = from(
            "",
            &[("MAILTRIAGE_BRAND_NOTES", "{ ja = { auth = '窓口へ' }, en = { auth = 'Ask us.' } }")],
        )
        .unwrap();
        assert_eq!(settings.brand.notes.of(Lang::Ja)["auth"], "窓口へ");
        assert!(
            refusal("", &[("MAILTRIAGE_BRAND_TEXTS", "tagline")]).starts_with("MAILTRIAGE_BRAND_TEXTS: ")
        );
    }

    #[test]
    fn own_words_that_cannot_be_used_are_named() {
        for (file, said) in [
            ("[brand.texts.ja]\ntagine = 'x'", "brand.texts.ja.tagine: unknown; did you mean `tagline`?"),
            (
                "[brand.texts.en]\nzzz = 'x'",
                "brand.texts.en.zzz: unknown; there are `tagline`, `help-title`,",
            ),
            ("[brand.notes.en]\n'06' = 'x'", "brand.notes.en.06: unknown; did you mean `006`?"),
            (
                "[brand.notes.en]\n'005.name-not-covered' = 'x'",
                "brand.notes.en.005.name-not-covered: unknown; did you mean `006.name-not-covered`?",
            ),
            ("[brand.texts.fr]\ntagline = 'x'", "brand.texts.fr: unknown field `fr`"),
            ("[brand.texts.en]\ntagline = '{host}'", "brand.texts.en.tagline: {host} is no gap"),
            ("[brand.texts.en]\ntagline = 'a { b'", "brand.texts.en.tagline: a brace"),
            ("[brand.texts.en]\ntagline = ' '", "brand.texts.en.tagline: a text of 1 to 1000 characters"),
            ("[brand.texts.en]\ntagline = \"a\\nb\"", "brand.texts.en.tagline: a text can't have '\\n'"),
            ("[brand.texts.en]\ntagline = 5", "brand.texts.en.tagline: invalid type"),
        ] {
            let message = refusal(file, &[]);
            assert!(message.starts_with(said), "{message}");
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named() {
        let message = load(Some(Path::new("/nowhere/mailtriage.toml")), std::iter::empty()).unwrap_err();
        assert!(message.to_string().starts_with("/nowhere/mailtriage.toml: "));
    }
}
