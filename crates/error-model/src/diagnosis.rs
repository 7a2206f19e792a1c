//! What the evidence means: the shapes of a diagnosis.

use serde::{Deserialize, Serialize};

use crate::{Cause, Code, Comparison, Lane, Step};

/// How sure a finding is. The order is from sure to unsure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// The evidence admits no other cause.
    Proven,
    /// The evidence speaks for it; another cause isn't excluded.
    Likely,
    /// One of several that the evidence allows.
    Possible,
}

impl Confidence {
    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Likely => "likely",
            Self::Possible => "possible",
        }
    }
}

/// The whole diagnosis: the headline and both lanes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// The headline's code, `ok` where everything passed.
    pub code: Code,
    /// The headline's cause; `None` with `ok`.
    pub cause: Option<Cause>,
    /// How sure; `None` with `ok`.
    pub confidence: Option<Confidence>,
    /// The lane of the headline; `None` with `ok`.
    pub lane: Option<Lane>,
    /// No further evidence will come.
    #[serde(rename = "final")]
    pub is_final: bool,
    /// Both lanes.
    pub lanes: Lanes,
    /// How the code that the person saw stands to this; `None` where none was reported, or while it's too early to tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reported: Option<Comparison>,
}

impl Diagnosis {
    /// The finding of the headline.
    #[must_use]
    pub fn headline(&self) -> Option<&Finding> {
        self.lanes.get(self.lane?)?.findings.first()
    }
}

/// The lanes that were asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Lanes {
    /// Receiving.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imap: Option<LaneDiagnosis>,
    /// Sending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smtp: Option<LaneDiagnosis>,
}

impl Lanes {
    /// One lane, where it was asked for.
    #[must_use]
    pub fn get(&self, lane: Lane) -> Option<&LaneDiagnosis> {
        match lane {
            Lane::Imap => self.imap.as_ref(),
            Lane::Smtp => self.smtp.as_ref(),
        }
    }
}

/// What a lane came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LaneState {
    /// Still running.
    Running,
    /// Every step that was asked for passed.
    Passed,
    /// A step failed.
    Failed,
}

/// One lane of a diagnosis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaneDiagnosis {
    /// What it came to.
    pub state: LaneState,
    /// The first step that failed, or the last that was reached.
    pub step: Step,
    /// A sign-in was tried and accepted.
    pub signed_in: bool,
    /// The most important first.
    pub findings: Vec<Finding>,
}

/// A cause that the evidence supports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The cause's code.
    pub code: Code,
    /// The cause.
    pub cause: Cause,
    /// How sure.
    pub confidence: Confidence,
    /// Codes that the product may show for the same fault.
    pub also_shown_as: Vec<Code>,
    /// The `seq` of the observations that it rests on.
    pub observations: Vec<u32>,
    /// Values to try.
    pub suggestions: Vec<Suggestion>,
}

impl Finding {
    /// The suggestions as changes to try, each by itself: a port and the security mode that was tried with it are one.
    pub fn changes(&self) -> impl Iterator<Item = &[Suggestion]> {
        self.suggestions.chunk_by(|one, next| {
            let belong = matches!(
                (one.field, next.field),
                (Field::ImapPort, Field::ImapSecurity) | (Field::SmtpPort, Field::SmtpSecurity)
            );
            belong && one.tried == next.tried
        })
    }
}

/// A value that may mend the fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// Unique in the diagnosis; `apply` names it.
    pub id: String,
    /// The form's field: `imap.host`, `smtp.port`, `imap.security`, `user` …
    pub field: Field,
    /// The value.
    pub value: String,
    /// Whether it was tried, and what came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried: Option<Tried>,
}

/// What came of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tried {
    /// A connection with it passed.
    Works,
    /// It got further than before, but not through.
    Partly,
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    /// IMAP host.
    #[serde(rename = "imap.host")]
    ImapHost,
    /// IMAP port.
    #[serde(rename = "imap.port")]
    ImapPort,
    /// IMAP security mode.
    #[serde(rename = "imap.security")]
    ImapSecurity,
    /// SMTP host.
    #[serde(rename = "smtp.host")]
    SmtpHost,
    /// SMTP port.
    #[serde(rename = "smtp.port")]
    SmtpPort,
    /// SMTP security mode.
    #[serde(rename = "smtp.security")]
    SmtpSecurity,
    /// User name.
    #[serde(rename = "user")]
    User,
    /// User name for sending.
    #[serde(rename = "smtp_user")]
    SmtpUser,
    /// The e-mail address.
    #[serde(rename = "email")]
    Email,
}

impl Field {
    /// The host field of a lane.
    #[must_use]
    pub const fn host(lane: Lane) -> Self {
        match lane {
            Lane::Imap => Self::ImapHost,
            Lane::Smtp => Self::SmtpHost,
        }
    }

    /// The port field of a lane.
    #[must_use]
    pub const fn port(lane: Lane) -> Self {
        match lane {
            Lane::Imap => Self::ImapPort,
            Lane::Smtp => Self::SmtpPort,
        }
    }

    /// The security field of a lane.
    #[must_use]
    pub const fn security(lane: Lane) -> Self {
        match lane {
            Lane::Imap => Self::ImapSecurity,
            Lane::Smtp => Self::SmtpSecurity,
        }
    }

    /// The user-name field of a lane.
    #[must_use]
    pub const fn user(lane: Lane) -> Self {
        match lane {
            Lane::Imap => Self::User,
            Lane::Smtp => Self::SmtpUser,
        }
    }

    /// The name on the wire, `imap.host`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ImapHost => "imap.host",
            Self::ImapPort => "imap.port",
            Self::ImapSecurity => "imap.security",
            Self::SmtpHost => "smtp.host",
            Self::SmtpPort => "smtp.port",
            Self::SmtpSecurity => "smtp.security",
            Self::User => "user",
            Self::SmtpUser => "smtp_user",
            Self::Email => "email",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Field::{ImapHost, ImapPort, ImapSecurity, SmtpSecurity};

    #[test]
    fn a_port_and_the_security_tried_with_it_are_one_change() {
        let suggestion = |(field, tried)| Suggestion { id: "s".into(), field, value: "v".into(), tried };
        let suggestions = [
            (ImapHost, Some(Tried::Works)),
            (ImapPort, Some(Tried::Works)),
            (ImapSecurity, Some(Tried::Works)),
            (ImapHost, None),
            (ImapPort, None),
            (SmtpSecurity, None),
            (ImapPort, Some(Tried::Partly)),
            (ImapSecurity, None),
        ];
        let finding = Finding {
            code: Code::E002,
            cause: Cause::PortClosed,
            confidence: Confidence::Proven,
            also_shown_as: vec![],
            observations: vec![],
            suggestions: suggestions.map(suggestion).into(),
        };
        let sizes: Vec<usize> = finding.changes().map(<[_]>::len).collect();
        assert_eq!(sizes, [1, 2, 1, 1, 1, 1, 1]);
    }
}
