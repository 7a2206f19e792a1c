//! Signing in without a browser of our own: a code to type at the issuer's page, on any device (RFC 8628).

use std::path::Path;

use error_model::Lang;
use probe::{Engine, Issued};
use secrecy::SecretString;

use super::printer::neutral;
use crate::{
    cli::Refusal,
    config,
    oauth::{Client, Granted, NoToken},
    words,
};

/// What came of it: a token, or the issuer's reason against one.
pub(super) struct SignedIn {
    client: Client,
    granted: Option<Granted>,
    issued: Issued,
}

/// Leads the person through the sign-in with the client `id` of the configuration; standard error says what to do.
///
/// # Errors
/// A [`Refusal`] where there is no such client, or its issuer doesn't answer.
pub(super) async fn sign_in(
    engine: &Engine,
    id: &str,
    file: Option<&Path>,
    lang: Lang,
) -> Result<SignedIn, Refusal> {
    let settings = config::load(file, std::iter::empty()).map_err(Refusal::usage)?;
    let known: Vec<&str> = settings.oauth.iter().map(|client| client.id.as_str()).collect();
    let Some(settings) = settings.oauth.iter().find(|client| client.id == id) else {
        let problem = match known.as_slice() {
            [] => "the file of --config names no OAuth client; docs/oauth.md says how to register one"
                .to_owned(),
            known => {
                format!("{id:?} isn't among the OAuth clients of the configuration: {}", known.join(", "))
            }
        };
        return Err(Refusal::argument("--oauth", problem));
    };
    let client = Client::new(settings.clone()).map_err(Refusal::usage)?;
    let code = client.device_code(engine).await.map_err(|error| Refusal::argument("--oauth", error))?;
    let (page, typed) = (neutral(&code.page), neutral(&code.code));
    let told = words::TYPE_THE_CODE.get(lang).replace("{page}", &page).replace("{code}", &typed);
    eprintln!("{told}");
    match client.wait(engine, &code).await {
        Ok(granted) => Ok(SignedIn { issued: granted.issued.clone(), client, granted: Some(granted) }),
        Err(NoToken::Refused(error)) => {
            let issued = Issued { error: Some(error), ..Issued::default() };
            Ok(SignedIn { client, granted: None, issued })
        }
        Err(error) => Err(Refusal::argument("--oauth", error)),
    }
}

impl SignedIn {
    /// The token, where there is one.
    pub fn token(&self) -> Option<SecretString> {
        self.granted.as_ref().map(|granted| granted.token.clone())
    }

    /// What the issuer said.
    pub fn issued(&self) -> &Issued {
        &self.issued
    }

    /// Hands the token back.
    pub async fn end(self, engine: &Engine) {
        if let Some(granted) = self.granted {
            self.client.revoke(engine, granted).await;
        }
    }
}
