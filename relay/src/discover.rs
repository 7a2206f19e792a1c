//! `discover`: the settings of an address on the terminal, each with where it came from.

use error_model::{
    Endpoint, Lane, Lang, Str,
    discovery::{Discovery, FoundSettings, SettingsSource},
    strings,
    text::escape,
};
use probe::Engine;

use crate::{
    cli::{DiscoverArguments, Exit, Refusal},
    engine::EngineOptions,
    limits,
    words::{
        NOTHING_FOUND, SOURCE_AUTOCONFIG, SOURCE_GUESS, SOURCE_INSECURE, SOURCE_MX, SOURCE_PROVIDER,
        SOURCE_SRV, USER_NAME,
    },
};

/// Asks every source; gives the text for standard output. Ends with 1 where nothing was found.
///
/// # Errors
/// A [`Refusal`] where the arguments can't be used.
pub async fn discover(arguments: &DiscoverArguments, lang: Lang) -> Result<(String, Exit), Refusal> {
    let engine = EngineOptions {
        allow_net: &arguments.allow_net,
        allow_port: &[],
        resolver: arguments.resolver,
        trust_anchors: &arguments.trust_anchor,
        run_limit: std::time::Duration::from_secs(limits::RUN_SECONDS),
    }
    .build()
    .map_err(Refusal::usage)?;
    let found = look(&engine, &arguments.email).await?;
    let exit = if found.settings.is_empty() { Exit::Fault } else { Exit::Passed };
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
    if out.is_empty() {
        out = NOTHING_FOUND.fill(lang, &[("email", &escape(&found.email))]);
    }
    out
}

fn write_settings(out: &mut String, settings: &FoundSettings, lang: Lang) {
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    line(format!("{} ({})", source(settings.source).get(lang), escape(&settings.from)));
    for (lane, endpoint) in [(Lane::Imap, &settings.imap), (Lane::Smtp, &settings.smtp)] {
        if let Some(Endpoint { host, port, security }) = endpoint {
            line(format!(
                "  {}: {}:{port}/{}",
                strings::lane(lane).get(lang),
                escape(host),
                security.as_str()
            ));
        }
    }
    if let Some(user) = &settings.user {
        line(format!("  {}: {}", USER_NAME.get(lang), escape(user)));
    }
}

fn source(source: SettingsSource) -> Str {
    match source {
        SettingsSource::Provider => SOURCE_PROVIDER,
        SettingsSource::Autoconfig => SOURCE_AUTOCONFIG,
        SettingsSource::InsecureAutoconfig => SOURCE_INSECURE,
        SettingsSource::Srv => SOURCE_SRV,
        SettingsSource::Mx => SOURCE_MX,
        SettingsSource::Guess => SOURCE_GUESS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use error_model::Security;

    #[test]
    fn every_answer_is_shown_with_its_source_the_best_first() {
        let endpoint =
            |host: &str, port| Some(Endpoint { host: host.into(), port, security: Security::of_port(port) });
        let settings = |source, from: &str, imap, smtp, user: Option<&str>| FoundSettings {
            source,
            from: from.into(),
            imap,
            smtp,
            user: user.map(str::to_owned),
        };
        let found = Discovery {
            email: "anna@example.com".into(),
            settings: vec![
                settings(
                    SettingsSource::Srv,
                    "example.com",
                    endpoint("imap.example.com", 993),
                    None,
                    Some("anna"),
                ),
                settings(SettingsSource::Guess, "a\u{1b}[2J", None, endpoint("mail.example.com", 587), None),
            ],
        };
        let expected = "The domain's own DNS records (example.com)\n  Receiving (IMAP): imap.example.com:993/tls\n  \
            User name: anna\nUsual names that answer (a\\u{1b}[2J)\n  \
            Sending (SMTP): mail.example.com:587/starttls\n";
        assert_eq!(text(&found, Lang::En), expected);
    }
}
