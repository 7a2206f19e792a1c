//! Proof of work for runs that sign in, where it's configured: trying many passwords then costs many hashes.
//!
//! It's an ALTCHA challenge (version 1) whose salt is a ticket. So nothing of it is kept, it ends with the ticket, and it's
//! taken once, as the ticket is; and as the whole salt is known, no digit of it can be moved into the number.

use altcha_lib_rs::{
    Challenge, ChallengeOptions, Payload, algorithm::AltchaAlgorithm, create_challenge, error::Error,
    verify_solution,
};
use error_model::wire::{ProbeRequest, Problem};

use super::{
    api::bad_request,
    start::Manner,
    tickets::{NoTicket, Tickets},
};
use crate::random::{NoRandomness, secret};

/// Gives challenges and takes their solutions.
pub(super) struct Proofs {
    key: String,
    most: u64,
}

/// A run with this request would sign in.
pub(super) const fn signs_in(request: &ProbeRequest) -> bool {
    request.password.is_some() || request.smtp_password.is_some() || request.oauth_token.is_some()
}

impl Proofs {
    /// Challenges that take so many hashes at most, and half of them as a rule; `None` where that is 0.
    pub fn new(most: u64) -> Result<Option<Self>, NoRandomness> {
        if most == 0 {
            return Ok(None);
        }
        Ok(Some(Self { key: secret()?, most }))
    }

    /// The challenge of a ticket.
    ///
    /// # Errors
    /// Where the system has no randomness.
    pub fn challenge(&self, ticket: &str) -> Result<Challenge, Error> {
        create_challenge(ChallengeOptions {
            algorithm: Some(AltchaAlgorithm::Sha256),
            max_number: Some(self.most),
            hmac_key: &self.key,
            salt: Some(ticket.to_owned()),
            ..ChallengeOptions::default()
        })
    }

    /// Takes the ticket of a run that signs in, from a page of this origin, where its challenge is solved.
    ///
    /// # Errors
    /// A [`Problem`] that says what is missing. Only a ticket with a solution is used up.
    pub fn take(&self, manner: &Manner, tickets: &Tickets, origin: &[u8]) -> Result<(), Problem> {
        let proof = manner.proof_of_work.as_ref().ok_or_else(|| {
            let message = "A test that signs in needs a `proof_of_work` here: the solution of the `challenge` that POST \
                           /api/v1/ticket gives with each `ticket`.";
            bad_request("proof_of_work", message)
        })?;
        if !self.solves(&manner.ticket, proof) {
            let message = "The `proof_of_work` doesn't solve the challenge of this `ticket`. Ask POST /api/v1/ticket for \
                           another one.";
            return Err(bad_request("proof_of_work", message));
        }
        tickets.take(&manner.ticket, origin).map_err(|NoTicket| {
            let message = "Each test that signs in needs a fresh `ticket` of POST /api/v1/ticket, asked for with the same \
                           `Origin`; each is good once, for five minutes.";
            bad_request("ticket", message)
        })
    }

    fn solves(&self, ticket: &str, proof: &Payload) -> bool {
        // When it ends is the ticket's business.
        matches!(proof.algorithm, AltchaAlgorithm::Sha256)
            && proof.salt == ticket
            && verify_solution(proof, &self.key, false).is_ok()
    }
}
