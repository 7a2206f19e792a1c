//! Another name set in the configuration: everything that people read says it, and nothing says the usual ones.

mod looks;
mod names;
mod own_words;
mod results;

use tests::browser::relay::Relay;

/// Names with a letter that HTML and JSON escape differently.
const PRODUCT: &str = "R&D CRM";
const SITE: &str = "Mail Doctor's";

/// Names and support of another operator.
const RENAMED: [(&str, &str); 3] = [
    ("MAILTRIAGE_BRAND_NAME", SITE),
    ("MAILTRIAGE_BRAND_PRODUCT", PRODUCT),
    ("MAILTRIAGE_BRAND_SUPPORT", "mailto:help@crm.example"),
];

/// Without a lab, under another name.
fn relay() -> Relay {
    Relay::configured(
        None,
        &[RENAMED.as_slice(), &[("MAILTRIAGE_PUBLIC_ORIGIN", "https://mail.crm.example")]].concat(),
    )
}
