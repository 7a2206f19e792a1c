//! Certificates that cost: thousands of names, deep chains, webs of authorities, giant extensions, DER that is cut.

use std::time::{Duration, Instant};

use error_model::evidence::Observation;
use probe::{
    certificate::{Question, describe, verdict},
    host::Host,
};
use rcgen::{CustomExtension, SanType};
use tests::hostile::{Check, Identity, Outcome, Peer, Server, Wire};

/// Judging a chain is work for milliseconds; this leaves room for a busy machine and a debug build.
const WORK: Duration = Duration::from_secs(5);

/// A server that is in order but for its certificate.
async fn with(identity: impl FnOnce(std::net::Ipv4Addr) -> Identity) -> Outcome {
    let peer = Peer::once_as(identity, |wire: Wire| async move {
        let mut wire = wire.encrypt().await?;
        wire.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n").await?;
        Server::imap_to_the_end(&mut wire, "SASL-IR AUTH=PLAIN").await
    })
    .await;
    let begun = Instant::now();
    let outcome = Check::imap(&peer).tls().run().await;
    assert!(begun.elapsed() < WORK, "it took {:?}", begun.elapsed());
    outcome
}

/// The names of the server's certificate as far as they were taken over.
fn names(outcome: &Outcome) -> usize {
    let names = outcome.find(|o| match o {
        Observation::CertificateChain { certificates } => Some(certificates.first()?.names.len()),
        _ => None,
    });
    names.unwrap_or_default()
}

fn with_names(count: usize, own: bool) -> impl FnOnce(std::net::Ipv4Addr) -> Identity {
    move |address| {
        let root = Identity::authority("Root", None);
        let mut params = Identity::params(address);
        let own = own.then(|| params.subject_alt_names[0].clone());
        let name = |n: usize| SanType::DnsName(format!("n{n}").try_into().expect("it's ASCII"));
        params.subject_alt_names = (0..count).map(name).chain(own).collect();
        Identity::issued(params, &root, &root, &[])
    }
}

#[tokio::test]
async fn ten_thousand_names_are_too_many_to_send() {
    // Some 72 KB: more than the TLS library takes of certificates.
    let outcome = with(with_names(10_000, true)).await;
    outcome.is("008 handshake-failed likely");
}

#[tokio::test]
async fn thousands_of_names_are_looked_through_and_few_are_kept() {
    let outcome = with(with_names(7_500, true)).await;
    outcome.is("ok");
    assert_eq!(names(&outcome), 100);
    let outcome = with(with_names(7_500, false)).await;
    outcome.is("006 address-instead-of-name proven");
    assert_eq!(names(&outcome), 100);
}

#[tokio::test]
async fn a_chain_deeper_than_any_path_is_judged_by_what_is_looked_at() {
    let outcome = with(|address| {
        let root = Identity::authority("Root", None);
        let mut line = vec![Identity::authority("Link 0", Some(&root))];
        for n in 1..40 {
            line.push(Identity::authority(&format!("Link {n}"), line.last()));
        }
        let above: Vec<_> = line.iter().rev().map(|link| link.der().clone()).collect();
        Identity::issued(Identity::params(address), &line[39], &root, &above)
    })
    .await;
    let kept = outcome.find(|o| match o {
        Observation::CertificateChain { certificates } => Some(certificates.len()),
        _ => None,
    });
    assert_eq!(kept, Some(10));
    outcome.is("007 missing-information proven");
}

#[tokio::test]
async fn a_web_of_authorities_with_one_name_is_not_searched_forever() {
    let outcome = with(|address| {
        let root = Identity::authority("Root", None);
        let web: Vec<_> =
            (0..30).map(|_| Identity::authority("Web", Some(&Identity::authority("Web", None)))).collect();
        let above: Vec<_> = web.iter().map(|link| link.der().clone()).collect();
        Identity::issued(Identity::params(address), &Identity::authority("Web", None), &root, &above)
    })
    .await;
    outcome.is("007 unknown-authority proven");
}

#[tokio::test]
async fn a_giant_extension_counts_by_what_it_is() {
    let giant = |critical: bool| {
        move |address| {
            let root = Identity::authority("Root", None);
            let mut params = Identity::params(address);
            let mut extension = CustomExtension::from_oid_content(&[1, 3, 6, 1, 4, 1, 99], vec![4; 60_000]);
            extension.set_criticality(critical);
            params.custom_extensions = vec![extension];
            Identity::issued(params, &root, &root, &[])
        }
    };
    with(giant(false)).await.is("ok");
    with(giant(true)).await.is("007 missing-information proven");
}

#[tokio::test]
async fn more_than_64_kib_of_certificates_are_refused_by_the_handshake() {
    let outcome = with(|address| {
        let root = Identity::authority("Root", None);
        let above = vec![root.der().clone(); 200];
        Identity::issued(Identity::params(address), &root, &root, &above)
    })
    .await;
    outcome.is("008 handshake-failed likely");
}

#[test]
fn der_that_is_cut_or_changed_at_any_byte_has_a_verdict_and_never_a_clean_one() {
    let address = std::net::Ipv4Addr::new(127, 253, 1, 2);
    let root = Identity::authority("Root", None);
    let identity = Identity::issued(Identity::params(address), &root, &root, &[]);
    let whole = identity.chain[0].to_vec();
    let (host, anchor) = (Host::Address(address.into()), identity.root());
    let roots = [webpki::anchor_from_trusted_cert(&anchor).expect("the root is one")];
    let clean = |der: Vec<u8>| {
        let chain = [der.into()];
        let _never_panics = describe(&chain[0]);
        let question =
            Question { chain: &chain, host: &host, now: 1_782_864_000, roots: &roots, fetched: &[] };
        verdict(&question).faults.is_empty()
    };
    assert!(clean(whole.clone()), "uncut it is clean");
    for at in 0..whole.len() {
        assert!(!clean(whole[..at].to_vec()), "cut at {at}");
        for bit in [0x01, 0x80] {
            let mut changed = whole.clone();
            changed[at] ^= bit;
            assert!(!clean(changed), "bit {bit:#x} of byte {at} changed");
        }
    }
}
