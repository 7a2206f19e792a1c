//! Slips caught as they are typed, and the repair that one click makes.

use error_model::{
    Lane, Str,
    evidence::HostFault,
    strings::form::{
        BAD_PORT, EMAIL_WIDTH, HOST_CHARACTERS, HOST_CON, HOST_DOT, HOST_FULL_WIDTH, HOST_LITERAL, HOST_PORT,
        HOST_SPACE, HOST_SWAPPED, HOST_URL, HOST_USER_INFO, NEED_AT,
    },
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

    /// `smtp.` where IMAP is expected, or the reverse.
    fn swapped(&self, lane: Lane) -> Option<Advice> {
        let prefix = format!("{}.", lane.other().as_str());
        let wrong = self.server(lane).host.trim().to_ascii_lowercase().starts_with(&prefix);
        wrong.then(|| {
            let repair = (!self.server(lane.other()).host.is_empty()).then_some(Repair::Swap);
            Advice { repair, ..Advice::plain(HOST_SWAPPED) }.gently()
        })
    }
}

fn email(typed: &str) -> Option<Advice> {
    if typed.trim().is_empty() {
        return None;
    }
    let folded: String = typed.chars().map(fold_width).filter(|c| !c.is_whitespace()).collect();
    if folded != typed.trim() {
        return Some(Advice::mend(EMAIL_WIDTH, folded));
    }
    match folded.rsplit_once('@') {
        Some((local, domain)) if !local.is_empty() && !domain.is_empty() => {
            con_to_com(&folded).map(|mended| Advice::mend(HOST_CON, mended).gently())
        }
        _ => Some(Advice::plain(NEED_AT)),
    }
}

fn host(typed: &str) -> Option<Advice> {
    if typed.trim().is_empty() {
        return None;
    }
    let Some((fault, corrected)) = repair_host(typed) else {
        let name = typed.trim();
        if let Some(mended) = con_to_com(name) {
            return Some(Advice::mend(HOST_CON, mended).gently());
        }
        let dotless = name.strip_suffix('.')?;
        return Some(Advice::mend(HOST_DOT, dotless.to_owned()).gently());
    };
    let corrected = corrected.map(|name| con_to_com(&name).unwrap_or(name));
    let text = host_fault(fault);
    Some(match (fault, corrected) {
        (HostFault::Port, Some(host)) => {
            let port =
                typed.trim().rsplit_once(':').and_then(|(_, port)| port.parse().ok()).filter(|p| *p != 0);
            let repair = port
                .map_or_else(|| Repair::Value(host.clone()), |port| Repair::HostAndPort(host.clone(), port));
            Advice { repair: Some(repair), ..Advice::plain(text) }
        }
        (_, Some(host)) => Advice::mend(text, host),
        (_, None) => Advice::plain(text),
    })
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

fn con_to_com(name: &str) -> Option<String> {
    Some(format!("{}.com", name.strip_suffix(".con")?))
}
