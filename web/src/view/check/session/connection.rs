//! The connection of a run: opened, and opened again where it was lost.

use std::time::Duration;

use leptos::prelude::set_timeout;

use super::Check;
use crate::{
    run::{Event, Phase},
    view::browser::{Entry, Socket, SocketEvent},
};

/// Half of the first wait before it's tried to come back to a run.
const SOON: Duration = Duration::from_millis(125);

impl Check {
    /// Opens a connection for the run under way, in the place of one that is lost.
    pub(super) fn connect(&self, first: String, entry: Entry) {
        let check = self.clone();
        let socket = Socket::open(first, entry, move |event| match event {
            SocketEvent::Message(text) => check.happen(Event::Message(text)),
            SocketEvent::Proving => check.happen(Event::Proving),
            SocketEvent::Unproven => check.happen(Event::Unproven),
            SocketEvent::Closed => check.happen(Event::Closed),
        });
        let refused = socket.is_none();
        let old = self.with(|state| std::mem::replace(&mut state.socket, socket));
        drop(old);
        if refused {
            self.happen(Event::Closed);
        }
    }

    /// Comes back to the run after a while, unless something else has happened by then.
    pub(super) fn reconnect(&self) {
        let (resume, tries) = self.with(|state| (state.run.resume(), state.run.tries));
        let Some(resume) = resume else { return };
        let check = self.clone();
        set_timeout(
            move || {
                let waits = check.with(|state| {
                    let run = &state.run;
                    run.phase == Phase::Reconnecting
                        && run.tries == tries
                        && run.resume().as_ref() == Some(&resume)
                });
                if waits {
                    check.connect(resume, Entry::Known);
                }
            },
            SOON * (1 << tries.min(8)),
        );
    }
}
