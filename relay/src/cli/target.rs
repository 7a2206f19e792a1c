//! `HOST[:PORT][/tls|starttls|plain]`, as `--imap` and `--smtp` take it.
//!
//! Port and mode are read here. The host stays as typed: whether it can be one is a finding of the check itself, which
//! offers what was probably meant.

use error_model::{Endpoint, Lane, Security};

/// Why a server can't be read from what was typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetError {
    /// Nothing, or nothing before the port.
    #[error("the host is missing: HOST[:PORT][/tls|starttls|plain]")]
    NoHost,
    /// The port isn't one.
    #[error("port `{0}` must be a number from 1 to 65535")]
    Port(String),
    /// The mode isn't one.
    #[error("mode `{0}` must be tls, starttls or plain")]
    Mode(String),
    /// An IPv6 address without its closing bracket.
    #[error("`{0}`: an IPv6 address stands in brackets, [2001:db8::1] or [2001:db8::1]:993")]
    Bracket(String),
}

/// Reads a server of a lane. What isn't said follows from the rest: 993/tls and 465/tls, and a port's usual mode.
///
/// # Errors
/// Names the part that can't be used.
pub fn parse(lane: Lane, typed: &str) -> Result<Endpoint, TargetError> {
    if typed.contains("://") {
        // A pasted web address isn't taken apart: the finding shows it whole.
        let (port, security) = usual(lane, None);
        return Ok(Endpoint { host: typed.to_owned(), port, security });
    }
    let (server, mode) = match typed.split_once('/') {
        Some((server, mode)) => (server, Some(parse_mode(mode)?)),
        None => (typed, None),
    };
    let (host, port) = split_port(server)?;
    if host.trim().is_empty() {
        return Err(TargetError::NoHost);
    }
    let (port, security) = match (port, mode) {
        (Some(port), mode) => (port, mode.unwrap_or(Security::of_port(port))),
        (None, mode) => usual(lane, mode),
    };
    Ok(Endpoint { host: host.to_owned(), port, security })
}

/// The first usual port of a lane in this mode; a service in clear uses the port of its upgrade.
fn usual(lane: Lane, mode: Option<Security>) -> (u16, Security) {
    let ports = lane.usual_ports();
    let wanted = match mode {
        Some(Security::Plain) => Security::StartTls,
        Some(mode) => mode,
        None => Security::Tls,
    };
    let port = ports.iter().find(|(_, security)| *security == wanted).map_or(0, |(port, _)| *port);
    (port, mode.unwrap_or(wanted))
}

fn parse_mode(mode: &str) -> Result<Security, TargetError> {
    [Security::Tls, Security::StartTls, Security::Plain]
        .into_iter()
        .find(|security| security.as_str().eq_ignore_ascii_case(mode))
        .ok_or_else(|| TargetError::Mode(mode.to_owned()))
}

fn split_port(server: &str) -> Result<(&str, Option<u16>), TargetError> {
    if let Some(rest) = server.strip_prefix('[') {
        let Some((address, rest)) = rest.split_once(']') else {
            return Err(TargetError::Bracket(server.to_owned()));
        };
        return match rest.strip_prefix(':') {
            Some(port) => Ok((address, Some(parse_port(port)?))),
            None if rest.is_empty() => Ok((address, None)),
            None => Err(TargetError::Bracket(server.to_owned())),
        };
    }
    match server.split_once(':') {
        // More than one colon: an IPv6 address without brackets, so without a port.
        Some((_, rest)) if rest.contains(':') => Ok((server, None)),
        Some((host, port)) => Ok((host, Some(parse_port(port)?))),
        None => Ok((server, None)),
    }
}

fn parse_port(port: &str) -> Result<u16, TargetError> {
    port.parse().ok().filter(|port| *port != 0).ok_or_else(|| TargetError::Port(port.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lane: Lane, typed: &str) -> (String, u16, Security) {
        let endpoint = parse(lane, typed).unwrap();
        (endpoint.host, endpoint.port, endpoint.security)
    }

    #[test]
    fn port_and_mode_follow_from_what_is_said() {
        use Security::{Plain, StartTls, Tls};
        for (lane, typed, port, security) in [
            (Lane::Imap, "mail.example.com", 993, Tls),
            (Lane::Imap, "mail.example.com:143", 143, StartTls),
            (Lane::Imap, "mail.example.com/starttls", 143, StartTls),
            (Lane::Imap, "mail.example.com/plain", 143, Plain),
            (Lane::Imap, "mail.example.com:143/plain", 143, Plain),
            (Lane::Imap, "mail.example.com:10993", 10993, Tls),
            (Lane::Smtp, "mail.example.com", 465, Tls),
            (Lane::Smtp, "mail.example.com:587", 587, StartTls),
            (Lane::Smtp, "mail.example.com:25", 25, StartTls),
            (Lane::Smtp, "mail.example.com/STARTTLS", 587, StartTls),
            (Lane::Smtp, "mail.example.com:587/tls", 587, Tls),
        ] {
            assert_eq!(read(lane, typed), ("mail.example.com".to_owned(), port, security), "{typed}");
        }
    }

    #[test]
    fn ipv6_addresses_stand_in_brackets_where_a_port_follows() {
        for (typed, port) in [("[2001:db8::1]:143", 143), ("[2001:db8::1]", 993), ("2001:db8::1", 993)] {
            let (host, found, _) = read(Lane::Imap, typed);
            assert_eq!((host.as_str(), found), ("2001:db8::1", port), "{typed}");
        }
        for typed in ["[2001:db8::1", "[2001:db8::1]993"] {
            assert_eq!(parse(Lane::Imap, typed), Err(TargetError::Bracket(typed.to_owned())));
        }
    }

    #[test]
    fn a_port_or_mode_that_is_none_is_named() {
        for port in ["0", "65536", "imap", "", "+1 ", "９９３"] {
            let typed = format!("mail.example.com:{port}");
            assert_eq!(parse(Lane::Imap, &typed), Err(TargetError::Port(port.to_owned())), "{typed}");
        }
        assert_eq!(parse(Lane::Imap, "mail.example.com/ssl"), Err(TargetError::Mode("ssl".to_owned())));
    }

    #[test]
    fn the_host_itself_must_be_there() {
        for typed in ["", "  ", ":993", "/tls", "[]:993"] {
            assert_eq!(parse(Lane::Imap, typed), Err(TargetError::NoHost), "{typed:?}");
        }
    }

    #[test]
    fn what_was_typed_as_host_stays_as_it_was() {
        for typed in [
            "https://mail.example.com/inbox",
            "imaps://mail.example.com:993",
            "mail example.com",
            "ｍａｉｌ．example",
        ] {
            assert_eq!(read(Lane::Imap, typed).0, typed);
        }
    }
}
