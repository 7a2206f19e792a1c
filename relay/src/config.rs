//! What `mailtriage serve` runs with: defaults, then a TOML file, then `MAILTRIAGE_*` variables, then arguments.
//!
//! A key that nobody knows and a value that can't be used stop the start, with a message that names them.

mod agents;
mod ancestor;
mod brand;
mod colour;
mod desk_apps;
mod environment;
mod oauth;
mod origin;
mod own_words;
mod settings;
mod source;
mod store;
mod texts;

pub use agents::{AgentSettings, OidcSettings};
pub use ancestor::Ancestor;
pub use brand::{Brand, Link, Name, Support};
pub use colour::{Colour, DARK, Grounds, LIGHT};
pub use desk_apps::{DeskApp, ZendeskSettings};
pub use oauth::{OAuthClient, OAuthKind};
pub use origin::Origin;
pub use own_words::OwnWords;
pub use settings::{Limits, LogFormat, Settings, Tls};
pub use source::{ConfigError, load};
pub use store::{CaseSettings, NatsSettings, StoreAddress};
