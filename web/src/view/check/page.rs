//! Writes what follows from the state into the page's elements.

use error_model::{
    Code, Lang,
    strings::form::{HIDE, HIDE_PASSWORD, SHOW, SHOW_PASSWORD, SUBMIT, SUBMIT_AGAIN, SUBMIT_CONNECTION},
};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use super::RESULTS;
use crate::{
    form::{Form, Input},
    show::{
        Results,
        form::{advice, faults},
        lookup::{lookup, needs},
        results,
    },
    tree::Node,
    view::{
        browser::{Listener, by_id, input_value, say, set_input_value},
        draw::Drawing,
    },
};

/// What the page shows besides the form's own state.
pub struct About {
    /// The page's language.
    pub lang: Lang,
    /// A run is under way.
    pub active: bool,
    /// A test was started before.
    pub tested: bool,
    /// Passwords that are shown.
    pub revealed: Vec<Input>,
}

/// The page while it's awake.
pub struct Shown {
    drawings: Vec<(&'static str, Drawing)>,
    _listener: Listener,
}

impl Shown {
    /// A page that listens.
    pub fn new(listener: Listener) -> Self {
        Self { drawings: Vec::new(), _listener: listener }
    }

    /// Shows the results.
    pub fn results(&mut self, all: &Results<'_>) {
        self.show(RESULTS, "", results(all));
    }

    /// Shows the form.
    pub fn form(&mut self, form: &Form, about: &About) {
        for input in Input::ALL {
            self.input(form, input, about);
        }
        self.show("faults", "", faults(form, about.lang));
        self.show("discovery", "", lookup(form, about.lang));
        self.show("sign-in-needs", "", needs(form, about.lang));
        for (id, ticked) in [("separate", form.separate), ("worked-before", form.worked_before)] {
            if let Some(tick) = by_id(id).and_then(|element| element.dyn_into().ok()) {
                let tick: HtmlInputElement = tick;
                tick.set_checked(ticked);
            }
        }
        set_input_value("reported", form.reported.map_or("", Code::as_str));
        show_if("sending-account", form.separate);
        show_if("cancel", about.active);
        if let Some(submit) = by_id("submit") {
            let password = input_value(Input::Password.id()).is_some_and(|value| !value.is_empty());
            let label = match (password, about.tested) {
                (false, _) => SUBMIT_CONNECTION,
                (true, false) => SUBMIT,
                (true, true) => SUBMIT_AGAIN,
            };
            say(&submit, label.get(about.lang));
            // Attribute names are ours and valid.
            let _ = submit.toggle_attribute_with_force("disabled", about.active);
        }
    }

    fn input(&mut self, form: &Form, input: Input, about: &About) {
        let id = input.id();
        let Some(element) = by_id(id) else { return };
        if input.is_secret() {
            let shown = about.revealed.contains(&input);
            // Two sign-ins in one form are a puzzle for password managers: the second is one only while it's wanted.
            let plain = shown || (input == Input::SmtpPassword && !form.separate);
            set(&element, "type", if plain { "text" } else { "password" });
            if let Some(button) = element.next_element_sibling() {
                say(&button, if shown { HIDE } else { SHOW }.get(about.lang));
                set(&button, "aria-label", if shown { HIDE_PASSWORD } else { SHOW_PASSWORD }.get(about.lang));
            }
        } else {
            set_input_value(id, form.text(input));
        }
        let bad = form.shown_advice(input);
        let blocks = bad.as_ref().is_some_and(|advice| advice.blocks);
        if blocks {
            set(&element, "aria-invalid", "true");
        } else {
            // Removing what isn't there changes nothing.
            let _ = element.remove_attribute("aria-invalid");
        }
        if let Some(field) = element.closest(".field").ok().flatten() {
            set(&field, "class", if bad.is_some() { "field field-bad" } else { "field" });
        }
        self.show(id, "-advice", advice(form, input, about.lang));
    }

    /// Draws into the element whose id is these two parts.
    fn show(&mut self, id: &'static str, part: &str, nodes: Vec<Node>) {
        let at = self.drawings.iter().position(|(drawn, _)| *drawn == id);
        let at = at.or_else(|| {
            let place = by_id(&[id, part].concat())?;
            self.drawings.push((id, Drawing::new(document(), place)));
            Some(self.drawings.len() - 1)
        });
        if let Some((_, drawing)) = at.and_then(|at| self.drawings.get_mut(at)) {
            drawing.show(nodes);
        }
    }
}

fn show_if(id: &str, shown: bool) {
    if let Some(element) = by_id(id) {
        // Attribute names are ours and valid.
        let _ = element.toggle_attribute_with_force("hidden", !shown);
    }
}

fn set(element: &Element, name: &str, value: &str) {
    if element.get_attribute(name).as_deref() != Some(value) {
        // The names are ours and valid.
        let _ = element.set_attribute(name, value);
    }
}
