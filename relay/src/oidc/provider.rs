//! The relay as a client of the identity provider: where a person goes, and who came back.

use error_model::text::escape;
use openidconnect::{
    AdditionalClaims, AuthenticationFlow, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken,
    DiscoveryError, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields,
    IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope,
    StandardErrorResponse, StandardTokenResponse, TokenResponse,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm as Alg, CoreProviderMetadata,
        CoreResponseType, CoreRevocableToken, CoreRevocationErrorResponse, CoreTokenIntrospectionResponse,
        CoreTokenType,
    },
};
use probe::Engine;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    Tie,
    rule::{Said, role},
};
use crate::{
    agents::{Person, Role},
    config::OidcSettings,
    oauth::{Http, NoSecret, read_secret},
};

/// Signatures that a provider's published key checks. None that the client's own secret makes, and none at all, is among them.
const SIGNATURES: [Alg; 9] = [
    Alg::RsaSsaPkcs1V15Sha256,
    Alg::RsaSsaPkcs1V15Sha384,
    Alg::RsaSsaPkcs1V15Sha512,
    Alg::RsaSsaPssSha256,
    Alg::RsaSsaPssSha384,
    Alg::RsaSsaPssSha512,
    Alg::EcdsaP256Sha256,
    Alg::EcdsaP384Sha384,
    Alg::EdDsa,
];

/// Claims beyond those of the standard: groups, roles.
#[derive(Debug, Deserialize, Serialize)]
#[serde(transparent)]
struct More(Map<String, Value>);

impl AdditionalClaims for More {}

type Answer = StandardTokenResponse<
    IdTokenFields<More, EmptyExtraTokenFields, CoreGenderClaim, CoreJweContentEncryptionAlgorithm, Alg>,
    CoreTokenType,
>;

type Library = Client<
    More,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Answer,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Why somebody doesn't become an agent. No secret is in it, whatever the provider said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoAgent {
    /// The provider says why, in its words.
    #[error("the identity provider says: {0}")]
    Refused(String),
    /// It can't be reached.
    #[error("the identity provider can't be reached")]
    Unreachable,
    /// Its answer can't be understood, or belongs to another question.
    #[error("the identity provider's answer can't be used: {0}")]
    Unusable(String),
    /// Somebody whom the rule doesn't name.
    #[error("{0} isn't among the agents")]
    Stranger(String),
}

/// Somebody whom the provider vouches for and the rule names.
#[derive(Debug)]
pub(crate) struct Vouched {
    subject: String,
    /// What they may do.
    pub role: Role,
    /// What they may be called, best first.
    pub names: Vec<String>,
}

/// The identity provider of the configuration.
pub(crate) struct Provider {
    settings: OidcSettings,
    secret: Option<SecretString>,
}

impl Provider {
    /// Reads the client's secret.
    ///
    /// # Errors
    /// Names the file that can't be used.
    pub fn new(settings: OidcSettings) -> Result<Self, NoSecret> {
        let file = settings.client_secret_file.as_deref();
        let secret = file.map(|file| read_secret("agents.oidc.client_secret_file", file)).transpose()?;
        Ok(Self { settings, secret })
    }

    /// What people call it.
    pub fn name(&self) -> String {
        self.settings.name()
    }

    /// The provider's own name.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Who this is to the store of agents.
    pub fn person<'p>(&'p self, vouched: &'p Vouched) -> Person<'p> {
        Person { issuer: &self.settings.issuer, subject: &vouched.subject }
    }

    /// The provider's page, for the browser that holds the tie.
    ///
    /// # Errors
    /// Where the provider doesn't say where to go.
    pub async fn page(&self, engine: &Engine, redirect: &str, tie: &Tie) -> Result<String, NoAgent> {
        let library = self.library(engine, redirect).await?;
        let (state, nonce) = (tie.state(), tie.nonce());
        let (url, _, _) = library
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                || CsrfToken::new(state),
                || Nonce::new(nonce),
            )
            .add_scopes(self.settings.scopes.iter().filter(|it| *it != "openid").cloned().map(Scope::new))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier(tie)))
            .add_extra_param("ui_locales", tie.lang.as_str())
            .url();
        Ok(url.into())
    }

    /// Redeems the code that the browser with the tie came back with.
    ///
    /// # Errors
    /// Why this is no agent.
    pub async fn redeem(
        &self,
        engine: &Engine,
        redirect: &str,
        tie: &Tie,
        code: &SecretString,
    ) -> Result<Vouched, NoAgent> {
        let library = self.library(engine, redirect).await?;
        let answer = library
            .exchange_code(AuthorizationCode::new(code.expose_secret().to_owned()))
            .map_err(NoAgent::unusable)?
            .set_pkce_verifier(verifier(tie))
            .request_async(&Http(engine))
            .await
            .map_err(|error| match error {
                RequestTokenError::ServerResponse(said) => {
                    NoAgent::refused(said.error().as_ref(), said.error_description().map(String::as_str))
                }
                RequestTokenError::Request(_) => NoAgent::Unreachable,
                // There may be a token in the answer.
                _ => NoAgent::Unusable("its answer to the code".to_owned()),
            })?;
        let token = answer.id_token().ok_or_else(|| NoAgent::Unusable("there is no ID token".to_owned()))?;
        let checks = library.id_token_verifier().set_allowed_algs(SIGNATURES);
        let claims = token.claims(&checks, &Nonce::new(tie.nonce())).map_err(NoAgent::unusable)?;
        let verified = claims.email_verified() == Some(true) || self.settings.unverified_email;
        let email = claims.email().filter(|_| verified).map(|email| email.as_str());
        let subject = claims.subject().as_str();
        let full = claims.name().and_then(|name| name.get(None)).map(|name| name.as_str());
        let names = names(full, email, claims.preferred_username().map(|name| name.as_str()), subject);
        let said = Said { email, claims: &claims.additional_claims().0 };
        match role(&self.settings, said) {
            Some(role) => Ok(Vouched { subject: subject.to_owned(), role, names }),
            None => {
                Err(NoAgent::Stranger(escape(email.or(names.first().map(String::as_str)).unwrap_or(subject))))
            }
        }
    }

    async fn library(&self, engine: &Engine, redirect: &str) -> Result<Library, NoAgent> {
        let issuer = IssuerUrl::new(self.settings.issuer.clone()).map_err(NoAgent::unusable)?;
        let found = CoreProviderMetadata::discover_async(issuer, &Http(engine)).await;
        let provider = found.map_err(|error| match error {
            DiscoveryError::Request(_) => NoAgent::Unreachable,
            error => NoAgent::unusable(error),
        })?;
        let id = ClientId::new(self.settings.client_id.clone());
        let secret = self.secret.as_ref().map(|it| ClientSecret::new(it.expose_secret().to_owned()));
        let redirect = RedirectUrl::new(redirect.to_owned()).map_err(NoAgent::unusable)?;
        Ok(Client::from_provider_metadata(provider, id, secret).set_redirect_uri(redirect))
    }
}

impl NoAgent {
    /// A code with its description, as one text that can be shown (RFC 6749 section 4.1.2.1).
    pub fn refused(code: &str, description: Option<&str>) -> Self {
        Self::Refused(match description.map(str::trim) {
            Some(description) if !description.is_empty() => escape(&format!("{code}: {description}")),
            _ => escape(code),
        })
    }

    fn unusable(error: impl std::error::Error) -> Self {
        Self::Unusable(escape(&error.to_string()))
    }
}

fn verifier(tie: &Tie) -> PkceCodeVerifier {
    PkceCodeVerifier::new(tie.verifier())
}

/// What a person may be called: the name, and what tells two of one name apart.
fn names(full: Option<&str>, email: Option<&str>, user: Option<&str>, subject: &str) -> Vec<String> {
    let both = full.zip(email).map(|(full, email)| format!("{full} ({email})"));
    let owned = |name: Option<&str>| name.map(str::to_owned);
    let all = [owned(full), both, owned(email), owned(user), owned(Some(subject))];
    all.into_iter().flatten().filter(|name| !name.trim().is_empty()).collect()
}
