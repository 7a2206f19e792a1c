//! A run with all that is needed to go on with it on another connection: no message of it is lost, and no secret is sent
//! again.

use std::collections::VecDeque;
use std::time::Instant;

use error_model::{
    Diagnosis,
    wire::{RelayMessage, Start},
};

use super::{meter::RunMark, relay::Admitted, sign_in::Lent};
use crate::{desk::Recorder, limits, run::Run, wire};

/// What a run holds while it goes on.
pub(super) struct UnderWay {
    run: Run,
    mark: RunMark,
    _admitted: Admitted,
    lent: Option<Lent>,
}

impl UnderWay {
    /// A run with its permit, and with the token that was lent to it.
    pub const fn new(run: Run, mark: RunMark, admitted: Admitted, lent: Option<Lent>) -> Self {
        Self { run, mark, _admitted: admitted, lent }
    }
}

/// A run, under way or over.
pub(super) struct Kept {
    begun: Instant,
    /// `None`: it's over, and its permit was given back.
    under_way: Option<UnderWay>,
    /// It had a token that was good for it alone.
    pub lent_once: bool,
    /// What was sent, where it can be asked for again.
    sent: Option<Sent>,
    /// The customer's token of the case that it's recorded in.
    pub case: Option<String>,
    /// Its way into that case.
    recorder: Option<Recorder>,
    /// What was asked, for `apply`.
    pub start: Start,
    /// What it means so far.
    pub diagnosis: Option<Diagnosis>,
}

impl Kept {
    /// A run that begins. Its messages are numbered and kept where it's `resumable`.
    pub fn new(under_way: UnderWay, start: Start, resumable: bool) -> Self {
        Self {
            begun: Instant::now(),
            lent_once: under_way.lent.is_some(),
            under_way: Some(under_way),
            sent: resumable.then(Sent::default),
            case: None,
            recorder: None,
            start,
            diagnosis: None,
        }
    }

    /// The same, recorded in a customer's case.
    pub fn recorded(self, case: Option<String>, recorder: Option<Recorder>) -> Self {
        Self { case, recorder, ..self }
    }

    /// It's over.
    pub const fn is_over(&self) -> bool {
        self.under_way.is_none()
    }

    /// Its messages are numbered and kept.
    pub const fn is_resumable(&self) -> bool {
        self.sent.is_some()
    }

    /// The run's next message. It goes on only while this is waited for.
    pub async fn next(&mut self) -> RelayMessage {
        if let Some(under_way) = &mut self.under_way
            && let Some(message) = under_way.run.next().await
        {
            return message;
        }
        // The last message is `done`, after which this isn't asked for.
        self.under_way = None;
        std::future::pending().await
    }

    /// The message as it's sent.
    ///
    /// # Errors
    /// None that a message can produce.
    pub async fn line(&mut self, message: &RelayMessage) -> serde_json::Result<String> {
        if let Some(under_way) = &mut self.under_way {
            under_way.mark.saw(message);
        }
        if let Some(recorder) = &mut self.recorder {
            recorder.saw(message).await;
        }
        match message {
            RelayMessage::Diagnosis(diagnosis) => self.diagnosis = Some(diagnosis.clone()),
            // The permit goes back before the client hears that it may start again.
            RelayMessage::Done { .. } => self.under_way = None,
            _ => {}
        }
        let line = wire::encode(message)?;
        Ok(match &mut self.sent {
            Some(sent) => sent.number(&line).to_owned(),
            None => line,
        })
    }

    /// Ends it, and says how long it took. `None`: it was over.
    pub fn stop(&mut self) -> Option<u64> {
        self.under_way.take()?;
        Some(u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX))
    }

    /// The messages after that number. `None`: some of them aren't kept any more, or there's no such number.
    pub fn sent_after(&self, number: u64) -> Option<Vec<String>> {
        self.sent.as_ref()?.after(number)
    }
}

/// The messages of a run, each with its number, the first is 1.
#[derive(Debug, Default)]
struct Sent {
    lines: VecDeque<String>,
    bytes: usize,
    /// The number of the last one.
    last: u64,
}

impl Sent {
    /// Numbers a message, a JSON object, and keeps it. The oldest go where there are too many.
    fn number(&mut self, line: &str) -> &str {
        self.last += 1;
        let rest = line.strip_prefix('{').unwrap_or_default();
        let line = format!("{{\"n\":{},{rest}", self.last);
        self.bytes += line.len();
        while self.bytes > limits::RESUME_BYTES
            && let Some(oldest) = self.lines.pop_front()
        {
            self.bytes -= oldest.len();
        }
        self.lines.push_back(line);
        self.lines.back().map_or("", String::as_str)
    }

    fn after(&self, number: u64) -> Option<Vec<String>> {
        let missing = usize::try_from(self.last.checked_sub(number)?).ok()?;
        let known = self.lines.len().checked_sub(missing)?;
        Some(self.lines.iter().skip(known).cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_given_again_from_any_number_on() {
        let mut sent = Sent::default();
        for kind in ["a", "b", "c"] {
            sent.number(&format!("{{\"type\":\"{kind}\"}}"));
        }
        assert_eq!(sent.after(1).unwrap(), ["{\"n\":2,\"type\":\"b\"}", "{\"n\":3,\"type\":\"c\"}"]);
        assert_eq!(sent.after(0).unwrap().len(), 3);
        assert_eq!(sent.after(3).unwrap().len(), 0);
        assert_eq!(sent.after(4), None, "a number that wasn't sent");
    }

    #[test]
    fn the_oldest_go_where_there_are_too_many_and_whoever_needs_them_is_refused() {
        let mut sent = Sent::default();
        let long = format!("{{\"text\":\"{}\"}}", "x".repeat(limits::RESUME_BYTES / 4));
        for _ in 0..10 {
            sent.number(&long);
            let kept: usize = sent.lines.iter().map(String::len).sum();
            assert!(kept == sent.bytes && kept <= limits::RESUME_BYTES, "{kept}");
        }
        assert_eq!(sent.after(0), None);
        assert_eq!(sent.after(7).unwrap().len(), 3);
    }
}
