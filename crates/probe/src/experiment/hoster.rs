//! The sign-in was refused by a server of a name that says nothing: who takes the domain's mail in? A hoster that is known
//! may be the one who refuses, and what it asks of a sign-in is known too.

use error_model::evidence::{DnsRecord, DnsSubject, Observation, ProviderClue};

use crate::{engine::Engine, host::Host, providers, record::Pen};

pub(super) async fn ask(engine: &Engine, email: Option<&str>, pen: &Pen) {
    let Some((_, domain)) = email.and_then(|email| email.rsplit_once('@')) else { return };
    let Ok(Host::Name(domain)) = Host::parse(domain) else { return };
    let (_, answer) = engine.names.observe(&domain, DnsRecord::Mx, DnsSubject::MailDomain).await;
    let hoster = match &answer {
        Observation::DnsAnswer { exchanges, .. } => exchanges.iter().find_map(|name| providers::by_mx(name)),
        _ => None,
    };
    pen.saw(answer).await;
    if let Some(provider) = hoster {
        pen.saw(provider.observation(ProviderClue::Exchanger)).await;
    }
}
