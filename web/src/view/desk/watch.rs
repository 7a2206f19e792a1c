//! The connection on which a case is followed.

use std::time::Duration;

use error_model::case::{SUBPROTOCOL, Watch, WatchMessage};

use super::api::of_case;
use crate::{
    desk::case::Case,
    view::browser::{Entry, Socket, SocketEvent},
};

/// How long a lost connection waits for the next.
pub const CONNECT_AGAIN: Duration = Duration::from_secs(1);

/// What a message on it means for who follows.
#[derive(PartialEq, Eq)]
pub enum Heard {
    /// Something to show.
    News,
    /// More of what was there before comes.
    More,
    /// Nothing more comes, ever.
    Over,
}

/// Follows a case after what was seen of it. `None`: the browser refuses.
pub fn follow(
    case: &Case,
    token: Option<String>,
    tell: impl Fn(SocketEvent) + Clone + 'static,
) -> Option<Socket> {
    let path = of_case(&case.id, "watch");
    // Plain values: there is nothing in it that could fail to be written.
    let first = serde_json::to_string(&Watch { after: case.last(), token }).unwrap_or_default();
    Socket::to(&path, SUBPROTOCOL, first, Entry::Known, tell)
}

/// Takes a message in.
pub fn hear(case: &mut Case, text: &str) -> Heard {
    match serde_json::from_str(text) {
        Ok(WatchMessage::Event(event)) => case.saw(*event),
        Ok(WatchMessage::Current {}) => case.current(),
        Ok(WatchMessage::Over {}) => {
            case.over = true;
            return Heard::Over;
        }
        // The relay closes the connection; what follows is a new one. Messages of later versions mean nothing here.
        Ok(WatchMessage::Behind {} | WatchMessage::Unknown) | Err(_) => {}
    }
    if case.live { Heard::News } else { Heard::More }
}
