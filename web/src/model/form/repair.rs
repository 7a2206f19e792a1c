//! What was probably meant: repairs that a click applies. Nothing is changed without one.

use error_model::{
    Field, Lane, Lang, Str,
    evidence::HostFault,
    strings::form as words,
    text::is_control,
    typed::{fold_width, repair_host},
};

use super::{Event, Form};

/// A repair on offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    /// One field gets a value.
    Set(Field, String),
    /// A pasted `host:port` goes into both fields.
    HostAndPort(Lane, String, u16),
    /// The two servers change places.
    Swap,
}

impl Repair {
    pub(super) const fn set(field: Field, value: String) -> Self {
        Self(Kind::Set(field, value))
    }

    pub(super) const fn swap() -> Self {
        Self(Kind::Swap)
    }

    /// What the button says.
    #[must_use]
    pub fn label(&self, lang: Lang) -> String {
        match &self.0 {
            Kind::Set(_, value) if value.is_empty() => words::REPAIR_CLEAR.get(lang).to_owned(),
            Kind::Set(_, value) => words::REPAIR.fill(lang, &[("value", value)]),
            Kind::HostAndPort(_, host, port) => {
                words::REPAIR_HOST_PORT.fill(lang, &[("value", host), ("port", &port.to_string())])
            }
            Kind::Swap => words::REPAIR_SWAP.get(lang).to_owned(),
        }
    }

    /// The field to go on with after the repair.
    #[must_use]
    pub const fn field(&self) -> Field {
        match &self.0 {
            Kind::Set(field, _) => *field,
            Kind::HostAndPort(lane, ..) => Field::host(*lane),
            Kind::Swap => Field::ImapHost,
        }
    }

    pub(super) fn mend(self, form: &mut Form) {
        match self.0 {
            Kind::Set(field, value) => form.on(Event::Typed(field, value)),
            Kind::HostAndPort(lane, host, port) => {
                form.on(Event::Typed(Field::host(lane), host));
                form.on(Event::Typed(Field::port(lane), port.to_string()));
            }
            Kind::Swap => swap(form),
        }
    }
}

/// Hosts change places. Ports and modes go with them only where those are the other service's as well.
fn swap(form: &mut Form) {
    let usual = |lane: Lane, port: Option<u16>| lane.usual_ports().iter().any(|(p, _)| Some(*p) == port);
    let ports_too = usual(Lane::Smtp, form.imap.port_number()) && usual(Lane::Imap, form.smtp.port_number());
    std::mem::swap(&mut form.imap, &mut form.smtp);
    if !ports_too {
        std::mem::swap(&mut form.imap.port, &mut form.smtp.port);
        std::mem::swap(&mut form.imap.security, &mut form.smtp.security);
        std::mem::swap(&mut form.imap.chosen, &mut form.smtp.chosen);
    }
}

/// What is wrong with a host, in words, and what to do about it; `None` where nothing is.
pub(super) fn host(lane: Lane, typed: &str) -> Option<(Str, Option<Repair>)> {
    let field = Field::host(lane);
    let seen: String = typed.chars().filter(|c| !is_control(*c) || c.is_whitespace()).collect();
    let Some((fault, corrected)) = repair_host(&seen) else {
        let invisible = seen != typed;
        return invisible.then(|| (words::HOST_CHARACTERS, Some(Repair::set(field, seen))));
    };
    let message = match fault {
        HostFault::Empty => return None,
        HostFault::Space => words::HOST_SPACE,
        HostFault::Url => words::HOST_URL,
        HostFault::UserInfo => words::HOST_USER_INFO,
        HostFault::FullWidth => words::HOST_FULL_WIDTH,
        HostFault::Port => words::HOST_PORT,
        HostFault::AddressLiteral => words::HOST_LITERAL,
        HostFault::Characters => words::HOST_CHARACTERS,
    };
    let repair = match (corrected, fault) {
        (Some(host), _) => Some(match pasted_port(&seen) {
            Some(port) => Repair(Kind::HostAndPort(lane, host, port)),
            None => Repair::set(field, host),
        }),
        (None, HostFault::AddressLiteral | HostFault::Characters) => None,
        (None, _) => Some(Repair::set(field, String::new())),
    };
    Some((message, repair))
}

/// The port of a pasted `host:993` or `imaps://host:993/`; a web address's port says nothing about mail.
fn pasted_port(typed: &str) -> Option<u16> {
    let folded: String = typed.chars().map(fold_width).collect();
    let (scheme, rest) = folded.trim().split_once("://").unwrap_or(("", folded.trim()));
    if scheme.to_ascii_lowercase().starts_with("http") {
        return None;
    }
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (_, port) = rest[..end].rsplit_once(':')?;
    port.trim().parse().ok().filter(|port| *port != 0)
}

/// A name whose ending was probably mistyped, or that ends in a dot; these may be meant, so they never block.
pub(super) fn ending(field: Field, typed: &str) -> Option<(Str, Repair)> {
    let name = typed.trim();
    let lower = name.to_ascii_lowercase();
    let stem = |ending: &str| name[..name.len() - ending.len()].to_owned();
    let (message, fixed) = if lower.ends_with(".con") {
        (words::HOST_CON, stem("n") + "m")
    } else if lower.ends_with(".jo") {
        (words::HOST_JO, stem("o") + "p")
    } else if lower.len() > 1 && lower.ends_with('.') {
        (words::HOST_DOT, name.trim_end_matches('.').to_owned())
    } else {
        return None;
    };
    Some((message, Repair::set(field, fixed)))
}

/// The text without what never belongs into an address or a user name: full-width forms, white space, invisible
/// characters.
pub(super) fn tidy(typed: &str) -> String {
    typed.chars().map(fold_width).filter(|c| !c.is_whitespace() && !is_control(*c)).collect()
}

/// The domain of an address, where it could be one.
pub(super) fn mail_domain(email: &str) -> Option<String> {
    let tidy = tidy(email);
    let (local, domain) = tidy.rsplit_once('@')?;
    let whole = !local.is_empty() && !domain.starts_with('.') && !domain.ends_with('.');
    (whole && domain.contains('.') && repair_host(domain).is_none()).then(|| domain.to_ascii_lowercase())
}
