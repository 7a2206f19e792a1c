//! A request, validated once: what is wrong is named with its field before any socket is opened.

use std::sync::Arc;

use error_model::{
    Endpoint, Lane,
    evidence::{Asked, Observation},
    text::escape,
    wire::{Problem, ProblemCode, Start},
};
use protocol::sasl::{CredentialError, Credentials, Field};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    egress::Policy,
    limits,
    sign_ins::{SignIn, SignInBudget},
    token::{self, Issued},
};

/// A request that can be run.
pub struct Request {
    pub(crate) asked: Asked,
    pub(crate) imap: Option<Credentials>,
    pub(crate) smtp: Option<Credentials>,
    /// What the token says of itself.
    pub(crate) token: Option<Observation>,
    /// A token was asked for, and its issuer gave none.
    pub(crate) not_issued: bool,
    pub(crate) budgets: [Arc<SignInBudget>; 2],
}

impl Request {
    /// Validates a `start` message against the policy. A host that isn't one is no error here: the run diagnoses it.
    ///
    /// # Errors
    /// A [`Problem`] that names the field, the value and what to do.
    pub fn new(start: Start, policy: &Policy) -> Result<Self, Problem> {
        let request = start.request;
        if request.imap.is_none() && request.smtp.is_none() {
            return Err(bad("imap", "Name an IMAP server, an SMTP server, or both."));
        }
        for lane in Lane::ALL {
            let endpoint = if lane == Lane::Imap { &request.imap } else { &request.smtp };
            if let Some(endpoint) = endpoint {
                check_endpoint(lane, endpoint, policy)?;
            }
        }
        let email = text("email", request.email)?;
        if let Some(email) = &email
            && !email.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
        {
            return Err(bad(
                "email",
                format!("{:?} isn't an e-mail address: it needs the form name@example.com.", escape(email)),
            ));
        }
        let user = text("user", request.user)?.or_else(|| email.clone());
        let smtp_user = text("smtp_user", request.smtp_user)?.or_else(|| user.clone());
        let secret = Secret::choose(request.password, request.oauth_token)?;
        let smtp_secret = match request.smtp_password {
            Some(password) => Some(Secret::Password(non_empty("smtp_password", password)?)),
            None => secret.clone(),
        };
        let same_credentials = user == smtp_user && secret.same(smtp_secret.as_ref());
        let imap = credentials(Lane::Imap, request.imap.as_ref(), user.as_deref(), secret.as_ref())?;
        let smtp =
            credentials(Lane::Smtp, request.smtp.as_ref(), smtp_user.as_deref(), smtp_secret.as_ref())?;
        let asked = Asked {
            email,
            imap: request.imap,
            smtp: request.smtp,
            imap_user: imap.as_ref().and(user),
            smtp_user: smtp.as_ref().and(smtp_user),
            same_credentials: same_credentials && imap.is_some() && smtp.is_some(),
            token: matches!(secret, Some(Secret::Token(_))),
            allow_unclean_tls: request.allow_unclean_tls,
            reported: start.reported,
            worked_before: start.worked_before,
        };
        let token = match &secret {
            Some(Secret::Token(token)) => token::read(token.expose_secret()),
            _ => None,
        };
        let budgets = Lane::ALL.map(|_| Arc::new(SignInBudget::new(u32::MAX)));
        Ok(Self { asked, imap, smtp, token, not_issued: false, budgets })
    }

    /// Adds what the token's issuer said beside it. What the token says of itself goes first.
    ///
    /// With an error there is no token: the run goes as far as it can without, and its sign-in counts as failed.
    pub fn told(&mut self, issued: Issued) {
        self.not_issued = issued.error.is_some();
        self.asked.token |= self.not_issued;
        self.token = issued.beside(self.token.take());
    }

    /// The hosts that the run is to dial, as typed.
    pub fn hosts(&self) -> impl Iterator<Item = &str> {
        Lane::ALL.into_iter().filter_map(|lane| Some(self.asked.endpoint(lane)?.host.as_str()))
    }

    /// The sign-ins that the run will try.
    pub fn sign_ins(&self) -> impl Iterator<Item = SignIn<'_>> {
        Lane::ALL.into_iter().filter_map(|lane| {
            let user = if lane == Lane::Imap { &self.asked.imap_user } else { &self.asked.smtp_user };
            let (user, host) = (user.as_deref()?, self.asked.endpoint(lane)?.host.as_str());
            Some(SignIn { lane, user, host, verified: !self.asked.allow_unclean_tls })
        })
    }

    /// Bounds the sign-ins of a lane. Lanes that sign in to one account share its budget.
    pub fn limit(&mut self, lane: Lane, budget: Arc<SignInBudget>) {
        self.budgets[lane as usize] = budget;
    }
}

/// A password or a token.
#[derive(Clone)]
enum Secret {
    Password(SecretString),
    Token(SecretString),
}

impl Secret {
    fn choose(password: Option<SecretString>, token: Option<SecretString>) -> Result<Option<Self>, Problem> {
        match (password, token) {
            (Some(_), Some(_)) => Err(bad("oauth_token", "Give a password or a token, not both.")),
            (Some(password), None) => Ok(Some(Self::Password(non_empty("password", password)?))),
            (None, Some(token)) => Ok(Some(Self::Token(non_empty("oauth_token", token)?))),
            (None, None) => Ok(None),
        }
    }
}

trait SameSecret {
    fn same(&self, other: Option<&Secret>) -> bool;
}

impl SameSecret for Option<Secret> {
    fn same(&self, other: Option<&Secret>) -> bool {
        match (self, other) {
            (Some(Secret::Password(a)), Some(Secret::Password(b)))
            | (Some(Secret::Token(a)), Some(Secret::Token(b))) => a.expose_secret() == b.expose_secret(),
            (None, None) => true,
            _ => false,
        }
    }
}

fn check_endpoint(lane: Lane, endpoint: &Endpoint, policy: &Policy) -> Result<(), Problem> {
    let lane = lane.as_str();
    if endpoint.host.len() > limits::FIELD {
        return Err(bad(
            format!("{lane}.host"),
            "The host name is too long: a host name has at most 253 characters.",
        ));
    }
    if endpoint.port == 0 {
        return Err(bad(
            format!("{lane}.port"),
            "Port 0 isn't a port: use 993 or 143 for IMAP, 465 or 587 for SMTP.",
        ));
    }
    if policy.allows_port(endpoint.port) {
        return Ok(());
    }
    let ports: Vec<String> = policy.ports().iter().map(u16::to_string).collect();
    Err(Problem {
        code: ProblemCode::TargetNotAllowed,
        message: format!("Port {} isn't checked here: the ports are {}.", endpoint.port, ports.join(", ")),
        field: Some(format!("{lane}.port")),
        retry_after_s: None,
    })
}

fn credentials(
    lane: Lane,
    endpoint: Option<&Endpoint>,
    user: Option<&str>,
    secret: Option<&Secret>,
) -> Result<Option<Credentials>, Problem> {
    let (Some(endpoint), Some(secret)) = (endpoint, secret) else { return Ok(None) };
    let user_field = if lane == Lane::Imap { "user" } else { "smtp_user" };
    let Some(user) = user else {
        return Err(bad(
            user_field,
            "A password needs a user name: give the e-mail address or the user name.",
        ));
    };
    let made = match secret {
        Secret::Password(password) => Credentials::password(user, password.clone()),
        Secret::Token(token) => Credentials::token(user, token.clone())
            .and_then(|c| c.for_server(endpoint.host.clone(), endpoint.port)),
    };
    let field = |error| match error {
        CredentialError::Empty(f) | CredentialError::ForbiddenCharacter(f) | CredentialError::TooLong(f) => {
            match f {
                Field::User => user_field,
                Field::Secret => "password",
                Field::Host => "imap.host",
            }
        }
    };
    made.map(Some)
        .map_err(|error| bad(field(error), format!("This can't be sent to a mail server: {error}.")))
}

fn non_empty(field: &'static str, secret: SecretString) -> Result<SecretString, Problem> {
    if secret.expose_secret().is_empty() {
        return Err(bad(field, "It's empty. Leave it out to check the connection only."));
    }
    Ok(secret)
}

/// A text field: trimmed, not empty, not too long, without control characters.
fn text(field: &'static str, value: Option<String>) -> Result<Option<String>, Problem> {
    let Some(value) = value else { return Ok(None) };
    let value = value.trim();
    if value.len() > limits::FIELD {
        return Err(bad(field, format!("It's too long: at most {} bytes are taken.", limits::FIELD)));
    }
    if value.chars().any(error_model::text::is_control) {
        return Err(bad(field, format!("{:?} holds a control character: type it again.", escape(value))));
    }
    Ok(Some(value.to_owned()).filter(|v| !v.is_empty()))
}

fn bad(field: impl Into<String>, message: impl Into<String>) -> Problem {
    Problem {
        code: ProblemCode::BadRequest,
        message: message.into(),
        field: Some(field.into()),
        retry_after_s: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use error_model::wire::ClientMessage;

    fn request(json: &str) -> Result<Request, Problem> {
        let json = format!(r#"{{"type":"start","request":{json}}}"#);
        let Ok(ClientMessage::Start(start)) = serde_json::from_str(&json) else {
            panic!("not a start: {json}")
        };
        Request::new(*start, &Policy::default())
    }

    #[test]
    fn what_is_wrong_is_named_with_its_field() {
        let imap = r#""imap":{"host":"imap.example.com","port":993,"security":"tls"}"#;
        for (json, field) in [
            ("{}".to_owned(), "imap"),
            (r#"{"imap":{"host":"h.example","port":0,"security":"tls"}}"#.to_owned(), "imap.port"),
            (r#"{"smtp":{"host":"h.example","port":22,"security":"tls"}}"#.to_owned(), "smtp.port"),
            (format!(r#"{{{imap},"email":"anna"}}"#), "email"),
            (format!(r#"{{{imap},"email":"anna@example.com","password":""}}"#), "password"),
            (format!(r#"{{{imap},"password":"secret"}}"#), "user"),
            (format!(r#"{{{imap},"user":"an\u0000na","password":"secret"}}"#), "user"),
            (format!(r#"{{{imap},"user":"anna","password":"se\r\ncret"}}"#), "password"),
            (format!(r#"{{{imap},"user":"a","password":"b","oauth_token":"c"}}"#), "oauth_token"),
        ] {
            let problem = request(&json).err().unwrap_or_else(|| panic!("{json} was taken"));
            assert_eq!(problem.field.as_deref(), Some(field), "{json}: {}", problem.message);
            assert!(!problem.message.contains("cret"), "{}", problem.message);
        }
    }

    #[test]
    fn both_lanes_sign_in_alike_unless_told_otherwise() {
        let servers = r#""imap":{"host":"i.example","port":993,"security":"tls"},
            "smtp":{"host":"s.example","port":465,"security":"tls"},"email":"a@example.com","password":"x""#;
        let same = request(&format!("{{{servers}}}")).ok().unwrap();
        assert!(same.asked.same_credentials && same.smtp.is_some());
        assert_eq!(same.asked.smtp_user.as_deref(), Some("a@example.com"));
        let other = request(&format!(r#"{{{servers},"smtp_password":"y"}}"#)).ok().unwrap();
        assert!(!other.asked.same_credentials);
    }
}
