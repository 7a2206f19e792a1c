//! From the form to the settings of one test.

use error_model::{
    Code, Endpoint, Lane, Lang,
    evidence::Asked,
    strings::form::{NEED_SERVER, NEED_SMTP_USER, NEED_USER},
    typed::fold_width,
    wire::{ClientRequest, ClientStart},
};

use super::{Advice, Form, Input};

/// The passwords of one test, borrowed from their input elements. Neither `Debug` nor `Clone` on purpose.
pub struct Secrets<'a> {
    /// The password, where one was typed.
    pub password: Option<&'a str>,
    /// The password for sending, where it's a different one.
    pub smtp_password: Option<&'a str>,
}

impl Secrets<'_> {
    /// A sign-in will be tried.
    #[must_use]
    pub const fn any(&self) -> bool {
        self.password.is_some() || self.smtp_password.is_some()
    }
}

/// Settings in order: every field is what it should be. No secret is part of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The e-mail address.
    pub email: Option<String>,
    /// Receiving, where it's to be tested.
    pub imap: Option<Endpoint>,
    /// Sending, where it's to be tested.
    pub smtp: Option<Endpoint>,
    /// The user name.
    pub user: Option<String>,
    /// The user name for sending, where it's a different one.
    pub smtp_user: Option<String>,
    /// The code that the person saw.
    pub reported: Option<Code>,
    /// The account was connected once.
    pub worked_before: bool,
}

impl Form {
    /// The settings, of one lane only where that is asked for, or the first input that stands in the way; every such input
    /// then shows its advice.
    pub fn submit(&mut self, secrets: &Secrets<'_>, only: Option<Lane>) -> Result<Settings, Input> {
        self.faults = self.obstacles(secrets, only);
        match self.faults.first() {
            Some((input, _)) => Err(*input),
            None => Ok(self.settings(only)),
        }
    }

    fn obstacles(&self, secrets: &Secrets<'_>, only: Option<Lane>) -> Vec<(Input, Advice)> {
        let mut inputs = vec![Input::Email];
        for lane in Lane::ALL.into_iter().filter(|lane| only.is_none_or(|only| only == *lane)) {
            inputs.push(Input::Host(lane));
            if !self.server(lane).host.trim().is_empty() {
                inputs.push(Input::Port(lane));
            }
        }
        let mut found: Vec<_> = inputs
            .into_iter()
            .filter_map(|input| Some((input, self.advice(input).filter(|advice| advice.blocks)?)))
            .collect();
        if Lane::ALL.iter().all(|lane| self.server(*lane).host.trim().is_empty()) {
            found.push((Input::Host(Lane::Imap), Advice::plain(NEED_SERVER)));
        }
        if secrets.password.is_some() && self.user.trim().is_empty() && self.email.trim().is_empty() {
            found.push((Input::User, Advice::plain(NEED_USER)));
        }
        if self.separate && secrets.smtp_password.is_some() && self.smtp_user.trim().is_empty() {
            found.push((Input::SmtpUser, Advice::plain(NEED_SMTP_USER)));
        }
        found
    }

    fn settings(&self, only: Option<Lane>) -> Settings {
        let endpoint = |lane| {
            if only.is_some_and(|only| only != lane) {
                return None;
            }
            let server = self.server(lane);
            let host = server.host.trim();
            let port = server.port_number()?;
            (!host.is_empty()).then(|| Endpoint { host: host.to_owned(), port, security: server.security() })
        };
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Settings {
            email: some(&self.email.chars().map(fold_width).collect::<String>()),
            imap: endpoint(Lane::Imap),
            smtp: endpoint(Lane::Smtp),
            user: some(&self.user),
            smtp_user: self.separate.then(|| some(&self.smtp_user)).flatten(),
            reported: self.reported,
            worked_before: self.worked_before,
        }
    }
}

impl Settings {
    /// The message that starts the test, in the place of a run whose connection was lost. It carries the secrets: it belongs on the WebSocket and nowhere else.
    #[must_use]
    pub fn start<'a>(
        &'a self,
        secrets: &Secrets<'a>,
        instead_of: Option<&'a str>,
        lang: Lang,
    ) -> ClientStart<'a> {
        ClientStart {
            request: ClientRequest {
                email: self.email.as_deref(),
                imap: self.imap.as_ref(),
                smtp: self.smtp.as_ref(),
                user: self.user.as_deref(),
                smtp_user: self.smtp_user.as_deref(),
                password: secrets.password,
                smtp_password: secrets.smtp_password,
                allow_unclean_tls: false,
            },
            reported: self.reported,
            worked_before: self.worked_before,
            lang,
            resumable: true,
            instead_of,
        }
    }

    /// The same as the question that evidence answers.
    #[must_use]
    pub fn asked(&self, secrets: &Secrets<'_>) -> Asked {
        let user = || self.user.clone().or_else(|| self.email.clone());
        Asked {
            email: self.email.clone(),
            imap: self.imap.clone(),
            smtp: self.smtp.clone(),
            imap_user: secrets.password.and(self.imap.as_ref()).and_then(|_| user()),
            smtp_user: self
                .smtp
                .as_ref()
                .filter(|_| secrets.any())
                .and_then(|_| self.smtp_user.clone().or_else(user)),
            same_credentials: secrets.password.is_some()
                && self.smtp_user.is_none()
                && secrets.smtp_password.is_none(),
            token: false,
            allow_unclean_tls: false,
            reported: self.reported,
            worked_before: self.worked_before,
        }
    }
}
