//! What names a server: a host as typed, and a domain's autoconfig file.

use error_model::{evidence::Observation, text::is_control};
use probe::host::Host;

pub fn run(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    host(&text);
    for endpoint in probe::fuzzing::autoconfig(&text) {
        let host = Host::parse(&endpoint.host).expect("what a file names was parsed already");
        assert_eq!(host.to_string(), endpoint.host);
        assert_ne!(endpoint.port, 0);
    }
}

fn host(typed: &str) {
    match Host::parse(typed) {
        Ok(host) => {
            let shown = host.to_string();
            assert!(shown.is_ascii() && !shown.contains(['/', '@', ' ', '\0', '%']), "{shown:?}");
            assert_eq!(Host::parse(&shown).expect("a host is one"), host, "parsed twice it's another");
        }
        Err(invalid) => {
            let Observation::HostInvalid { typed, .. } = &*invalid else { panic!("{invalid:?}") };
            assert!(!typed.chars().any(is_control), "{typed:?}");
        }
    }
}
