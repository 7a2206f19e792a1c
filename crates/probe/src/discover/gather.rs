//! Waits for the sources, and no longer than it's worth it.

use error_model::discovery::{FoundSettings, SettingsSource};
use futures::{StreamExt, future::BoxFuture, stream::FuturesUnordered};
use tokio::time::{Instant, timeout, timeout_at};

use super::{GRACE, SOURCE, hint, trial::Trials};

/// A source that is being asked.
pub(super) type Source<'a> = BoxFuture<'a, Option<FoundSettings>>;

/// Asks all sources at once and tries what each one names as soon as it's named.
pub(super) async fn gather(sources: Vec<Source<'_>>, trials: &Trials<'_>) -> Vec<FoundSettings> {
    let mut asked: FuturesUnordered<_> = sources.into_iter().map(|source| tried(source, trials)).collect();
    let mut settings = Vec::new();
    let mut until = None;
    loop {
        let next = match until {
            None => asked.next().await,
            // The slow ones are left behind.
            Some(until) => timeout_at(until, asked.next()).await.ok().flatten(),
        };
        let Some(answer) = next else { return settings };
        if let Some(found) = answer {
            if found.works() && found.source <= SettingsSource::Srv {
                until.get_or_insert_with(|| Instant::now() + GRACE);
            }
            settings.push(found);
        }
    }
}

/// One source's answer with the trials of its servers; `None` where it has nothing to say.
async fn tried(source: Source<'_>, trials: &Trials<'_>) -> Option<FoundSettings> {
    let mut found = timeout(SOURCE, source).await.ok().flatten()?;
    (found.imap_trial, found.smtp_trial) = trials.of_both(&found).await;
    if found.provider.is_none() {
        found.provider = hint::behind(&found);
    }
    (found.names_a_server() || found.provider.is_some()).then_some(found)
}
