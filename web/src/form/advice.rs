//! Slips caught as they are typed, and the repair that one click makes.

use error_model::{
    Lane, Str,
    evidence::HostFault,
    strings::form::{
        BAD_PORT, EMAIL_INTERNATIONAL, EMAIL_WIDTH, HOST_CHARACTERS, HOST_CON, HOST_DOT, HOST_FULL_WIDTH,
        HOST_JO, HOST_LITERAL, HOST_PORT, HOST_SPACE, HOST_SWAPPED, HOST_URL, HOST_USER_INFO, NEED_AT,
    },
    text::is_control,
    typed::{fold_width, repair_host},
};

use super::{Form, Input, usual};

/// What is odd about an input, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// What is odd.
    pub text: Str,
    /// What fills the `{value}` of the text.
    pub value: String,
    /// What a click would do.
    pub repair: Option<Repair>,
    /// A test can't start with it.
    pub blocks: bool,
}

/// What a click does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repair {
    /// Replaces the text.
    Value(String),
    /// Replaces the host and moves the port to its own field.
    HostAndPort(String, u16),
    /// Swaps the two hosts.
    Swap,
}

impl Advice {
    pub(super) fn plain(text: Str) -> Self {
        Self { text, value: String::new(), repair: None, blocks: true }
    }

    fn mend(text: Str, value: String) -> Self {
        Self { repair: Some(Repair::Value(value)), ..Self::plain(text) }
    }

    fn gently(self) -> Self {
        Self { blocks: false, ..self }
    }
}

impl Form {
    /// What to say about an input: what stopped the last try, or a slip that was left behind.
    #[must_use]
    pub fn shown_advice(&self, input: Input) -> Option<Advice> {
        let stopped =
            self.faults.iter().find(|(faulty, _)| *faulty == input).map(|(_, advice)| advice.clone());
        stopped.or_else(|| self.left.contains(&input).then(|| self.advice(input)).flatten())
    }

    /// What is odd about an input's text.
    #[must_use]
    pub fn advice(&self, input: Input) -> Option<Advice> {
        match input {
            Input::Email => email(&self.email),
            Input::Host(lane) => host(&self.server(lane).host).or_else(|| self.swapped(lane)),
            Input::Port(lane) => port(&self.server(lane).port, lane),
            _ => None,
        }
    }

    /// `smtp.` where IMAP is expected, or the reverse, and not both alike.
    fn swapped(&self, lane: Lane) -> Option<Advice> {
        let called = |lane: Lane, name: Lane| {
            let host = tidy(&self.server(lane).host).to_ascii_lowercase();
            host.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with(['.', '-']))
        };
        let other = lane.other();
        (called(lane, other) && !called(other, other)).then(|| {
            let repair = (!self.server(other).host.trim().is_empty()).then_some(Repair::Swap);
            Advice { repair, ..Advice::plain(HOST_SWAPPED) }.gently()
        })
    }
}

fn email(typed: &str) -> Option<Advice> {
    if typed.trim().is_empty() {
        return None;
    }
    let tidy = tidy(typed);
    if tidy != typed.trim() {
        return Some(Advice::mend(EMAIL_WIDTH, tidy));
    }
    if let Some(advice) = ending(&tidy) {
        // The relay takes no address that ends in a dot.
        return Some(Advice { blocks: tidy.ends_with('.'), ..advice });
    }
    let whole = tidy.rsplit_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && !domain.starts_with('.') && domain.contains('.') && repair_host(domain).is_none()
    });
    if !whole {
        return Some(Advice::plain(NEED_AT));
    }
    let beyond_ascii = tidy.rsplit_once('@').is_some_and(|(local, _)| !local.is_ascii());
    beyond_ascii.then(|| Advice::plain(EMAIL_INTERNATIONAL).gently())
}

fn host(typed: &str) -> Option<Advice> {
    if typed.trim().is_empty() {
        return None;
    }
    let seen: String = typed.trim().chars().filter(|c| !is_control(*c) || c.is_whitespace()).collect();
    let Some((fault, corrected)) = repair_host(&seen) else {
        let invisible = seen != typed.trim();
        return if invisible { Some(Advice::mend(HOST_CHARACTERS, seen)) } else { ending(&seen) };
    };
    let text = host_fault(fault);
    let Some(host) = corrected else { return Some(Advice::plain(text)) };
    let host = match ending(&host).and_then(|advice| advice.repair) {
        Some(Repair::Value(mended)) => mended,
        _ => host,
    };
    let repair = match pasted_port(&seen) {
        Some(port) => Repair::HostAndPort(host, port),
        None => Repair::Value(host),
    };
    Some(Advice { repair: Some(repair), ..Advice::plain(text) })
}

/// A name whose ending was probably mistyped, or that ends in a dot. It may be meant, so it doesn't block.
fn ending(name: &str) -> Option<Advice> {
    let lower = name.to_ascii_lowercase();
    let stem = |length: usize| &name[..name.len() - length];
    let (text, mended) = if lower.ends_with(".con") {
        (HOST_CON, format!("{}m", stem(1)))
    } else if lower.ends_with(".jo") {
        (HOST_JO, format!("{}p", stem(1)))
    } else if lower.len() > 1 && lower.ends_with('.') {
        (HOST_DOT, name.trim_end_matches('.').to_owned())
    } else {
        return None;
    };
    Some(Advice::mend(text, mended).gently())
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

/// The text without what never belongs into an address: full-width forms, white space, invisible characters.
fn tidy(typed: &str) -> String {
    typed.chars().map(fold_width).filter(|c| !c.is_whitespace() && !is_control(*c)).collect()
}

const fn host_fault(fault: HostFault) -> Str {
    match fault {
        HostFault::Space => HOST_SPACE,
        HostFault::Url => HOST_URL,
        HostFault::UserInfo => HOST_USER_INFO,
        HostFault::FullWidth => HOST_FULL_WIDTH,
        HostFault::Port => HOST_PORT,
        HostFault::AddressLiteral => HOST_LITERAL,
        HostFault::Empty | HostFault::Characters => HOST_CHARACTERS,
    }
}

fn port(typed: &str, lane: Lane) -> Option<Advice> {
    let folded: String = typed.chars().map(fold_width).filter(char::is_ascii_digit).collect();
    match folded.parse::<u16>() {
        Ok(port) if port != 0 && typed.trim() == folded => None,
        Ok(port) if port != 0 => Some(Advice { value: usual_text(lane), ..Advice::mend(BAD_PORT, folded) }),
        _ => Some(Advice { value: usual_text(lane), ..Advice::mend(BAD_PORT, usual_text(lane)) }),
    }
}

fn usual_text(lane: Lane) -> String {
    usual(lane).0.to_string()
}
