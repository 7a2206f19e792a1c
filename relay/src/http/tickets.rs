//! Tickets for the WebSocket: a page fetches one from its own origin and uses it once, soon. A foreign page that got
//! past the check of its origin has none, because it can't read our answers.
//!
//! A ticket is signed, not stored, so that asking for tickets costs no memory; those that were used are remembered until
//! they are too old to be used.

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use altcha_lib_rs::Challenge;
use aws_lc_rs::hmac::{Key, sign, verify};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::{
    api::{foreign_origin, fresh},
    relay::Relay,
};
use crate::{
    budget::{NoRandomness, Watch, secret_key},
    limits,
    random::{hex, random},
};

/// A number that no other ticket has, and the time at which it ends, in milliseconds of the relay's watch.
const NUMBER: usize = 16;
const SIGNED: usize = NUMBER + 8;

/// Issues tickets and takes them.
pub(super) struct Tickets {
    key: Key,
    watch: Watch,
    life: Duration,
    used: Mutex<HashMap<[u8; NUMBER], Duration>>,
}

/// A ticket that doesn't open anything: made up, too old, of another origin, or used before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoTicket;

impl Tickets {
    /// Tickets that end after so long.
    pub fn new(watch: Watch, life: Duration) -> Result<Self, NoRandomness> {
        Ok(Self { key: secret_key()?, watch, life, used: Mutex::default() })
    }

    /// A ticket for pages of this origin.
    pub fn issue(&self, origin: &[u8]) -> Result<String, NoRandomness> {
        let mut ticket = [0; SIGNED];
        ticket[..NUMBER].copy_from_slice(&random::<NUMBER>()?);
        let until = (self.watch.now() + self.life).as_millis();
        ticket[NUMBER..].copy_from_slice(&u64::try_from(until).unwrap_or(u64::MAX).to_be_bytes());
        let signature = sign(&self.key, &[&ticket[..], origin].concat());
        Ok(hex(&ticket) + &hex(signature.as_ref()))
    }

    /// Takes a ticket from a page of this origin.
    ///
    /// # Errors
    /// [`NoTicket`], whatever is wrong with it; also where so many were used that this one couldn't be remembered.
    pub fn take(&self, ticket: &str, origin: &[u8]) -> Result<(), NoTicket> {
        let bytes = unhex(ticket).ok_or(NoTicket)?;
        let (signed, signature) = bytes.split_at_checked(SIGNED).ok_or(NoTicket)?;
        verify(&self.key, &[signed, origin].concat(), signature).map_err(|_| NoTicket)?;
        let (number, until) = signed.split_first_chunk::<NUMBER>().ok_or(NoTicket)?;
        let until = Duration::from_millis(u64::from_be_bytes(until.try_into().map_err(|_| NoTicket)?));
        let now = self.watch.now();
        if until <= now {
            return Err(NoTicket);
        }
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.len() >= limits::REMEMBERED {
            used.retain(|_, until| *until > now);
        }
        if used.len() >= limits::REMEMBERED || used.insert(*number, until).is_some() {
            return Err(NoTicket);
        }
        Ok(())
    }
}

/// `POST /api/v1/ticket`: a ticket for the page that asks.
pub(super) async fn ticket(State(relay): State<Arc<Relay>>, headers: HeaderMap) -> Response {
    let Ok(origin) = relay.origins.check_required(&headers) else {
        return foreign_origin();
    };
    let ticket = match relay.tickets.issue(origin.as_bytes()) {
        Ok(ticket) => ticket,
        Err(error) => return unmade(&error),
    };
    let challenge = match relay.proofs.as_ref().map(|proofs| proofs.challenge(&ticket)).transpose() {
        Ok(challenge) => challenge,
        Err(error) => return unmade(&error),
    };
    fresh(Issued { ticket, challenge })
}

fn unmade(error: &dyn Display) -> Response {
    tracing::error!(%error, "a ticket can't be made");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// A ticket as its page gets it.
#[derive(Serialize)]
struct Issued {
    /// What has to be solved before a run that signs in. First, because pages put the end of the object to use.
    #[serde(skip_serializing_if = "Option::is_none")]
    challenge: Option<Challenge>,
    ticket: String,
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    Some(digits?.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Hand;

    const OURS: &[u8] = b"https://mail.example.com";

    #[test]
    fn a_ticket_is_taken_once() {
        let tickets = Tickets::new(Hand::default().watch(), limits::TICKET).unwrap();
        let ticket = tickets.issue(OURS).unwrap();
        assert_eq!(tickets.take(&ticket, OURS), Ok(()));
        assert_eq!(tickets.take(&ticket, OURS), Err(NoTicket), "a replay");
        assert_eq!(tickets.take(&ticket.to_uppercase(), OURS), Err(NoTicket), "a replay in other letters");
        assert_eq!(tickets.take(&tickets.issue(OURS).unwrap(), OURS), Ok(()));
    }

    #[test]
    fn a_ticket_ends_soon_and_is_then_forgotten_too() {
        let hand = Hand::default();
        let tickets = Tickets::new(hand.watch(), limits::TICKET).unwrap();
        let [early, late] = [(); 2].map(|()| tickets.issue(OURS).unwrap());
        hand.forward(limits::TICKET - Duration::from_millis(1));
        assert_eq!(tickets.take(&early, OURS), Ok(()));
        hand.forward(Duration::from_millis(1));
        assert_eq!(tickets.take(&late, OURS), Err(NoTicket));
    }

    #[test]
    fn a_ticket_is_good_for_its_origin_and_its_relay_only() {
        let tickets = Tickets::new(Hand::default().watch(), limits::TICKET).unwrap();
        let ticket = tickets.issue(OURS).unwrap();
        assert_eq!(tickets.take(&ticket, b"https://evil.example"), Err(NoTicket));
        assert_eq!(
            Tickets::new(Hand::default().watch(), limits::TICKET).unwrap().take(&ticket, OURS),
            Err(NoTicket)
        );
        for made_up in ["", "00", "zz", &ticket[1..], &ticket.replace(&ticket[40..48], "7fffffff"), "é"] {
            assert_eq!(tickets.take(made_up, OURS), Err(NoTicket), "{made_up}");
        }
        assert_eq!(tickets.take(&ticket, OURS), Ok(()), "none of that used it up");
    }
}
