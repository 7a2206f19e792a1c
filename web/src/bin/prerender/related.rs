//! Which errors are met instead of which, and why.

use error_model::{Code, Str, strings::related as why};

/// The errors that this one is easily mistaken for, each with the reason.
pub const fn to(code: Code) -> &'static [(Code, Str)] {
    match code {
        Code::E001 => &[(Code::E002, why::REACH_PORT), (Code::E006, why::NAME_MISMATCH)],
        Code::E002 => &[
            (Code::E001, why::REACH_NAME),
            (Code::E004, why::CONNECT_TLS),
            (Code::E008, why::CONNECT_HANDSHAKE),
        ],
        Code::E003 => &[(Code::E002, why::UNKNOWN_CONNECT), (Code::E008, why::UNKNOWN_TLS)],
        Code::E004 => &[(Code::E008, why::NONE_HANDSHAKE), (Code::E002, why::NONE_PORT)],
        Code::E005 => &[
            (Code::E007, why::INSECURE_VERIFY),
            (Code::E008, why::INSECURE_TLS),
            (Code::E006, why::INSECURE_NAME),
        ],
        Code::E006 => {
            &[(Code::E005, why::NAME_INSECURE), (Code::E007, why::NAME_VERIFY), (Code::E001, why::NAME_REACH)]
        }
        Code::E007 => &[(Code::E005, why::VERIFY_INSECURE), (Code::E006, why::VERIFY_NAME)],
        Code::E008 => &[(Code::E005, why::TLS_INSECURE), (Code::E004, why::TLS_NONE)],
        Code::E009 => &[
            (Code::Auth, why::CREDENTIALS_AUTH),
            (Code::Reconnect, why::CREDENTIALS_RECONNECT),
            (Code::E004, why::CREDENTIALS_NONE),
        ],
        Code::Auth => &[
            (Code::E009, why::AUTH_CREDENTIALS),
            (Code::FirstSync, why::AUTH_SYNC),
            (Code::Reconnect, why::AUTH_RECONNECT),
        ],
        Code::FirstSync => &[(Code::Auth, why::SYNC_AUTH), (Code::E009, why::SYNC_CREDENTIALS)],
        Code::Reconnect => &[(Code::Auth, why::RECONNECT_AUTH), (Code::E009, why::RECONNECT_CREDENTIALS)],
        Code::Ok => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_leads_to_others_and_none_to_itself() {
        for code in Code::FAULTS {
            assert!(!to(code).is_empty(), "{code}");
            assert!(to(code).iter().all(|(other, _)| *other != code), "{code}");
        }
    }
}
