//! The guided form on the customer's side of a case: filled in for the customer as if it had been typed.

use error_model::{Endpoint, Field, Lane, case::CaseSettings};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Event, EventInit, HtmlElement, HtmlInputElement};

use crate::{
    desk::customer::input_of,
    form::Input,
    view::{
        browser::{by_id, input_value, set_input_value},
        draw::Drawing,
    },
};

/// A place for proposals below an input.
pub(super) fn place_beside(field: Field) -> Option<Drawing> {
    let around = by_id(input_of(field))?.closest(".field").ok().flatten()?;
    let place = document().create_element("div").ok()?;
    // Names are ours and valid, and a fresh element can be put anywhere.
    let _ = place.set_attribute("class", "beside");
    let _ = place.set_attribute("aria-live", "polite");
    let _ = around.append_child(&place);
    Some(Drawing::new(document(), place))
}

/// What is known already goes into inputs where nobody typed anything.
pub(super) fn fill_in(settings: &CaseSettings, email: Option<&str>) {
    if let Some(email) = email.filter(|_| is_empty(Input::Email)) {
        type_in(Input::Email.id(), email);
    }
    for (lane, server) in [(Lane::Imap, &settings.imap), (Lane::Smtp, &settings.smtp)] {
        let Some(Endpoint { host, port, security }) = server else { continue };
        if is_empty(Input::Host(lane)) {
            type_in(Input::Host(lane).id(), host);
            type_in(Input::Port(lane).id(), &port.to_string());
            type_in(Input::Security(lane).id(), security.as_str());
        }
    }
}

fn is_empty(input: Input) -> bool {
    input_value(input.id()).is_none_or(|value| value.trim().is_empty())
}

pub(super) fn type_in(id: &str, value: &str) {
    set_input_value(id, value);
    let Some(element) = by_id(id) else { return };
    let options = EventInit::new();
    options.set_bubbles(true);
    for name in ["input", "change"] {
        if let Ok(event) = Event::new_with_event_init_dict(name, &options) {
            // The name is valid, and nobody here cares whether the event was cancelled.
            let _ = element.dispatch_event(&event);
        }
    }
}

pub(super) fn ticked(id: &str) -> bool {
    by_id(id)
        .and_then(|element| element.dyn_into().ok())
        .is_some_and(|input: HtmlInputElement| input.checked())
}

pub(super) fn press(id: &str) {
    if let Some(element) = by_id(id).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.click();
    }
}
