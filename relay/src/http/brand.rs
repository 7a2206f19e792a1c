//! What the prerendered files are told of this relay: its address, its names, where people get help.

use std::net::SocketAddr;

use super::site::{Value, Values};
use crate::config::{Origin, Settings};

/// The values of all tokens.
pub(super) fn values(settings: &Settings, listening: SocketAddr) -> Values {
    let names = settings.brand.names();
    let support = settings.brand.support.as_ref();
    let optional = |text: Option<String>| text.map_or(Value::Absent, Value::Text);
    Values::from([
        ("PRODUCT", Value::Text(names.product)),
        ("SITE", Value::Text(names.site)),
        ("ORIGIN", optional(origin(settings, listening).map(|origin| origin.as_str().to_owned()))),
        ("SUPPORT", optional(support.map(|support| support.href().to_owned()))),
        ("SUPPORT_LABEL", optional(support.map(|support| support.label()))),
    ])
}

/// The origin under which people see the relay, as far as it can know.
fn origin(settings: &Settings, listening: SocketAddr) -> Option<Origin> {
    let scheme = if settings.tls.is_some() { "https" } else { "http" };
    settings.public_origin.clone().or_else(|| Origin::local(scheme, listening).into_iter().next())
}
