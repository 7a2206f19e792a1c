//! Our own Markdown as HTML. Raw HTML in it would be shown as text: there is none, and there will be none.

use pulldown_cmark::{Event, Parser, html::push_html};
use web::fill::with_product;

/// Blocks: paragraphs, lists, code.
pub fn blocks(markdown: &str) -> String {
    let markdown = with_product(markdown);
    let events = Parser::new(&markdown).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        other => other,
    });
    let mut html = String::new();
    push_html(&mut html, events);
    html
}

/// One sentence: the same, without the paragraph around it.
pub fn sentence(markdown: &str) -> String {
    let html = blocks(markdown);
    let html = html.trim();
    html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>")).unwrap_or(html).to_owned()
}

/// The text alone, for titles and descriptions.
pub fn plain(markdown: &str) -> String {
    let markdown = with_product(markdown);
    let mut text = String::new();
    for event in Parser::new(&markdown) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
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
        assert_eq!(sentence("Open {product}."), "Open Zendesk Sell.");
        assert_eq!(plain("Use `993`."), "Use 993.");
    }

    #[test]
    fn html_in_a_text_is_shown_not_run() {
        let html = blocks("a <script>alert(1)</script>\n\n<img src=x>\n");
        assert!(!html.contains("<script") && !html.contains("<img"), "{html}");
    }
}
