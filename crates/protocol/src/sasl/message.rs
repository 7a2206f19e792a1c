//! The client's messages of each mechanism, before base64.

use secrecy::ExposeSecret;

use super::{Credentials, Mechanism};
use crate::Outgoing;

/// What the client has to say, in order. The first one may go with the command as the initial response, except for
/// LOGIN, where the server asks first.
pub(super) fn messages(mechanism: Mechanism, credentials: &Credentials) -> Vec<Outgoing> {
    let user = credentials.user.as_bytes();
    let secret = credentials.secret.expose_secret().as_bytes();
    match mechanism {
        Mechanism::Plain => vec![Outgoing::join(&[b"\0", user, b"\0", secret])],
        Mechanism::Login => vec![Outgoing::join(&[user]), Outgoing::join(&[secret])],
        Mechanism::XOAuth2 => {
            vec![Outgoing::join(&[b"user=", user, b"\x01auth=Bearer ", secret, b"\x01\x01"])]
        }
        Mechanism::OAuthBearer => vec![oauth_bearer(credentials)],
    }
}

/// RFC 7628, 3.1, with the GS2 header of RFC 5801, 4.
fn oauth_bearer(credentials: &Credentials) -> Outgoing {
    let user = credentials.user.replace('=', "=3D").replace(',', "=2C");
    let server = match &credentials.server {
        Some((host, port)) => format!("host={host}\x01port={port}\x01"),
        None => String::new(),
    };
    Outgoing::join(&[
        b"n,a=",
        user.as_bytes(),
        b",\x01",
        server.as_bytes(),
        b"auth=Bearer ",
        credentials.secret.expose_secret().as_bytes(),
        b"\x01\x01",
    ])
}

#[cfg(test)]
mod tests {
    use super::{super::Credentials, Mechanism::*, messages};

    fn password(user: &str, password: &str) -> Credentials {
        Credentials::password(user, password.into()).expect("sendable")
    }

    #[test]
    fn plain_is_the_example_of_rfc_4616() {
        let sent = messages(Plain, &password("tim", "tanstaaftanstaaf"));
        assert_eq!(sent[0].as_bytes(), b"\0tim\0tanstaaftanstaaf");
    }

    #[test]
    fn login_says_user_and_password_in_turn() {
        let sent = messages(Login, &password("jürgen", "pässword"));
        assert_eq!(sent.len(), 2);
        assert_eq!((sent[0].as_bytes(), sent[1].as_bytes()), ("jürgen".as_bytes(), "pässword".as_bytes()));
    }

    #[test]
    fn xoauth2_is_the_example_of_google() {
        let token = Credentials::token("someuser@example.com", "vF9dft4qmT".into()).expect("sendable");
        let sent = messages(XOAuth2, &token);
        assert_eq!(sent[0].as_bytes(), b"user=someuser@example.com\x01auth=Bearer vF9dft4qmT\x01\x01");
    }

    #[test]
    fn oauthbearer_is_the_example_of_rfc_7628() {
        let token =
            Credentials::token("user@example.com", "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==".into())
                .and_then(|token| token.for_server("server.example.com", 143))
                .expect("sendable");
        assert_eq!(
            messages(OAuthBearer, &token)[0].as_bytes(),
            b"n,a=user@example.com,\x01host=server.example.com\x01port=143\x01\
              auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\x01\x01"
        );
    }

    #[test]
    fn oauthbearer_escapes_what_gs2_reserves() {
        let token = Credentials::token("a,b=c", "t".into()).expect("sendable");
        assert_eq!(messages(OAuthBearer, &token)[0].as_bytes(), b"n,a=a=2Cb=3Dc,\x01auth=Bearer t\x01\x01");
    }
}
