//! The names of the product and the tool that everything this process says has in it. One pair for a process.

use std::sync::OnceLock;

use error_model::Names;

use crate::{cli::Refusal, config::Name};

static NAMES: OnceLock<Names> = OnceLock::new();

/// Sets the names, once and before the first sentence is said.
pub fn set(names: Names) {
    // The first one stays.
    let _ = NAMES.set(names);
}

/// The names in force.
pub fn names() -> &'static Names {
    NAMES.get_or_init(Names::default)
}

/// Sets the names of a command that reads no configuration, from the variables of `brand.name` and `brand.product`.
///
/// # Errors
/// A [`Refusal`] that names the variable whose value can't be used.
pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Result<(), Refusal> {
    let name = |key: &str, usual: String| match variable(key) {
        Some(text) => Name::parse(&text)
            .map(|name| name.to_string())
            .map_err(|problem| Refusal::argument(key, format_args!("{problem} (found {text:?})"))),
        None => Ok(usual),
    };
    let usual = Names::default();
    set(Names {
        product: name("MAILTRIAGE_BRAND_PRODUCT", usual.product)?,
        site: name("MAILTRIAGE_BRAND_NAME", usual.site)?,
    });
    Ok(())
}
