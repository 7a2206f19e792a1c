//! Writes the messages of a run into a case, redacted, in order, behind a bounded queue.

use std::sync::Arc;

use error_model::{
    case::{By, CaseState, Draft, Veil, What},
    wire::{ProbeRequest, RelayMessage},
};
use tokio::sync::mpsc;

use super::{Desk, Refused};
use crate::{
    cases::{AppendError, CaseId},
    limits,
    random::{hex, random},
};

/// The way of one run into a case.
pub(crate) struct Recorder {
    run: String,
    by: By,
    veil: Veil,
    queue: mpsc::Sender<Draft>,
    count: u32,
}

impl Desk {
    /// Records a customer's run in the case of their token.
    pub async fn record(self: &Arc<Self>, token: &str, request: &ProbeRequest) -> Result<Recorder, Refused> {
        let (case, customer) = self.customer(token).await?;
        self.record_as(case, By::Customer, Veil::of(request, customer.shown), request).await
    }

    /// Records a run of this sort in a case. What begins it is there before the run begins.
    pub async fn record_as(
        self: &Arc<Self>,
        case: CaseId,
        by: By,
        veil: Veil,
        request: &ProbeRequest,
    ) -> Result<Recorder, Refused> {
        let run = hex(&random::<8>()?);
        let connection_only = by == By::Relay;
        let what = What::RunStarted { run: run.clone(), settings: veil.settings(request), connection_only };
        let id = format!("r-{run}-start");
        self.store.cases.append(case, Draft { id, by: by.clone(), what }, None).await?;
        let (queue, waiting) = mpsc::channel(limits::QUEUE);
        tokio::spawn(Arc::clone(self).write(case, waiting));
        Ok(Recorder { run, by, veil, queue, count: 0 })
    }

    async fn write(self: Arc<Self>, case: CaseId, mut waiting: mpsc::Receiver<Draft>) {
        while let Some(draft) = waiting.recv().await {
            // Who left shares nothing from then on, and what is closed stays as it is.
            let shares =
                |state| draft.by != By::Customer || matches!(state, CaseState::Joined | CaseState::Waiting);
            if !self.summary(case).is_ok_and(|summary| shares(summary.state)) {
                return;
            }
            match self.store.cases.append(case, draft, None).await {
                Ok(_) | Err(AppendError::TooLong { .. } | AppendError::Moved { .. }) => {}
                // The run goes on for the customer; the case gets no more of it.
                Err(error @ (AppendError::Full | AppendError::NoCase | AppendError::Unavailable(_))) => {
                    tracing::warn!(%error, "a run is recorded no further");
                    return;
                }
            }
        }
    }
}

impl Recorder {
    /// The run, as events name it.
    pub fn run(&self) -> &str {
        &self.run
    }

    /// Records a message. Waits while the store is slower than the run.
    pub async fn saw(&mut self, message: &RelayMessage) {
        if matches!(message, RelayMessage::Hello { .. } | RelayMessage::Unknown) {
            return;
        }
        let Some(message) = self.veil.message(message) else { return };
        self.count += 1;
        let bytes = serde_json::to_vec(&message).map_or(usize::MAX, |json| json.len());
        let run = self.run.clone();
        let what = if bytes + limits::EVENT_FRAME_BYTES > limits::EVENT_BYTES {
            What::Omitted { run, bytes: u64::try_from(bytes).unwrap_or(u64::MAX) }
        } else {
            What::Ran { run, message: Box::new(message) }
        };
        let id = format!("r-{}-{}", self.run, self.count);
        // Where the writer has stopped, there's nothing left to do.
        let _stopped = self.queue.send(Draft { id, by: self.by.clone(), what }).await;
    }
}
