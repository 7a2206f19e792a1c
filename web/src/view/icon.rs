//! Icons as inline SVG: strokes in the colour of the text around them, hidden from assistive technology.

use leptos::prelude::*;

pub use crate::icon::Icon;

/// Draws an icon at the size of the text.
#[must_use]
pub fn icon(icon: Icon) -> impl IntoView {
    view! {
        <svg class=icon.class() viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=icon.path() />
        </svg>
    }
}
