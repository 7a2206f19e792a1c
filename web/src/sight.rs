//! An observation as the page shows it: its words, what the server said, and how it speaks for the connection.

use error_model::{
    Lang, Observed,
    evidence::{
        AlternativeOutcome, ConnectOutcome, DnsOutcome, GreetingOutcome, Observation, ReplyStatus, TlsOutcome,
    },
    words::{describe, server_words},
};

/// How an observation speaks for the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Good,
    /// A fault, or part of one.
    Bad,
    /// Neither.
    Plain,
}

/// An observation in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// The sentence.
    pub text: String,
    /// What the server said, escaped; shown as the server's words.
    pub server_words: Option<String>,
    /// How it speaks for the connection.
    pub tone: Tone,
}

/// Shows an observation. `None`: it's drawn in another way (the transcript).
#[must_use]
pub fn sight(observed: &Observed, lang: Lang) -> Option<Sight> {
    let observation = &observed.observation;
    (!matches!(observation, Observation::Transcript(_))).then(|| Sight {
        text: describe(observation, lang),
        server_words: server_words(observation),
        tone: tone(observation),
    })
}

fn tone(observation: &Observation) -> Tone {
    use Observation as O;
    let good = match observation {
        O::DnsAnswer { outcome: DnsOutcome::NoData, .. }
        | O::NearName { .. }
        | O::ConnectAttempt { outcome: ConnectOutcome::Abandoned, .. }
        | O::StartTls { reply: None, offered: true, injected: 0 }
        | O::CertificateChain { .. }
        | O::CertificateName { .. }
        | O::Capabilities { .. }
        | O::SignInSkipped { .. }
        | O::TlsWithoutName { .. }
        | O::Provider { .. }
        | O::Token { error: None, .. }
        | O::Reading { .. }
        | O::Transcript(_) => return Tone::Plain,
        O::Alternative { outcome: AlternativeOutcome::Works, .. } => true,
        O::Alternative { .. } => return Tone::Plain,
        O::DnsAnswer { outcome, exchanges, .. } => *outcome == DnsOutcome::Answer && *exchanges != ["."],
        O::ConnectAttempt { outcome, .. } => *outcome == ConnectOutcome::Connected,
        O::Greeting { outcome, .. } => *outcome == GreetingOutcome::Ready,
        O::StartTls { reply, injected, .. } => {
            *injected == 0 && reply.as_ref().is_some_and(|reply| reply.status == ReplyStatus::Ok)
        }
        O::TlsHandshake { outcome, .. } => matches!(outcome, TlsOutcome::Established { .. }),
        O::CertificateVerdict { faults, .. } => faults.is_empty(),
        O::SignIn { accepted, .. } => *accepted,
        O::Mailbox { opened, .. } => *opened,
        O::Sender { allowed, .. } => *allowed,
        O::HostInvalid { .. }
        | O::AddressDenied { .. }
        | O::Dropped { .. }
        | O::TimedOut { .. }
        | O::Unrecognised { .. }
        | O::EveryHelloRefused { .. }
        | O::LegacyTls { .. }
        | O::Token { .. } => false,
    };
    if good { Tone::Good } else { Tone::Bad }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(json: &str) -> Option<Sight> {
        let observation = serde_json::from_str(json).unwrap();
        sight(&Observed { seq: 1, at_ms: 0, lane: error_model::Lane::Imap, observation }, Lang::En)
    }

    #[test]
    fn a_refusal_speaks_against_the_connection_in_the_servers_words() {
        let json = r#"{"kind":"sign-in","mechanism":"PLAIN","accepted":false,"reply":{"status":"no","code":535,
            "enhanced":"5.7.8","text":"\\u{202e}no <script>"}}"#;
        let sight = seen(json).unwrap();
        assert_eq!((sight.text.as_str(), sight.tone), ("The sign-in was refused (PLAIN)", Tone::Bad));
        assert_eq!(sight.server_words.as_deref(), Some(r"535 5.7.8 \u{202e}no <script>"));
    }

    #[test]
    fn a_verdict_without_faults_is_good() {
        let json = r#"{"kind":"certificate-verdict","host":"h","trusted_root":"CN=R","faults":[]}"#;
        assert_eq!(seen(json).map(|sight| sight.tone), Some(Tone::Good));
    }

    #[test]
    fn a_null_mx_is_an_answer_that_speaks_against() {
        let json = r#"{"kind":"dns-answer","name":"h","subject":"mail-domain","record":"MX","outcome":"answer",
            "exchanges":["."],"ttl_s":1,"extended_error":null,"elapsed_ms":1}"#;
        assert_eq!(seen(json).map(|sight| sight.tone), Some(Tone::Bad));
    }

    #[test]
    fn the_transcript_is_drawn_in_another_way() {
        assert_eq!(seen(r#"{"kind":"transcript","side":"server","text":"* OK"}"#), None);
    }
}
