//! Accounts by a keyed hash: two sign-ins to one account are seen to be that, and no name is kept anywhere.

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use probe::SignIn;

use super::{NoRandomness, Target, secret_key};

/// An account, in a form from which its name can't be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Account([u8; 32]);

impl Account {
    /// The keyed hash.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// The key of the hash. Relays that share a ledger share the key.
#[derive(Clone)]
pub(crate) struct AccountKey(Key);

impl AccountKey {
    /// A key that nobody knows, for as long as the process lives.
    ///
    /// # Errors
    /// [`NoRandomness`], where the system has none.
    pub fn random() -> Result<Self, NoRandomness> {
        Ok(Self(secret_key()?))
    }

    /// The key of relays that share these bytes.
    pub fn shared(secret: &[u8]) -> Self {
        Self(Key::new(HMAC_SHA256, secret))
    }

    /// The account of a sign-in. A user name that is an address is one account, whatever the host; another one belongs to
    /// the host's domain. Without a verified certificate anybody can lend the host another name, so that it isn't looked
    /// at then.
    pub fn account(&self, sign_in: &SignIn<'_>) -> Account {
        let mut name = sign_in.user.trim().to_lowercase();
        if !name.contains('@') && sign_in.verified {
            match Target::of(sign_in.host) {
                Some(Target::Domain(domain)) => name = format!("{name}@{domain}"),
                Some(Target::Address(address)) => name = format!("{name}@{address}"),
                None => {}
            }
        }
        let mut account = [0; 32];
        account.copy_from_slice(sign(&self.0, name.as_bytes()).as_ref());
        Account(account)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign_in<'a>(user: &'a str, host: &'a str, verified: bool) -> SignIn<'a> {
        SignIn { lane: error_model::Lane::Imap, user, host, verified }
    }

    #[test]
    fn one_account_is_known_again_under_the_names_that_it_has() {
        let key = AccountKey::random().unwrap();
        let anna = key.account(&sign_in("anna@example.com", "imap.example.com", true));
        for (user, host, verified) in [
            ("anna@example.com", "smtp.example.com", true),
            ("ANNA@Example.com ", "192.0.2.1", true),
            ("anna@example.com", "alias.evil.example", false),
            ("anna", "imap.example.com", true),
        ] {
            assert_eq!(key.account(&sign_in(user, host, verified)), anna, "{user} {host}");
        }
        assert_ne!(key.account(&sign_in("anna", "imap.example.net", true)), anna);
        assert_ne!(key.account(&sign_in("otto@example.com", "imap.example.com", true)), anna);
    }

    #[test]
    fn aliases_of_a_host_that_is_not_verified_make_no_further_accounts() {
        let key = AccountKey::random().unwrap();
        let one = key.account(&sign_in("anna", "a.evil.example", false));
        assert_eq!(key.account(&sign_in("anna", "b.other.example", false)), one);
    }

    #[test]
    fn without_the_key_an_account_cannot_be_told() {
        let anna = sign_in("anna@example.com", "imap.example.com", true);
        assert_ne!(
            AccountKey::random().unwrap().account(&anna),
            AccountKey::random().unwrap().account(&anna)
        );
    }
}
