//! The live picture on a terminal: one line a lane, redrawn as its steps go on.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::time::Duration;

use error_model::{Lane, Lang, Step, StepState, strings};
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{
    printer::{neutral, padded},
    progress::{LaneProgress, Progress},
};

/// How often the spinner turns.
const TICK: Duration = Duration::from_millis(100);
/// Columns for the name of a lane.
const LANE_COLUMNS: usize = 18;
/// Most of a host's name that is shown while the check runs.
const HOST_CHARACTERS: usize = 32;

/// Two lines that change in place.
pub(super) struct Live {
    lang: Lang,
    bars: BTreeMap<Lane, ProgressBar>,
    all: MultiProgress,
}

impl Live {
    /// Only where a person watches: both outputs are terminals that can move the cursor.
    pub fn wanted() -> bool {
        let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        !dumb && std::io::stdout().is_terminal() && std::io::stderr().is_terminal()
    }

    /// Draws the lanes, with nothing done yet.
    pub fn new(progress: &Progress, lang: Lang) -> Self {
        let all = MultiProgress::new();
        let style = ProgressStyle::with_template("{spinner:.cyan} {prefix:.bold} {wide_msg}")
            .unwrap_or_else(|_| ProgressStyle::default_spinner());
        let bar = |(lane, _)| {
            let bar = all.add(ProgressBar::new_spinner().with_style(style.clone()));
            bar.set_prefix(padded(strings::lane(lane).get(lang), LANE_COLUMNS));
            bar.enable_steady_tick(TICK);
            (lane, bar)
        };
        let bars = progress.lanes().map(bar).collect();
        Self { lang, bars, all }
    }

    /// Draws what is known now.
    pub fn draw(&self, progress: &Progress) {
        for (lane, picture) in progress.lanes() {
            if let Some(bar) = self.bars.get(&lane) {
                bar.set_message(line(picture, self.lang));
            }
        }
    }

    /// Takes the lines away, so that the report stands in their place.
    pub fn clear(self) {
        self.stop_ticking();
        // A terminal that has gone away mid-run is no reason to lose the report.
        let _cleared = self.all.clear();
        self.all.set_draw_target(ProgressDrawTarget::hidden());
    }

    /// Leaves the lines as they are: after Ctrl-C the terminal's own echo has moved the cursor away from them.
    pub fn leave(self) {
        self.stop_ticking();
        self.all.set_draw_target(ProgressDrawTarget::hidden());
        eprintln!();
    }

    fn stop_ticking(&self) {
        for bar in self.bars.values() {
            bar.disable_steady_tick();
        }
    }
}

/// The eight marks, and what is going on.
fn line(lane: &LaneProgress, lang: Lang) -> String {
    let marks: String = Step::ALL.iter().map(|step| mark(lane.steps.get(step).map(|m| m.state))).collect();
    let host: String = neutral(&lane.endpoint.host).chars().take(HOST_CHARACTERS).collect();
    match lane.current() {
        Some(step) => {
            let reading = lane.reading.filter(|_| step == Step::Mailbox);
            let reading = reading.map(|(read, of)| format!(" {read}/{of}")).unwrap_or_default();
            format!("{marks}  {}{reading} ({host})", strings::step(step).get(lang))
        }
        None => format!("{marks}  {host}"),
    }
}

/// One character for the state of a step.
pub(super) fn mark(state: Option<StepState>) -> char {
    match state {
        Some(StepState::Passed) => '✔',
        Some(StepState::Failed) => '✘',
        Some(StepState::Skipped) => '–',
        Some(StepState::Started) => '…',
        None => '·',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use error_model::{Endpoint, Security, wire::RelayMessage};

    #[test]
    fn a_line_has_a_mark_for_each_step_and_the_one_under_way() {
        let endpoint = Endpoint { host: "imap.example.com".to_owned(), port: 993, security: Security::Tls };
        let mut progress = Progress::new([(Lane::Imap, endpoint)]);
        for (step, state) in [
            (Step::Resolve, StepState::Passed),
            (Step::Connect, StepState::Started),
            (Step::Mailbox, StepState::Skipped),
        ] {
            progress.take(RelayMessage::Step { lane: Lane::Imap, step, state, elapsed_ms: 1 });
        }
        let (_, lane) = progress.lanes().next().unwrap();
        assert_eq!(line(lane, Lang::En), "✔…·····–  Connect (imap.example.com)");
    }

    #[test]
    fn how_much_mail_was_read_stands_beside_the_step() {
        let endpoint = Endpoint { host: "imap.example.com".to_owned(), port: 993, security: Security::Tls };
        let mut progress = Progress::new([(Lane::Imap, endpoint)]);
        let started = StepState::Started;
        progress.take(RelayMessage::Step {
            lane: Lane::Imap,
            step: Step::Mailbox,
            state: started,
            elapsed_ms: 1,
        });
        let reading = r#"{"type":"evidence","seq":1,"at_ms":2,"lane":"imap","observation":{"kind":"reading",
            "read":120,"of":300,"messages":9000,"octets":5,"elapsed_ms":4}}"#;
        progress.take(serde_json::from_str(reading).unwrap());
        let (_, lane) = progress.lanes().next().unwrap();
        assert_eq!(line(lane, Lang::En), "·······…  Mailbox 120/300 (imap.example.com)");
    }
}
