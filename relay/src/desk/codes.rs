//! The short codes that let a customer into a case: said on the telephone, good once, and soon over.

use std::num::NonZeroU32;
use std::sync::Arc;

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};

use super::Refused;
use crate::{
    budget::{Client, Rate, Wait, Watch},
    cases::CaseId,
    limits,
    random::{hex, random},
    store::{PutError, Shelf, ShelfKind, When, now_ms},
};
use error_model::wire::{Problem, ProblemCode};

/// No letter or digit that is taken for another one.
const ALPHABET: &[u8; 28] = b"23456789ABCDEFGHJKMNPQRSTWXY";
const LENGTH: usize = 6;

/// Issues codes and takes them. Only a keyed hash is stored: there are few enough codes to try them all on a plain one.
pub(super) struct Codes {
    key: Key,
    shelf: Arc<dyn Shelf>,
    by_client: Rate<Client>,
    by_all: Rate<()>,
}

impl Codes {
    pub fn new(key: &[u8], shelf: Arc<dyn Shelf>, watch: &Watch) -> Self {
        let rate = |most| NonZeroU32::new(most).unwrap_or(NonZeroU32::MIN);
        Self {
            key: Key::new(HMAC_SHA256, key),
            shelf,
            by_client: Rate::per_minute(rate(limits::CODES_PER_CLIENT), limits::REMEMBERED, watch.clone()),
            by_all: Rate::per_minute(rate(limits::CODES_PER_MINUTE), 1 + limits::REMEMBERED, watch.clone()),
        }
    }

    /// A code for the case, and when it ends.
    pub async fn issue(&self, case: CaseId) -> Result<(String, i64), Refused> {
        let until = now_ms() + i64::try_from(limits::CODE.as_millis()).unwrap_or_default();
        loop {
            let code = code()?;
            let value = case.to_string().into_bytes();
            match self.shelf.put(ShelfKind::Codes, &self.hash(&code), value, Some(until), When::Absent).await
            {
                Ok(_) => return Ok((code, until)),
                // Somebody else's has the same letters.
                Err(PutError::Changed) => {}
                Err(PutError::Unavailable(error)) => return Err(error.into()),
            }
        }
    }

    /// The case of a code. The code stays good.
    pub async fn look_up(&self, client: Client, typed: &str) -> Result<CaseId, Refused> {
        self.by_client.take(&client).map_err(wait)?;
        self.by_all.take(&()).map_err(wait)?;
        let record = self.shelf.get(ShelfKind::Codes, &self.hash(&read(typed))).await?;
        let case = record.and_then(|record| CaseId::parse(std::str::from_utf8(&record.value).ok()?));
        case.ok_or_else(|| {
            Refused::field("code", "There's no such code, or it has ended or was used: ask for another one.")
        })
    }

    /// Uses a code up.
    pub async fn used(&self, typed: &str) -> Result<(), Refused> {
        Ok(self.shelf.remove(ShelfKind::Codes, &self.hash(&read(typed))).await?)
    }

    fn hash(&self, code: &str) -> String {
        hex(sign(&self.key, code.as_bytes()).as_ref())
    }
}

/// A code in the form that it was issued in: people type small letters, spaces and hyphens.
fn read(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .take(4 * LENGTH)
        .flat_map(char::to_uppercase)
        .collect()
}

fn code() -> Result<String, Refused> {
    let mut code = String::new();
    while code.len() < LENGTH {
        for byte in random::<16>()? {
            // Bytes of the last, incomplete round of the alphabet would make its first letters more frequent.
            let whole = 256 / ALPHABET.len() * ALPHABET.len();
            if usize::from(byte) < whole && code.len() < LENGTH {
                code.push(char::from(ALPHABET[usize::from(byte) % ALPHABET.len()]));
            }
        }
    }
    Ok(code)
}

pub(super) fn wait(wait: Wait) -> Refused {
    let seconds = match wait {
        Wait::For(time) => time.as_secs() + 1,
        Wait::Full => limits::RETRY_AFTER_SECONDS,
    };
    Refused::Problem(Problem {
        code: ProblemCode::RateLimited,
        message: "There were many tries within a minute: wait before the next one.".to_owned(),
        field: None,
        retry_after_s: Some(seconds),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_no_letters_that_are_taken_for_others() {
        let codes: String = (0..500).map(|_| code().unwrap()).collect();
        assert_eq!(codes.len(), 500 * LENGTH);
        assert!(!codes.contains(['0', 'O', '1', 'I', 'L', 'U', 'V', 'Z']));
        assert!(ALPHABET.iter().all(|letter| codes.contains(char::from(*letter))), "every letter occurs");
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        assert_eq!(read(" k7m-2qa "), "K7M2QA");
    }
}
