//! How far a dialogue has come; the same for IMAP and SMTP.

use crate::SendError;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum State {
    /// The server speaks first.
    #[default]
    Greeting,
    /// Commands may be sent.
    Ready,
    /// STARTTLS was accepted: nothing is read or sent before the upgrade.
    AwaitingUpgrade,
    /// The server said that it hangs up. What it still says is read.
    Goodbye,
    /// Nothing is read or sent any more.
    Over,
}

impl State {
    pub(crate) fn reads(self) -> bool {
        !matches!(self, Self::AwaitingUpgrade | Self::Over)
    }

    pub(crate) fn may_send(self) -> Result<(), SendError> {
        match self {
            Self::Greeting => Err(SendError::NotGreeted),
            Self::Ready => Ok(()),
            Self::AwaitingUpgrade => Err(SendError::AwaitingUpgrade),
            Self::Goodbye | Self::Over => Err(SendError::Over),
        }
    }
}
