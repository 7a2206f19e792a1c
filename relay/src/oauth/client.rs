//! The relay as a client of one issuer: begins sign-ins, redeems what comes of them, and hands tokens back.

use error_model::Lang;
use oauth2::{
    AuthorizationCode, ClientId, ClientSecret, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    Scope, StandardDeviceAuthorizationResponse, StandardRevocableToken, TokenResponse,
};
use probe::{Engine, Issued};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::sleep;

use super::{
    NoSecret, NoToken,
    claims::{Expected, now},
    endpoints::Endpoints,
    errors::read_secret,
    library::{Answer, Http, Library, no_token},
};
use crate::{
    config::{OAuthClient, OAuthKind},
    limits,
};

/// The relay as a client of one issuer.
pub struct Client {
    settings: OAuthClient,
    secret: Option<SecretString>,
}

/// A sign-in that has begun: where the person goes, and what their answer will be held against.
pub struct Begun {
    /// The issuer's page.
    pub url: String,
    /// Comes back with the answer.
    pub state: String,
    pub(super) verifier: SecretString,
    pub(super) nonce: String,
    /// The issuer's own name, where every answer must say it.
    pub issuer: Option<String>,
}

/// What a person types at the issuer's page, on any device.
pub struct DeviceCode {
    /// The page.
    pub page: String,
    /// What to type there.
    pub code: String,
    details: StandardDeviceAuthorizationResponse,
}

/// A token, and what its issuer says beside it.
pub struct Granted {
    /// The access token.
    pub token: SecretString,
    /// The account and the scopes.
    pub issued: Issued,
    /// Came although nobody asked for it.
    refresh: Option<SecretString>,
}

impl Client {
    /// Reads the client's secret.
    ///
    /// # Errors
    /// Names the file that can't be used.
    pub fn new(settings: OAuthClient) -> Result<Self, NoSecret> {
        let file = settings.client_secret_file.as_deref();
        let secret = file.map(|file| read_secret("oauth.client_secret_file", file)).transpose()?;
        Ok(Self { settings, secret })
    }

    /// Who the relay is there.
    #[must_use]
    pub fn settings(&self) -> &OAuthClient {
        &self.settings
    }

    /// Begins a sign-in with an authorisation code (RFC 6749 section 4.1) and PKCE (RFC 7636).
    ///
    /// # Errors
    /// Where the issuer doesn't say where to go.
    pub async fn begin(
        &self,
        engine: &Engine,
        redirect: &str,
        hint: Option<&str>,
        lang: Lang,
    ) -> Result<Begun, NoToken> {
        let endpoints = Endpoints::of(&self.settings.kind, engine).await?;
        let issuer = endpoints.issuer.clone().filter(|_| endpoints.names_itself);
        let library = self.library(endpoints, Some(redirect))?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let nonce = CsrfToken::new_random().into_secret();
        let mut question = library
            .authorize_url(CsrfToken::new_random)
            .add_scopes(self.settings.scopes().into_iter().map(Scope::new))
            .set_pkce_challenge(challenge)
            .add_extra_param("nonce", &nonce)
            .add_extra_param("ui_locales", lang.as_str())
            // The wrong account, taken without asking, is what many come with.
            .add_extra_param("prompt", self.prompt());
        if let Some(hint) = hint {
            question = question.add_extra_param("login_hint", hint);
        }
        let (url, state) = question.url();
        Ok(Begun {
            url: url.into(),
            state: state.into_secret(),
            verifier: SecretString::from(verifier.into_secret()),
            nonce,
            issuer,
        })
    }

    /// Redeems the code that the person's browser came back with.
    ///
    /// # Errors
    /// Why there is no token.
    pub async fn redeem(
        &self,
        engine: &Engine,
        begun: &Begun,
        redirect: &str,
        code: &SecretString,
    ) -> Result<Granted, NoToken> {
        let endpoints = Endpoints::of(&self.settings.kind, engine).await?;
        let issuer = endpoints.issuer.clone();
        let library = self.library(endpoints, Some(redirect))?;
        let http = Http(engine);
        let answer = library
            .exchange_code(AuthorizationCode::new(code.expose_secret().to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(begun.verifier.expose_secret().to_owned()))
            .request_async(&http)
            .await
            .map_err(no_token)?;
        self.granted(&answer, issuer.as_deref(), Some(&begun.nonce))
    }

    /// Asks for a code to type at the issuer's page (RFC 8628).
    ///
    /// # Errors
    /// Where it gives none.
    pub async fn device_code(&self, engine: &Engine) -> Result<DeviceCode, NoToken> {
        let endpoints = Endpoints::of(&self.settings.kind, engine).await?;
        let library = self.library(endpoints, None)?;
        let http = Http(engine);
        let details: StandardDeviceAuthorizationResponse = library
            .exchange_device_code()
            .map_err(|_| NoToken::NoDeviceCode)?
            .add_scopes(self.settings.scopes().into_iter().map(Scope::new))
            .request_async(&http)
            .await
            .map_err(no_token)?;
        Ok(DeviceCode {
            page: details.verification_uri().to_string(),
            code: details.user_code().secret().clone(),
            details,
        })
    }

    /// Waits until the person has typed the code and agreed.
    ///
    /// # Errors
    /// Why there is no token.
    pub async fn wait(&self, engine: &Engine, code: &DeviceCode) -> Result<Granted, NoToken> {
        let endpoints = Endpoints::of(&self.settings.kind, engine).await?;
        let issuer = endpoints.issuer.clone();
        let library = self.library(endpoints, None)?;
        let http = Http(engine);
        let answer = library
            .exchange_device_access_token(&code.details)
            .request_async(&http, sleep, Some(limits::DEVICE_CODE))
            .await
            .map_err(|error| match error {
                oauth2::RequestTokenError::ServerResponse(said) => {
                    NoToken::refused(said.error().as_ref(), said.error_description().map(String::as_str))
                }
                oauth2::RequestTokenError::Request(_) => NoToken::Unreachable,
                _ => NoToken::Unusable("its answer to the device code"),
            })?;
        self.granted(&answer, issuer.as_deref(), None)
    }

    /// Hands a token back (RFC 7009), where the issuer takes it. Tokens that it doesn't take end by themselves.
    pub async fn revoke(&self, engine: &Engine, granted: Granted) {
        let Ok(endpoints) = Endpoints::of(&self.settings.kind, engine).await else { return };
        let Ok(library) = self.library(endpoints, None) else { return };
        let http = Http(engine);
        let access = oauth2::AccessToken::new(granted.token.expose_secret().to_owned());
        let refresh = granted.refresh.map(|it| oauth2::RefreshToken::new(it.expose_secret().to_owned()));
        let tokens = refresh.map(StandardRevocableToken::RefreshToken);
        for token in tokens.into_iter().chain([StandardRevocableToken::AccessToken(access)]) {
            if let Ok(request) = library.revoke_token(token) {
                // Nothing more can be done about a token that isn't taken back.
                let _ended = request.request_async(&http).await;
            }
        }
    }

    /// What makes this issuer ask which account (`select_account` isn't known to every one).
    fn prompt(&self) -> &'static str {
        match self.settings.kind {
            OAuthKind::Microsoft | OAuthKind::Google => "select_account",
            OAuthKind::Issuer(_) => "login",
        }
    }

    fn library(&self, endpoints: Endpoints, redirect: Option<&str>) -> Result<Library, NoToken> {
        let library = oauth2::Client::new(ClientId::new(self.settings.client_id.clone()));
        let mut library: Library = library
            .set_auth_uri(endpoints.authorization)
            .set_token_uri(endpoints.token)
            .set_device_authorization_url_option(endpoints.device)
            .set_revocation_url_option(endpoints.revocation);
        if let Some(secret) = &self.secret {
            library = library.set_client_secret(ClientSecret::new(secret.expose_secret().to_owned()));
        }
        if let Some(redirect) = redirect {
            let redirect = RedirectUrl::new(redirect.to_owned());
            library = library.set_redirect_uri(redirect.map_err(|_| NoToken::Unusable("our own address"))?);
        }
        Ok(library)
    }

    fn granted(
        &self,
        answer: &Answer,
        issuer: Option<&str>,
        nonce: Option<&str>,
    ) -> Result<Granted, NoToken> {
        let expected = Expected { issuer, client_id: &self.settings.client_id, nonce };
        let identity = match &answer.extra_fields().id_token {
            None => None,
            Some(token) => {
                let mut fits = false;
                let identity = Issued::identity(token, |claims| {
                    fits = expected.fits(claims);
                    fits
                });
                if !fits {
                    return Err(NoToken::Unusable("its ID token"));
                }
                identity
            }
        };
        let scopes = answer.scopes().into_iter().flatten().map(|scope| scope.to_string()).collect();
        let ends = answer.expires_in().map(|left| now().saturating_add_unsigned(left.as_secs()));
        Ok(Granted {
            token: SecretString::from(answer.access_token().secret().as_str()),
            issued: Issued { identity, scopes, expires_at: ends, error: None },
            refresh: answer.refresh_token().map(|token| SecretString::from(token.secret().as_str())),
        })
    }
}
