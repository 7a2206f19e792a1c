//! What the provider table says of a sign-in, as people are told it.

use error_model::{
    Lane,
    discovery::{FoundSettings, InBoth, Need, ProviderHint},
};

use crate::providers::{self, Access, HostFrom, Password, Provider, UserName};

/// What to know about a provider.
pub(super) fn of(provider: &Provider) -> ProviderHint {
    let name = both(&provider.name);
    ProviderHint {
        id: provider.id.to_owned(),
        needs: needs(provider).map(|need| need.said_of(&name)).collect(),
        name,
        where_to_change: both(&provider.where_to_change),
        help: provider.help.clone(),
        checked: provider.checked.clone(),
    }
}

/// The provider that runs the servers found, where the table knows them.
pub(super) fn behind(found: &FoundSettings) -> Option<Box<ProviderHint>> {
    let runs = |lane| providers::by_host(&found.server(lane)?.host);
    Lane::ALL.into_iter().find_map(runs).map(|provider| Box::new(of(provider)))
}

fn needs(provider: &Provider) -> impl Iterator<Item = Need> + use<> {
    let sign_in = provider.sign_in;
    let access = match provider.access {
        Access::Everyone => None,
        Access::PaidPlan => Some(Need::PaidPlan),
        Access::OnRequest => Some(Need::OnRequest),
        Access::LocalBridge => Some(Need::LocalBridge),
        Access::None => Some(Need::NoAccess),
    };
    let password = match sign_in.password {
        Password::Account => None,
        Password::AppPassword => Some(Need::AppPassword),
        Password::AppPasswordWithTwoSteps => Some(Need::AppPasswordWithTwoSteps),
        Password::Separate => Some(Need::SeparatePassword),
    };
    let closed = matches!(provider.access, Access::LocalBridge | Access::None);
    let secret = if sign_in.oauth_only { Some(Need::OauthOnly) } else { password };
    let hidden = [&provider.imap, &provider.smtp]
        .into_iter()
        .flatten()
        .any(|server| server.host_from == HostFrom::ControlPanel);
    let rest = [
        (sign_in.imap_must_be_enabled, Need::EnableImap),
        (sign_in.overseas_filter, Need::OverseasFilter),
        (provider.user_name == UserName::Account, Need::AccountName),
        (hidden, Need::ControlPanel),
    ];
    // Whom nobody can reach needs nothing else.
    let open = secret.into_iter().chain(rest.into_iter().filter_map(|(holds, need)| holds.then_some(need)));
    access.into_iter().chain(open.filter(move |_| !closed))
}

fn both(text: &providers::InBoth) -> InBoth {
    InBoth { ja: text.ja.clone(), en: text.en.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs_of(domain: &str) -> Vec<Need> {
        let provider = providers::by_domain(domain).expect(domain);
        of(provider).needs.into_iter().map(|said| said.need).collect()
    }

    #[test]
    fn what_a_sign_in_needs_is_said_for_each_kind_of_provider() {
        assert_eq!(needs_of("gmail.com"), [Need::AppPassword]);
        assert_eq!(needs_of("outlook.com"), [Need::OauthOnly, Need::EnableImap]);
        assert_eq!(
            needs_of("someone.sakura.ne.jp"),
            [Need::SeparatePassword, Need::OverseasFilter, Need::ControlPanel]
        );
        assert_eq!(needs_of("proton.me"), [Need::LocalBridge]);
    }

    #[test]
    fn servers_of_a_known_provider_give_it_away_whoever_named_them() {
        let mut found =
            FoundSettings::new(error_model::discovery::SettingsSource::Autoconfig, "example.com".to_owned());
        assert_eq!(behind(&found), None);
        found.smtp = Some(error_model::Endpoint {
            host: "smtp.gmail.com".to_owned(),
            port: 465,
            security: error_model::Security::Tls,
        });
        assert_eq!(behind(&found).unwrap().id, "gmail");
    }
}
