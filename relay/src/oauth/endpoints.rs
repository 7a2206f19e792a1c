//! Where an issuer is asked what.

use oauth2::{AsyncHttpClient, AuthUrl, DeviceAuthorizationUrl, HttpRequest, RevocationUrl, TokenUrl};
use probe::Engine;
use serde::Deserialize;
use url::Url;

use super::{NoToken, library::Http};
use crate::config::OAuthKind;

/// The addresses of one issuer.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Endpoints {
    /// What it calls itself in ID tokens and answers; where this isn't one text, none.
    #[serde(default)]
    pub issuer: Option<String>,
    #[serde(rename = "authorization_endpoint")]
    pub authorization: AuthUrl,
    #[serde(rename = "token_endpoint")]
    pub token: TokenUrl,
    #[serde(rename = "device_authorization_endpoint", default)]
    pub device: Option<DeviceAuthorizationUrl>,
    #[serde(rename = "revocation_endpoint", default)]
    pub revocation: Option<RevocationUrl>,
    /// The issuer names itself in every answer to the browser (RFC 9207).
    #[serde(rename = "authorization_response_iss_parameter_supported", default)]
    pub names_itself: bool,
}

/// Microsoft's for work, school and personal accounts alike. Its ID tokens name the account's own tenant as the issuer.
const MICROSOFT: &str = r#"{
    "authorization_endpoint": "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
    "token_endpoint": "https://login.microsoftonline.com/common/oauth2/v2.0/token",
    "device_authorization_endpoint": "https://login.microsoftonline.com/common/oauth2/v2.0/devicecode"}"#;

/// Google's. Its device codes aren't for mail, so none is offered.
const GOOGLE: &str = r#"{
    "issuer": "https://accounts.google.com",
    "authorization_endpoint": "https://accounts.google.com/o/oauth2/v2/auth",
    "token_endpoint": "https://oauth2.googleapis.com/token",
    "revocation_endpoint": "https://oauth2.googleapis.com/revoke"}"#;

impl Endpoints {
    /// Those of this kind of issuer, asked for where they aren't known.
    pub async fn of(kind: &OAuthKind, engine: &Engine) -> Result<Self, NoToken> {
        let known = |text| serde_json::from_str(text).map_err(|_| NoToken::Unusable("its endpoints"));
        match kind {
            OAuthKind::Microsoft => known(MICROSOFT),
            OAuthKind::Google => known(GOOGLE),
            OAuthKind::Issuer(issuer) => discover(issuer, engine).await,
        }
    }
}

async fn discover(issuer: &Url, engine: &Engine) -> Result<Endpoints, NoToken> {
    let base = issuer.as_str().trim_end_matches('/');
    let request = HttpRequest::builder_get(&format!("{base}/.well-known/openid-configuration"))?;
    let answer = Http(engine).call(request).await.map_err(|_| NoToken::Unreachable)?;
    let wrong = NoToken::Unusable("its openid-configuration");
    let endpoints: Endpoints = serde_json::from_slice(answer.body()).map_err(|_| wrong.clone())?;
    // Another issuer's endpoints would get this one's codes and secret (OpenID Connect Discovery section 4.3).
    let same = endpoints.issuer.as_deref().is_some_and(|said| said.trim_end_matches('/') == base);
    let https = [Some(endpoints.authorization.url()), Some(endpoints.token.url())]
        .into_iter()
        .chain([
            endpoints.device.as_ref().map(|it| it.url()),
            endpoints.revocation.as_ref().map(|it| it.url()),
        ])
        .flatten()
        .all(|url| url.scheme() == "https");
    if same && https { Ok(endpoints) } else { Err(wrong) }
}

/// A GET for JSON.
trait Get {
    fn builder_get(address: &str) -> Result<HttpRequest, NoToken>;
}

impl Get for HttpRequest {
    fn builder_get(address: &str) -> Result<HttpRequest, NoToken> {
        hyper::Request::get(address)
            .header(hyper::header::ACCEPT, "application/json")
            .body(Vec::new())
            .map_err(|_| NoToken::Unusable("its address"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_endpoints_can_be_read() {
        for text in [MICROSOFT, GOOGLE] {
            let endpoints: Endpoints = serde_json::from_str(text).unwrap();
            assert_eq!(endpoints.authorization.url().scheme(), "https");
        }
    }
}
