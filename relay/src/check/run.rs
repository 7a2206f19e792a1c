//! Carries out a check and shows it as it goes.

use std::io::{self, Write};
use std::pin::pin;
use std::sync::Arc;
use std::time::Instant;

use error_model::{
    Lane, Lang,
    wire::{HelloLimits, ProbeRequest, Problem, RelayMessage, Start},
};
use probe::{Engine, Request};
use tokio::signal;

use super::{live::Live, progress::Progress, report::report};
use crate::{
    cli::{CheckArguments, Exit, Refusal, Secrets},
    discover::look,
    engine::EngineOptions,
    limits,
    run::Run,
    wire, words,
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

/// Runs the check that `arguments` describe and shows it on standard output.
///
/// # Errors
/// A [`Refusal`] where the arguments can't be used or the program fails; what the servers do is never one.
pub async fn check(arguments: CheckArguments, secrets: Secrets, lang: Lang) -> Result<Exit, Refusal> {
    let engine = EngineOptions {
        allow_net: &arguments.allow_net,
        allow_port: &arguments.allow_port,
        resolver: arguments.resolver,
        trust_anchors: &arguments.trust_anchor,
        run_limit: arguments.time_limit(),
    }
    .build()
    .map_err(Refusal::usage)?;
    let arguments = with_servers(&engine, arguments).await?;
    let endpoints = [(Lane::Imap, arguments.imap.clone()), (Lane::Smtp, arguments.smtp.clone())];
    let asked = endpoints.into_iter().filter_map(|(lane, endpoint)| Some((lane, endpoint?)));
    let mut screen = Screen::new(&arguments, Progress::new(asked), lang);
    screen.hello()?;
    let request = match Request::new(start(arguments, secrets, lang), engine.policy()) {
        Ok(request) => request,
        Err(problem) => return screen.refuse(problem),
    };

    let mut run = Run::new(Arc::new(engine), request);
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

/// Where messages go: lines of JSON, or a picture and then a report.
struct Screen {
    begun: Instant,
    progress: Progress,
    json: bool,
    live: Option<Live>,
    run_seconds: u64,
    reported: Option<error_model::Code>,
    lang: Lang,
}

impl Screen {
    fn new(arguments: &CheckArguments, progress: Progress, lang: Lang) -> Self {
        let live = (!arguments.json && Live::wanted()).then(|| Live::new(&progress, lang));
        Self {
            begun: Instant::now(),
            progress,
            json: arguments.json,
            live,
            run_seconds: arguments.timeout,
            reported: arguments.reported,
            lang,
        }
    }

    fn hello(&self) -> Result<(), Refusal> {
        self.write_json(&RelayMessage::Hello {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            egress_addresses: Vec::new(),
            limits: HelloLimits {
                message_bytes: limits::MESSAGE_BYTES as u64,
                run_seconds: self.run_seconds,
            },
        })
    }

    fn show(&mut self, message: RelayMessage) -> Result<(), Refusal> {
        self.write_json(&message)?;
        self.progress.take(message);
        if let Some(live) = &self.live {
            live.draw(&self.progress);
        }
        Ok(())
    }

    /// After the last message.
    fn end(mut self) -> Result<Exit, Refusal> {
        self.clear();
        let exit = self.progress.exit();
        if let Some(problem) = self.progress.problem()
            && !self.json
        {
            return Err(Refusal::failure(&problem.message));
        }
        if !self.json {
            let report = report(&self.progress, self.reported, self.lang);
            anstream::stdout().write_all(report.as_bytes()).map_err(lost_output)?;
        }
        Ok(exit)
    }

    /// The engine won't run this request.
    fn refuse(mut self, problem: Problem) -> Result<Exit, Refusal> {
        self.clear();
        if !self.json {
            let argument = problem.field.as_deref().map_or("check", argument);
            return Err(Refusal::argument(argument, problem.message));
        }
        self.show(RelayMessage::Problem(problem))?;
        self.write_json(&self.done())?;
        Ok(self.progress.exit())
    }

    fn interrupted(mut self) -> Result<Exit, Refusal> {
        if let Some(live) = self.live.take() {
            live.leave();
        }
        self.write_json(&self.done())?;
        eprintln!("{}", words::INTERRUPTED.get(self.lang));
        Ok(Exit::Interrupted)
    }

    fn clear(&mut self) {
        if let Some(live) = self.live.take() {
            live.clear();
        }
    }

    fn done(&self) -> RelayMessage {
        RelayMessage::Done { elapsed_ms: u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX) }
    }

    fn write_json(&self, message: &RelayMessage) -> Result<(), Refusal> {
        if !self.json {
            return Ok(());
        }
        let line = wire::encode(message).map_err(Refusal::failure)?;
        let mut out = io::stdout().lock();
        writeln!(out, "{line}").and_then(|()| out.flush()).map_err(lost_output)
    }
}

fn lost_output(error: io::Error) -> Refusal {
    Refusal::failure(format_args!("standard output: {error}"))
}

/// The argument that sets a field of the request.
fn argument(field: &str) -> &'static str {
    match field {
        "imap" | "imap.host" | "imap.port" | "imap.security" => "--imap",
        "smtp" | "smtp.host" | "smtp.port" | "smtp.security" => "--smtp",
        "user" => "--user",
        "smtp_user" => "--smtp-user",
        "email" => "EMAIL",
        "password" => "--password-stdin or --password-env",
        "smtp_password" => "--smtp-password-env",
        "oauth_token" => "--oauth-token-env",
        _ => "check",
    }
}
