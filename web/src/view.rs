//! The islands and the pieces that islands and prerendered pages share. Views render state; they decide nothing.

mod browser;
mod check;
pub mod desk;
mod draw;
pub mod icon;
mod search;

pub use check::{CheckMailbox, GRID};
pub use search::{ErrorSearch, SEARCH, SEARCH_BOX, SEARCH_STATUS};

/// Says the names that the page's HTML has from now on.
pub fn adopt_names() {
    let name = |attribute| browser::page_attribute(attribute);
    if let (Some(product), Some(site)) = (name("data-product"), name("data-site")) {
        crate::fill::set_names(error_model::Names { product, site });
    }
}
