//! `POST /api/v1/cases/{case}/check`: the relay checks the connection for the agent, without any password.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Request as HttpRequest, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use error_model::{
    Endpoint, Lang,
    case::{By, Veil},
    wire::{ProbeRequest, Start},
};
use probe::Request;
use serde::Deserialize;
use serde_json::json;

use super::{Refused, auth, case_of, either, fresh, read, refuse};
use crate::{
    agents::Role,
    http::relay::{Peer, Relay},
    run::Run,
};

/// What to check. There's no place for a secret.
#[derive(Deserialize)]
struct Check {
    #[serde(default)]
    imap: Option<Endpoint>,
    #[serde(default)]
    smtp: Option<Endpoint>,
}

/// Begins the run; what it sees appears in the case.
pub(in crate::http) async fn check(
    State(relay): State<Arc<Relay>>,
    Extension(Peer(client)): Extension<Peer>,
    case: Path<String>,
    http: HttpRequest,
) -> Response {
    let answer = async {
        auth::agent(&relay, http.method(), http.headers(), Role::Agent).await?;
        let case = case_of(&case)?;
        relay.desk.summary(case).map_err(Refused::into_response)?;
        let Check { imap, smtp } = read(&relay, http).await?;
        let start = || Start {
            request: settings(imap.clone(), smtp.clone()),
            reported: None,
            worked_before: false,
            lang: Lang::En,
        };
        let mut request = Request::new(start(), relay.engine.policy()).map_err(refuse)?;
        let admitted = relay.admit(client, &mut request).await.map_err(refuse)?;
        let settings = start().request;
        let veil = Veil::of(&settings, true);
        let recorder = relay.desk.record_as(case, By::Relay, veil, &settings).await;
        let mut recorder = recorder.map_err(Refused::into_response)?;
        let started = fresh(json!({"run": recorder.run()}));
        let mut run = Run::new(Arc::clone(&relay.engine), request);
        let mut mark = relay.meter.run();
        let stopping = relay.stopping.clone();
        relay.open.spawn(async move {
            let admitted = admitted;
            let watched = async {
                while let Some(message) = run.next().await {
                    mark.saw(&message);
                    recorder.saw(&message).await;
                }
            };
            tokio::select! {
                () = watched => {}
                () = stopping.cancelled() => {}
            }
            drop(admitted);
        });
        Ok((StatusCode::ACCEPTED, started).into_response())
    };
    either(answer.await)
}

fn settings(imap: Option<Endpoint>, smtp: Option<Endpoint>) -> ProbeRequest {
    ProbeRequest {
        email: None,
        imap,
        smtp,
        user: None,
        smtp_user: None,
        password: None,
        smtp_password: None,
        oauth_token: None,
        allow_unclean_tls: false,
    }
}
