//! The search of the help page: an island that shows results while one types.

use error_model::{
    Lang,
    strings::page::{SEARCH_COUNT, SEARCH_FAILED, SEARCH_LABEL, SEARCH_NONE, SEARCH_PLACEHOLDER},
};
use leptos::{ev, html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;

use super::{
    browser::fetch_text,
    draw::Drawing,
    icon::{Icon, icon},
};
use crate::{
    fill::fill,
    route,
    search::{Entry, find, read_index},
    tree::{Node, el, words},
};

/// The index, fetched when it's first wanted.
#[derive(Clone, PartialEq)]
enum Index {
    NotAsked,
    Loading,
    Ready(Vec<Entry>),
    Failed,
}

/// The search box and its results.
#[island]
pub fn ErrorSearch(
    /// The page's language.
    lang: Lang,
) -> impl IntoView {
    let index = RwSignal::new(Index::NotAsked);
    let query = RwSignal::new(String::new());
    let input = NodeRef::<html::Input>::new();

    let load = move || {
        if index.with_untracked(|i| matches!(i, Index::NotAsked | Index::Failed)) {
            index.set(Index::Loading);
            spawn_local(async move {
                let text = fetch_text(&route::search_index(lang)).await;
                let entries = text.and_then(|text| read_index(&text));
                index.set(entries.map_or(Index::Failed, Index::Ready));
            });
        }
    };
    // What was typed before the page woke up counts.
    Effect::new(move || {
        if let Some(typed) = input.get().map(|el| el.value()).filter(|v| !v.is_empty()) {
            load();
            query.set(typed);
        }
    });

    let found = move || match &*index.read() {
        Index::Ready(entries) => find(entries, &query.read()).into_iter().cloned().collect(),
        _ => Vec::<Entry>::new(),
    };
    let list = NodeRef::<html::Ul>::new();
    let drawing = StoredValue::new_local(None::<Drawing>);
    let results = RwSignal::new(Vec::<Entry>::new());
    Effect::new(move || {
        let Some(list) = list.get() else { return };
        let found = found();
        drawing.update_value(|drawing| {
            let drawing = drawing.get_or_insert_with(|| Drawing::new(document(), list.into()));
            drawing.show(found.iter().map(result).collect());
        });
        results.set(found);
    });
    let status = move || {
        if query.read().trim().is_empty() {
            return String::new();
        }
        match (&*index.read(), results.read().len()) {
            (Index::Failed, _) => SEARCH_FAILED.get(lang).to_owned(),
            (Index::Ready(_), 0) => SEARCH_NONE.get(lang).to_owned(),
            (Index::Ready(_), n) => fill(SEARCH_COUNT, lang, &[("n", &n.to_string())]),
            _ => String::new(),
        }
    };

    view! {
        <form
            class="search"
            role="search"
            on:submit=move |event| {
                event.prevent_default();
                if let Some(entry) = results.read_untracked().first() {
                    // A refused navigation leaves the results where they are.
                    let _ = window().location().set_href(&entry.href);
                }
            }
            on:keydown=move_focus
        >
            <label class="search-label" for="search">{SEARCH_LABEL.get(lang)}</label>
            <div class="search-box">
                {icon(Icon::Search)}
                <input
                    id="search"
                    type="search"
                    autocomplete="off"
                    spellcheck="false"
                    enterkeyhint="go"
                    placeholder=SEARCH_PLACEHOLDER.get(lang)
                    aria-describedby="search-status"
                    node_ref=input
                    on:focus=move |_| load()
                    on:input=move |event| {
                        load();
                        query.set(event_target_value(&event));
                    }
                />
            </div>
            <p id="search-status" class="search-status" role="status">{status}</p>
            <ul class="search-results" node_ref=list></ul>
        </form>
    }
}

/// One result: a link.
fn result(entry: &Entry) -> Node {
    let text = vec![words("span", "search-title", &entry.title), words("span", "search-text", &entry.text)];
    let link = vec![words("span", "code", entry.code.as_str()), el("span", "", text)];
    el("li", "", vec![el("a", "", link).with("href", &entry.href)])
}

/// Up and down walk between the box and the results.
fn move_focus(event: ev::KeyboardEvent) {
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
    if let Some(element) = next.and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok()) {
        event.prevent_default();
        // An element that can't take the focus leaves it where it is.
        let _ = element.focus();
    }
}
