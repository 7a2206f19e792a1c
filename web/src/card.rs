//! The diagnosis card.

use serde::{Deserialize, Serialize};

/// The text of a cause: what the prerenderer writes and the card fetches. The HTML is made from our own Markdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the catalogue's sections")]
pub struct CauseText {
    pub code_title: String,
    pub title: String,
    pub sentence: String,
    pub sentence_html: String,
    pub explanation_html: String,
    pub person_html: String,
    pub it_html: String,
    pub provider_html: String,
    pub support_html: String,
    pub person: String,
    pub it: String,
    pub provider: String,
}
