//! Addresses in disguise, typed as a host.

use error_model::{Evidence, evidence::Observation};
use probe::egress::Policy;

use crate::{
    dns::Zone,
    world::{denied, engine, run, within},
};

/// Forms that some parser somewhere reads as an address of this machine or of a cloud's metadata service. The name server
/// would answer for every one of them.
const DISGUISED: &[&str] = &[
    // Short, octal, hexadecimal and decimal IPv4, as inet_aton(3) and browsers take them.
    "127.1",
    "127.0.1",
    "0",
    "0x7f.1",
    "0x7f.0.0.1",
    "0x7f000001",
    "0177.0.0.1",
    "017700000001",
    "2130706433",
    "2852039166",
    "169.254.43518",
    "127.0.0.1.",
    "0x7F.0X0.0.1",
    "00000177.0.0.1",
    "127.0.0.0001",
    "4294967297",
    // Full-width and circled digits, and other dots: IDNA makes plain ones of them.
    "１２７.0.0.1",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "127．0．0．1",
    "127｡0｡0｡1",
    "０ｘ７ｆ．１",
    "𝟏𝟐𝟕.𝟎.𝟎.𝟏",
    // Percent-encoding.
    "%31%32%37.0.0.1",
    "127%2e0%2e0%2e1",
    "127.0.0.1%2f",
    "metadata%2etest",
    // Userinfo, ports, paths and whole addresses.
    "mail.example.test@127.0.0.1",
    "mail.example.test:x@169.254.169.254",
    "127.0.0.1:993",
    "http://127.0.0.1/",
    "//127.0.0.1",
    "127.0.0.1#mail.example.test",
    "127.0.0.1?mail.example.test",
    "mail.example.test\\@127.0.0.1",
    // Null bytes, white space and other control characters.
    "127.0.0.1\0.example.test",
    "mail.example.test\0",
    "127.0.0.1\r\n",
    "127.0.0.1 mail.example.test",
    "127.0\u{200b}.0.1",
    "127.0.0.1\u{202e}",
    // IPv6 with a zone, without its end, and IPv4 inside of it in forms that only some take.
    "[::1%25lo]",
    "::1%lo",
    "fe80::1%lo",
    "[::1",
    "[::ffff:127.1]",
    "[::ffff:0x7f.0.0.1]",
    "[127.0.0.1]x",
];

/// Address literals in order. They are read as what they are, and denied.
const LITERALS: &[(&str, &str)] = &[
    ("127.0.0.1", "127.0.0.1"),
    ("0.0.0.0", "0.0.0.0"),
    ("169.254.169.254", "169.254.169.254"),
    ("[::1]", "::1"),
    ("::", "::"),
    ("[::ffff:127.0.0.1]", "::ffff:127.0.0.1"),
    ("::ffff:a9fe:a9fe", "::ffff:a9fe:a9fe"),
    ("::127.0.0.1", "::127.0.0.1"),
    ("::ffff:0:127.0.0.1", "::ffff:0:127.0.0.1"),
    ("64:ff9b::7f00:1", "64:ff9b::7f00:1"),
    ("64:ff9b:1::a9fe:a9fe", "64:ff9b:1::a9fe:a9fe"),
    ("2002:7f00:1::1", "2002:7f00:1::1"),
    ("2002:a9fe:a9fe::", "2002:a9fe:a9fe::"),
    ("2001:0:7f00:1:0:0:80ff:fffe", "2001:0:7f00:1:0:0:80ff:fffe"),
    ("fd00:ec2::254", "fd00:ec2::254"),
];

#[test]
fn an_address_in_disguise_is_no_host_and_nothing_is_asked_or_dialled() {
    let long = format!("{}.test", "a".repeat(64));
    let longest = format!("{}test", "label.".repeat(43));
    let forms: Vec<&str> = DISGUISED.iter().copied().chain([&*long, &*longest]).collect();
    let zone = forms.iter().fold(Zone::default(), |zone, form| zone.host(form, &["127.0.0.1"]));
    within(zone, async |world| {
        let engine = engine(Policy::default());
        for form in &forms {
            let evidence = run(&engine, form).await;
            let refused = corrected(&evidence);
            // A final dot is DNS's own notation: behind it stands a plain literal, which is denied.
            if refused.is_none() {
                assert_eq!((*form, denied(&evidence).len()), ("127.0.0.1.", 1), "{form:?} was taken");
            }
            assert!(!asked_or_dialled(&evidence), "{form:?}");
            // What was probably meant is offered, and whoever takes it meets the same door.
            let mut offered = refused.flatten();
            while let Some(meant) = offered {
                let evidence = run(&engine, &meant).await;
                offered = corrected(&evidence).flatten();
                let name = meant.ends_with("test");
                assert!(
                    name || offered.is_some() || !denied(&evidence).is_empty(),
                    "{form:?} became {meant}"
                );
            }
            world.assert_untouched(form);
        }
    });
}

#[test]
fn an_address_literal_inside_a_denied_range_is_denied_in_every_notation() {
    within(Zone::default(), async |world| {
        let engine = engine(Policy::default());
        for (typed, address) in LITERALS {
            let evidence = run(&engine, typed).await;
            assert_eq!(denied(&evidence), [address.parse::<std::net::IpAddr>().unwrap()], "{typed}");
            assert!(!asked_or_dialled(&evidence), "{typed}");
            world.assert_untouched(typed);
        }
    });
}

/// The traps work: what is lifted is dialled, and counted.
#[test]
fn a_lifted_literal_is_dialled_and_counted() {
    within(Zone::default(), async |world| {
        let engine = engine(Policy::new(vec!["169.254.0.0/16".parse().unwrap()], vec![]));
        let _given_up = tokio::time::timeout(crate::world::SHORT, run(&engine, "169.254.169.254")).await;
        assert!(world.caught().contains(&"169.254.169.254:993".parse().unwrap()));
        assert!(world.packets() > 0);
    });
}

/// What the host was repaired to, where it was refused as a host.
fn corrected(evidence: &Evidence) -> Option<Option<String>> {
    evidence.observations.iter().find_map(|o| match &o.observation {
        Observation::HostInvalid { corrected, .. } => Some(corrected.clone()),
        _ => None,
    })
}

fn asked_or_dialled(evidence: &Evidence) -> bool {
    evidence
        .observations
        .iter()
        .any(|o| matches!(&o.observation, Observation::DnsAnswer { .. } | Observation::ConnectAttempt { .. }))
}
