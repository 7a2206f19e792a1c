//! The guided form: what was typed, what happens to it, and the settings that come of it.
//!
//! Passwords aren't part of this state. They stay in their input elements until a test starts, and pass from there
//! into one [`Settings::start`] message.

mod advice;
mod kept;
mod lookup;
mod press;
mod settings;

pub use advice::{Advice, Repair};
pub use lookup::{Found, Lookup, Provider};
pub use press::Press;
pub use settings::{Secrets, Settings};

use error_model::{Code, Field, Lane, Security, Suggestion};

/// An input of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// The e-mail address.
    Email,
    /// A server's name.
    Host(Lane),
    /// A server's port.
    Port(Lane),
    /// How a server's connection is secured.
    Security(Lane),
    /// The user name.
    User,
    /// The password; its value is never in this state.
    Password,
    /// The user name for sending.
    SmtpUser,
    /// The password for sending; its value is never in this state.
    SmtpPassword,
}

impl Input {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 11] = [
        Self::Email,
        Self::Host(Lane::Imap),
        Self::Port(Lane::Imap),
        Self::Security(Lane::Imap),
        Self::Host(Lane::Smtp),
        Self::Port(Lane::Smtp),
        Self::Security(Lane::Smtp),
        Self::User,
        Self::Password,
        Self::SmtpUser,
        Self::SmtpPassword,
    ];

    /// Its value is a secret, which stays in its element.
    #[must_use]
    pub const fn is_secret(self) -> bool {
        matches!(self, Self::Password | Self::SmtpPassword)
    }

    /// The input whose element has this `id`.
    #[must_use]
    pub fn by_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|input| input.id() == id)
    }

    /// The `id` of its element.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Host(Lane::Imap) => "imap-host",
            Self::Host(Lane::Smtp) => "smtp-host",
            Self::Port(Lane::Imap) => "imap-port",
            Self::Port(Lane::Smtp) => "smtp-port",
            Self::Security(Lane::Imap) => "imap-security",
            Self::Security(Lane::Smtp) => "smtp-security",
            Self::User => "user",
            Self::Password => "password",
            Self::SmtpUser => "smtp-user",
            Self::SmtpPassword => "smtp-password",
        }
    }

    /// The input that a message of the relay names: `imap.host`, `smtp_user`. `None`: not one of ours.
    #[must_use]
    pub fn named(field: &str) -> Option<Self> {
        let field = field.strip_prefix("request.").unwrap_or(field);
        Some(match field {
            "email" => Self::Email,
            "imap" | "imap.host" => Self::Host(Lane::Imap),
            "smtp" | "smtp.host" => Self::Host(Lane::Smtp),
            "imap.port" => Self::Port(Lane::Imap),
            "smtp.port" => Self::Port(Lane::Smtp),
            "imap.security" => Self::Security(Lane::Imap),
            "smtp.security" => Self::Security(Lane::Smtp),
            "user" => Self::User,
            "password" => Self::Password,
            "smtp_user" => Self::SmtpUser,
            "smtp_password" => Self::SmtpPassword,
            _ => return None,
        })
    }

    /// The lane whose server it speaks of.
    #[must_use]
    pub const fn lane(self) -> Option<Lane> {
        match self {
            Self::Host(lane) | Self::Port(lane) | Self::Security(lane) => Some(lane),
            _ => None,
        }
    }

    pub(crate) const fn of(field: Field) -> Self {
        match field {
            Field::ImapHost => Self::Host(Lane::Imap),
            Field::ImapPort => Self::Port(Lane::Imap),
            Field::ImapSecurity => Self::Security(Lane::Imap),
            Field::SmtpHost => Self::Host(Lane::Smtp),
            Field::SmtpPort => Self::Port(Lane::Smtp),
            Field::SmtpSecurity => Self::Security(Lane::Smtp),
            Field::User => Self::User,
            Field::SmtpUser => Self::SmtpUser,
            Field::Email => Self::Email,
        }
    }
}

/// One server as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: String,
    /// The security that the person chose; otherwise the port decides.
    pub chosen: Option<Security>,
}

impl Server {
    fn of_lane(lane: Lane) -> Self {
        let (port, _) = usual(lane);
        Self { host: String::new(), port: port.to_string(), chosen: None }
    }

    /// How the connection is secured: as chosen, or as the port usually means.
    #[must_use]
    pub fn security(&self) -> Security {
        self.chosen.unwrap_or_else(|| self.port_number().map_or(Security::Tls, Security::of_port))
    }

    /// The port, where it's one.
    #[must_use]
    pub fn port_number(&self) -> Option<u16> {
        self.port.trim().parse().ok().filter(|port| *port != 0)
    }
}

/// The best port of a lane and its security.
pub(crate) fn usual(lane: Lane) -> (u16, Security) {
    match lane {
        Lane::Imap => (993, Security::Tls),
        Lane::Smtp => (465, Security::Tls),
    }
}

/// The form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The e-mail address.
    pub email: String,
    /// Receiving.
    pub imap: Server,
    /// Sending.
    pub smtp: Server,
    /// The user name.
    pub user: String,
    /// Sending has a user name and a password of its own.
    pub separate: bool,
    /// The user name for sending.
    pub smtp_user: String,
    /// The code that the person saw.
    pub reported: Option<Code>,
    /// The account was connected once.
    pub worked_before: bool,
    by_hand: Vec<Input>,
    lookup: Lookup,
    left: Vec<Input>,
    faults: Vec<(Input, Advice)>,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            email: String::new(),
            imap: Server::of_lane(Lane::Imap),
            smtp: Server::of_lane(Lane::Smtp),
            user: String::new(),
            separate: false,
            smtp_user: String::new(),
            reported: None,
            worked_before: false,
            by_hand: Vec::new(),
            lookup: Lookup::default(),
            left: Vec::new(),
            faults: Vec::new(),
        }
    }
}

impl Form {
    /// A server of the form.
    #[must_use]
    pub const fn server(&self, lane: Lane) -> &Server {
        match lane {
            Lane::Imap => &self.imap,
            Lane::Smtp => &self.smtp,
        }
    }

    fn server_mut(&mut self, lane: Lane) -> &mut Server {
        match lane {
            Lane::Imap => &mut self.imap,
            Lane::Smtp => &mut self.smtp,
        }
    }

    /// The text of an input; empty for passwords, which aren't here.
    #[must_use]
    pub fn text(&self, input: Input) -> &str {
        match input {
            Input::Email => &self.email,
            Input::Host(lane) => &self.server(lane).host,
            Input::Port(lane) => &self.server(lane).port,
            Input::Security(lane) => self.server(lane).security().as_str(),
            Input::User => &self.user,
            Input::SmtpUser => &self.smtp_user,
            Input::Password | Input::SmtpPassword => "",
        }
    }

    /// A person typed text into an input, or asked for it: no look-up touches it from now on, unless it's empty.
    pub fn type_text(&mut self, input: Input, text: &str) {
        if let Input::Host(lane) = input
            && !self.is_by_hand(input)
        {
            self.forget_found_port(lane);
        }
        self.take(input, text);
    }

    /// The person wants this text in an input, and nothing else changed.
    fn take(&mut self, input: Input, text: &str) {
        self.by_hand.retain(|typed| *typed != input);
        if !text.is_empty() {
            self.by_hand.push(input);
        }
        self.put(input, text);
    }

    fn is_by_hand(&self, input: Input) -> bool {
        self.by_hand.contains(&input)
    }

    /// Changes the text of an input. The user name follows the address until it's typed itself.
    fn put(&mut self, input: Input, text: &str) {
        self.faults.retain(|(faulty, _)| *faulty != input);
        let text = text.to_owned();
        match input {
            Input::Email => {
                if !self.is_by_hand(Input::User) {
                    self.user = text.trim().to_owned();
                }
                self.email = text;
                self.forget_other_address();
            }
            Input::Host(lane) => {
                self.faults.retain(|(faulty, _)| !matches!(faulty, Input::Host(_)));
                self.server_mut(lane).host = text;
            }
            Input::Port(lane) => {
                self.server_mut(lane).port = text;
            }
            Input::Security(lane) => {
                let chosen = [Security::Tls, Security::StartTls, Security::Plain];
                self.server_mut(lane).chosen = chosen.into_iter().find(|mode| mode.as_str() == text);
            }
            Input::User => self.user = text,
            Input::SmtpUser => self.smtp_user = text,
            Input::Password | Input::SmtpPassword => {}
        }
    }

    /// The person has left an input, so its advice may be shown.
    pub fn leave(&mut self, input: Input) {
        if !self.left.contains(&input) {
            self.left.push(input);
        }
    }

    /// Does what the advice of an input offers.
    pub fn repair(&mut self, input: Input) {
        let Some(repair) = self.advice(input).and_then(|advice| advice.repair) else { return };
        match repair {
            Repair::Value(value) => self.type_text(input, &value),
            Repair::HostAndPort(host, port) => {
                self.type_text(input, &host);
                if let Input::Host(lane) = input {
                    self.type_text(Input::Port(lane), &port.to_string());
                }
            }
            Repair::Swap => self.swap(),
        }
    }

    /// Hosts change places. Ports and modes go with them only where those are the other service's as well.
    fn swap(&mut self) {
        let usual = |lane: Lane, port| lane.usual_ports().iter().any(|(p, _)| Some(*p) == port);
        let ports_too =
            usual(Lane::Smtp, self.imap.port_number()) && usual(Lane::Imap, self.smtp.port_number());
        std::mem::swap(&mut self.imap, &mut self.smtp);
        self.by_hand.extend(Lane::ALL.map(Input::Host));
        if !ports_too {
            std::mem::swap(&mut self.imap.port, &mut self.smtp.port);
            std::mem::swap(&mut self.imap.chosen, &mut self.smtp.chosen);
        }
    }

    /// Fills in suggested values, exactly these: a new port changes no security. Returns the last input filled.
    ///
    /// The code that the person saw goes: they saw it with the settings of before.
    pub fn apply(&mut self, suggestions: &[Suggestion]) -> Option<Input> {
        self.reported = None;
        let mut last = None;
        for suggestion in suggestions {
            let input = Input::of(suggestion.field);
            match input {
                Input::SmtpUser => self.separate = true,
                Input::Port(lane) => {
                    let server = self.server_mut(lane);
                    server.chosen = Some(server.security());
                }
                _ => {}
            }
            self.take(input, &suggestion.value);
            last = Some(input);
        }
        last
    }

    /// What stopped the last try, by input.
    #[must_use]
    pub fn faults(&self) -> &[(Input, Advice)] {
        &self.faults
    }

    /// The relay refused a field.
    pub fn refuse(&mut self, input: Input, text: error_model::Str) {
        self.faults.retain(|(faulty, _)| *faulty != input);
        self.faults.push((input, Advice::plain(text)));
    }
}

#[cfg(test)]
mod tests;
