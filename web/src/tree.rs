//! What is shown of a run, as a plain tree of elements and text.
//!
//! A view of Leptos is a type of its own, with 1 to 3 KB of WebAssembly each; the results have some hundred of them and
//! need no prerendering. This tree is data: built by plain functions, compared and drawn by `view::draw`, tested
//! natively. Whatever a server said goes into [`Node::Text`] or an attribute, so it can't become markup.

use crate::icon::Icon;

/// A piece of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// Text, drawn as a text node.
    Text(String),
    /// An element.
    Element(Box<Element>),
}

/// An element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its name.
    pub tag: &'static str,
    /// Its attributes.
    pub attributes: Vec<(&'static str, String)>,
    /// What is in it.
    pub content: Content,
}

/// What is in an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Further pieces.
    Nodes(Vec<Node>),
    /// HTML of our own catalogue, made when the site was built. Never a server's words.
    Trusted(String),
}

/// An element with its class, which may be empty, and what is in it.
#[must_use]
pub fn el(tag: &'static str, class: &'static str, nodes: Vec<Node>) -> Node {
    element(tag, class, Content::Nodes(nodes))
}

/// An element with nothing but text in it.
#[must_use]
pub fn words(tag: &'static str, class: &'static str, text: &str) -> Node {
    el(tag, class, vec![Node::text(text)])
}

/// An element with HTML of our own catalogue in it.
#[must_use]
pub fn trusted(tag: &'static str, class: &'static str, html: &str) -> Node {
    element(tag, class, Content::Trusted(html.to_owned()))
}

/// An icon.
#[must_use]
pub fn icon(icon: Icon) -> Node {
    let path = el("path", "", Vec::new()).with("d", icon.path());
    let svg = el("svg", icon.class(), vec![path]).with("viewBox", "0 0 24 24");
    svg.with("aria-hidden", "true").with("focusable", "false")
}

/// A button that asks for an [`crate::show::Action`] by its name.
#[must_use]
pub fn button(class: &'static str, action: &str, nodes: Vec<Node>) -> Node {
    el("button", class, nodes).with("type", "button").with("data-action", action)
}

fn element(tag: &'static str, class: &'static str, content: Content) -> Node {
    let node = Node::Element(Box::new(Element { tag, attributes: Vec::new(), content }));
    if class.is_empty() { node } else { node.with("class", class) }
}

impl Node {
    /// Text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// The element with an attribute more; text stays as it is.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Self::Element(element) = &mut self {
            element.attributes.push((name, value.to_owned()));
        }
        self
    }

    /// The element with an attribute more, where there's a value for it.
    #[must_use]
    pub fn with_some(self, name: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// All text below, one piece after another: what a person reads.
    #[must_use]
    pub fn reading(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Element(element) => match &element.content {
                Content::Nodes(nodes) => nodes.iter().map(Self::reading).collect(),
                Content::Trusted(html) => html.clone(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let node = words("p", "note", "<script>").with("title", "\"><img>").with_some("lang", None);
        let Node::Element(element) = &node else { panic!("no element") };
        assert_eq!(element.content, Content::Nodes(vec![Node::Text("<script>".to_owned())]));
        assert_eq!(element.attributes, [("class", "note".to_owned()), ("title", "\"><img>".to_owned())]);
        assert_eq!(node.reading(), "<script>");
    }
}
