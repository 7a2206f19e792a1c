//! What DNS said of the host asked for, and of the domain of the e-mail address.

use super::LaneView;
use crate::{
    Step,
    evidence::{DnsAnswerView, DnsOutcome, DnsRecord, DnsSubject, Observation},
};

/// The lookup of a host that brought no usable address: the `seq` of each answer, by its kind.
pub(crate) struct Lookup {
    /// NXDOMAIN: the name doesn't exist.
    pub unknown: Vec<u32>,
    /// The name exists, without an address of this family.
    pub no_data: Vec<u32>,
    /// Neither records nor a definite 'no'.
    pub failed: Vec<u32>,
}

/// The address's own domain takes no mail.
pub(crate) struct DeadDomain {
    /// What shows it.
    pub seen: Vec<u32>,
    /// The domain doesn't exist at all, and so no name in it does (RFC 8020).
    pub gone: bool,
}

impl<'a> LaneView<'a> {
    /// The lookup of the host; `None` unless that's what failed.
    pub fn failed_lookup(&self) -> Option<Lookup> {
        self.failed_at(Step::Resolve)?;
        let mut answers = self.dns(DnsSubject::Host);
        answers.retain(|(_, a)| a.record != DnsRecord::Mx);
        // Addresses that mustn't be dialled are addresses all the same: private-address.
        if answers.iter().any(|(_, a)| !a.addresses.is_empty()) {
            return None;
        }
        let of = |pick: fn(DnsOutcome) -> bool| -> Vec<u32> {
            answers.iter().filter(|(_, a)| pick(a.outcome)).map(|(seq, _)| *seq).collect()
        };
        let mut failed = of(DnsOutcome::is_failure);
        failed.extend(self.time_out(Step::Resolve));
        Some(Lookup {
            unknown: of(|o| o == DnsOutcome::NxDomain),
            no_data: of(|o| o == DnsOutcome::NoData),
            failed,
        })
    }

    /// The names close to the one typed, the closest first.
    pub fn near_names(&self) -> Vec<(u32, &'a str)> {
        let mut near = self.all(|o| match o {
            Observation::NearName { name, distance } => Some((*distance, name.as_str())),
            _ => None,
        });
        near.sort_by_key(|(seq, (distance, _))| (*distance, *seq));
        near.into_iter().map(|(seq, (_, name))| (seq, name)).collect()
    }

    /// Whether the host asked for is the domain of the e-mail address, or a name in it.
    pub fn host_is_in_mail_domain(&self) -> bool {
        self.asked().mail_domain().is_some_and(|domain| lies_in(&self.endpoint.host, domain))
    }

    /// The address's own domain takes no mail: it doesn't exist, publishes a null MX (RFC 7505), or has neither an MX
    /// nor an address (RFC 5321 §5.1). Either lane may have asked, because both share the address.
    pub fn dead_mail_domain(&self) -> Option<DeadDomain> {
        let mut answers: Vec<(u32, DnsAnswerView<'a>)> = self
            .evidence
            .observations
            .iter()
            .filter_map(|o| Some((o.seq, o.observation.dns_answer()?)))
            .filter(|(_, a)| a.subject == DnsSubject::MailDomain)
            .collect();
        answers.sort_by_key(|(seq, _)| *seq);
        let seen = |pick: &dyn Fn(&DnsAnswerView<'_>) -> bool| -> Vec<u32> {
            answers.iter().filter(|(_, a)| pick(a)).map(|(seq, _)| *seq).collect()
        };
        let null_mx = seen(&|a| !a.exchanges.is_empty() && a.exchanges.iter().all(|mx| mx == "."));
        if !null_mx.is_empty() {
            return Some(DeadDomain { seen: null_mx, gone: false });
        }
        if answers.iter().any(|(_, a)| a.outcome == DnsOutcome::Answer) {
            return None;
        }
        let unknown = seen(&|a| a.outcome == DnsOutcome::NxDomain);
        if !unknown.is_empty() {
            return Some(DeadDomain { seen: unknown, gone: true });
        }
        let empty =
            |record| answers.iter().any(|(_, a)| a.record == record && a.outcome == DnsOutcome::NoData);
        let all_empty = [DnsRecord::Mx, DnsRecord::A, DnsRecord::Aaaa].into_iter().all(empty);
        all_empty.then(|| DeadDomain { seen: seen(&|a| a.outcome == DnsOutcome::NoData), gone: false })
    }
}

/// Whether a host name is `domain` or lies in it; case and a final dot don't matter (RFC 4343).
pub(crate) fn lies_in(host: &str, domain: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let domain = domain.trim_end_matches('.').to_ascii_lowercase();
    host == domain || host.strip_suffix(&domain).is_some_and(|rest| rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::lies_in;

    #[test]
    fn a_name_lies_in_its_own_domain_and_not_in_one_that_merely_ends_alike() {
        assert!(lies_in("IMAP.Example.com", "example.com"));
        assert!(lies_in("example.com.", "example.com"));
        assert!(!lies_in("imap.notexample.com", "example.com"));
        assert!(!lies_in("com", "example.com"));
    }
}
