//! What a mail provider asks of those who sign in, as data and as sentences.

use serde::{Deserialize, Serialize};

use crate::{
    Lang, Str,
    strings::provider::{
        ACCOUNT_NAME, APP_PASSWORD, APP_PASSWORD_WITH_TWO_STEPS, CONTROL_PANEL, ENABLE_IMAP, LOCAL_BRIDGE,
        NO_ACCESS, OAUTH_ONLY, ON_REQUEST, OVERSEAS_FILTER, PAID_PLAN, SEPARATE_PASSWORD,
    },
};

/// A text in both languages, made or read while the program runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InBoth {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

impl InBoth {
    /// In one language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        }
    }
}

/// A provider and what a sign-in there needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderHint {
    /// Its stable name in the provider table.
    pub id: String,
    /// What it calls itself.
    pub name: InBoth,
    /// What to know before signing in, the most important first.
    pub needs: Vec<SaidNeed>,
    /// One sentence on where that is changed.
    pub where_to_change: InBoth,
    /// Its own page about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Year and month of the last check, `2026-11`.
    pub checked: String,
}

/// A need, and the sentence that says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidNeed {
    /// The need.
    pub need: Need,
    /// The sentence.
    #[serde(flatten)]
    pub text: InBoth,
}

/// What a sign-in at a provider may need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// There is neither IMAP nor SMTP for anybody.
    NoAccess,
    /// Only programs on the person's own computer get in, by the provider's bridge.
    LocalBridge,
    /// IMAP and SMTP are for those who pay.
    PaidPlan,
    /// IMAP and SMTP have to be ordered.
    OnRequest,
    /// No password works, only OAuth.
    OauthOnly,
    /// A password made for the program; the account's own never works.
    AppPassword,
    /// A password made for the program, once sign-in takes two steps.
    AppPasswordWithTwoSteps,
    /// A password for mail, apart from that of the members' pages.
    SeparatePassword,
    /// IMAP is off until somebody switches it on.
    EnableImap,
    /// Sign-ins from outside its country may be refused.
    OverseasFilter,
    /// A user name that the address doesn't tell.
    AccountName,
    /// Server names that only its customers are told.
    ControlPanel,
}

impl Need {
    /// The sentence; `{name}` is the provider.
    #[must_use]
    pub const fn text(self) -> Str {
        match self {
            Self::NoAccess => NO_ACCESS,
            Self::LocalBridge => LOCAL_BRIDGE,
            Self::PaidPlan => PAID_PLAN,
            Self::OnRequest => ON_REQUEST,
            Self::OauthOnly => OAUTH_ONLY,
            Self::AppPassword => APP_PASSWORD,
            Self::AppPasswordWithTwoSteps => APP_PASSWORD_WITH_TWO_STEPS,
            Self::SeparatePassword => SEPARATE_PASSWORD,
            Self::EnableImap => ENABLE_IMAP,
            Self::OverseasFilter => OVERSEAS_FILTER,
            Self::AccountName => ACCOUNT_NAME,
            Self::ControlPanel => CONTROL_PANEL,
        }
    }

    /// With its sentence about this provider.
    #[must_use]
    pub fn said_of(self, provider: &InBoth) -> SaidNeed {
        let fill = |lang| self.text().fill(lang, &[("name", provider.get(lang))]);
        SaidNeed { need: self, text: InBoth { ja: fill(Lang::Ja), en: fill(Lang::En) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_need_is_one_object_with_its_sentence_in_both_languages() {
        let gmail = InBoth { ja: "Gmail".to_owned(), en: "Gmail".to_owned() };
        let json = serde_json::to_value(Need::AppPassword.said_of(&gmail)).unwrap();
        assert_eq!(json["need"], "app-password");
        assert_eq!(json["en"], "Gmail takes an app password here, not your usual one.");
        assert!(json["ja"].as_str().unwrap().contains("Gmail"), "{json}");
    }
}
