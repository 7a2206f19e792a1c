//! Sign-ins under way in browsers: begun by a page, answered by the issuer, collected by the page that began.
//!
//! A page that begins gets a handle and keeps it to itself. The issuer's answer comes back through whatever browser was sent
//! to it, and that browser gets a receipt. A code is redeemed only for whoever has both: a link to the issuer's page that
//! somebody else began and passed on leads nowhere, because the two halves never meet. Each is good once, for minutes.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use error_model::Lang;
use oauth2::CsrfToken;
use secrecy::SecretString;

use super::{Begun, NoToken};
use crate::{budget::Watch, limits};

/// What the issuer answered to the browser.
pub enum Answer {
    /// A code to redeem.
    Code(SecretString),
    /// Its error, with a description where there is one.
    Error(NoToken),
}

/// A sign-in that can be redeemed.
pub struct Collected {
    /// The place of the client in the configuration.
    pub client: usize,
    /// What it was asked.
    pub begun: Begun,
    /// Where the answer came back to.
    pub redirect: String,
    /// The answer.
    pub answer: Answer,
}

/// What the browser that brought the answer is told.
pub struct Receipt {
    /// To be shown with the handle.
    pub receipt: String,
    /// The language of the page that began.
    pub lang: Lang,
}

/// There is no such sign-in: made up, too old, used before, or somebody else's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSuchSignIn;

/// So many sign-ins are under way that no other can begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

/// All sign-ins under way, by handle.
pub struct Pending {
    watch: Watch,
    by_handle: Mutex<HashMap<String, Entry>>,
}

struct Entry {
    client: usize,
    begun: Begun,
    redirect: String,
    lang: Lang,
    until: Duration,
    answer: Option<(String, Answer)>,
}

impl Pending {
    /// None yet.
    #[must_use]
    pub fn new(watch: Watch) -> Self {
        Self { watch, by_handle: Mutex::default() }
    }

    /// Remembers a sign-in; gives the handle for the page that began it.
    ///
    /// # Errors
    /// [`Full`].
    pub fn begin(&self, client: usize, begun: Begun, redirect: String, lang: Lang) -> Result<String, Full> {
        let now = self.watch.now();
        let until = now + limits::SIGN_IN_PAGE;
        let handle = CsrfToken::new_random_len(32).into_secret();
        self.with(|entries| {
            entries.retain(|_, entry| entry.until > now);
            if entries.len() >= limits::SIGN_INS {
                return Err(Full);
            }
            entries.insert(handle.clone(), Entry { client, begun, redirect, lang, until, answer: None });
            Ok(handle)
        })
    }

    /// Takes the issuer's answer to the question with this state, once. An issuer that says its name in answers must have
    /// said it here (RFC 9207).
    ///
    /// # Errors
    /// [`NoSuchSignIn`].
    pub fn answered(
        &self,
        state: &str,
        issuer: Option<&str>,
        answer: Answer,
    ) -> Result<Receipt, NoSuchSignIn> {
        let now = self.watch.now();
        self.with(|entries| {
            let entry = entries
                .values_mut()
                .find(|entry| entry.begun.state == state && entry.until > now && entry.answer.is_none())
                .ok_or(NoSuchSignIn)?;
            if entry.begun.issuer.as_deref().is_some_and(|name| issuer != Some(name)) {
                return Err(NoSuchSignIn);
            }
            let receipt = CsrfToken::new_random_len(32).into_secret();
            entry.until = now + limits::SIGN_IN_ANSWER;
            entry.answer = Some((receipt.clone(), answer));
            Ok(Receipt { receipt, lang: entry.lang })
        })
    }

    /// Gives the answer to whoever has the handle and the receipt, and forgets the sign-in. With the handle alone it's
    /// forgotten too: nobody tries receipts.
    ///
    /// # Errors
    /// [`NoSuchSignIn`].
    pub fn collect(&self, handle: &str, receipt: &str) -> Result<Collected, NoSuchSignIn> {
        let now = self.watch.now();
        let entry = self.with(|entries| entries.remove(handle)).filter(|entry| entry.until > now);
        let Entry { client, begun, redirect, answer, .. } = entry.ok_or(NoSuchSignIn)?;
        match answer {
            Some((expected, answer)) if expected == receipt => {
                Ok(Collected { client, begun, redirect, answer })
            }
            _ => Err(NoSuchSignIn),
        }
    }

    fn with<T>(&self, f: impl FnOnce(&mut HashMap<String, Entry>) -> T) -> T {
        f(&mut self.by_handle.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Hand;

    fn begun(state: &str) -> Begun {
        Begun {
            url: "https://login.example.com/".to_owned(),
            state: state.to_owned(),
            verifier: SecretString::from("v"),
            nonce: "n".to_owned(),
            issuer: Some("https://login.example.com".to_owned()),
        }
    }

    fn code() -> Answer {
        Answer::Code(SecretString::from("c"))
    }

    const ISSUER: Option<&str> = Some("https://login.example.com");

    fn begin(pending: &Pending, state: &str) -> String {
        pending.begin(0, begun(state), "http://r/".to_owned(), Lang::Ja).unwrap()
    }

    #[test]
    fn an_answer_goes_once_to_whoever_has_both_halves() {
        let pending = Pending::new(Hand::default().watch());
        let handle = begin(&pending, "s");
        let receipt = pending.answered("s", ISSUER, code()).unwrap();
        assert_eq!(receipt.lang, Lang::Ja);
        assert!(pending.answered("s", ISSUER, code()).is_err(), "a second answer");
        assert!(pending.collect(&handle, &receipt.receipt).is_ok());
        assert!(pending.collect(&handle, &receipt.receipt).is_err(), "a replay");
    }

    #[test]
    fn a_sign_in_that_somebody_else_began_can_not_be_collected() {
        let pending = Pending::new(Hand::default().watch());
        let (theirs, ours) = (begin(&pending, "theirs"), begin(&pending, "ours"));
        let receipt = pending.answered("theirs", ISSUER, code()).unwrap().receipt;
        assert!(pending.collect(&ours, &receipt).is_err(), "a receipt with another handle");
        assert!(pending.collect(&theirs, "").is_err(), "a handle without its receipt");
        assert!(pending.collect(&theirs, &receipt).is_err(), "after a wrong try");
    }

    #[test]
    fn an_answer_of_another_issuer_is_none() {
        let pending = Pending::new(Hand::default().watch());
        begin(&pending, "s");
        for name in [None, Some("https://evil.example")] {
            assert!(pending.answered("s", name, code()).is_err());
        }
        assert!(pending.answered("other", ISSUER, code()).is_err());
        assert!(pending.answered("s", ISSUER, code()).is_ok());
    }

    #[test]
    fn sign_ins_end_by_themselves_and_have_room_for_so_many() {
        let hand = Hand::default();
        let pending = Pending::new(hand.watch());
        let handle = begin(&pending, "s");
        hand.forward(limits::SIGN_IN_PAGE);
        assert!(pending.answered("s", ISSUER, code()).is_err(), "too late");
        assert!(pending.collect(&handle, "").is_err());
        let handle = begin(&pending, "t");
        let receipt = pending.answered("t", ISSUER, code()).unwrap().receipt;
        hand.forward(limits::SIGN_IN_ANSWER);
        assert!(pending.collect(&handle, &receipt).is_err(), "not collected in time");
        (0..limits::SIGN_INS).for_each(|n| drop(begin(&pending, &n.to_string())));
        assert_eq!(pending.begin(0, begun("x"), String::new(), Lang::En).unwrap_err(), Full);
    }
}
