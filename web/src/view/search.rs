//! The search of the help page: an island that shows results while one types, below a box that is prerendered.

use std::{cell::RefCell, rc::Rc};

use error_model::{
    Lang,
    strings::page::{CHECK_TEASER_TITLE, SEARCH_COUNT, SEARCH_FAILED, SEARCH_NONE, SEARCH_NONE_TEXT},
};
use js_sys::JsString;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent};

use super::{
    browser::{Listener, by_id, fetch_text, input_value, listen, say},
    draw::Drawing,
};
use crate::{
    fill::fill,
    route,
    search::{Entry, Index as Words, find, read_index},
    tree::{Node, el, words},
};

/// The `id` of the form around the box.
pub const SEARCH: &str = "search-form";
/// The `id` of the box.
pub const SEARCH_BOX: &str = "search";
/// The `id` of the line that says how many results there are.
pub const SEARCH_STATUS: &str = "search-status";
/// The `id` of the results.
const RESULTS: &str = "search-results";

/// The results of the search box that stands before them.
#[island]
pub fn ErrorSearch(
    /// The page's language.
    lang: Lang,
) -> impl IntoView {
    // Effects run in the browser only, once the page is awake.
    Effect::new(move || Search::new(lang).wake());
    view! { <ul id=RESULTS class="search-results"></ul> }
}

/// The index, fetched when it's first wanted.
enum Index {
    NotAsked,
    Loading,
    Ready(Words),
    Failed,
}

struct State {
    index: Index,
    found: Vec<Entry>,
    drawing: Option<Drawing>,
    /// As long as the page lives.
    listeners: Vec<Listener>,
}

/// A handle to the state of the search; clones are the same state.
#[derive(Clone)]
struct Search {
    lang: Lang,
    state: Rc<RefCell<State>>,
}

impl Search {
    fn new(lang: Lang) -> Self {
        let state = State { index: Index::NotAsked, found: Vec::new(), drawing: None, listeners: Vec::new() };
        Self { lang, state: Rc::new(RefCell::new(state)) }
    }

    fn wake(&self) {
        let Some(form) = by_id(SEARCH) else { return };
        // A key may move the focus, which is heard of while the key is still being dealt with: a listener of its own.
        let listeners = [&["submit", "input", "keydown"][..], &["focusin"]].map(|names| {
            let search = self.clone();
            let listener = Listener::new(move |event: Event| search.happened(&event));
            listen(&form, names, &listener);
            listener
        });
        {
            let mut state = self.state.borrow_mut();
            state.listeners = listeners.into();
            state.drawing = by_id(RESULTS).map(|place| Drawing::new(document(), place));
        }
        // What was typed before the page woke up counts.
        if input_value(SEARCH_BOX).is_some_and(|typed| !typed.is_empty()) {
            self.load();
            self.draw();
        }
    }

    fn happened(&self, event: &Event) {
        match event.type_().as_str() {
            "submit" => {
                event.prevent_default();
                let first = self.state.borrow().found.first().map(|entry| entry.href.clone());
                if let Some(first) = first {
                    // A refused navigation leaves the results where they are.
                    let _ = window().location().set_href(&first);
                }
            }
            "keydown" => {
                if let Some(event) = event.dyn_ref() {
                    move_focus(event);
                }
            }
            kind => {
                self.load();
                if kind == "input" {
                    self.draw();
                }
            }
        }
    }

    fn load(&self) {
        if matches!(self.state.borrow().index, Index::Loading | Index::Ready(_)) {
            return;
        }
        self.state.borrow_mut().index = Index::Loading;
        let search = self.clone();
        spawn_local(async move {
            let text = fetch_text(&route::search_index(search.lang)).await;
            let entries = text.and_then(|text| read_index(&text));
            search.state.borrow_mut().index = entries.map_or(Index::Failed, Index::Ready);
            search.draw();
        });
    }

    fn draw(&self) {
        let query = input_value(SEARCH_BOX).unwrap_or_default();
        // Half and full width, and letters in circles, are one: what browsers know needn't be in the page.
        let query: String = JsString::from(query).normalize("NFKC").into();
        let State { index, found, drawing, .. } = &mut *self.state.borrow_mut();
        *found = match index {
            Index::Ready(entries) => find(entries, &query).into_iter().cloned().collect(),
            _ => Vec::new(),
        };
        let status = match (&*index, found.len()) {
            _ if query.trim().is_empty() => String::new(),
            (Index::Failed, _) => SEARCH_FAILED.get(self.lang).to_owned(),
            (Index::Ready(_), 0) => SEARCH_NONE.get(self.lang).to_owned(),
            (Index::Ready(_), n) => fill(SEARCH_COUNT, self.lang, &[("n", &n.to_string())]),
            _ => String::new(),
        };
        if let Some(line) = by_id(SEARCH_STATUS) {
            say(&line, &status);
        }
        if let Some(drawing) = drawing {
            let nothing = matches!(index, Index::Ready(_)) && found.is_empty() && !query.trim().is_empty();
            let mut list: Vec<Node> = found.iter().map(result).collect();
            if nothing {
                list.push(way_out(self.lang));
            }
            drawing.show(list);
        }
    }
}

/// One result: a link.
fn result(entry: &Entry) -> Node {
    let text = vec![words("span", "search-title", &entry.title), words("span", "search-text", &entry.text)];
    let link = vec![words("span", "code", entry.code.as_str()), el("span", "", text)];
    el("li", "", vec![el("a", "", link).with("href", &entry.href)])
}

/// What to do where nothing fits: the test needs no words.
fn way_out(lang: Lang) -> Node {
    let text = vec![
        words("span", "search-title", CHECK_TEASER_TITLE.get(lang)),
        words("span", "search-text", SEARCH_NONE_TEXT.get(lang)),
    ];
    let link = vec![el("span", "", text)];
    el("li", "search-none", vec![el("a", "", link).with("href", &route::check(lang, None))])
}

/// Up and down walk between the box and the results.
fn move_focus(event: &KeyboardEvent) {
    let step = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    let Some(stops) = document().query_selector_all("#search, .search-results a").ok() else { return };
    let active = document().active_element();
    let at = (0..stops.length()).find(|i| {
        stops.get(*i).and_then(|node| node.dyn_into::<web_sys::Element>().ok()) == active && active.is_some()
    });
    let next = at.and_then(|at| at.checked_add_signed(step)).and_then(|at| stops.get(at));
    if let Some(element) = next.and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        // An element that can't take the focus leaves it where it is.
        let _ = element.focus();
    }
}
