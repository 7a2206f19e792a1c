//! The answer of a look-up, in the page's language.

use error_model::{
    Endpoint, Lane, Lang,
    discovery::{SettingsSource, Trial},
};

use super::Fields;
use crate::form::{Found, Provider};

/// Reads the answer. `None`: it isn't one. Sources of a kind that this page doesn't know are left out.
pub(crate) fn discovery(text: &str, lang: Lang) -> Option<Vec<Found>> {
    let value = serde_json::from_str(text).ok()?;
    let f = Fields::of(&value)?;
    Some(f.list("settings", |value| found(Fields::of(value)?, lang)))
}

fn found(f: Fields<'_>, lang: Lang) -> Option<Found> {
    let server = |lane: Lane| {
        let server = f.inner(lane.as_str())?;
        let endpoint = Endpoint {
            host: server.text("host")?,
            port: server.number("port")?,
            security: server.word("security")?,
        };
        Some((endpoint, trial(f.tag(&[lane.as_str(), "_trial"].concat()))))
    };
    Some(Found {
        source: source(f.tag("source")?)?,
        servers: Lane::ALL.map(server),
        user: f.text("user"),
        provider: f.inner("provider").and_then(|provider| self::provider(provider, lang)),
    })
}

fn provider(f: Fields<'_>, lang: Lang) -> Option<Provider> {
    let mut provider = Provider {
        name: f.inner("name")?.text(lang.as_str())?,
        servers: Vec::new(),
        sign_in: Vec::new(),
        // Our own table names it; a link goes to the web and nowhere else all the same.
        help: f.text("help").filter(|help| help.starts_with("https://")),
    };
    for (need, said) in f.list("needs", |need| {
        let need = Fields::of(need)?;
        Some((need.tag("need")?, need.text(lang.as_str())?))
    }) {
        match need {
            "no-access" | "local-bridge" | "paid-plan" | "on-request" | "control-panel" => {
                provider.servers.push(said);
            }
            _ => provider.sign_in.push(said),
        }
    }
    if !provider.sign_in.is_empty() {
        provider.sign_in.extend(f.inner("where_to_change").and_then(|text| text.text(lang.as_str())));
    }
    Some(provider)
}

fn source(word: &str) -> Option<SettingsSource> {
    use SettingsSource::{Autoconfig, Guess, InsecureAutoconfig, Ispdb, Mx, Provider, Srv};
    let all = [Provider, Autoconfig, Srv, Ispdb, Mx, InsecureAutoconfig, Guess];
    all.into_iter().find(|source| source.as_str() == word)
}

fn trial(word: Option<&str>) -> Option<Trial> {
    match word? {
        "works" => Some(Trial::Works),
        "unclean" => Some(Trial::Unclean),
        "silent" => Some(Trial::Silent),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use error_model::{
        Security,
        discovery::{Discovery, FoundSettings, InBoth, Need, ProviderHint},
    };

    fn both(ja: &str, en: &str) -> InBoth {
        InBoth { ja: ja.to_owned(), en: en.to_owned() }
    }

    #[test]
    fn what_the_relay_writes_is_what_the_page_reads() {
        let sakura = both("さくら", "SAKURA");
        let hint = ProviderHint {
            id: "sakura".into(),
            needs: vec![Need::SeparatePassword.said_of(&sakura), Need::ControlPanel.said_of(&sakura)],
            name: sakura,
            where_to_change: both("ここ。", "Here."),
            help: Some("https://help.example/".into()),
            checked: "2026-11".into(),
        };
        for source in [
            SettingsSource::Provider,
            SettingsSource::Autoconfig,
            SettingsSource::Srv,
            SettingsSource::Ispdb,
            SettingsSource::Mx,
            SettingsSource::InsecureAutoconfig,
            SettingsSource::Guess,
        ] {
            for trial in [Trial::Works, Trial::Unclean, Trial::Silent] {
                let imap = Endpoint { host: "imap.example.com".into(), port: 993, security: Security::Tls };
                let settings = FoundSettings {
                    imap: Some(imap.clone()),
                    imap_trial: Some(trial),
                    user: Some("anna".into()),
                    provider: Some(Box::new(hint.clone())),
                    ..FoundSettings::new(source, "x".into())
                };
                let answer = Discovery { email: "anna@example.com".into(), settings: vec![settings] };
                let read = discovery(&serde_json::to_string(&answer).unwrap(), Lang::Ja).unwrap();
                let [found] = read.as_slice() else { panic!("{read:?}") };
                assert_eq!((found.source, found.user.as_deref()), (source, Some("anna")));
                assert_eq!(found.servers, [Some((imap, Some(trial))), None]);
                let provider = found.provider.as_ref().unwrap();
                assert_eq!(provider.name, "さくら");
                assert_eq!((provider.servers.len(), provider.sign_in.len()), (1, 2));
                assert_eq!(provider.sign_in[1], "ここ。");
            }
        }
    }

    #[test]
    fn an_answer_of_another_shape_is_none_and_a_link_of_another_kind_is_left_out() {
        for junk in ["", "[]", "<html>"] {
            assert_eq!(discovery(junk, Lang::En), None, "{junk}");
        }
        let text = r#"{"settings": [{"source": "stars"}, {"source": "mx", "provider":
            {"name": {"en": "X"}, "help": "javascript:alert(1)"}}]}"#;
        let found = discovery(text, Lang::En).unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].provider.as_ref().unwrap().help, None);
    }
}
