//! Names whose answers lead inside: at once, over an alias, among others, or at the second question.

use error_model::evidence::Observation;
use probe::egress::{Policy, own_addresses};

use crate::{
    dns::Zone,
    server::answering,
    world::{SHORT, denied, discover, engine, run, within},
};

/// An address like those of mail servers. In the namespace it leads to a trap, unless a test listens there.
const PUBLIC: &str = "20.0.0.1";
const INSIDE: &[&str] = &[
    "127.0.0.1",
    "169.254.169.254",
    "10.0.0.1",
    "0.0.0.0",
    "::1",
    "::ffff:127.0.0.1",
    "::127.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::1",
    "2001:0:7f00:1:0:0:80ff:fffe",
    "fd00:ec2::254",
    "4000::1",
];

#[test]
fn a_name_that_leads_inside_is_not_dialled() {
    let zone = INSIDE.iter().enumerate().fold(Zone::default(), |zone, (n, address)| {
        zone.host(&format!("direct-{n}.test"), &[address]).alias(
            &format!("alias-{n}.test"),
            &["harmless.test", &format!("deep-{n}.test")],
            &[address],
        )
    });
    within(zone, async |world| {
        let engine = engine(Policy::default());
        for (n, address) in INSIDE.iter().enumerate() {
            for name in [format!("direct-{n}.test"), format!("ALIAS-{n}.test."), format!("direct-{n}.test.")]
            {
                let evidence = run(&engine, &name).await;
                assert_eq!(denied(&evidence), [address.parse::<std::net::IpAddr>().unwrap()], "{name}");
                world.assert_untouched(&name);
            }
        }
    });
}

#[test]
fn one_address_inside_rejects_the_whole_name() {
    let zone = INSIDE.iter().enumerate().fold(Zone::default(), |zone, (n, address)| {
        zone.host(&format!("first-{n}.test"), &[PUBLIC, address])
            .host(&format!("last-{n}.test"), &[address, PUBLIC, "2a00::1"])
    });
    within(zone, async |world| {
        let engine = engine(Policy::default());
        for (n, _) in INSIDE.iter().enumerate() {
            for name in [format!("first-{n}.test"), format!("last-{n}.test")] {
                assert_eq!(denied(&run(&engine, &name).await).len(), 1, "{name}");
                world.assert_untouched(&name);
            }
        }
    });
}

/// The name answers with a public address once, and with this machine ever after, and nobody may keep the answer.
#[test]
fn a_name_that_is_rebound_during_the_run_is_dialled_where_it_led_first() {
    let zone = Zone::default().in_turn("rebinding.test", &[PUBLIC, "127.0.0.1"]);
    within(zone, async |world| {
        // It speaks no TLS, so that follow-ups try other ports and hellos: more chances to ask again.
        let server = answering(&format!("{PUBLIC}:993"), "* OK ready\r\n".to_owned());
        let engine = engine(Policy::default());
        let evidence = run(&engine, "rebinding.test").await;
        let questions = evidence.observations.iter().filter(
            |o| matches!(&o.observation, Observation::DnsAnswer { addresses, .. } if !addresses.is_empty()),
        );
        assert_eq!(questions.count(), 1);
        assert!(server.count() > 1, "the run and its follow-ups reach the server");
        let others = world.caught();
        assert!(!others.is_empty(), "other ports are tried");
        assert!(others.iter().all(|address| address.ip().to_string() == PUBLIC), "{others:?}");
        assert_eq!(world.packets(), 0);
        // The next run asks again, and is told what the name has become.
        assert_eq!(denied(&run(&engine, "rebinding.test").await).len(), 1);
        world.assert_untouched("the second run");
    });
}

/// Discovery asks again for each port that it tries, so each answer is judged anew.
#[test]
fn a_name_that_is_rebound_during_discovery_is_judged_again_before_each_try() {
    let zone = Zone::default().in_turn("imap.hop.test", &[PUBLIC, "127.0.0.1", "169.254.169.254"]);
    within(zone, async |world| {
        let server = answering(&format!("{PUBLIC}:993"), "* OK ready\r\n".to_owned());
        discover(&engine(Policy::default()), "hop.test").await;
        assert_eq!(server.count(), 1);
        world.assert_untouched("discovery");
    });
}

/// The addresses of the relay's own machine are public ones here, and denied all the same.
#[test]
fn the_relay_does_not_dial_itself() {
    let zone = Zone::default().host("own.test", &["20.9.9.9"]).host("other.test", &["20.9.9.8"]);
    within(zone, async |world| {
        world.add_address("20.9.9.9/32");
        let engine = engine(Policy::default().protect(own_addresses().unwrap()));
        for host in ["own.test", "20.9.9.9"] {
            assert_eq!(denied(&run(&engine, host).await), ["20.9.9.9".parse::<std::net::IpAddr>().unwrap()]);
            world.assert_untouched(host);
        }
        let _given_up = tokio::time::timeout(SHORT, run(&engine, "other.test")).await;
        assert_eq!(world.caught(), ["20.9.9.8:993".parse().unwrap()]);
    });
}
