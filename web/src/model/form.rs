//! The guided form: what was typed stays as typed, what follows from it is filled in, what is wrong is repaired on a
//! click.

mod faults;
mod repair;
mod start;

use error_model::{Code, Field, Lane, Security, typed::fold_width};

pub use faults::{Fault, SignsIn, faults};
pub use repair::Repair;
pub use start::{question, start_message};

/// One server as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// The host's field.
    pub host: String,
    /// The port's field.
    pub port: String,
    /// How the connection is to be secured.
    pub security: Security,
    /// The person chose the mode; the port no longer decides it.
    chosen: bool,
}

impl Server {
    fn usual(lane: Lane) -> Self {
        let (port, security) = lane.usual_ports()[0];
        Self { host: String::new(), port: port.to_string(), security, chosen: false }
    }

    /// Nothing was typed as the host: this lane isn't asked for.
    #[must_use]
    pub fn is_left_out(&self) -> bool {
        self.host.trim().is_empty()
    }

    /// The port, where it's one; full-width digits count.
    #[must_use]
    pub fn port_number(&self) -> Option<u16> {
        let digits: String = self.port.trim().chars().map(fold_width).collect();
        digits.trim().parse().ok().filter(|port| *port != 0)
    }
}

/// Everything typed but the passwords, which no state keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The e-mail address.
    pub email: String,
    /// Receiving.
    pub imap: Server,
    /// Sending.
    pub smtp: Server,
    /// The user name; it follows the address until it's changed by hand.
    pub user: String,
    /// A separate user name and password for sending.
    pub separate: bool,
    /// The user name for sending, where it's separate.
    pub smtp_user: String,
    /// The code that the person saw.
    pub reported: Option<Code>,
    /// The account was connected once.
    pub worked_before: bool,
    user_by_hand: bool,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            email: String::new(),
            imap: Server::usual(Lane::Imap),
            smtp: Server::usual(Lane::Smtp),
            user: String::new(),
            separate: false,
            smtp_user: String::new(),
            reported: None,
            worked_before: false,
            user_by_hand: false,
        }
    }
}

/// What a person does to the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A field now holds this; a security field holds the mode's wire name (`tls`).
    Typed(Field, String),
    /// The separate sending account was opened or closed.
    Separate(bool),
    /// A code was chosen, or none.
    Reported(Option<Code>),
    /// The account was connected once, or not.
    WorkedBefore(bool),
    /// An offered repair was taken.
    Repaired(Repair),
    /// The changes of a suggestion were taken: exactly these fields, nothing follows from them.
    Applied(Vec<(Field, String)>),
}

impl Form {
    /// The form after an event.
    pub fn on(&mut self, event: Event) {
        match event {
            Event::Typed(field, value) => self.typed(field, value),
            Event::Separate(separate) => self.separate = separate,
            Event::Reported(reported) => self.reported = reported,
            Event::WorkedBefore(before) => self.worked_before = before,
            Event::Repaired(repair) => repair.mend(self),
            Event::Applied(changes) => changes.into_iter().for_each(|(field, value)| self.set(field, value)),
        }
    }

    /// A server's fields.
    #[must_use]
    pub const fn server(&self, lane: Lane) -> &Server {
        match lane {
            Lane::Imap => &self.imap,
            Lane::Smtp => &self.smtp,
        }
    }

    pub(crate) const fn server_mut(&mut self, lane: Lane) -> &mut Server {
        match lane {
            Lane::Imap => &mut self.imap,
            Lane::Smtp => &mut self.smtp,
        }
    }

    /// What a field holds.
    #[must_use]
    pub fn value(&self, field: Field) -> &str {
        match field {
            Field::ImapHost => &self.imap.host,
            Field::ImapPort => &self.imap.port,
            Field::ImapSecurity => self.imap.security.as_str(),
            Field::SmtpHost => &self.smtp.host,
            Field::SmtpPort => &self.smtp.port,
            Field::SmtpSecurity => self.smtp.security.as_str(),
            Field::User => &self.user,
            Field::SmtpUser => &self.smtp_user,
            Field::Email => &self.email,
        }
    }

    /// Host names that servers of this domain are often called; guesses, for an empty host field only.
    #[must_use]
    pub fn guesses(&self, lane: Lane) -> Vec<String> {
        let Some(domain) = repair::mail_domain(&self.email).filter(|_| self.server(lane).is_left_out())
        else {
            return Vec::new();
        };
        [lane.as_str(), "mail"].map(|name| [name, ".", &domain].concat()).to_vec()
    }

    /// Takes what was typed, and lets follow what depends on it.
    fn typed(&mut self, field: Field, value: String) {
        match field {
            Field::User => self.user_by_hand = !value.trim().is_empty(),
            Field::ImapSecurity => self.imap.chosen = true,
            Field::SmtpSecurity => self.smtp.chosen = true,
            _ => {}
        }
        self.set(field, value);
        for lane in Lane::ALL {
            let server = self.server_mut(lane);
            if let Some(port) = server.port_number().filter(|_| field == Field::port(lane) && !server.chosen)
            {
                server.security = Security::of_port(port);
            }
        }
    }

    /// Puts a value into a field. The user name follows the address; a mode that nobody knows changes nothing.
    fn set(&mut self, field: Field, value: String) {
        match field {
            Field::ImapHost => self.imap.host = value,
            Field::ImapPort => self.imap.port = value,
            Field::ImapSecurity => self.imap.security = mode(&value).unwrap_or(self.imap.security),
            Field::SmtpHost => self.smtp.host = value,
            Field::SmtpPort => self.smtp.port = value,
            Field::SmtpSecurity => self.smtp.security = mode(&value).unwrap_or(self.smtp.security),
            Field::User => {
                self.user = value;
            }
            Field::SmtpUser => {
                self.separate = true;
                self.smtp_user = value;
            }
            Field::Email => {
                if !self.user_by_hand {
                    value.trim().clone_into(&mut self.user);
                }
                self.email = value;
            }
        }
    }
}

fn mode(name: &str) -> Option<Security> {
    [Security::Tls, Security::StartTls, Security::Plain].into_iter().find(|mode| mode.as_str() == name)
}

#[cfg(test)]
mod tests;
