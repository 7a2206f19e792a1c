//! Codes, causes, evidence and diagnosis: the vocabulary that relay, page and command line share.
//!
//! Pure by design: no socket, no clock, no environment, no randomness. It builds for wasm32 and natively.
//! [`diagnose`] turns [`evidence::Evidence`] into a [`Diagnosis`]; [`Cause::texts`] explains it; [`wire`] carries it.

pub mod case;
mod causes;
mod code;
mod compare;
pub mod comparison;
mod diagnose;
pub mod diagnosis;
pub mod discovery;
pub mod evidence;
mod first_sync;
pub mod known_as;
mod lane;
pub mod lang;
pub mod names;
pub mod own_words;
mod refusal;
pub mod strings;
#[cfg(test)]
mod testing;
pub mod text;
pub mod texts;
pub mod typed;
mod verdict;
mod view;
pub mod wire;
pub mod words;

pub use causes::Cause;
pub use code::Code;
pub use comparison::{Comparison, Relation, Why};
pub use diagnose::diagnose;
pub use diagnosis::{Confidence, Diagnosis, Field, Finding, LaneDiagnosis, LaneState, Suggestion, Tried};
pub use evidence::{Evidence, Observed};
pub use lane::{Endpoint, Lane, Security, Step, StepState};
pub use lang::{Lang, Str};
pub use names::Names;
pub use text::ServerText;
