//! From a form without faults to the question, and to the message that asks it.

use error_model::{
    Endpoint, Lane, Lang,
    evidence::Asked,
    wire::{ClientRequest, ClientStart},
};

use super::{Fault, Form, SignsIn, faults};

/// The question that the form asks.
///
/// # Errors
/// Everything that keeps the run from starting, in the order of the page; hints aren't among it.
pub fn question(form: &Form, signs_in: SignsIn) -> Result<Asked, Vec<Fault>> {
    let mut blocking = faults(form, signs_in);
    blocking.retain(|fault| fault.blocks);
    if !blocking.is_empty() {
        return Err(blocking);
    }
    let (imap, smtp) = (endpoint(form, Lane::Imap), endpoint(form, Lane::Smtp));
    let email = given(&form.email);
    let user = given(&form.user).or_else(|| email.clone());
    let smtp_user = if form.separate { given(&form.smtp_user) } else { None }.or_else(|| user.clone());
    let sign_in = |lane| signs_in.on(lane, form.separate);
    let imap_user = user.filter(|_| imap.is_some() && sign_in(Lane::Imap));
    let smtp_user = smtp_user.filter(|_| smtp.is_some() && sign_in(Lane::Smtp));
    let own_password = form.separate && signs_in.sending;
    Ok(Asked {
        same_credentials: imap_user.is_some() && imap_user == smtp_user && !own_password,
        email,
        imap,
        smtp,
        imap_user,
        smtp_user,
        token: false,
        allow_unclean_tls: false,
        reported: form.reported,
        worked_before: form.worked_before,
    })
}

/// The message that asks the question. The passwords are in it, because the relay needs them, and nowhere else: it is
/// written to the socket and dropped. The sending password counts where the form says that sending has its own.
#[must_use]
pub fn start_message<'a>(
    form: &Form,
    asked: &'a Asked,
    password: &'a str,
    sending_password: &'a str,
    lang: Lang,
) -> ClientStart<'a> {
    let some = |secret: &'a str| Some(secret).filter(|s| !s.is_empty());
    ClientStart {
        request: ClientRequest {
            email: asked.email.as_deref(),
            imap: asked.imap.as_ref(),
            smtp: asked.smtp.as_ref(),
            user: asked.imap_user.as_deref(),
            smtp_user: asked.smtp_user.as_deref(),
            password: some(password),
            smtp_password: some(sending_password).filter(|_| form.separate),
            allow_unclean_tls: asked.allow_unclean_tls,
        },
        reported: asked.reported,
        worked_before: asked.worked_before,
        lang,
    }
}

fn endpoint(form: &Form, lane: Lane) -> Option<Endpoint> {
    let server = form.server(lane);
    let port = server.port_number().filter(|_| !server.is_left_out())?;
    Some(Endpoint { host: server.host.trim().to_owned(), port, security: server.security })
}

fn given(typed: &str) -> Option<String> {
    Some(typed.trim().to_owned()).filter(|text| !text.is_empty())
}
