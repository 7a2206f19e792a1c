//! The names that our sentences speak of: the product that asks for the mailbox, and the tool itself. Both may be others
//! than the usual ones, so no text has them written out: it has `{product}` and `{site}` instead.

use crate::lang;

/// What the gaps `{product}` and `{site}` stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The product that the mailbox is to be connected to.
    pub product: String,
    /// The tool, as people see it called.
    pub site: String,
}

impl Default for Names {
    fn default() -> Self {
        Self { product: "Zendesk Sell".to_owned(), site: "mailtriage".to_owned() }
    }
}

impl Names {
    /// A text with the names in their gaps. Other gaps stay.
    #[must_use]
    pub fn put(&self, text: &str) -> String {
        lang::fill(text, &self.values())
    }

    /// The gaps and what belongs into them, as [`lang::fill`] takes them.
    #[must_use]
    pub fn values(&self) -> [(&'static str, &str); 2] {
        [("product", &self.product), ("site", &self.site)]
    }
}

/// What prerendered files have where the relay puts values in at its start: the name of a token between two underscores
/// on either side.
///
/// `__IF_X__ … __ELSE_X__ … __END_X__` keeps the first part where the value `X` is set, else the second, which may be
/// missing. The relay escapes a value as its place asks for: as HTML, as XML, as JSON, or as JSON within a
/// `<script type="application/ld+json">`. A token whose name ends in `_HTML` stands in HTML that is itself a JSON text.
pub mod token {
    /// The product's name.
    pub const PRODUCT: &str = "__PRODUCT__";
    /// The product's name, in HTML.
    pub const PRODUCT_HTML: &str = "__PRODUCT_HTML__";
    /// The tool's name.
    pub const SITE: &str = "__SITE__";
    /// The tool's name, in HTML.
    pub const SITE_HTML: &str = "__SITE_HTML__";
    /// The address under which people see the relay, without a slash at its end.
    pub const ORIGIN: &str = "__ORIGIN__";
    /// Where people get help: a `mailto:` or `https:` address. Not always set.
    pub const SUPPORT: &str = "__SUPPORT__";
    /// The same as people read it: the mail address, or the address without `https://`.
    pub const SUPPORT_LABEL: &str = "__SUPPORT_LABEL__";
    /// The address of the operator's logo. Not always set.
    pub const LOGO: &str = "__LOGO__";
    /// The address of a stylesheet with the operator's colours. Not always set.
    pub const STYLE: &str = "__STYLE__";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_put_into_their_gaps_and_into_no_others() {
        let names = Names { product: "{site} & Co".into(), site: "Post".into() };
        assert_eq!(names.put("{site}: {product}, {code}"), "Post: {site} & Co, {code}");
    }
}
