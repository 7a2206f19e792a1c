//! What a button of the results asks for.

use error_model::Lane;

use crate::export::Audience;

/// What a button asks for. Written as one word into the button, because a tree carries no closures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Fill in the change with this number.
    Apply(usize),
    /// Fill it in and test again.
    ApplyAndTest(usize),
    /// Test again, one lane only where it's named.
    Again(Option<Lane>),
    /// Copy the report.
    Copy(Audience),
    /// Save the report as Markdown.
    SaveMarkdown,
    /// Save everything as JSON.
    SaveJson,
    /// Print.
    Print,
}

impl Action {
    /// The word.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Apply(change) => ["apply ", &change.to_string()].concat(),
            Self::ApplyAndTest(change) => ["test ", &change.to_string()].concat(),
            Self::Again(None) => "again".to_owned(),
            Self::Again(Some(lane)) => ["again ", lane.as_str()].concat(),
            Self::Copy(Audience::It) => "copy-it".to_owned(),
            Self::Copy(Audience::Support | Audience::Everyone) => "copy-support".to_owned(),
            Self::SaveMarkdown => "save-markdown".to_owned(),
            Self::SaveJson => "save-json".to_owned(),
            Self::Print => "print".to_owned(),
        }
    }

    /// Reads the word. `None`: no such action.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        if let Some((action, change)) = name.split_once(' ') {
            if action == "again" {
                return Lane::ALL
                    .into_iter()
                    .find(|lane| lane.as_str() == change)
                    .map(|lane| Self::Again(Some(lane)));
            }
            let change = change.parse().ok()?;
            return match action {
                "apply" => Some(Self::Apply(change)),
                "test" => Some(Self::ApplyAndTest(change)),
                _ => None,
            };
        }
        Some(match name {
            "again" => Self::Again(None),
            "copy-it" => Self::Copy(Audience::It),
            "copy-support" => Self::Copy(Audience::Support),
            "save-markdown" => Self::SaveMarkdown,
            "save-json" => Self::SaveJson,
            "print" => Self::Print,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_read_from_its_word() {
        for action in [
            Action::Apply(0),
            Action::ApplyAndTest(12),
            Action::Again(None),
            Action::Again(Some(Lane::Smtp)),
            Action::Copy(Audience::It),
            Action::Copy(Audience::Support),
            Action::SaveMarkdown,
            Action::SaveJson,
            Action::Print,
        ] {
            assert_eq!(Action::parse(&action.name()), Some(action));
        }
        for junk in ["", "apply", "apply x", "fly 1", "again pop"] {
            assert_eq!(Action::parse(junk), None, "{junk}");
        }
    }
}
