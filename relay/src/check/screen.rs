//! What a check puts on standard output: lines of JSON, or a live picture and then a report.

use std::io::{self, Write};
use std::time::Instant;

use error_model::{
    Diagnosis, Lane, Lang, Suggestion,
    wire::{HelloLimits, ProbeRequest, Problem, RelayMessage},
};
use serde::Serialize;

use super::{
    live::Live,
    progress::Progress,
    report::{self, report},
};
use crate::{
    cli::{Exit, Refusal},
    limits, wire, words,
};

/// How to print, the same for every check of a call.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    /// One message a line.
    pub json: bool,
    /// Most seconds for a check.
    pub run_seconds: u64,
    /// The language of reports.
    pub lang: Lang,
}

/// Between the messages of two checks: what the second was made with. A client that doesn't know it ignores it.
#[derive(Serialize)]
#[serde(tag = "type", rename = "applied")]
struct Applied<'a> {
    suggestions: &'a [&'a Suggestion],
}

impl Output {
    /// Before the first check.
    pub fn hello(self) -> Result<(), Refusal> {
        self.write_json(&RelayMessage::Hello {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            // The address that servers see is the network's, and no program behind a router knows it.
            egress_addresses: Vec::new(),
            limits: HelloLimits {
                message_bytes: limits::MESSAGE_BYTES as u64,
                run_seconds: self.run_seconds,
            },
        })
    }

    /// Between two checks.
    pub fn applied(self, suggestions: &[&Suggestion]) -> Result<(), Refusal> {
        self.write_json(&Applied { suggestions })?;
        self.write_text(&report::applied(suggestions, self.lang))
    }

    /// `--apply` finds nothing. Standard output has the result alone, so this goes to the other one.
    pub fn nothing_to_apply(self, id: Option<&str>) {
        let sentence = match id {
            Some(id) => words::NO_SUCH_SUGGESTION.fill(self.lang, &[("id", &error_model::text::escape(id))]),
            None => words::NOTHING_TO_APPLY.get(self.lang).to_owned(),
        };
        eprintln!("{sentence}");
    }

    fn write_text(self, text: &str) -> Result<(), Refusal> {
        if self.json {
            return Ok(());
        }
        anstream::stdout().write_all(text.as_bytes()).map_err(lost_output)
    }

    fn write_json(self, message: &impl Serialize) -> Result<(), Refusal> {
        if !self.json {
            return Ok(());
        }
        let line = wire::encode(message).map_err(Refusal::failure)?;
        let mut out = io::stdout().lock();
        writeln!(out, "{line}").and_then(|()| out.flush()).map_err(lost_output)
    }
}

/// How a check ended.
pub(super) struct Ended {
    /// How the program would end now.
    pub exit: Exit,
    /// The last diagnosis.
    pub diagnosis: Option<Diagnosis>,
}

/// Where the messages of one check go.
pub(super) struct Screen {
    begun: Instant,
    progress: Progress,
    live: Option<Live>,
    output: Output,
}

impl Screen {
    /// A screen for the servers of a request.
    pub fn new(request: &ProbeRequest, output: Output) -> Self {
        let endpoints = [(Lane::Imap, &request.imap), (Lane::Smtp, &request.smtp)];
        let asked = endpoints.into_iter().filter_map(|(lane, endpoint)| Some((lane, endpoint.clone()?)));
        let progress = Progress::new(asked);
        let live = (!output.json && Live::wanted()).then(|| Live::new(&progress, output.lang));
        Self { begun: Instant::now(), progress, live, output }
    }

    /// Takes a message in and shows it.
    pub fn show(&mut self, message: RelayMessage) -> Result<(), Refusal> {
        self.output.write_json(&message)?;
        self.progress.take(message);
        if let Some(live) = &self.live {
            live.draw(&self.progress);
        }
        Ok(())
    }

    /// After the last message.
    pub fn end(&mut self) -> Result<Ended, Refusal> {
        self.clear();
        if let Some(problem) = self.progress.problem()
            && !self.output.json
        {
            return Err(Refusal::failure(&problem.message));
        }
        self.output.write_text(&report(&self.progress, self.output.lang))?;
        Ok(self.ended())
    }

    /// The engine won't run this request.
    pub fn refuse(&mut self, problem: Problem) -> Result<Ended, Refusal> {
        self.clear();
        if !self.output.json {
            let argument = problem.field.as_deref().map_or("check", argument);
            return Err(Refusal::argument(argument, problem.message));
        }
        self.show(RelayMessage::Problem(problem))?;
        self.output.write_json(&self.done())?;
        Ok(self.ended())
    }

    /// The person stopped it.
    pub fn interrupted(&mut self) -> Result<Ended, Refusal> {
        if let Some(live) = self.live.take() {
            live.leave();
        }
        self.output.write_json(&self.done())?;
        eprintln!("{}", words::INTERRUPTED.get(self.output.lang));
        Ok(Ended { exit: Exit::Interrupted, diagnosis: None })
    }

    fn ended(&self) -> Ended {
        Ended { exit: self.progress.exit(), diagnosis: self.progress.diagnosis().cloned() }
    }

    fn clear(&mut self) {
        if let Some(live) = self.live.take() {
            live.clear();
        }
    }

    fn done(&self) -> RelayMessage {
        RelayMessage::Done { elapsed_ms: u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX) }
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
