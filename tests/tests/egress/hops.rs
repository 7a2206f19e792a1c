//! Later hops: whatever a server, a record or a certificate names is held against the same policy before it's dialled.
//! Each of them names the metadata service of a cloud here, and each test shows first that the hop is taken at all.

use error_model::{discovery::SettingsSource, evidence::Observation, wire::ClientMessage};
use probe::{Request, egress::Policy};
use serde_json::json;

use crate::{
    certificate::Chain,
    dns::Zone,
    server::{answering, imaps, redirecting},
    world::{denied, discover, engine, engine_trusting, run, within},
};

/// An address like those of mail servers.
const SERVER: &str = "20.0.0.1";
/// Another one, where a harmless hop leads.
const HARMLESS: &str = "20.0.0.2";
const METADATA: &str = "169.254.169.254";

/// Web addresses of the metadata service, as itself and in disguise.
const LEADING_INSIDE: &[&str] = &[
    "http://169.254.169.254/latest",
    "http://metadata.test/latest",
    "http://mixed.test/latest",
    "http://0xa9fea9fe/latest",
    "http://2852039166/latest",
    "http://0251.0376.0251.0376/latest",
    "http://169.254.43518/latest",
    "http://①⑥⑨.254.169.254/latest",
    "http://%31%36%39.254.169.254/latest",
    "http://[::ffff:a9fe:a9fe]/latest",
    "http://[64:ff9b::a9fe:a9fe]/latest",
    "http://20.0.0.2@169.254.169.254/latest",
    "//169.254.169.254/latest",
    "http://169.254.169.254:143/latest",
    "https://169.254.169.254/latest",
    "http://127.0.0.1/",
    "http://20.0.0.2:8080/",
    "ftp://169.254.169.254/latest",
    "file:///etc/passwd",
];

fn zone() -> Zone {
    Zone::default().host("metadata.test", &[METADATA]).host("mixed.test", &[HARMLESS, METADATA])
}

#[test]
fn a_redirect_of_autoconfig_is_held_against_the_policy() {
    const SETTINGS: &str = r#"<clientConfig><emailProvider><incomingServer type="imap"><hostname>imap.hop.test</hostname>
        <port>993</port><socketType>SSL</socketType></incomingServer></emailProvider></clientConfig>"#;
    let harmless = format!("http://{HARMLESS}/settings");
    let hops = LEADING_INSIDE.iter().copied().chain([&*harmless]).enumerate();
    let zone = hops.clone().fold(zone(), |zone, (n, _)| {
        zone.host(&format!("autoconfig.hop-{n}.test"), &[&format!("20.1.0.{n}")])
    });
    within(zone, async |world| {
        let engine = engine(Policy::default());
        let length = SETTINGS.len();
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{SETTINGS}");
        let reached = answering(&format!("{HARMLESS}:80"), answer);
        for (n, to) in hops {
            let _refusing = answering(&format!("20.1.0.{n}:443"), String::new());
            let web = redirecting(&format!("20.1.0.{n}:80"), to);
            let found = discover(&engine, &format!("hop-{n}.test")).await.settings;
            assert_eq!(web.count(), 1, "{to}: the first hop is taken");
            assert_eq!(reached.count(), usize::from(to == harmless), "{to}");
            let sources: Vec<SettingsSource> = found.iter().map(|settings| settings.source).collect();
            assert_eq!(sources.contains(&SettingsSource::InsecureAutoconfig), to == harmless, "{to}");
            world.assert_untouched(to);
        }
    });
}

#[test]
fn the_address_of_an_issuer_is_held_against_the_policy() {
    let harmless = format!("http://{HARMLESS}/issuer.der");
    let hops = LEADING_INSIDE.iter().copied().filter(|to| to.is_ascii()).chain([&*harmless]).enumerate();
    let zone = hops
        .clone()
        .fold(zone(), |zone, (n, _)| zone.host(&format!("imap-{n}.test"), &[&format!("20.2.0.{n}")]));
    within(zone, async |world| {
        let reached = answering(&format!("{HARMLESS}:80"), "HTTP/1.1 404 Gone\r\n\r\n".to_owned());
        for (n, to) in hops {
            let host = format!("imap-{n}.test");
            let chain = Chain::incomplete(&[&host], &[to]);
            let mail = imaps(&format!("20.2.0.{n}:993"), &chain);
            let engine = engine_trusting(Policy::default(), vec![chain.root.clone()]);
            let evidence = run(&engine, &host).await;
            assert_eq!(mail.count(), 1, "{to}");
            let judged = evidence.observations.iter().any(|o| {
                matches!(&o.observation, Observation::CertificateVerdict { faults, .. } if !faults.is_empty())
            });
            assert!(judged, "{to}: the chain isn't complete");
            assert_eq!(reached.count(), usize::from(to == harmless), "{to}");
            world.assert_untouched_beside(&format!("20.2.0.{n}"), to);
        }
    });
}

/// The names of a certificate are compared with the server that was asked, never dialled at an address of their own.
#[test]
fn the_names_of_a_certificate_are_not_dialled_where_they_lead() {
    let zone = zone().host("imap.test", &[SERVER]).host("both.test", &[SERVER, METADATA]);
    within(zone, async |world| {
        let chain = Chain::complete(&["metadata.test", "both.test", "mixed.test"]);
        let mail = imaps(&format!("{SERVER}:993"), &chain);
        let engine = engine_trusting(Policy::default(), vec![chain.root.clone()]);
        let evidence = run(&engine, "imap.test").await;
        let compared = evidence.observations.iter().filter_map(|o| match &o.observation {
            Observation::CertificateName { name, same_address } => Some((name.as_str(), *same_address)),
            _ => None,
        });
        let mut compared: Vec<_> = compared.collect();
        compared.sort_unstable();
        assert_eq!(compared, [("both.test", true), ("metadata.test", false), ("mixed.test", false)]);
        assert_eq!(mail.count(), 2, "the run, and one follow-up at the address that was judged");
        world.assert_untouched_beside(SERVER, "certificate names");
    });
}

#[test]
fn the_target_of_a_service_record_is_held_against_the_policy() {
    let zone = zone()
        .service("_imaps._tcp.hop.test", "metadata.test", 993)
        .service("_submissions._tcp.hop.test", METADATA, 465)
        .service("_imaps._tcp.port.test", "metadata.test", 6379);
    within(zone, async |world| {
        let engine = engine(Policy::default());
        let found = discover(&engine, "hop.test").await.settings;
        let imap = found.iter().find_map(|settings| settings.imap.clone()).expect("the record is read");
        let smtp = found.iter().find_map(|settings| settings.smtp.clone()).expect("the record is read");
        for host in [imap.host, smtp.host] {
            assert_eq!(denied(&run(&engine, &host).await), [METADATA.parse::<std::net::IpAddr>().unwrap()]);
        }
        let found = discover(&engine, "port.test").await.settings;
        let start = json!({"type": "start", "request": {"imap": found[0].imap}});
        let Ok(ClientMessage::Start(start)) = serde_json::from_value(start) else { panic!("not a start") };
        let refused = Request::new(*start, engine.policy()).err().expect("it's no mail port");
        assert_eq!(refused.field.as_deref(), Some("imap.port"));
        world.assert_untouched("service records");
    });
}

#[test]
fn mail_exchangers_and_usual_names_that_lead_inside_are_not_dialled() {
    let zone = ["imap.hop.test", "smtp.hop.test", "mail.hop.test", "autoconfig.hop.test", "hop.test"]
        .iter()
        .fold(zone(), |zone, name| zone.host(name, &[METADATA]))
        .exchange("hop.test", "metadata.test");
    within(zone, async |world| {
        let found = discover(&engine(Policy::default()), "hop.test").await;
        assert_eq!(found.settings, []);
        world.assert_untouched("discovery");
        // The same names are tried where they may be.
        let lifting = Policy::new(vec!["169.254.0.0/16".parse().unwrap()], vec![]);
        discover(&engine(lifting), "hop.test").await;
        assert!(!world.caught().is_empty());
    });
}

#[test]
fn a_near_name_that_leads_inside_is_told_and_not_dialled() {
    let zone = zone().host("imap.example.test", &[METADATA]).exchange("example.test", "metadata.test");
    within(zone, async |world| {
        let evidence = run(&engine(Policy::default()), "imap.exmaple.test").await;
        let near = evidence.observations.iter().any(
            |o| matches!(&o.observation, Observation::NearName { name, .. } if name == "imap.example.test"),
        );
        assert!(near, "the near name is found");
        world.assert_untouched("near names");
    });
}
