//! What of the form outlives a reload: everything but secrets, which aren't part of it.
//!
//! Written as lines, for the browser keeps texts: `+name=value` where the person typed it, `-name=value` where it was
//! filled in.

use error_model::Code;

use super::{Form, Input};

const SEPARATE: &str = "separate";
const WORKED_BEFORE: &str = "worked-before";
const REPORTED: &str = "reported";

impl Form {
    /// The form as a text.
    #[must_use]
    pub fn keep(&self) -> String {
        let mut kept = String::new();
        let mut line = |typed: bool, name: &str, value: &str| {
            for part in [if typed { "+" } else { "-" }, name, "=", value, "\n"] {
                kept.push_str(part);
            }
        };
        for input in Input::ALL {
            let follows = matches!(input, Input::Security(lane) if self.server(lane).chosen.is_none());
            if !input.is_secret() && !follows {
                line(self.is_by_hand(input), input.id(), self.text(input));
            }
        }
        for (name, set) in [(SEPARATE, self.separate), (WORKED_BEFORE, self.worked_before)] {
            if set {
                line(true, name, "");
            }
        }
        if let Some(code) = self.reported {
            line(true, REPORTED, code.as_str());
        }
        kept
    }

    /// Fills in what was kept. Lines that say nothing are left out.
    pub fn restore(&mut self, kept: &str) {
        for line in kept.lines() {
            let Some((name, value)) = line.split_once('=') else { continue };
            let (typed, name) = match name.strip_prefix('+') {
                Some(name) => (true, name),
                None => (false, name.trim_start_matches('-')),
            };
            match Input::by_id(name) {
                Some(input) if typed => self.take(input, value),
                Some(input) => self.put(input, value),
                None if name == SEPARATE => self.separate = true,
                None if name == WORKED_BEFORE => self.worked_before = true,
                None if name == REPORTED => self.reported = Code::parse(value),
                None => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use error_model::Lane;

    #[test]
    fn a_form_comes_back_as_it_was() {
        let mut form = Form::default();
        form.type_text(Input::Email, "anna=x@example.com");
        form.type_text(Input::Host(Lane::Imap), "メール.example");
        form.type_text(Input::Port(Lane::Imap), "143");
        form.type_text(Input::Security(Lane::Imap), "plain");
        form.type_text(Input::User, "anna");
        form.type_text(Input::SmtpUser, "sender");
        form.type_text(Input::Host(Lane::Smtp), "smtp.example.com ");
        (form.separate, form.worked_before, form.reported) = (true, true, Code::parse("006"));
        let mut back = Form::default();
        back.restore(&form.keep());
        assert_eq!((back.keep(), back.imap.security()), (form.keep(), form.imap.security()));
        // What was typed by hand isn't touched by what follows from another field.
        back.type_text(Input::Email, "bert@example.com");
        assert_eq!(back.user, "anna");
        back.type_text(Input::Port(Lane::Smtp), "587");
        assert_eq!(back.smtp.security().as_str(), "starttls", "the port still decides where nobody chose");
    }

    #[test]
    fn what_was_filled_in_still_follows_the_address() {
        let mut form = Form::default();
        form.type_text(Input::Email, "anna@example.com");
        let mut back = Form::default();
        back.restore(&form.keep());
        back.type_text(Input::Email, "bert@example.com");
        assert_eq!(back.user, "bert@example.com");
    }

    #[test]
    fn nonsense_fills_in_nothing() {
        let mut form = Form::default();
        form.restore("\n=\n+password=x\n+weather=fine\nimap-port\n");
        assert_eq!(form.keep(), Form::default().keep());
        assert!(!form.keep().contains('x'));
    }
}
