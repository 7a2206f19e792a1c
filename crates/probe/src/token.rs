//! What an access token says of itself, where it's a JSON Web Token (RFC 7519) as Microsoft's for mail are.
//!
//! Nothing is verified: the claims only help to tell why a server refuses the token, and the server has the last word. Of
//! the token itself, its signature included, nothing is kept. Opaque tokens, as Google's, say nothing.

use base64::{
    Engine,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use error_model::evidence::Observation;
use serde_json::{Map, Value};

use crate::limits;

/// Base64 of URLs, with or without padding.
const BASE64URL: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The claims that may name the account, the most telling first.
const IDENTITY: [&str; 4] = ["upn", "preferred_username", "email", "unique_name"];

/// What a token says of itself; `None` where it can't be read, or says nothing that matters here.
pub(crate) fn read(token: &str) -> Option<Observation> {
    let claims = claims(token)?;
    let identity = named(&claims);
    let mut scopes: Vec<String> = vec![];
    for scope in ["scp", "scope", "roles"].iter().filter_map(|name| claims.get(*name)).flat_map(list) {
        if scopes.len() < limits::TOKEN_SCOPES && !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    let audience = claims.get("aud").and_then(|audience| list(audience).into_iter().next());
    let expires_at = claims.get("exp").and_then(Value::as_i64);
    let says_something =
        identity.is_some() || audience.is_some() || expires_at.is_some() || !scopes.is_empty();
    says_something.then_some(Observation::Token { identity, scopes, audience, expires_at, error: None })
}

/// What the issuer of a token says beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Issued {
    /// The account that signed in, of an ID token.
    pub identity: Option<String>,
    /// The scopes that were granted.
    pub scopes: Vec<String>,
    /// When the token ends, Unix time in seconds.
    pub expires_at: Option<i64>,
    /// Why there is no token: the code of RFC 6749 §5.2, and the description where there is one.
    pub error: Option<String>,
}

impl Issued {
    /// Reads the account of an ID token (OpenID Connect Core §2), whose signature isn't looked at: it must have come from
    /// the issuer itself. `None` where `fits` rejects its claims.
    #[must_use]
    pub fn identity(id_token: &str, fits: impl FnOnce(&Map<String, Value>) -> bool) -> Option<String> {
        let claims = claims(id_token).filter(fits)?;
        named(&claims)
    }

    /// Fills up what a token says of itself.
    pub(crate) fn beside(self, said: Option<Observation>) -> Option<Observation> {
        let Some(Observation::Token { identity, scopes, audience, expires_at, error }) = said else {
            let Self { identity, scopes, expires_at, error } = self;
            let scopes = scopes.into_iter().filter(|scope| fits(scope)).take(limits::TOKEN_SCOPES).collect();
            let error = error
                .map(|error| error_model::text::escape(&error).chars().take(limits::TOKEN_CLAIM).collect());
            return Some(Observation::Token { identity, scopes, audience: None, expires_at, error });
        };
        Some(Observation::Token {
            identity: identity.or(self.identity),
            scopes: if scopes.is_empty() { self.scopes } else { scopes },
            audience,
            expires_at: expires_at.or(self.expires_at),
            error: error.or(self.error),
        })
    }
}

/// The account in the claims.
fn named(claims: &Map<String, Value>) -> Option<String> {
    let identity = IDENTITY.iter().find_map(|name| text(claims.get(*name)?));
    // Accounts of Microsoft's consumer services come as `live.com#user@example.com`.
    identity.map(|name| name.rsplit_once('#').map_or(name, |(_, name)| name).to_owned())
}

/// The second of the three parts of a signed token.
fn claims(token: &str) -> Option<Map<String, Value>> {
    if token.len() > limits::TOKEN {
        return None;
    }
    let mut parts = token.split('.');
    let (_header, payload, _signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    serde_json::from_slice(&BASE64URL.decode(payload).ok()?).ok()
}

/// Words separated by spaces, or a list of texts.
fn list(value: &Value) -> Vec<String> {
    match value {
        Value::String(words) => {
            words.split_ascii_whitespace().filter(|word| fits(word)).map(str::to_owned).collect()
        }
        Value::Array(items) => items.iter().filter_map(text).map(str::to_owned).collect(),
        _ => vec![],
    }
}

fn text(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| fits(text) && !text.is_empty())
}

fn fits(text: &str) -> bool {
    text.len() <= limits::TOKEN_CLAIM
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(claims: &str) -> String {
        format!("eyJhbGciOiJub25lIn0.{}.c2lnbmF0dXJl", BASE64URL.encode(claims))
    }

    #[test]
    fn a_token_of_microsoft_s_names_its_account_its_scopes_its_service_and_its_end() {
        let claims = r#"{"aud":"https://outlook.office.com","exp":1790000000,"scp":"IMAP.AccessAsUser.All SMTP.Send",
            "upn":"anna@example.com","unique_name":"other@example.com","tid":"secret-tenant"}"#;
        let expected = Observation::Token {
            identity: Some("anna@example.com".into()),
            scopes: vec!["IMAP.AccessAsUser.All".into(), "SMTP.Send".into()],
            audience: Some("https://outlook.office.com".into()),
            expires_at: Some(1_790_000_000),
            error: None,
        };
        assert_eq!(read(&token(claims)), Some(expected));
    }

    #[test]
    fn other_issuers_write_the_same_otherwise() {
        let claims = r#"{"aud":["mail","web"],"scope":["openid","email"],"email":"live.com#b@example.com"}"#;
        let Some(Observation::Token { identity, scopes, audience, expires_at, .. }) = read(&token(claims))
        else {
            panic!("nothing was read");
        };
        assert_eq!((identity.as_deref(), audience.as_deref()), (Some("b@example.com"), Some("mail")));
        assert_eq!((scopes, expires_at), (vec!["openid".to_owned(), "email".to_owned()], None));
    }

    #[test]
    fn what_isn_t_a_signed_token_says_nothing() {
        let huge = token(&format!(r#"{{"upn":"{}"}}"#, "a".repeat(limits::TOKEN)));
        let long = token(&format!(r#"{{"upn":"{}"}}"#, "a".repeat(limits::TOKEN_CLAIM + 1)));
        for opaque in [
            "ya29.a0AfB_byExample",
            "EwBIA8l6BAAU",
            "a.b.c",
            "a.b.c.d.e",
            "",
            &token("[]"),
            &token(r#"{"upn":7,"exp":"soon"}"#),
            &huge,
            &long,
        ] {
            assert_eq!(read(opaque), None);
        }
    }
}
