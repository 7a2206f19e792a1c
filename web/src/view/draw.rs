//! Draws a tree into the page and keeps it up to date: what is unchanged stays, with its focus and its open drawers.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element as DomElement, Node as DomNode};

use crate::tree::{Content, Element, Node};

const SVG: &str = "http://www.w3.org/2000/svg";

/// A place in the page and the tree that was drawn there last.
pub struct Drawing {
    document: Document,
    place: DomElement,
    drawn: Vec<Node>,
}

impl Drawing {
    /// An empty place.
    pub const fn new(document: Document, place: DomElement) -> Self {
        Self { document, place, drawn: Vec::new() }
    }

    /// Changes what differs from the last time.
    pub fn show(&mut self, nodes: Vec<Node>) {
        self.patch_all(&self.place, &self.drawn, &nodes);
        self.drawn = nodes;
    }

    fn patch_all(&self, parent: &DomNode, old: &[Node], new: &[Node]) {
        for (i, node) in new.iter().enumerate() {
            // Our own children only, so the n-th of the tree is the n-th of the page.
            let at = u32::try_from(i).ok().and_then(|i| parent.child_nodes().item(i));
            match (old.get(i), at) {
                (Some(before), Some(at)) => self.patch(parent, &at, before, node),
                _ => self.append(parent, node),
            }
        }
        for _ in new.len()..old.len() {
            if let Some(last) = parent.last_child() {
                // It's there, and it's ours.
                let _ = parent.remove_child(&last);
            }
        }
    }

    fn patch(&self, parent: &DomNode, at: &DomNode, old: &Node, new: &Node) {
        match (old, new) {
            (Node::Text(before), Node::Text(text)) => {
                if before != text {
                    at.set_node_value(Some(text));
                }
            }
            (Node::Element(before), Node::Element(element)) if alike(before, element) => {
                if let Some(at) = at.dyn_ref::<DomElement>() {
                    patch_attributes(at, before, element);
                    match (&before.content, &element.content) {
                        (Content::Nodes(before), Content::Nodes(nodes)) => self.patch_all(at, before, nodes),
                        (before, content) => {
                            if before != content {
                                self.fill(at, content);
                            }
                        }
                    }
                }
            }
            _ => {
                if let Some(made) = self.make(new) {
                    // Both are where they are known to be.
                    let _ = parent.replace_child(&made, at);
                }
            }
        }
    }

    fn append(&self, parent: &DomNode, node: &Node) {
        if let Some(made) = self.make(node) {
            // A fresh node can be put anywhere.
            let _ = parent.append_child(&made);
        }
    }

    fn make(&self, node: &Node) -> Option<DomNode> {
        let element = match node {
            Node::Text(text) => return Some(self.document.create_text_node(text).into()),
            Node::Element(element) => element,
        };
        let made = match element.tag {
            "svg" | "path" | "rect" => self.document.create_element_ns(Some(SVG), element.tag),
            tag => self.document.create_element(tag),
        };
        // The tags are ours and valid.
        let made = made.ok()?;
        for (name, value) in &element.attributes {
            set(&made, name, value);
        }
        self.fill(&made, &element.content);
        Some(made.into())
    }

    fn fill(&self, element: &DomElement, content: &Content) {
        match content {
            Content::Trusted(html) => element.set_inner_html(html),
            Content::Nodes(nodes) => {
                element.set_text_content(None);
                for node in nodes {
                    self.append(element, node);
                }
            }
        }
    }
}

/// An element that can become the other by changes inside. Parts of another kind or cause are drawn anew.
fn alike(old: &Element, new: &Element) -> bool {
    let class = |element: &Element| element.attributes.first().cloned();
    old.tag == new.tag && class(old) == class(new)
}

fn patch_attributes(at: &DomElement, old: &Element, new: &Element) {
    for (name, _) in &old.attributes {
        if !new.attributes.iter().any(|(kept, _)| kept == name) {
            // Removing what is there can't fail.
            let _ = at.remove_attribute(name);
        }
    }
    for (name, value) in &new.attributes {
        if !old.attributes.iter().any(|(had, before)| had == name && before == value) {
            set(at, name, value);
        }
    }
}

fn set(at: &DomElement, name: &str, value: &str) {
    // The names are ours and valid.
    let _ = at.set_attribute(name, value);
}
