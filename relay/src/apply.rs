//! Running again with what a diagnosis suggests: for the `apply` of a client and for `check --apply` alike.

use error_model::{
    Code, Diagnosis, Field, Finding, Lane, Security, Suggestion, Tried,
    wire::{ProbeRequest, Start},
};

/// The change that the suggestion with this identifier is part of. `None`: there's no such suggestion.
#[must_use]
pub fn change_of<'d>(diagnosis: &'d Diagnosis, id: &str) -> Option<&'d [Suggestion]> {
    let lanes = Lane::ALL.into_iter().filter_map(|lane| diagnosis.lanes.get(lane));
    let mut changes = lanes.flat_map(|lane| &lane.findings).flat_map(Finding::changes);
    changes.find(|change| change.iter().any(|suggestion| suggestion.id == id))
}

/// For each lane the first change of its first finding that was tried and works. Each was tried by itself and for its
/// own service only, so no two of one lane are mixed.
#[must_use]
pub fn working_changes(diagnosis: &Diagnosis) -> Vec<&Suggestion> {
    let works = |change: &&[Suggestion]| change.iter().all(|s| s.tried == Some(Tried::Works));
    let first = |lane| diagnosis.lanes.get(lane)?.findings.first()?.changes().find(works);
    Lane::ALL.into_iter().filter_map(first).flatten().collect()
}

/// The settings of the last run with suggested values put in. `None`: a value doesn't fit its field.
///
/// The code that the person saw isn't asked about again: they saw it with the settings of before. Whoever was told to
/// reconnect was connected once, though.
#[must_use]
pub fn apply<'s>(last: &Start, suggestions: impl IntoIterator<Item = &'s Suggestion>) -> Option<Start> {
    let worked_before = last.worked_before || last.reported == Some(Code::Reconnect);
    let mut next = Start { reported: None, worked_before, ..copy(last) };
    for suggestion in suggestions {
        set(&mut next.request, suggestion)?;
    }
    Some(next)
}

fn set(request: &mut ProbeRequest, suggestion: &Suggestion) -> Option<()> {
    let value = suggestion.value.clone();
    match suggestion.field {
        Field::ImapHost => request.imap.as_mut()?.host = value,
        Field::ImapPort => request.imap.as_mut()?.port = value.parse().ok()?,
        Field::ImapSecurity => request.imap.as_mut()?.security = security(&value)?,
        Field::SmtpHost => request.smtp.as_mut()?.host = value,
        Field::SmtpPort => request.smtp.as_mut()?.port = value.parse().ok()?,
        Field::SmtpSecurity => request.smtp.as_mut()?.security = security(&value)?,
        Field::User => request.user = Some(value),
        Field::SmtpUser => request.smtp_user = Some(value),
        Field::Email => request.email = Some(value),
    }
    Some(())
}

fn security(value: &str) -> Option<Security> {
    [Security::Tls, Security::StartTls, Security::Plain].into_iter().find(|mode| mode.as_str() == value)
}

/// `Start` holds secrets and therefore can't be cloned by accident; here it's meant.
#[must_use]
pub fn copy(start: &Start) -> Start {
    let request = &start.request;
    Start {
        request: ProbeRequest {
            email: request.email.clone(),
            imap: request.imap.clone(),
            smtp: request.smtp.clone(),
            user: request.user.clone(),
            smtp_user: request.smtp_user.clone(),
            password: request.password.clone(),
            smtp_password: request.smtp_password.clone(),
            oauth_token: request.oauth_token.clone(),
            allow_unclean_tls: request.allow_unclean_tls,
        },
        reported: start.reported,
        worked_before: start.worked_before,
        lang: start.lang,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use error_model::{Cause, Confidence, LaneDiagnosis, LaneState, Step, diagnosis::Lanes};
    use serde_json::{from_value, json};

    fn suggestion(id: &str, field: Field, value: &str, tried: Option<Tried>) -> Suggestion {
        Suggestion { id: id.to_owned(), field, value: value.to_owned(), tried }
    }

    fn lane(cause: Cause, suggestions: Vec<Suggestion>) -> LaneDiagnosis {
        let finding = Finding {
            code: cause.code(),
            cause,
            confidence: Confidence::Proven,
            also_shown_as: vec![],
            observations: vec![1],
            suggestions,
        };
        LaneDiagnosis {
            state: LaneState::Failed,
            step: Step::Connect,
            signed_in: false,
            findings: vec![finding],
        }
    }

    fn diagnosis(imap: Vec<Suggestion>, smtp: Vec<Suggestion>) -> Diagnosis {
        Diagnosis {
            code: Code::E002,
            cause: Some(Cause::PortClosed),
            confidence: Some(Confidence::Proven),
            lane: Some(Lane::Imap),
            is_final: true,
            lanes: Lanes {
                imap: Some(lane(Cause::PortClosed, imap)),
                smtp: Some(lane(Cause::NameNotCovered, smtp)),
            },
            reported: None,
        }
    }

    /// Two ways out for receiving, and for sending a name that wasn't tried before one that was.
    fn both() -> Diagnosis {
        let works = Some(Tried::Works);
        diagnosis(
            vec![
                suggestion("s1", Field::ImapPort, "143", works),
                suggestion("s2", Field::ImapSecurity, "starttls", works),
                suggestion("s3", Field::ImapHost, "other.example", works),
            ],
            vec![
                suggestion("s4", Field::SmtpHost, "untried.example", None),
                suggestion("s5", Field::SmtpHost, "tried.example", works),
                suggestion("s6", Field::User, "anna", None),
            ],
        )
    }

    fn last() -> Start {
        let server = |port| json!({"host": "h.example", "port": port, "security": "tls"});
        from_value(json!({
            "request": {"imap": server(993), "smtp": server(465), "password": "geheim", "email": "a@example.com"},
            "reported": "002",
            "worked_before": true,
        }))
        .unwrap()
    }

    #[test]
    fn a_suggested_port_is_applied_together_with_its_security_mode() {
        for id in ["s1", "s2"] {
            let next = apply(&last(), change_of(&both(), id).unwrap()).unwrap();
            let imap = next.request.imap.unwrap();
            assert_eq!(
                (imap.host.as_str(), imap.port, imap.security),
                ("h.example", 143, Security::StartTls)
            );
            assert!(next.request.password.is_some() && next.worked_before, "the rest stays");
        }
        assert!(change_of(&both(), "s9").is_none());
    }

    #[test]
    fn what_was_not_tried_is_applied_by_its_name_only() {
        let next = apply(&last(), change_of(&both(), "s6").unwrap()).unwrap();
        assert_eq!(next.request.user.as_deref(), Some("anna"));
        let next = apply(&last(), working_changes(&both())).unwrap();
        assert_eq!(next.request.user, None);
    }

    #[test]
    fn each_service_gets_its_first_change_that_works_and_no_second() {
        let diagnosis = both();
        let ids: Vec<&str> = working_changes(&diagnosis).iter().map(|s| s.id.as_str()).collect();
        assert_eq!(ids, ["s1", "s2", "s5"]);
    }

    #[test]
    fn what_gets_further_only_partly_works_for_nobody() {
        let partly = suggestion("s1", Field::ImapPort, "143", Some(Tried::Partly));
        assert!(working_changes(&diagnosis(vec![partly], vec![])).is_empty());
    }

    #[test]
    fn the_code_that_was_seen_belongs_to_the_settings_of_before() {
        assert_eq!(apply(&last(), change_of(&both(), "s1").unwrap()).unwrap().reported, None);
    }

    #[test]
    fn a_value_that_does_not_fit_its_field_changes_nothing() {
        for (field, value) in [(Field::ImapPort, "70000"), (Field::SmtpSecurity, "ssl")] {
            assert!(apply(&last(), [&suggestion("s1", field, value, None)]).is_none(), "{value}");
        }
    }
}
