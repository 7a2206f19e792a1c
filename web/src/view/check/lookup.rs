//! Asks the relay for the settings of the address, when the person leaves it or pauses.

use std::time::Duration;

use leptos::{prelude::set_timeout, task::spawn_local};

use super::session::Check;
use crate::{form::Found, route::DISCOVER, view::browser::post_json};

/// How long nothing is typed until that is a pause.
const PAUSE: Duration = Duration::from_millis(900);

impl Check {
    /// Looks the settings up when nothing more is typed for a while.
    pub fn look_up_soon(&self) {
        let typed = self.with(|state| {
            state.typed += 1;
            state.typed
        });
        let check = self.clone();
        set_timeout(
            move || {
                if check.with(|state| state.typed == typed) {
                    check.look_up(false);
                }
            },
            PAUSE,
        );
    }

    /// Looks the settings up, where the address is whole and wasn't looked up yet, or `again`.
    pub fn look_up(&self, again: bool) {
        let Some(address) = self.with(|state| state.form.look_up(again)) else { return };
        self.draw_form();
        let check = self.clone();
        spawn_local(async move {
            let question = serde_json::Value::from(address.as_str()).to_string();
            let answer = post_json(DISCOVER, &["{\"email\":", &question, "}"].concat()).await;
            let found = answer.and_then(|answer| Found::read_all(&answer, check.lang));
            check.with(|state| state.form.looked_up(&address, found));
            check.draw_form();
        });
    }
}
