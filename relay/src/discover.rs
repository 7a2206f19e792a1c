//! `discover`: the settings of an address on the terminal, each with where it came from.

use error_model::{
    Endpoint, Lane, Lang,
    discovery::{Discovery, FoundSettings},
    strings::{self, discovery},
    text::escape,
};
use probe::{Engine, egress::Policy};

use crate::{
    cli::{DiscoverArguments, Exit, Refusal},
    engine::EngineOptions,
    limits,
    words::{NOTHING_FOUND, USER_NAME},
};

/// Asks every source; gives the text for standard output. Ends with 1 where nothing was found.
///
/// # Errors
/// A [`Refusal`] where the arguments can't be used.
pub async fn discover(arguments: &DiscoverArguments, lang: Lang) -> Result<(String, Exit), Refusal> {
    let engine = EngineOptions {
        policy: Policy::new(arguments.allow_net.clone(), Vec::new()),
        resolver: arguments.resolver,
        trust_anchors: &arguments.trust_anchor,
        run_limit: std::time::Duration::from_secs(limits::RUN_SECONDS),
        ispdb: arguments.ispdb.as_ref(),
    }
    .build()
    .map_err(Refusal::usage)?;
    let found = look(&engine, &arguments.email).await?;
    let exit = if found.found() { Exit::Passed } else { Exit::Fault };
    let text = if arguments.json {
        serde_json::to_string(&found).map_err(Refusal::failure)?
    } else {
        text(&found, lang)
    };
    Ok((text, exit))
}

/// Asks every source about an address.
///
/// # Errors
/// A [`Refusal`] where it isn't one.
pub async fn look(engine: &Engine, email: &str) -> Result<Discovery, Refusal> {
    engine.discover(email).await.map_err(|error| Refusal::argument("EMAIL", error))
}

fn text(found: &Discovery, lang: Lang) -> String {
    let mut out = String::new();
    for settings in &found.settings {
        write_settings(&mut out, settings, lang);
    }
    if !found.found() {
        out += &NOTHING_FOUND.fill(lang, &[("email", &escape(&found.email))]);
    }
    out
}

fn write_settings(out: &mut String, settings: &FoundSettings, lang: Lang) {
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    let source = discovery::source(settings.source).get(lang);
    // English names begin in lower case, for the middle of a sentence.
    let capital = source.get(..1).unwrap_or_default().to_uppercase();
    let source = source.get(1..).map_or(source.to_owned(), |rest| capital + rest);
    let provider = settings.provider.as_deref();
    let from = match provider {
        Some(provider) if provider.name.en == settings.from => provider.name.get(lang),
        _ => &settings.from,
    };
    line(format!("{source} ({})", escape(from)));
    for lane in Lane::ALL {
        if let Some(Endpoint { host, port, security }) = settings.server(lane) {
            let trial = settings.trial(lane).map(|trial| discovery::trial(trial).get(lang));
            let trial = trial.map_or_else(String::new, |trial| format!("  ({trial})"));
            let (name, security) = (strings::lane(lane).get(lang), security.as_str());
            line(format!("  {name}: {}:{port}/{security}{trial}", escape(host)));
        }
    }
    if let Some(user) = &settings.user {
        line(format!("  {}: {}", USER_NAME.get(lang), escape(user)));
    }
    for said in provider.into_iter().flat_map(|provider| &provider.needs) {
        line(format!("  {}", said.text.get(lang)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use error_model::{
        Security,
        discovery::{InBoth, Need, ProviderHint, SettingsSource, Trial},
    };

    #[test]
    fn every_answer_is_shown_with_its_source_the_best_first() {
        let endpoint =
            |host: &str, port| Some(Endpoint { host: host.into(), port, security: Security::of_port(port) });
        let gmail = InBoth { ja: "Gmail".into(), en: "Gmail".into() };
        let found = Discovery {
            email: "anna@example.com".into(),
            settings: vec![
                FoundSettings {
                    imap: endpoint("imap.example.com", 993),
                    imap_trial: Some(Trial::Works),
                    user: Some("anna".into()),
                    ..FoundSettings::new(SettingsSource::Srv, "example.com".into())
                },
                FoundSettings {
                    smtp: endpoint("smtp.gmail.com", 465),
                    smtp_trial: Some(Trial::Silent),
                    provider: Some(Box::new(ProviderHint {
                        id: "gmail".into(),
                        needs: vec![Need::AppPassword.said_of(&gmail)],
                        name: gmail.clone(),
                        where_to_change: gmail,
                        help: None,
                        checked: "2026-11".into(),
                    })),
                    ..FoundSettings::new(SettingsSource::Mx, "Gmail".into())
                },
                FoundSettings {
                    smtp: endpoint("mail.example.com", 587),
                    ..FoundSettings::new(SettingsSource::Guess, "a\u{1b}[2J".into())
                },
            ],
        };
        let expected = "The domain's own DNS records (example.com)\n  \
            Receiving (IMAP): imap.example.com:993/tls  (tried: works)\n  User name: anna\n\
            The provider that takes the domain's mail (MX) (Gmail)\n  \
            Sending (SMTP): smtp.gmail.com:465/tls  (doesn't answer right now)\n  \
            Gmail takes an app password here, not your usual one.\n\
            A guess that answered (a\\u{1b}[2J)\n  Sending (SMTP): mail.example.com:587/starttls\n";
        assert_eq!(text(&found, Lang::En), expected);
    }
}
