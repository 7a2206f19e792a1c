//! Masks a secret that a server says back.
//!
//! Nothing of an exchange is recorded in the first place. But some servers quote a line that they don't understand
//! ("500 unrecognized command: dGFuc3RhYWY="), and that quote would be in the final reply.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

use crate::Outgoing;

/// What stands for a secret that was said back.
const MASK: &[u8] = b"********";

/// A secret shorter than this isn't looked for: it would be found in ordinary words.
const SHORTEST: usize = 4;

/// As much of a base64 line as must be found for it to count as quoted: quotes are often cut off.
const QUOTED: usize = 12;

/// What the client has sent and nobody may see again. Wiped when dropped.
#[derive(Default)]
pub(crate) struct Scrubber {
    secrets: Vec<SecretString>,
    /// Base64 lines of the exchange.
    lines: Vec<Outgoing>,
}

impl Scrubber {
    pub(crate) fn remember_secret(&mut self, secret: &SecretString) {
        self.secrets.push(secret.clone());
    }

    pub(crate) fn remember_line(&mut self, base64: &Outgoing) {
        self.lines.push(Outgoing::join(&[base64.as_bytes()]));
    }

    /// Whether no secret was sent yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.secrets.is_empty()
    }

    /// Masks everything of `text` from `from` on that repeats what was sent.
    pub(crate) fn scrub(&self, text: &mut Vec<u8>, from: usize) {
        let secrets = self.secrets.iter().map(|secret| secret.expose_secret().as_bytes());
        for needle in secrets.filter(|secret| secret.len() >= SHORTEST) {
            mask(text, from, needle, needle.len());
        }
        for needle in self.lines.iter().map(Outgoing::as_bytes).filter(|line| line.len() >= SHORTEST) {
            mask(text, from, needle, needle.len().min(QUOTED));
        }
    }
}

impl fmt::Debug for Scrubber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scrubber").finish_non_exhaustive()
    }
}

/// Replaces each place where `text` has `needle`, or at least its first `enough` bytes, by the mask.
fn mask(text: &mut Vec<u8>, from: usize, needle: &[u8], enough: usize) {
    let mut at = from;
    while at + enough <= text.len() {
        let same = text[at..].iter().zip(needle).take_while(|(found, sent)| found == sent).count();
        if same < enough {
            at += 1;
            continue;
        }
        text.splice(at..at + same, MASK.iter().copied());
        at += MASK.len();
    }
}

#[cfg(test)]
mod tests {
    use super::Scrubber;
    use crate::Outgoing;

    fn scrubbed(secret: &str, text: &str, from: usize) -> String {
        let mut scrubber = Scrubber::default();
        scrubber.remember_secret(&secret.into());
        scrubber.remember_line(&Outgoing::base64(format!("\0tim\0{secret}").as_bytes()));
        let mut bytes = text.as_bytes().to_vec();
        scrubber.scrub(&mut bytes, from);
        String::from_utf8(bytes).expect("the tests are ASCII")
    }

    #[test]
    fn a_quoted_secret_is_masked_raw_and_in_base64_and_cut_off() {
        assert_eq!(scrubbed("tanstaaf", "no tanstaaf, tanstaaf!", 0), "no ********, ********!");
        assert_eq!(scrubbed("tanstaaf", "500 bad AHRpbQB0YW5zdGFhZg==", 4), "500 bad ********");
        assert_eq!(scrubbed("tanstaaf", "500 bad AHRpbQB0YW5zdG...", 4), "500 bad ********...");
    }

    #[test]
    fn other_text_and_very_short_secrets_are_left_alone() {
        assert_eq!(scrubbed("tanstaaf", "535 tanstaa", 4), "535 tanstaa");
        assert_eq!(scrubbed("no", "535 no, not now", 4), "535 no, not now");
        assert_eq!(scrubbed("535 Error", "535 Error", 4), "535 Error");
    }
}
