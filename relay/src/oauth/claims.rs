//! What the answer of a token endpoint says of the account: the ID token, held against the question.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value};

/// What an ID token must say to belong to us (OpenID Connect Core section 3.1.3.7). Its signature isn't looked at: it comes
/// straight from the issuer over TLS, and tells only whose token the mail server is about to judge.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected<'a> {
    pub issuer: Option<&'a str>,
    pub client_id: &'a str,
    /// Of the question; device codes have none.
    pub nonce: Option<&'a str>,
}

impl Expected<'_> {
    pub fn fits(self, claims: &Map<String, Value>) -> bool {
        let is = |name: &str, wanted: &str| claims.get(name).and_then(Value::as_str) == Some(wanted);
        let for_us = match claims.get("aud") {
            Some(Value::Array(all)) => all.iter().any(|one| one.as_str() == Some(self.client_id)),
            _ => is("aud", self.client_id),
        };
        let lasts = claims.get("exp").and_then(Value::as_i64).is_some_and(|until| until > now());
        for_us
            && lasts
            && self.issuer.is_none_or(|issuer| is("iss", issuer))
            && self.nonce.is_none_or(|nonce| is("nonce", nonce))
    }
}

/// Seconds since the Unix epoch.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(claims: &str) -> bool {
        let expected = Expected {
            issuer: Some("https://login.example.com"),
            client_id: "mailtriage",
            nonce: Some("n-1"),
        };
        expected.fits(&serde_json::from_str(claims).unwrap())
    }

    #[test]
    fn an_id_token_must_answer_this_very_question() {
        let good = r#"{"iss":"https://login.example.com","aud":"mailtriage","nonce":"n-1","exp":4102444800}"#;
        assert!(fits(good));
        assert!(fits(&good.replace("\"mailtriage\"", "[\"other\",\"mailtriage\"]")));
        for (right, wrong) in [
            ("https://login.example.com", "https://login.example.net"),
            ("\"mailtriage\"", "\"other\""),
            ("n-1", "n-2"),
            ("4102444800", "1000000000"),
            (",\"exp\":4102444800", ""),
        ] {
            assert!(!fits(&good.replace(right, wrong)), "{wrong}");
        }
    }
}
