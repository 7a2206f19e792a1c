//! A chain of certificates, perhaps with a list of revoked ones behind it: each is described, and the whole is judged.
//! Nothing but the seeds can be clean, and no other list than the seed can revoke.

use std::{net::Ipv4Addr, sync::LazyLock};

use error_model::{Lang, evidence::Observation, text::is_control, words};
use probe::{
    certificate::{Question, describe, is_revoked, verdict},
    host::Host,
};
use rustls_pki_types::{CertificateDer, TrustAnchor};

const ROOT: &[u8] = include_bytes!("../seeds/certificate/root.der");
/// Those of the seeds that the root has signed for a host below.
const GENUINE: [&[u8]; 2] =
    [include_bytes!("../seeds/certificate/leaf.der"), include_bytes!("../seeds/certificate/wildcard.der")];
/// Inside the validity of the seeds.
const NOW: i64 = 1_800_000_000;

static ROOTS: LazyLock<[TrustAnchor<'static>; 1]> = LazyLock::new(|| {
    let root = CertificateDer::from(ROOT);
    [webpki::anchor_from_trusted_cert(&root).expect("the seed is a root").to_owned()]
});

/// Signed by the root: revokes the leaf.
const LIST: &[u8] = include_bytes!("../seeds/certificate/list.crl");

/// The input is a row of certificates, as they would stand in DER one behind the other.
pub fn run(input: &[u8]) {
    let chain = split(input);
    for der in &chain {
        let _described = describe(der);
    }
    for host in [Host::Address(Ipv4Addr::new(192, 0, 2, 7).into()), Host::Name("mail.example.com".into())] {
        let question = Question { chain: &chain, host: &host, now: NOW, roots: &*ROOTS, fetched: &[] };
        let answer = verdict(&question);
        let list = chain.last().map(|list| list.as_ref()).unwrap_or_default();
        assert!(!is_revoked(&question, list) || list == LIST, "a forged list revokes");
        let genuine = chain.first().is_some_and(|leaf| GENUINE.contains(&leaf.as_ref()));
        assert!(genuine || !answer.faults.is_empty(), "a forged chain is clean");
        let host = host.to_string();
        let certificates = chain.iter().filter_map(describe).collect();
        let seen = [
            Observation::CertificateChain { certificates },
            Observation::CertificateVerdict {
                host,
                faults: answer.faults,
                trusted_root: answer.trusted_root,
            },
        ];
        for observation in seen {
            for lang in [Lang::Ja, Lang::En] {
                assert!(!words::line(&observation, lang).chars().any(is_control));
            }
        }
    }
}

/// Cuts at the lengths that the outer headers say; what is left over is a last certificate.
fn split(mut input: &[u8]) -> Vec<CertificateDer<'_>> {
    let mut chain = Vec::new();
    while !input.is_empty() && chain.len() < 10 {
        let length = match input {
            [0x30, 0x82, high, low, ..] => 4 + usize::from(u16::from_be_bytes([*high, *low])),
            [0x30, 0x81, length, ..] => 3 + usize::from(*length),
            _ => input.len(),
        };
        let (first, rest) = input.split_at(length.min(input.len()));
        chain.push(CertificateDer::from(first));
        input = rest;
    }
    chain
}
