//! What a button of the form asks for.

use super::Input;

/// What a button asks for. Written as one word into the button, as [`crate::show::Action`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// Do what the advice of this input offers.
    Repair(Input),
    /// Show the password, or hide it again.
    Reveal(Input),
    /// Look the settings up again.
    LookUp,
    /// Fill in the settings with this number.
    Use(usize),
    /// Stop the test.
    Cancel,
}

impl Press {
    /// The word.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Repair(input) => ["repair ", input.id()].concat(),
            Self::Reveal(input) => ["reveal ", input.id()].concat(),
            Self::LookUp => "look-up".to_owned(),
            Self::Use(found) => ["use ", &found.to_string()].concat(),
            Self::Cancel => "cancel".to_owned(),
        }
    }

    /// Reads the word. `None`: nothing of the form's.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        match name.split_once(' ') {
            Some(("repair", id)) => Input::by_id(id).map(Self::Repair),
            Some(("reveal", id)) => Input::by_id(id).map(Self::Reveal),
            Some(("use", found)) => found.parse().ok().map(Self::Use),
            Some(_) => None,
            None if name == "look-up" => Some(Self::LookUp),
            None => (name == "cancel").then_some(Self::Cancel),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_press_is_read_from_its_word_and_none_is_an_action_of_the_results() {
        for press in [
            Press::Repair(Input::Email),
            Press::Reveal(Input::SmtpPassword),
            Press::LookUp,
            Press::Use(3),
            Press::Cancel,
        ] {
            assert_eq!(Press::parse(&press.name()), Some(press));
            assert_eq!(crate::show::Action::parse(&press.name()), None);
        }
        for junk in ["", "repair", "repair nothing", "use x", "apply 1"] {
            assert_eq!(Press::parse(junk), None, "{junk}");
        }
    }
}
