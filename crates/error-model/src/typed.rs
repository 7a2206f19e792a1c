//! What people type into host fields, and how it's repaired: pasted URLs, spaces, full-width characters.
//!
//! Nothing here decides what may be dialled: the relay parses a host once, by the rules of `url` and `idna`.

use crate::evidence::HostFault;

/// Full-width ASCII and the ideographic space and stops become their half-width forms; the rest stays.
#[must_use]
pub fn fold_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        '\u{3002}' | '\u{FF61}' => '.',
        c => c,
    }
}

/// What is wrong with a typed host, and what was probably meant. `None`: nothing to repair.
///
/// `corrected` is `None` where no host is left after the repair.
#[must_use]
pub fn repair_host(typed: &str) -> Option<(HostFault, Option<String>)> {
    let folded: String = typed.chars().map(fold_width).collect();
    let mut fault = None;
    let mut note = |f: HostFault| {
        fault.get_or_insert(f);
    };
    if typed.trim().is_empty() {
        return Some((HostFault::Empty, None));
    }
    let mut host = folded.trim();
    if let Some((_, rest)) = host.split_once("://") {
        note(HostFault::Url);
        host = rest;
    }
    if let Some(end) = host.find(['/', '?', '#', '\\']) {
        note(HostFault::Url);
        host = &host[..end];
    }
    if let Some((_, rest)) = host.rsplit_once('@') {
        note(HostFault::UserInfo);
        host = rest;
    }
    let without_port = strip_port(host);
    if without_port != host {
        note(HostFault::Port);
        host = without_port;
    }
    if typed.chars().any(|c| fold_width(c) != c && c != '\u{3000}') {
        note(HostFault::FullWidth);
    }
    if folded.chars().any(char::is_whitespace) {
        note(HostFault::Space);
    }
    let compact: String = host.chars().filter(|c| !c.is_whitespace()).collect();
    let corrected = compact.trim_matches('.').to_ascii_lowercase();
    if fault.is_none() {
        fault = unfit(&compact);
        return fault.map(|f| (f, None));
    }
    let usable = !corrected.is_empty() && unfit(&corrected).is_none();
    fault.map(|f| (f, usable.then_some(corrected)))
}

/// `host:993` without its port; an IPv6 literal stays whole.
fn strip_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port))
            if !name.is_empty()
                && port.chars().all(|c| c.is_ascii_digit())
                && (!name.contains(':') || name.ends_with(']')) =>
        {
            name
        }
        _ => host,
    }
}

/// Why a compact text can't be a host: characters and label lengths (RFC 1123 §2.1), or a broken address literal.
fn unfit(host: &str) -> Option<HostFault> {
    let bare = host.strip_prefix('[').and_then(|h| h.strip_suffix(']')).unwrap_or(host);
    if bare.parse::<std::net::IpAddr>().is_ok() {
        return None;
    }
    if host.contains(':') || host.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return Some(HostFault::AddressLiteral);
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    let fits = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_' || !c.is_ascii())
            && !label.chars().any(crate::text::is_control)
    };
    let valid = name.len() <= 253 && name.split('.').all(fits);
    (!valid).then_some(HostFault::Characters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use HostFault::{AddressLiteral, Characters, FullWidth, Port, Space, Url, UserInfo};

    #[test]
    fn typing_errors_are_named_and_repaired() {
        for (typed, fault, corrected) in [
            ("https://mail.example.com/inbox", Url, Some("mail.example.com")),
            ("imaps://mail.example.com:993", Url, Some("mail.example.com")),
            ("imap.example.com ", Space, Some("imap.example.com")),
            ("imap example.com", Space, Some("imapexample.com")),
            ("ｉｍａｐ．example。com", FullWidth, Some("imap.example.com")),
            ("anna@example.com", UserInfo, Some("example.com")),
            ("imap.example.com:993", Port, Some("imap.example.com")),
            ("192.168.1", AddressLiteral, None),
            ("1.2.3.4.5", AddressLiteral, None),
            ("imap..example.com", Characters, None),
            ("-imap.example.com", Characters, None),
            ("imap\u{0}.example.com", Characters, None),
        ] {
            assert_eq!(repair_host(typed), Some((fault, corrected.map(str::to_owned))), "{typed:?}");
        }
        assert_eq!(repair_host("   "), Some((HostFault::Empty, None)));
    }

    #[test]
    fn a_host_in_order_needs_no_repair() {
        for typed in [
            "imap.example.com",
            "mail.example.com.",
            "192.0.2.1",
            "2001:db8::1",
            "[2001:db8::1]",
            "メール.example",
        ] {
            assert_eq!(repair_host(typed), None, "{typed:?}");
        }
    }
}
