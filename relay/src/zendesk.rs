//! What Zendesk says of the agent for whom it opens the app: a token that it signs with the app's own key (`signedUrls`).

use std::path::PathBuf;

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use serde::Deserialize;

use crate::config::ZendeskSettings;

/// The public key can't be used.
#[derive(Debug, thiserror::Error)]
#[error("zendesk.public_key {}: {problem}", path.display())]
pub struct BadKey {
    path: PathBuf,
    problem: String,
}

/// Trusts the tokens of one app's installations.
pub(crate) struct Zendesk {
    key: DecodingKey,
    validation: Validation,
    name: String,
}

/// Somebody of a help desk, as its token names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Colleague {
    /// The Zendesk.
    pub issuer: String,
    /// The person's address within its API.
    pub subject: String,
    /// What they are called here.
    pub name: String,
}

/// The token isn't a signed one of these installations, or its time is over.
#[derive(Debug, thiserror::Error)]
#[error("the token of the request isn't good: {0}")]
pub(crate) struct NotSigned(String);

#[derive(Clone, Deserialize)]
struct Claims {
    iss: String,
    sub: String,
}

impl Zendesk {
    /// Reads the key.
    ///
    /// # Errors
    /// [`BadKey`], where there's no public key of RSA in the file.
    pub fn new(settings: &ZendeskSettings) -> Result<Self, BadKey> {
        let path = &settings.public_key;
        let bad = |problem: String| BadKey { path: path.clone(), problem };
        let pem = std::fs::read(path).map_err(|error| bad(error.to_string()))?;
        let key = DecodingKey::from_rsa_pem(&pem)
            .map_err(|error| bad(format!("it isn't a public key of RSA in PEM ({error})")))?;
        let mut validation = Validation::new(Algorithm::RS256);
        validation.set_audience(&settings.installations);
        validation.set_issuer(&settings.hosts().collect::<Vec<_>>());
        validation.set_required_spec_claims(&["aud", "exp", "iss", "sub"]);
        validation.validate_nbf = true;
        Ok(Self { key, validation, name: settings.name.trim().to_owned() })
    }

    /// Who the token speaks of.
    ///
    /// # Errors
    /// [`NotSigned`]. Nothing of the token is repeated.
    pub fn colleague(&self, token: &str) -> Result<Colleague, NotSigned> {
        let read = decode::<Claims>(token, &self.key, &self.validation);
        let Claims { iss, sub } = read.map_err(|error| NotSigned(error.to_string()))?.claims;
        let number = sub.rsplit('/').next().and_then(|last| last.strip_suffix(".json")).unwrap_or_default();
        // A number: it becomes part of a name that people read.
        let number: u64 = number.parse().map_err(|_| NotSigned("it names nobody".to_owned()))?;
        Ok(Colleague {
            name: format!("{} {number}", self.name),
            issuer: format!("https://{iss}"),
            subject: sub,
        })
    }
}

#[cfg(test)]
mod tests {
    use jsonwebtoken::{EncodingKey, Header, encode, get_current_timestamp};
    use rcgen::{KeyPair, PKCS_RSA_SHA256};
    use serde_json::{Value, json};

    use super::*;

    const INSTALLATION: &str = "https://acme.zendesk.com/api/v2/apps/installations/42.json";

    fn key() -> KeyPair {
        KeyPair::generate_for(&PKCS_RSA_SHA256).unwrap()
    }

    fn zendesk(pem: &str) -> Result<Zendesk, BadKey> {
        let name = crate::random::hashed(pem);
        let path = std::env::temp_dir().join(format!("mailtriage-zendesk-{}.pem", &name[..16]));
        std::fs::write(&path, pem).unwrap();
        let installations = vec![INSTALLATION.to_owned()];
        let made = Zendesk::new(&ZendeskSettings {
            public_key: path.clone(),
            installations,
            name: "Support".into(),
        });
        std::fs::remove_file(path).unwrap();
        made
    }

    /// What Zendesk says, five minutes before it's over.
    fn claims() -> Value {
        let now = get_current_timestamp();
        json!({
            "iss": "acme.zendesk.com", "aud": INSTALLATION, "iat": now, "nbf": now, "exp": now + 300,
            "sub": "https://acme.zendesk.com/api/v2/users/4711.json", "context": {"product": "support"},
        })
    }

    fn signed(key: &KeyPair, claims: &Value) -> String {
        let key = EncodingKey::from_rsa_pem(key.serialize_pem().as_bytes()).unwrap();
        encode(&Header::new(Algorithm::RS256), claims, &key).unwrap()
    }

    #[test]
    fn a_signed_token_names_an_agent_by_number() {
        let key = key();
        let colleague = zendesk(&key.public_key_pem()).unwrap().colleague(&signed(&key, &claims())).unwrap();
        assert_eq!(colleague.name, "Support 4711");
        assert_eq!(colleague.issuer, "https://acme.zendesk.com");
        assert_eq!(colleague.subject, "https://acme.zendesk.com/api/v2/users/4711.json");
    }

    #[test]
    fn whatever_is_wrong_with_a_token_it_names_nobody() {
        let key = key();
        let zendesk = zendesk(&key.public_key_pem()).unwrap();
        let now = get_current_timestamp();
        let other = "https://acme.zendesk.com/api/v2/apps/installations/43.json";
        for (claim, value) in [
            ("exp", json!(now - 120)),
            ("exp", Value::Null),
            ("nbf", json!(now + 600)),
            ("aud", json!(other)),
            ("aud", Value::Null),
            ("iss", json!("evil.zendesk.com")),
            ("iss", Value::Null),
            ("sub", json!("https://acme.zendesk.com/api/v2/users/me.json")),
            ("sub", Value::Null),
        ] {
            let mut wrong = claims();
            wrong[claim] = value.clone();
            if value.is_null() {
                wrong.as_object_mut().unwrap().remove(claim);
            }
            assert!(zendesk.colleague(&signed(&key, &wrong)).is_err(), "{claim}: {value}");
        }
        let token = signed(&key, &claims());
        let (head, rest) = token.split_once('.').unwrap();
        let (body, signature) = rest.split_once('.').unwrap();
        // The public key as a shared secret; and no algorithm at all.
        let secret = EncodingKey::from_secret(key.public_key_pem().as_bytes());
        let confused = encode(&Header::new(Algorithm::HS256), &claims(), &secret).unwrap();
        let none = format!("eyJhbGciOiJub25lIn0.{body}.");
        let foreign = signed(&self::key(), &claims());
        for forged in [
            foreign,
            confused,
            none,
            format!("{head}.{body}."),
            format!("{head}.{body}x.{signature}"),
            String::new(),
            "a.b.c".to_owned(),
        ] {
            assert!(zendesk.colleague(&forged).is_err(), "{forged}");
        }
        assert!(zendesk.colleague(&token).is_ok(), "the token itself is good");
    }

    #[test]
    fn a_file_without_a_public_key_is_refused_by_name() {
        for wrong in ["", "not a key", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"] {
            let refused = zendesk(wrong).map(|_| ()).unwrap_err().to_string();
            assert!(refused.starts_with("zendesk.public_key "), "{refused}");
        }
    }
}
