//! Carries out a check and shows it as it goes.

use std::pin::pin;
use std::sync::Arc;

use error_model::{
    Diagnosis, Lang, Suggestion,
    wire::{ProbeRequest, Start},
};
use probe::{Engine, Issued, Request, egress::Policy};
use tokio::signal;

use super::{
    screen::{Ended, Output, Screen},
    sign_in::sign_in,
};
use crate::{
    apply::{apply, change_of, copy, working_changes},
    cli::{CheckArguments, Exit, Refusal, Secrets},
    discover::look,
    engine::EngineOptions,
    run::Run,
};

/// The arguments with at least one server: where none is named, the address's own settings are looked up.
async fn with_servers(engine: &Engine, mut arguments: CheckArguments) -> Result<CheckArguments, Refusal> {
    if arguments.imap.is_some() || arguments.smtp.is_some() {
        return Ok(arguments);
    }
    let Some(email) = &arguments.email else {
        return Err(Refusal::usage(
            "EMAIL, --imap or --smtp is needed: name the address or the servers to check",
        ));
    };
    let found = look(engine, email).await?;
    for settings in found.settings {
        arguments.imap = arguments.imap.or(settings.imap);
        arguments.smtp = arguments.smtp.or(settings.smtp);
    }
    if arguments.imap.is_none() && arguments.smtp.is_none() {
        return Err(Refusal::argument(
            "EMAIL",
            "no settings were found for it: name the servers with --imap and --smtp",
        ));
    }
    Ok(arguments)
}

/// Runs the check that `arguments` describe and shows it on standard output; with `--apply` once more, if there's
/// something to apply.
///
/// # Errors
/// A [`Refusal`] where the arguments can't be used or the program fails; what the servers do is never one.
pub async fn check(arguments: CheckArguments, secrets: Secrets, lang: Lang) -> Result<Exit, Refusal> {
    let engine = EngineOptions {
        policy: Policy::new(arguments.allow_net.clone(), arguments.allow_port.clone()),
        resolver: arguments.resolver,
        trust_anchors: &arguments.trust_anchor,
        run_limit: arguments.time_limit(),
        ispdb: None,
    }
    .build()
    .map_err(Refusal::usage)?;
    let mut arguments = with_servers(&engine, arguments).await?;
    let wish = arguments.apply.take();
    let output = Output { json: arguments.json, run_seconds: arguments.timeout, lang };
    let engine = Arc::new(engine);
    let signed_in = match &arguments.oauth {
        Some(id) => Some(sign_in(&engine, id, arguments.config.as_deref(), lang).await?),
        None => None,
    };
    let issued = signed_in.as_ref().map(|signed_in| signed_in.issued().clone());
    let mut first = start(arguments, secrets, lang);
    if let Some(signed_in) = &signed_in {
        first.request.oauth_token = signed_in.token();
    }
    let ended = checks(&engine, &first, wish.as_ref(), issued, output).await;
    if let Some(signed_in) = signed_in {
        signed_in.end(&engine).await;
    }
    ended
}

/// The check, and another one where something of its result is to be applied.
async fn checks(
    engine: &Arc<Engine>,
    first: &Start,
    wish: Option<&Option<String>>,
    issued: Option<Issued>,
    output: Output,
) -> Result<Exit, Refusal> {
    output.hello()?;
    let ended = once(engine, copy(first), issued.clone(), output).await?;
    match (wish, &ended.diagnosis) {
        (Some(id), Some(diagnosis)) if ended.exit == Exit::Fault => {
            let Some(next) = applied(first, diagnosis, id.as_deref(), output)? else {
                return Ok(ended.exit);
            };
            Ok(once(engine, next, issued, output).await?.exit)
        }
        _ => Ok(ended.exit),
    }
}

/// One check.
async fn once(
    engine: &Arc<Engine>,
    start: Start,
    issued: Option<Issued>,
    output: Output,
) -> Result<Ended, Refusal> {
    let screen = &mut Screen::new(&start.request, output);
    let mut request = match Request::new(start, engine.policy()) {
        Ok(request) => request,
        Err(problem) => return screen.refuse(problem),
    };
    if let Some(issued) = issued {
        request.told(issued);
    }
    let mut run = Run::new(Arc::clone(engine), request);
    let mut interrupt = pin!(signal::ctrl_c());
    loop {
        tokio::select! {
            // Leaving the loop drops the run, and with it every socket.
            Ok(()) = &mut interrupt => return screen.interrupted(),
            message = run.next() => match message {
                Some(message) => screen.show(message)?,
                None => return screen.end(),
            },
        }
    }
}

/// What to check next: with the suggestion `id`, or with all that was tried and works. `None`: there's nothing to apply,
/// and the person was told so.
fn applied(
    last: &Start,
    diagnosis: &Diagnosis,
    id: Option<&str>,
    output: Output,
) -> Result<Option<Start>, Refusal> {
    let suggestions: Vec<&Suggestion> = match id {
        Some(id) => change_of(diagnosis, id).into_iter().flatten().collect(),
        None => working_changes(diagnosis),
    };
    let next = apply(last, suggestions.iter().copied()).filter(|_| !suggestions.is_empty());
    match &next {
        Some(_) => output.applied(&suggestions)?,
        None => output.nothing_to_apply(id),
    }
    Ok(next)
}

/// The request in the form that browsers send too: one validation for all.
fn start(arguments: CheckArguments, secrets: Secrets, lang: Lang) -> Start {
    Start {
        request: ProbeRequest {
            email: arguments.email,
            imap: arguments.imap,
            smtp: arguments.smtp,
            user: arguments.user,
            smtp_user: arguments.smtp_user,
            password: secrets.password,
            smtp_password: secrets.smtp_password,
            oauth_token: secrets.oauth_token,
            allow_unclean_tls: false,
        },
        reported: arguments.reported,
        worked_before: arguments.worked_before,
        lang,
    }
}
