//! TCP by Happy Eyeballs (RFC 8305): families alternate, attempts are staggered, the first to stand wins.

use std::{io, net::SocketAddr, time::Duration};

use error_model::{
    Step,
    evidence::{ConnectOutcome, Observation},
};
use futures::stream::{FuturesUnordered, StreamExt};
use tokio::{
    net::TcpStream,
    time::{Instant, sleep_until, timeout},
};

use crate::{egress::AllowedAddr, limits, record::Pen, resolve::millis};

/// Dials the addresses; each attempt becomes evidence. `None`: none of them stood.
pub(crate) async fn connect(addresses: &[AllowedAddr], pen: &Pen) -> Option<TcpStream> {
    pen.started(Step::Connect).await;
    let begun = Instant::now();
    let mut waiting = interleave(addresses).into_iter();
    let mut open: Vec<AllowedAddr> = Vec::new();
    let mut attempts = FuturesUnordered::new();
    let mut next_start = begun;
    loop {
        // The next address starts when its turn has come, or as soon as an attempt has failed (RFC 8305 §5).
        if (attempts.is_empty() || Instant::now() >= next_start)
            && let Some(address) = waiting.next()
        {
            open.push(address);
            attempts.push(timed(address));
            next_start = Instant::now() + limits::CONNECT_STAGGER;
        }
        if attempts.is_empty() {
            break;
        }
        let turn = sleep_until(next_start);
        let ended = tokio::select! {
            biased;
            Some(ended) = attempts.next() => ended,
            () = turn, if waiting.len() > 0 => continue,
        };
        let (address, result, elapsed) = ended;
        open.retain(|a| *a != address);
        let outcome = result.as_ref().map_or_else(|outcome| *outcome, |_| ConnectOutcome::Connected);
        pen.saw(observation(address.get(), outcome, millis(elapsed))).await;
        if let Ok(stream) = result {
            for abandoned in open {
                pen.saw(observation(abandoned.get(), ConnectOutcome::Abandoned, millis(begun.elapsed())))
                    .await;
            }
            pen.passed(Step::Connect).await;
            return Some(stream);
        }
        next_start = Instant::now();
    }
    pen.failed(Step::Connect).await;
    None
}

async fn timed(address: AllowedAddr) -> (AllowedAddr, Result<TcpStream, ConnectOutcome>, Duration) {
    let started = Instant::now();
    (address, attempt(address).await, started.elapsed())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that dials, and it takes nothing but an AllowedAddr"
)]
async fn attempt(address: AllowedAddr) -> Result<TcpStream, ConnectOutcome> {
    let stream = match timeout(limits::CONNECT, TcpStream::connect(address.get())).await {
        Ok(Ok(stream)) => stream,
        Ok(Err(error)) => return Err(outcome(&error)),
        Err(_) => return Err(ConnectOutcome::TimedOut),
    };
    // The policy spoke of this address; a connection to any other one isn't ours to use.
    match stream.peer_addr() {
        Ok(peer) if peer == address.get() => {
            let _without_it_only_slower = stream.set_nodelay(true);
            Ok(stream)
        }
        _ => Err(ConnectOutcome::Failed),
    }
}

fn outcome(error: &io::Error) -> ConnectOutcome {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => ConnectOutcome::Refused,
        io::ErrorKind::TimedOut => ConnectOutcome::TimedOut,
        io::ErrorKind::NetworkUnreachable => ConnectOutcome::NetworkUnreachable,
        // Linux: EHOSTUNREACH also stands for ICMP 'administratively prohibited' (codes 9, 10 and 13).
        io::ErrorKind::HostUnreachable => ConnectOutcome::HostUnreachable,
        io::ErrorKind::PermissionDenied => ConnectOutcome::Prohibited,
        _ => ConnectOutcome::Failed,
    }
}

fn observation(address: SocketAddr, outcome: ConnectOutcome, elapsed_ms: u64) -> Observation {
    Observation::ConnectAttempt { address: address.ip(), port: address.port(), outcome, elapsed_ms }
}

/// IPv6 first, then the families in turn (RFC 8305 §4).
fn interleave(addresses: &[AllowedAddr]) -> Vec<AllowedAddr> {
    let (v6, v4): (Vec<_>, Vec<_>) = addresses.iter().partition(|a| a.get().is_ipv6());
    let longest = v6.len().max(v4.len());
    let mut ordered: Vec<AllowedAddr> =
        (0..longest).flat_map(|i| [v6.get(i), v4.get(i)]).flatten().copied().collect();
    ordered.truncate(limits::ADDRESSES);
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::egress::Policy;

    /// Linux takes 0.0.0.0 for this machine, and the connection stands with 127.0.0.1: not what the policy spoke of.
    #[tokio::test]
    async fn a_connection_that_leads_elsewhere_than_it_was_dialled_is_not_used() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let policy = Policy::new(vec!["0.0.0.0/8".parse().unwrap()], vec![port]);
        let elsewhere = policy.allow("0.0.0.0".parse().unwrap(), port).unwrap();
        let (pen, seen) = Pen::listening(error_model::Lane::Imap);
        assert!(connect(&[elsewhere], &pen).await.is_none());
        assert!(matches!(
            &seen.take()[..],
            [Observation::ConnectAttempt { outcome: ConnectOutcome::Failed, .. }]
        ));
        assert!(listener.accept().is_ok(), "somebody was there");
    }

    #[test]
    fn the_families_take_turns_and_the_number_is_capped() {
        let policy = Policy::default();
        let allow = |a: &str| policy.allow(a.parse().unwrap(), 993).unwrap();
        let given = [allow("8.8.4.4"), allow("8.8.8.8"), allow("2a00::1")];
        let ordered: Vec<String> = interleave(&given).iter().map(|a| a.get().ip().to_string()).collect();
        assert_eq!(ordered, ["2a00::1", "8.8.4.4", "8.8.8.8"]);
        assert_eq!(interleave(&[given[0]; 20]).len(), limits::ADDRESSES);
    }
}
