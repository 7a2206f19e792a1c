//! The domain's own settings file, at both well-known places. Mail programs put the address into the question; this one
//! tells nobody: a domain that was mistyped belongs to a stranger, and the files have placeholders for it.

use std::time::Duration;

use error_model::discovery::{FoundSettings, SettingsSource};

use super::{Address, xml};
use crate::{
    engine::Engine,
    fetch::{Allowance, get},
};

/// Settings files have a few kilobytes; hosters redirect to a common one.
const ALLOWANCE: Allowance = Allowance { time: Duration::from_secs(6), size: 64 * 1024, redirects: 3 };

/// Over https, where nobody on the way can have written it.
pub(super) async fn secure(engine: &Engine, address: &Address) -> Option<FoundSettings> {
    let domain = &address.domain;
    let own = format!("https://autoconfig.{domain}/mail/config-v1.1.xml");
    let well_known = format!("https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml");
    let ask = |place| async move { fetch(engine, place, SettingsSource::Autoconfig, address).await };
    let (own, well_known) = futures::join!(ask(own.as_str()), ask(well_known.as_str()));
    own.or(well_known)
}

/// Over http.
pub(super) async fn insecure(engine: &Engine, address: &Address) -> Option<FoundSettings> {
    let place = format!("http://autoconfig.{}/mail/config-v1.1.xml", address.domain);
    fetch(engine, &place, SettingsSource::InsecureAutoconfig, address).await
}

/// The settings in the file at a place.
pub(super) async fn fetch(
    engine: &Engine,
    place: &str,
    source: SettingsSource,
    address: &Address,
) -> Option<FoundSettings> {
    let file = get(engine, place, ALLOWANCE).await?;
    let text = std::str::from_utf8(&file).ok()?;
    let xml::Servers { imap, smtp, user } = xml::read(text, address)?;
    Some(FoundSettings { imap, smtp, user, ..FoundSettings::new(source, place.to_owned()) })
}
