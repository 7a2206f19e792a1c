//! Our own Markdown as HTML. Raw HTML in it would be shown as text: there is none, and there will be none.

use error_model::{Names, names::token};
use pulldown_cmark::{Event, Parser, html::push_html};
use web::fill::with_names;

/// Blocks: paragraphs, lists, code. The relay puts the names in, escaped.
pub fn blocks(markdown: &str) -> String {
    let events = Parser::new(markdown).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        other => other,
    });
    let mut html = String::new();
    push_html(&mut html, events);
    // Not before: underscores mean something in Markdown.
    let names = Names { product: token::PRODUCT_HTML.to_owned(), site: token::SITE_HTML.to_owned() };
    names.put(&html)
}

/// One sentence: the same, without the paragraph around it.
pub fn sentence(markdown: &str) -> String {
    let html = blocks(markdown);
    let html = html.trim();
    html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>")).unwrap_or(html).to_owned()
}

/// The text alone, for titles and descriptions.
pub fn plain(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    with_names(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subset_of_the_catalogue_becomes_html() {
        assert_eq!(
            blocks("1. a `b`\n2. **c**"),
            "<ol>\n<li>a <code>b</code></li>\n<li><strong>c</strong></li>\n</ol>\n"
        );
        assert_eq!(sentence("Open {product}."), "Open __PRODUCT_HTML__.");
        assert_eq!(plain("Use `993`."), "Use 993.");
    }

    #[test]
    fn html_in_a_text_is_shown_not_run() {
        let html = blocks("a <script>alert(1)</script>\n\n<img src=x>\n");
        assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
    }
}
