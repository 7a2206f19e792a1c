//! What a person does in the page, as changes of the state.

use std::time::Duration;

use error_model::Code;
use leptos::prelude::set_timeout;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlSelectElement};

use super::{GRID, session::Check};
use crate::{
    form::{Form, Input, Press},
    show::Action,
    view::browser::{
        Listener, action_of, by_id, focus, input_value, kept, listen, page_attribute, query_value,
    },
};

/// Longer than a button is held down.
const PRESS: Duration = Duration::from_millis(200);

impl Check {
    /// Takes over what was typed before the page was awake, and listens from now on.
    pub fn wake(&self) {
        if let Some(kept) = kept() {
            self.with(|state| state.form.restore(&kept));
        }
        let blank = Form::default();
        for input in Input::ALL.into_iter().filter(|input| !input.is_secret()) {
            if let Some(typed) = input_value(input.id())
                && blank.text(input) != typed
            {
                self.with(|state| state.form.type_text(input, &typed));
            }
        }
        // In a frame the page is about one code, and its address isn't the person's business.
        let told = query_value("code").or_else(|| page_attribute("data-code"));
        if let Some(code) = told.and_then(|code| Code::parse(&code)) {
            self.with(|state| state.form.reported = Some(code));
        }
        let check = self.clone();
        let listener = Listener::new(move |event: Event| check.happened(&event));
        if let Some(grid) = by_id(GRID) {
            listen(&grid, &["input", "change", "click", "submit"], &listener);
        }
        if let Some(window) = web_sys::window() {
            listen(&window, &["pagehide"], &listener);
        }
        self.with(|state| {
            state.awake(listener);
        });
        self.draw();
        self.look_up_soon();
    }

    fn happened(&self, event: &Event) {
        let target = event.target();
        let element = target.as_ref().and_then(|target| target.dyn_ref::<web_sys::Element>());
        match (event.type_().as_str(), element) {
            ("pagehide", _) => self.leave(),
            ("submit", _) => {
                event.prevent_default();
                if !self.active() {
                    self.submit(None);
                }
            }
            ("input", Some(element)) => self.typed(element),
            ("change", Some(element)) => self.changed(element),
            ("click", Some(element)) => {
                let Some(name) = action_of(element) else { return };
                if let Some(press) = Press::parse(&name) {
                    self.press(press);
                } else if let Some(action) = Action::parse(&name) {
                    self.act(action);
                }
            }
            _ => {}
        }
    }

    fn typed(&self, element: &web_sys::Element) {
        let id = element.id();
        if let Some(input) = Input::by_id(&id) {
            // A secret is no part of the state: all that it learns is that something changed.
            let typed = if input.is_secret() { None } else { input_value(&id) };
            self.with(|state| state.form.type_text(input, typed.as_deref().unwrap_or_default()));
            self.draw_form();
            if input == Input::Email {
                self.look_up_soon();
            }
        }
    }

    fn changed(&self, element: &web_sys::Element) {
        let id = element.id();
        let ticked = || element.dyn_ref::<HtmlInputElement>().is_some_and(HtmlInputElement::checked);
        let chosen = || element.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value);
        self.with(|state| match id.as_str() {
            "separate" => state.form.separate = ticked(),
            "worked-before" => state.form.worked_before = ticked(),
            "reported" => state.form.reported = chosen().and_then(|code| Code::parse(&code)),
            _ => {}
        });
        self.draw_form();
        if let Some(input) = Input::by_id(&id) {
            self.left(input);
        }
        if id == Input::Email.id() {
            self.look_up(false);
        }
    }

    /// The person has left an input. What is odd about it is said a moment later: were it said at once, the button that is
    /// being pressed would slip away from under the pointer.
    fn left(&self, input: Input) {
        let check = self.clone();
        set_timeout(
            move || {
                check.with(|state| state.form.leave(input));
                check.draw_form();
            },
            PRESS,
        );
    }

    fn press(&self, press: Press) {
        match press {
            Press::Repair(input) => {
                self.with(|state| state.form.repair(input));
                self.draw_form();
                focus(input.id());
                if input == Input::Email {
                    self.look_up(false);
                }
            }
            Press::LookUp => self.look_up(true),
            Press::Use(number) => {
                let filled = self.with(|state| state.form.use_found(number));
                self.draw_form();
                if let Some(input) = filled {
                    focus(input.id());
                }
            }
            Press::Reveal(input) => {
                self.with(|state| state.reveal(input));
                self.draw_form();
            }
            Press::Cancel => self.cancel(),
        }
    }
}
