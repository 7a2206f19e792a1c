//! The connection, the stream and the buckets, made where they are missing.

use std::fmt::Display;
use std::time::Duration;

use async_nats::{
    Client, ConnectOptions,
    jetstream::{self, kv, stream},
};
use tokio::time::{Instant, sleep};

use super::{ShelfKind, Unavailable};
use crate::{config::NatsSettings, limits};

/// Between two tries.
pub(super) const PAUSE: Duration = Duration::from_millis(200);

/// How far back JetStream knows a message's identifier again: a retry comes sooner.
const REPETITIONS: Duration = Duration::from_secs(15 * 60);

pub(super) async fn client(servers: &[String], settings: &NatsSettings) -> Result<Client, Unavailable> {
    let mut options = ConnectOptions::new().name("mailtriage").connection_timeout(limits::STORE_ANSWER);
    if let Some((user, password)) = settings.credentials().map_err(Unavailable)? {
        options = options.user_and_password(user, password);
    }
    if let Some(roots) = &settings.trust_anchor {
        options = options.add_root_certificates(roots.clone()).require_tls(true);
    }
    options.connect(servers).await.map_err(Unavailable::because)
}

/// Tries again until it works, or for as long as anybody has patience.
pub(super) async fn patiently<T, E: Display, F: Future<Output = Result<T, E>>>(
    mut ask: impl FnMut() -> F,
) -> Result<T, Unavailable> {
    let give_up = Instant::now() + limits::STORE_PATIENCE;
    loop {
        match ask().await {
            Ok(answer) => return Ok(answer),
            Err(error) if Instant::now() >= give_up => return Err(Unavailable::because(error)),
            Err(_) => sleep(PAUSE).await,
        }
    }
}

/// The stream; its limits become those of the settings.
pub(super) async fn stream(
    context: &jetstream::Context,
    subjects: &str,
    settings: &NatsSettings,
    retention: Duration,
) -> Result<stream::Stream, Unavailable> {
    let config = stream::Config {
        name: format!("{}-cases", settings.name),
        subjects: vec![subjects.to_owned()],
        // An event lives as long as a case may: the case itself ends when its first one does.
        max_age: retention,
        max_message_size: i32::try_from(limits::EVENT_BYTES + 1024).unwrap_or(i32::MAX),
        num_replicas: settings.replicas,
        duplicate_window: REPETITIONS.min(retention),
        storage: stream::StorageType::File,
        ..Default::default()
    };
    // A cluster that has just begun has no leader yet.
    patiently(|| context.create_or_update_stream(config.clone())).await?;
    patiently(|| context.get_stream(&config.name)).await
}

/// A bucket for each kind of record: a stream of the form that JetStream's key-value stores have. It's made by hand, because the
/// client's own way asks for an account report that servers before 2.10 don't give in full.
pub(super) async fn buckets(
    context: &jetstream::Context,
    settings: &NatsSettings,
) -> Result<Vec<(ShelfKind, kv::Store)>, Unavailable> {
    let mut buckets = Vec::new();
    for kind in ShelfKind::ALL {
        let bucket = format!("{}-{}", settings.name, kind.as_str());
        let config = stream::Config {
            name: format!("KV_{bucket}"),
            subjects: vec![format!("$KV.{bucket}.>")],
            max_messages_per_subject: 1,
            max_age: kind.longest().unwrap_or_default(),
            num_replicas: settings.replicas,
            storage: stream::StorageType::File,
            discard: stream::DiscardPolicy::New,
            allow_rollup: true,
            deny_delete: true,
            // Without direct reads every answer comes from the leader: a record that was removed isn't seen again.
            allow_direct: false,
            ..Default::default()
        };
        patiently(|| context.create_or_update_stream(config.clone())).await?;
        buckets.push((kind, patiently(|| context.get_key_value(&bucket)).await?));
    }
    Ok(buckets)
}
