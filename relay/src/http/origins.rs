//! Which pages may talk to the relay: an exact list of origins.

use std::net::SocketAddr;

use axum::http::{HeaderMap, HeaderValue, header};

use crate::config::{Origin, Settings};

/// The origins that may open the WebSocket.
#[derive(Debug)]
pub(super) struct Origins(Vec<Origin>);

/// Why a request is refused by its origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ForeignOrigin {
    /// Browsers always send one with a WebSocket.
    Missing,
    /// Not on the list.
    NotListed,
}

impl Origins {
    /// Those configured; where there are none, this machine's own for the address that the relay listens on.
    pub fn new(settings: &Settings, listening: SocketAddr) -> Self {
        let configured = settings.public_origin.iter().chain(&settings.websocket_origins);
        let mut origins: Vec<Origin> = configured.cloned().collect();
        if origins.is_empty() {
            let scheme = if settings.tls.is_some() { "https" } else { "http" };
            origins = Origin::local(scheme, listening);
        }
        Self(origins)
    }

    /// For a WebSocket: an origin must be there, once, and be on the list. Gives the origin.
    pub fn check_required<'a>(&self, headers: &'a HeaderMap) -> Result<&'a HeaderValue, ForeignOrigin> {
        let mut sent = headers.get_all(header::ORIGIN).into_iter();
        match (sent.next(), sent.next()) {
            (None, _) => Err(ForeignOrigin::Missing),
            (Some(origin), None) if self.has(origin.as_bytes()) => Ok(origin),
            _ => Err(ForeignOrigin::NotListed),
        }
    }

    /// For a plain request: programs send no origin, and a browser's must be on the list.
    pub fn check_optional(&self, headers: &HeaderMap) -> Result<(), ForeignOrigin> {
        if headers.contains_key(header::ORIGIN) { self.check_required(headers).map(drop) } else { Ok(()) }
    }

    /// Where the request's own page is: the origin of the list that has the host asked for; else the first.
    pub fn home(&self, headers: &HeaderMap) -> &str {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let asked = |origin: &&Origin| {
            host.is_some() && origin.as_str().split_once("://").map(|(_, authority)| authority) == host
        };
        self.0.iter().find(asked).or(self.0.first()).map_or("", Origin::as_str)
    }

    fn has(&self, origin: &[u8]) -> bool {
        self.0.iter().any(|listed| listed.as_str().as_bytes() == origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(origins: &[&str]) -> HeaderMap {
        origins.iter().map(|origin| (header::ORIGIN, origin.parse().unwrap())).collect()
    }

    fn listening() -> SocketAddr {
        "127.0.0.1:8080".parse().unwrap()
    }

    #[test]
    fn only_an_exact_origin_of_the_list_may_open_a_websocket() {
        let settings = Settings {
            public_origin: Origin::parse("https://mail.example.com"),
            websocket_origins: vec![Origin::parse("https://help.example.com:8443").unwrap()],
            ..Settings::default()
        };
        let origins = Origins::new(&settings, listening());
        for allowed in ["https://mail.example.com", "https://help.example.com:8443"] {
            assert!(origins.check_required(&with(&[allowed])).is_ok(), "{allowed}");
        }
        for foreign in [
            "http://mail.example.com",
            "https://mail.example.com:444",
            "https://mail.example.com.evil.example",
            "https://evil.example",
            "http://127.0.0.1:8080",
            "null",
            "",
        ] {
            assert_eq!(
                origins.check_required(&with(&[foreign])).err(),
                Some(ForeignOrigin::NotListed),
                "{foreign}"
            );
        }
        let twice = with(&["https://mail.example.com", "https://evil.example"]);
        assert_eq!(origins.check_required(&twice).err(), Some(ForeignOrigin::NotListed));
        assert_eq!(origins.check_required(&with(&[])).err(), Some(ForeignOrigin::Missing));
    }

    #[test]
    fn without_configuration_only_pages_of_this_machine_may() {
        let origins = Origins::new(&Settings::default(), listening());
        assert!(origins.check_required(&with(&["http://localhost:8080"])).is_ok());
        assert!(origins.check_required(&with(&["http://127.0.0.1:8080"])).is_ok());
        assert!(origins.check_required(&with(&["http://localhost:9090"])).is_err());
        assert!(origins.check_required(&with(&["http://rebound.example:8080"])).is_err());
    }

    #[test]
    fn a_way_back_leads_to_an_origin_of_the_list_whatever_host_was_asked_for() {
        let settings = Settings {
            public_origin: Origin::parse("https://mail.example.com"),
            websocket_origins: vec![Origin::parse("https://help.example.com:8443").unwrap()],
            ..Settings::default()
        };
        let origins = Origins::new(&settings, listening());
        let home = |host: &str| {
            let headers = HeaderMap::from_iter([(header::HOST, host.parse().unwrap())]);
            origins.home(&headers).to_owned()
        };
        assert_eq!(home("help.example.com:8443"), "https://help.example.com:8443");
        for host in ["mail.example.com", "evil.example", "help.example.com", ""] {
            assert_eq!(home(host), "https://mail.example.com", "{host}");
        }
        assert_eq!(origins.home(&HeaderMap::new()), "https://mail.example.com");
    }

    #[test]
    fn programs_may_leave_the_origin_out_and_browsers_are_checked() {
        let origins = Origins::new(&Settings::default(), listening());
        assert_eq!(origins.check_optional(&with(&[])), Ok(()));
        assert!(origins.check_optional(&with(&["https://evil.example"])).is_err());
    }
}
