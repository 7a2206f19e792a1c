//! Passwords and tokens: from standard input or a variable, never from an argument.

use std::io::{IsTerminal, Read};

use secrecy::SecretString;

use super::{CheckArguments, Refusal};
use crate::limits;

/// What a check signs in with. It has no `Debug`.
#[derive(Default)]
pub struct Secrets {
    /// The password of both servers, or of receiving alone where sending has its own.
    pub password: Option<SecretString>,
    /// The password for sending, where it's another.
    pub smtp_password: Option<SecretString>,
    /// The OAuth access token.
    pub oauth_token: Option<SecretString>,
}

impl Secrets {
    /// Reads what the arguments name.
    ///
    /// # Errors
    /// Names the argument whose secret is missing, empty, too long or not text. Never shows any of it.
    pub fn read(
        arguments: &CheckArguments,
        variable: impl Fn(&str) -> Option<std::ffi::OsString>,
    ) -> Result<Self, Refusal> {
        let from = |argument: &str, name: &Option<String>| match name {
            Some(name) => from_variable(argument, name, &variable).map(Some),
            None => Ok(None),
        };
        let password = match &arguments.password_env {
            name @ Some(_) => from("--password-env", name)?,
            None if arguments.password_stdin => Some(from_standard_input()?),
            None => None,
        };
        Ok(Self {
            password,
            smtp_password: from("--smtp-password-env", &arguments.smtp_password_env)?,
            oauth_token: from("--oauth-token-env", &arguments.oauth_token_env)?,
        })
    }
}

fn from_variable(
    argument: &str,
    name: &str,
    variable: &impl Fn(&str) -> Option<std::ffi::OsString>,
) -> Result<SecretString, Refusal> {
    let value = variable(name)
        .ok_or_else(|| Refusal::argument(argument, format_args!("the variable {name} is not set")))?;
    let value = value
        .into_string()
        .map_err(|_| Refusal::argument(argument, format_args!("the variable {name} is not UTF-8 text")))?;
    usable(argument, value)
}

fn from_standard_input() -> Result<SecretString, Refusal> {
    const ARGUMENT: &str = "--password-stdin";
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        let problem = "the terminal would show what you type; pipe the password in, or use --password-env";
        return Err(Refusal::argument(ARGUMENT, problem));
    }
    let mut bytes = Vec::new();
    // One byte more than allowed, so that a longer one is refused rather than cut.
    let most = limits::SECRET_BYTES as u64 + 2;
    stdin.lock().take(most).read_to_end(&mut bytes).map_err(|error| Refusal::argument(ARGUMENT, error))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Refusal::argument(ARGUMENT, "the password is not UTF-8 text"))?;
    usable(ARGUMENT, first_line(text))
}

/// Without the line end that a file or `echo` puts behind it; spaces belong to the password.
fn first_line(mut text: String) -> String {
    if let Some(end) = text.find('\n') {
        text.truncate(end);
        if text.ends_with('\r') {
            text.pop();
        }
    }
    text
}

fn usable(argument: &str, secret: String) -> Result<SecretString, Refusal> {
    let most = limits::SECRET_BYTES;
    match secret.len() {
        0 => Err(Refusal::argument(argument, "it is empty")),
        length if length > most => Err(Refusal::argument(argument, format_args!("longer than {most} bytes"))),
        _ => Ok(SecretString::from(secret)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_line_end_is_taken_off_a_password() {
        for (read, password) in
            [("geheim\n", "geheim"), ("geheim\r\n", "geheim"), (" a b ", " a b "), ("a\nb", "a")]
        {
            assert_eq!(first_line(read.to_owned()), password);
        }
    }

    #[test]
    fn a_variable_that_is_missing_or_empty_is_named() {
        let missing = from_variable("--password-env", "NOTHING", &|_| None).err().unwrap();
        assert_eq!(missing.to_string(), "--password-env: the variable NOTHING is not set");
        let empty = from_variable("--password-env", "EMPTY", &|_| Some("".into())).err().unwrap();
        assert_eq!(empty.to_string(), "--password-env: it is empty");
    }

    #[test]
    fn a_secret_that_is_too_long_is_refused_not_cut() {
        let long = "x".repeat(limits::SECRET_BYTES + 1);
        let refusal =
            from_variable("--oauth-token-env", "LONG", &|_| Some(long.clone().into())).err().unwrap();
        assert_eq!(refusal.to_string(), "--oauth-token-env: longer than 16384 bytes");
    }
}
