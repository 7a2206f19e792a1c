//! What ties a sign-in to the browser that began it: one secret, in a cookie, of which state, nonce and PKCE verifier are made.
//!
//! Nothing has to be kept at the relay between the two, so that any relay can take the answer.

use error_model::Lang;

use crate::random::{NoRandomness, hashed, secret};

/// The secret of one sign-in, and the language of the page that began it.
pub(crate) struct Tie {
    secret: String,
    /// For the pages that the person sees afterwards.
    pub lang: Lang,
}

impl Tie {
    /// A fresh one.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn new(lang: Lang) -> Result<Self, NoRandomness> {
        Ok(Self { secret: secret()?, lang })
    }

    /// Reads a cookie's value.
    pub fn parse(cookie: &str) -> Option<Self> {
        let (lang, secret) = cookie.split_once('.')?;
        let plain = secret.len() == 64 && secret.bytes().all(|byte| byte.is_ascii_hexdigit());
        plain.then_some(())?;
        Some(Self { secret: secret.to_owned(), lang: Lang::parse(lang)? })
    }

    /// The cookie's value.
    pub fn cookie(&self) -> String {
        format!("{}.{}", self.lang.as_str(), self.secret)
    }

    /// Comes back with the answer (RFC 6749 section 10.12).
    pub fn state(&self) -> String {
        self.made("state")
    }

    /// Comes back in the ID token (OpenID Connect Core section 3.1.2.1).
    pub fn nonce(&self) -> String {
        self.made("nonce")
    }

    /// The proof that whoever redeems the code began (RFC 7636): 64 letters and digits.
    pub fn verifier(&self) -> String {
        self.made("verifier")
    }

    /// The name under which it's noted that the answer was taken.
    pub fn mark(&self) -> String {
        format!("answered-{}", self.made("mark"))
    }

    /// From one of them neither the secret nor another one can be told.
    fn made(&self, purpose: &str) -> String {
        hashed(&format!("{purpose} {}", self.secret))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_gives_the_same_state_nonce_and_verifier_again() {
        let tie = Tie::new(Lang::Ja).unwrap();
        let again = Tie::parse(&tie.cookie()).unwrap();
        assert_eq!(
            (again.state(), again.nonce(), again.verifier()),
            (tie.state(), tie.nonce(), tie.verifier())
        );
        assert_eq!(again.lang, Lang::Ja);
        let all = [tie.state(), tie.nonce(), tie.verifier(), tie.mark(), tie.cookie()];
        for (at, one) in all.iter().enumerate() {
            assert!(all[..at].iter().all(|other| !other.contains(one) && !one.contains(other)), "{all:?}");
        }
        assert_ne!(Tie::new(Lang::Ja).unwrap().state(), tie.state());
    }

    #[test]
    fn what_is_no_cookie_of_ours_is_refused() {
        let secret = "a".repeat(64);
        for wrong in ["", "ja", "ja.", &secret, &format!("fr.{secret}"), &format!("ja.{secret}a"), "ja.<b>"] {
            assert!(Tie::parse(wrong).is_none(), "{wrong}");
        }
    }
}
