//! What somebody sees who comes back from the identity provider: on to the console, or why not.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use error_model::{Lang, Str};

use crate::{http::site::escape_html, limits, oidc::NoAgent};

/// How a sign-in ended.
#[derive(Debug)]
pub(super) enum Page {
    /// Well.
    SignedIn,
    /// No provider is configured.
    NotHere,
    /// Not in this browser, too long ago, or its answer was here before.
    NotBegun,
    /// Too many tries; seconds until another one makes sense.
    Busy(Option<u64>),
    /// The provider, or the rule, says no.
    NoAgent(NoAgent),
    /// There's no name under which this agent could be known.
    Named(String),
    /// The relay's own store is away.
    Failed,
}

const SIGNED_IN: Str = Str { ja: "サインインしました。", en: "You are signed in." };
const NOT_SIGNED_IN: Str =
    Str { ja: "サインインできませんでした。", en: "You aren't signed in." };
const CONSOLE: Str = Str { ja: "サポート画面へ", en: "To the agent console" };
const NOT_HERE: Str = Str {
    ja: "このサーバーでは、組織アカウントによるサインインは設定されていません。",
    en: "Sign-in with your organization's account isn't set up on this server.",
};
const NOT_BEGUN: Str = Str {
    ja: "このサインインは時間切れか、使用済みか、別のブラウザーで始めたものです。もう一度サインインしてください。",
    en: "This sign-in has expired, was used already, or was begun in another browser. Sign in again.",
};
const BUSY: Str = Str {
    ja: "サインインの回数が多すぎます。{seconds}秒後にもう一度お試しください。",
    en: "There were too many sign-ins. Try again in {seconds} seconds.",
};
const REFUSED: Str =
    Str { ja: "サインイン先からの応答：{said}", en: "The sign-in service says: {said}" };
const UNREACHABLE: Str = Str {
    ja: "サインイン先に接続できません。しばらくしてから、もう一度お試しください。",
    en: "The sign-in service can't be reached. Try again later.",
};
const UNUSABLE: Str = Str {
    ja: "サインイン先の応答を確認できませんでした（{what}）。もう一度お試しください。続く場合は、このサーバーの管理者にお知らせください。",
    en: "The sign-in service's answer can't be trusted ({what}). Try again. If it goes on, tell whoever runs this server.",
};
const STRANGER: Str = Str {
    ja: "{who}にはサポート画面を使う権限がありません。必要な場合は、このサーバーの管理者に依頼してください。",
    en: "{who} may not use the agent console. If you need it, ask whoever runs this server.",
};
const NAMED: Str = Str {
    ja: "担当者名を登録できません（{what}）。このサーバーの管理者にお知らせください。",
    en: "Your name can't be used here ({what}). Tell whoever runs this server.",
};
const FAILED: Str = Str {
    ja: "サーバーの記録先が応答していません。しばらくしてから、もう一度お試しください。",
    en: "The server's store doesn't answer. Try again later.",
};

impl From<NoAgent> for Page {
    fn from(error: NoAgent) -> Self {
        Self::NoAgent(error)
    }
}

impl Page {
    /// Something of the relay's own: the log has it.
    pub fn failed(error: &dyn std::error::Error) -> Self {
        tracing::error!(%error, "a sign-in of an agent can't be kept");
        Self::Failed
    }

    /// The answer to the browser.
    pub fn show(&self, lang: Lang) -> Response {
        if let Self::NoAgent(error) = self {
            tracing::warn!(%error, "an agent doesn't get in");
        }
        let console = format!("/{}/agent", lang.as_str());
        let said = self.said(lang);
        let heading = if said.is_some() { NOT_SIGNED_IN } else { SIGNED_IN }.get(lang);
        let onwards = if said.is_some() {
            String::new()
        } else {
            format!("<meta http-equiv=\"refresh\" content=\"0; url={console}\">")
        };
        let html = format!(
            "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
             <link rel=\"icon\" href=\"data:,\">{onwards}<title>{heading}</title></head><body><main><h1>{heading}</h1><p>{}</p>\
             <p><a href=\"{console}\">{}</a></p></main></body></html>",
            escape_html(&said.unwrap_or_default()),
            CONSOLE.get(lang),
            lang = lang.as_str(),
        );
        let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
        let mut response = (self.status(), kind, html).into_response();
        if let Self::Busy(seconds) = self {
            let seconds = seconds.unwrap_or(limits::RETRY_AFTER_SECONDS);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::SignedIn => StatusCode::OK,
            Self::NotHere => StatusCode::NOT_FOUND,
            Self::NotBegun => StatusCode::BAD_REQUEST,
            Self::Busy(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::NoAgent(NoAgent::Stranger(_) | NoAgent::Refused(_)) | Self::Named(_) => {
                StatusCode::FORBIDDEN
            }
            Self::NoAgent(NoAgent::Unreachable | NoAgent::Unusable(_)) => StatusCode::BAD_GATEWAY,
            Self::Failed => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn said(&self, lang: Lang) -> Option<String> {
        let of = |text: Str, name, value: &str| text.fill(lang, &[(name, value)]);
        Some(match self {
            Self::SignedIn => return None,
            Self::NotHere => NOT_HERE.get(lang).to_owned(),
            Self::NotBegun => NOT_BEGUN.get(lang).to_owned(),
            Self::Busy(seconds) => {
                of(BUSY, "seconds", &seconds.unwrap_or(limits::RETRY_AFTER_SECONDS).to_string())
            }
            Self::NoAgent(NoAgent::Refused(said)) => of(REFUSED, "said", said),
            Self::NoAgent(NoAgent::Unreachable) => UNREACHABLE.get(lang).to_owned(),
            Self::NoAgent(NoAgent::Unusable(what)) => of(UNUSABLE, "what", what),
            Self::NoAgent(NoAgent::Stranger(who)) => of(STRANGER, "who", who),
            Self::Named(what) => of(NAMED, "what", &error_model::text::escape(what)),
            Self::Failed => FAILED.get(lang).to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::*;

    async fn shown(page: Page, lang: Lang) -> (StatusCode, String) {
        let response = page.show(lang);
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn only_a_sign_in_goes_on_to_the_console_by_itself() {
        let (status, html) = shown(Page::SignedIn, Lang::Ja).await;
        assert_eq!(status, StatusCode::OK);
        assert!(html.contains("http-equiv=\"refresh\" content=\"0; url=/ja/agent\""), "{html}");
        for page in [Page::NotBegun, Page::Busy(Some(7)), Page::Failed, NoAgent::Unreachable.into()] {
            let (status, html) = shown(page, Lang::En).await;
            assert!(!status.is_success() && !html.contains("refresh"), "{html}");
            assert!(html.contains("You aren't signed in.") && html.contains("href=\"/en/agent\""), "{html}");
        }
        assert!(shown(Page::Busy(Some(7)), Lang::Ja).await.1.contains("7秒後"));
    }

    #[tokio::test]
    async fn what_a_provider_says_is_text_and_no_markup() {
        let said = NoAgent::refused("access_denied", Some("<script>alert(1)</script>\u{1b}[2J"));
        let (status, html) = shown(said.into(), Lang::En).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
        assert!(html.contains("access_denied: &lt;script&gt;"), "{html}");
        assert!(!html.contains("<script") && !html.contains('\u{1b}'), "{html}");
    }
}
