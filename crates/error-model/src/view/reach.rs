//! Whether the host answers: the TCP attempts, and the tries of its other ports and modes.

use super::{Claim, LaneView};
use crate::{
    Endpoint, Field, Security, Step, Tried,
    evidence::{AlternativeOutcome, ConnectOutcome, DnsSubject, ForeignProtocol, Observation},
};

/// The port on which mail servers hand mail to each other (RFC 5321).
const MAIL_EXCHANGE: u16 = 25;

/// The TCP attempts of a lane that got no connection: the `seq` of each, by its kind.
pub(crate) struct Unconnected {
    /// RST.
    pub refused: Vec<u32>,
    /// No answer within the limit.
    pub silent: Vec<u32>,
    /// ICMP: network or host unreachable.
    pub unreachable: Vec<u32>,
    /// ICMP: administratively prohibited.
    pub prohibited: Vec<u32>,
}

/// Another port or mode that speaks the right service over TLS.
#[derive(Clone, Copy)]
pub(crate) struct Better {
    /// The try that shows it.
    pub seq: u32,
    pub port: u16,
    pub security: Security,
    pub tried: Tried,
}

impl LaneView<'_> {
    /// The attempts; `None` unless connecting is the step that failed.
    pub fn unconnected(&self) -> Option<Unconnected> {
        self.failed_at(Step::Connect)?;
        let attempts = self.attempts();
        let of = |outcomes: &[ConnectOutcome]| -> Vec<u32> {
            attempts.iter().filter(|(_, o)| outcomes.contains(o)).map(|(seq, _)| *seq).collect()
        };
        let mut silent = of(&[ConnectOutcome::TimedOut]);
        silent.extend(self.time_out(Step::Connect));
        Some(Unconnected {
            refused: of(&[ConnectOutcome::Refused]),
            silent,
            unreachable: of(&[ConnectOutcome::NetworkUnreachable, ConnectOutcome::HostUnreachable]),
            prohibited: of(&[ConnectOutcome::Prohibited]),
        })
    }

    /// What shows that the host answers on another port, be it with a refusal: a follow-up, or the other lane.
    pub fn answers_elsewhere(&self) -> Vec<u32> {
        let followed_up = self
            .alternatives()
            .into_iter()
            .filter(|(_, port, _, outcome)| *port != self.endpoint.port && outcome.answered())
            .map(|(seq, ..)| seq);
        let other = self.other().filter(|other| {
            other.endpoint.port != self.endpoint.port && same_host(&other.endpoint.host, &self.endpoint.host)
        });
        let answered = |o: &ConnectOutcome| matches!(o, ConnectOutcome::Connected | ConnectOutcome::Refused);
        let beside = other.iter().flat_map(LaneView::attempts).filter(|(_, o)| answered(o));
        followed_up.chain(beside.map(|(seq, _)| seq)).collect()
    }

    /// The other ports that were tried and gave no answer at all.
    pub fn silent_elsewhere(&self) -> Vec<u32> {
        self.alternatives()
            .into_iter()
            .filter(|(_, _, _, outcome)| **outcome == AlternativeOutcome::Silent)
            .map(|(seq, ..)| seq)
            .collect()
    }

    /// The best other port or mode among those that `fits` takes: one that works before one whose certificate isn't
    /// clean, then in the order of the usual ports. Port 25 is left out, even if it answers: there mail servers talk to
    /// each other, and few let a mail app sign in.
    pub fn better(&self, fits: impl Fn(u16, Security) -> bool) -> Option<Better> {
        let usual = self.lane.usual_ports();
        let for_apps = |port| port != MAIL_EXCHANGE || port == self.endpoint.port;
        self.alternatives()
            .into_iter()
            .filter(|(_, port, security, _)| for_apps(*port) && fits(*port, *security))
            .filter_map(|(seq, port, security, outcome)| {
                Some(Better { seq, port, security, tried: speaks_tls(outcome)? })
            })
            .min_by_key(|better| {
                let place = usual.iter().position(|u| *u == (better.port, better.security));
                (better.tried != Tried::Works, place.unwrap_or(usual.len()), better.seq)
            })
    }

    /// What came of a connection to another host name: the try that shows it, where it works.
    pub fn tried_host(&self, name: &str) -> Option<u32> {
        self.working_hosts()
            .into_iter()
            .find(|(_, endpoint)| same_host(&endpoint.host, name))
            .map(|(seq, _)| seq)
    }

    /// Other host names with which a connection passed, in the order in which they were tried.
    pub fn working_hosts(&self) -> Vec<(u32, Endpoint)> {
        self.all(|o| match o {
            Observation::Alternative { host, port, security, outcome: AlternativeOutcome::Works } => {
                let endpoint = Endpoint { host: host.clone(), port: *port, security: *security };
                (!same_host(host, &self.endpoint.host)).then_some(endpoint)
            }
            _ => None,
        })
    }

    /// The best other setting, whichever.
    pub fn better_setting(&self) -> Option<Better> {
        self.better(|_, _| true)
    }

    /// The same port, tried with TLS from the first byte: it speaks TLS.
    pub fn tls_on_this_port(&self) -> Option<Better> {
        self.better(|port, security| port == self.endpoint.port && security == Security::Tls)
    }

    /// The same port, tried with TLS from the first byte: it doesn't speak TLS.
    pub fn no_tls_on_this_port(&self) -> Option<u32> {
        self.alternatives()
            .into_iter()
            .filter(|(_, port, security, _)| *port == self.endpoint.port && *security == Security::Tls)
            .find(|(_, _, _, outcome)| {
                **outcome != AlternativeOutcome::NotAllowed && speaks_tls(outcome).is_none()
            })
            .map(|(seq, ..)| seq)
    }

    /// The run is over, other ports were tried, and it's certain of each that it doesn't speak TLS. A port that
    /// answers but goes no further leaves that open.
    pub fn no_tls_elsewhere(&self) -> Option<Vec<u32>> {
        let mut tried = self.alternatives();
        tried.retain(|(_, _, _, outcome)| **outcome != AlternativeOutcome::NotAllowed);
        let certain = |outcome: &AlternativeOutcome| {
            speaks_tls(outcome).is_none() && *outcome != AlternativeOutcome::Unusable
        };
        (self.finished() && !tried.is_empty() && tried.iter().all(|(_, _, _, outcome)| certain(outcome)))
            .then(|| tried.into_iter().map(|(seq, ..)| seq).collect())
    }

    /// The verdict of the other service's certificate, where it's clean and both services belong together: one host,
    /// one address, or one mail domain.
    pub fn sister_is_clean(&self) -> Option<u32> {
        let other = self.other()?;
        let addresses = |view: &Self| {
            let answers = view.dns(DnsSubject::Host);
            answers.iter().flat_map(|(_, a)| a.addresses.to_vec()).collect::<Vec<_>>()
        };
        let theirs = addresses(&other);
        let together = same_host(&other.endpoint.host, &self.endpoint.host)
            || (other.host_is_in_mail_domain() && self.host_is_in_mail_domain())
            || addresses(self).iter().any(|address| theirs.contains(address));
        other.certificate_is_clean().filter(|_| together)
    }

    /// The protocol that the lane's own service speaks.
    pub fn own_protocol(&self) -> ForeignProtocol {
        match self.lane {
            crate::Lane::Imap => ForeignProtocol::Imap,
            crate::Lane::Smtp => ForeignProtocol::Smtp,
        }
    }
}

impl Claim {
    /// Names of hosts to take instead: `near` ones that exist, those that were tried and work before the others; and where
    /// none is near, the first of the mail domain's servers that works.
    pub fn suggest_hosts(mut self, view: &LaneView<'_>, near: &[(u32, &str)]) -> Self {
        let field = Field::host(view.lane);
        let (works, exists): (Vec<_>, Vec<_>) =
            near.iter().map(|(_, name)| *name).partition(|name| view.tried_host(name).is_some());
        for name in works {
            self.rest_on(view.tried_host(name));
            self = self.suggest(field, name, Some(Tried::Works));
        }
        for name in exists {
            self = self.suggest(field, name, None);
        }
        if near.is_empty()
            && let Some((seq, Endpoint { host, port, security })) = view.working_hosts().into_iter().next()
        {
            self.rest_on(Some(seq));
            self = self.suggest(field, host, Some(Tried::Works)).suggest_port(
                view,
                port,
                security,
                Tried::Works,
            );
        }
        self
    }

    /// A host name, as tried where a connection with it passed.
    pub fn suggest_host(mut self, view: &LaneView<'_>, name: &str) -> Self {
        let tried = view.tried_host(name);
        self.rest_on(tried);
        self.suggest(Field::host(view.lane), name, tried.map(|_| Tried::Works))
    }

    /// The claim rests on this observation too.
    fn rest_on(&mut self, seq: Option<u32>) {
        let Some(seq) = seq else { return };
        if let Err(place) = self.observations.binary_search(&seq) {
            self.observations.insert(place, seq);
        }
    }

    /// A setting found by trying; the claim then rests on that try too.
    pub fn suggest_better(mut self, view: &LaneView<'_>, better: Option<Better>) -> Self {
        let Some(Better { seq, port, security, tried }) = better else { return self };
        self.rest_on(Some(seq));
        self.suggest_port(view, port, security, tried)
    }
}

/// What a try is worth as a suggestion; `None` where the right service over TLS wasn't found.
fn speaks_tls(outcome: &AlternativeOutcome) -> Option<Tried> {
    match outcome {
        AlternativeOutcome::Works => Some(Tried::Works),
        AlternativeOutcome::TlsUnclean => Some(Tried::Partly),
        _ => None,
    }
}

fn same_host(one: &str, other: &str) -> bool {
    one.trim_end_matches('.').eq_ignore_ascii_case(other.trim_end_matches('.'))
}
