//! The states of the lab and the diagnosis that each must get. Reads as a specification: what the person typed, then
//! what they are told. The hosts are those of `tests::lab::hosts`, below `mail.test`.

mod certificate;
mod connection;
mod encryption;
mod messages;
mod odd;
mod programs;
mod providers;
mod reported;
mod sign_in;

use tests::lab::PASSWORD;
use tests::lab::program::Program;

/// One check and its diagnosis.
pub struct State {
    /// What is the matter, as a sentence.
    pub name: &'static str,
    /// `--imap`; empty leaves the lane out. `{good}` is the address of that host, `{v6}` the port of the host without
    /// IPv4.
    pub imap: &'static str,
    /// `--smtp`; empty leaves the lane out.
    pub smtp: &'static str,
    /// The e-mail address, which is the user name too.
    pub email: &'static str,
    /// How to sign in.
    pub sign_in: SignIn,
    /// Further options, with `{v6}` as above.
    pub more: &'static [&'static str],
    /// The check may dial loopback addresses; only the lab's own security test takes this away.
    pub inside: bool,
    /// The code of the headline.
    pub code: &'static str,
    /// Its cause; empty with `ok`.
    pub cause: &'static str,
    /// The lane of the headline.
    pub lane: &'static str,
    /// How sure the diagnosis must be; empty where the catalogue doesn't settle it.
    pub confidence: &'static str,
    /// A value that must be among the suggestions; empty asks for none.
    pub offers: &'static str,
    /// That suggestion must have been tried, with success.
    pub tried: bool,
    /// What the messages must have somewhere; empty asks for nothing.
    pub shows: &'static str,
    /// How the reported code must stand to the finding; empty where that isn't the point.
    pub relation: &'static str,
    /// Why the two may differ, in this order; with an empty `relation` it isn't looked at.
    pub reasons: &'static [&'static str],
    /// A cause that must be among the lane's findings besides the headline; empty asks for none.
    pub also: &'static str,
    /// The program that shows it, where it isn't the one that was asked for.
    pub shown_by: Option<Program>,
}

/// What the check is given to sign in with.
pub enum SignIn {
    /// Nothing: the check stops before.
    No,
    /// A password.
    Password(&'static str),
    /// An access token.
    Token(&'static str),
    /// An access token of the lab's issuer, by its name.
    Issued(&'static str),
    /// An access token with these claims, signed with the lab's key.
    Claims(&'static str),
}

/// A password that no account has.
const WRONG: SignIn = SignIn::Password("Falscher-Igel-9");

/// What most states share.
const CHECK: State = State {
    name: "",
    imap: "",
    smtp: "",
    email: "user@mail.test",
    sign_in: SignIn::Password(PASSWORD),
    more: &[],
    inside: true,
    code: "ok",
    cause: "",
    lane: "imap",
    confidence: "",
    offers: "",
    tried: false,
    shows: "",
    relation: "",
    reasons: &[],
    also: "",
    shown_by: None,
};

/// A fault of the IMAP server whose evidence admits one cause.
const fn imap(name: &'static str, imap: &'static str, code: &'static str, cause: &'static str) -> State {
    State { name, imap, code, cause, lane: "imap", confidence: "proven", ..CHECK }
}

/// A fault of the SMTP server whose evidence admits one cause.
const fn smtp(name: &'static str, smtp: &'static str, code: &'static str, cause: &'static str) -> State {
    State { name, smtp, code, cause, lane: "smtp", confidence: "proven", ..CHECK }
}

impl State {
    const fn offering(self, offers: &'static str) -> Self {
        Self { offers, ..self }
    }

    /// A value with which a connection passed must be among the suggestions.
    const fn offering_tried(self, offers: &'static str) -> Self {
        Self { offers, tried: true, ..self }
    }

    /// Evidence that tells the cause apart from another with the same code.
    const fn showing(self, shows: &'static str) -> Self {
        Self { shows, ..self }
    }

    const fn beside(self, also: &'static str) -> Self {
        Self { also, ..self }
    }

    /// The evidence speaks for the cause, but allows another.
    const fn likely(self) -> Self {
        Self { confidence: "likely", ..self }
    }

    /// One cause of several.
    const fn possible(self) -> Self {
        Self { confidence: "possible", ..self }
    }

    /// The catalogue doesn't settle how sure one can be.
    const fn unsettled(self) -> Self {
        Self { confidence: "", ..self }
    }

    const fn shown_by(self, program: Program) -> Self {
        Self { shown_by: Some(program), ..self }
    }

    const fn with(self, more: &'static [&'static str]) -> Self {
        Self { more, ..self }
    }

    const fn from(self, email: &'static str) -> Self {
        Self { email, ..self }
    }

    /// How the reported code stands to the finding.
    const fn standing(self, relation: &'static str) -> Self {
        Self { relation, ..self }
    }

    /// Why the two may differ, in this order.
    const fn because(self, reasons: &'static [&'static str]) -> Self {
        Self { reasons, ..self }
    }

    const fn signing_in(self, sign_in: SignIn) -> Self {
        Self { sign_in, ..self }
    }

    /// The programs that show it: the server of the headline, or every server where nothing is wrong. Empty where the
    /// state doesn't say which.
    pub fn programs(&self) -> Vec<Program> {
        if let Some(program) = self.shown_by {
            return vec![program];
        }
        if self.code == "001" {
            return vec![Program::Unbound];
        }
        let lanes = [("imap", self.imap, 993), ("smtp", self.smtp, 465)];
        let concerned = lanes.into_iter().filter(|(lane, ..)| self.code == "ok" || self.lane == *lane);
        concerned.filter_map(|(_, server, usual)| program_at(server, usual)).collect()
    }
}

/// The program at `HOST[:PORT][/MODE]`.
fn program_at(server: &str, usual: u16) -> Option<Program> {
    let server = server.replace("{good}", "good");
    let address = server.split('/').next()?;
    let (host, port) = address.split_once(':').unwrap_or((address, ""));
    Program::at(host, port.parse().unwrap_or(usual))
}

/// Nothing is wrong.
const HEALTHY: &[State] = &[
    State { name: "a healthy account", imap: "good.mail.test", smtp: "good.mail.test", ..CHECK },
    State {
        name: "a healthy account by STARTTLS",
        imap: "good.mail.test:143/starttls",
        smtp: "good.mail.test:587/starttls",
        ..CHECK
    },
    State {
        name: "a healthy server without a password",
        imap: "good.mail.test",
        smtp: "good.mail.test",
        ..CHECK
    }
    .signing_in(SignIn::No),
    State { name: "an address alone, whose domain names its servers", ..CHECK }.shown_by(Program::Dovecot),
];

/// Every state, family by family.
pub fn all() -> impl Iterator<Item = &'static State> {
    [
        HEALTHY,
        connection::STATES,
        encryption::STATES,
        certificate::STATES,
        sign_in::STATES,
        providers::STATES,
        messages::STATES,
        reported::STATES,
        programs::STATES,
        odd::STATES,
    ]
    .into_iter()
    .flatten()
}
