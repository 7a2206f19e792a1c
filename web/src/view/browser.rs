//! The few things of the browser that views ask for. Whatever a browser refuses is told by the return value.

use error_model::wire::SUBPROTOCOL;
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    CloseEvent, Element, Event, EventTarget, HtmlElement, HtmlInputElement, HtmlSelectElement, MessageEvent,
    RequestInit, WebSocket,
};

use crate::route::{RUN_SOCKET, TICKET};

/// Fetches one of our own files as text. `None`: not there, or the network is gone.
pub async fn fetch_text(path: &str) -> Option<String> {
    answer(web_sys::window()?.fetch_with_str(path)).await
}

/// Sends a JSON message to one of our own addresses and returns the answer. `None`: refused, or the network is gone.
pub async fn post_json(path: &str, message: &str) -> Option<String> {
    let request = RequestInit::new();
    request.set_method("POST");
    request.set_body(&JsValue::from_str(message));
    let kind = Array::of2(&"content-type".into(), &"application/json".into());
    request.set_headers(&Array::of1(&kind));
    answer(web_sys::window()?.fetch_with_str_and_init(path, &request)).await
}

async fn answer(asked: Promise) -> Option<String> {
    let response = JsFuture::from(asked).await.ok()?;
    let response: web_sys::Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

/// Milliseconds since the Unix epoch, by the visitor's clock.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// The element with this `id`.
pub fn by_id(id: &str) -> Option<Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

/// An attribute of the page as a whole.
pub fn page_attribute(name: &str) -> Option<String> {
    web_sys::window()?.document()?.document_element()?.get_attribute(name)
}

/// The name under which the form is kept.
const KEPT: &str = "mailtriage-form";

/// What was kept in this tab. `None`: nothing, or the browser keeps nothing.
pub fn kept() -> Option<String> {
    recall(KEPT)
}

/// Keeps a text until the tab is closed; an empty one is forgotten.
pub fn keep(text: &str) {
    remember(KEPT, text);
}

/// What was kept in this tab under a name.
pub fn recall(name: &str) -> Option<String> {
    web_sys::window()?.session_storage().ok()??.get_item(name).ok()?
}

/// Keeps a text under a name until the tab is closed; an empty one is forgotten.
pub fn remember(name: &str, text: &str) {
    if let Some(Ok(Some(storage))) = web_sys::window().map(|window| window.session_storage()) {
        // A browser that keeps nothing loses nothing but this.
        let _ = match text {
            "" => storage.remove_item(name),
            text => storage.set_item(name, text),
        };
    }
}

/// What a page listens with, as long as it lives.
pub type Listener = Closure<dyn FnMut(Event)>;

/// Listens to events of an element, and to those of the elements inside of it.
pub fn listen(target: &EventTarget, names: &[&str], listener: &Listener) {
    for name in names {
        // The names are ours and valid.
        let _ = target.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    }
}

/// Changes the text of an element, where it's another one.
pub fn say(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// What an input or a choice holds right now.
pub fn input_value(id: &str) -> Option<String> {
    let element = by_id(id)?;
    match element.dyn_ref::<HtmlInputElement>() {
        Some(input) => Some(input.value()),
        None => element.dyn_ref::<HtmlSelectElement>().map(HtmlSelectElement::value),
    }
}

/// Changes what an input or a choice holds. Where the person is about to type, typing replaces it.
pub fn set_input_value(id: &str, value: &str) {
    if input_value(id).is_none_or(|held| held == value) {
        return;
    }
    let Some(element) = by_id(id) else { return };
    if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
        input.set_value(value);
        if input.matches(":focus") == Ok(true) {
            input.select();
        }
    } else if let Some(choice) = element.dyn_ref::<HtmlSelectElement>() {
        choice.set_value(value);
    }
}

/// What a click on an element asks for: the `data-action` of the button that it's in.
pub fn action_of(element: &Element) -> Option<String> {
    element.closest("[data-action]").ok().flatten()?.get_attribute("data-action")
}

/// Moves the focus to an element and brings it into view.
pub fn focus(id: &str) {
    if let Some(element) = by_id(id).and_then(|e| e.dyn_into::<HtmlElement>().ok()) {
        // An element that can't take the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// A value of the page's own query, `?code=006`.
pub fn query_value(name: &str) -> Option<String> {
    let query = web_sys::window()?.location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&query).ok()?.get(name)
}

/// Puts text on the clipboard. `false`: the browser doesn't let us.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window().filter(web_sys::Window::is_secure_context) else { return false };
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}

/// Offers text as a file. `None`: the browser doesn't let us.
pub fn download(name: &str, kind: &str, text: &str) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let address = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
    let link: web_sys::HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&address).ok()
}

/// Opens every drawer below an element, so that print shows what is in them, then prints.
pub fn print_opened(selector: &str) {
    let Some(window) = web_sys::window() else { return };
    if let Some(drawers) = window.document().and_then(|d| d.query_selector_all(selector).ok()) {
        for i in 0..drawers.length() {
            if let Some(drawer) =
                drawers.get(i).and_then(|n| n.dyn_into::<web_sys::HtmlDetailsElement>().ok())
            {
                drawer.set_open(true);
            }
        }
    }
    // A browser that can't print does nothing, and neither can we.
    let _ = window.print();
}

/// What the connection to the relay tells.
pub enum SocketEvent {
    /// A message.
    Message(String),
    /// The browser solves what the relay asks for before a sign-in.
    Proving,
    /// It couldn't.
    Unproven,
    /// It ended, or never stood.
    Closed,
}

/// What the first message of a connection needs besides itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Nothing: the relay knows the page.
    Known,
    /// A ticket.
    Ticket,
    /// A ticket, and the proof of work that the relay may ask for before a sign-in.
    SignIn,
}

/// The ticket together with the solution of the challenge that came with it. `None`: it can't be solved here, or isn't wanted
/// any more. See `proof.js`.
async fn prove(ticket: &str, socket: &WebSocket) -> Option<String> {
    let window = web_sys::window()?;
    let prove: Function = Reflect::get(&window, &"prove".into()).ok()?.dyn_into().ok()?;
    let proved: Promise = prove.call2(&window, &ticket.into(), socket).ok()?.dyn_into().ok()?;
    JsFuture::from(proved).await.ok()?.as_string()
}

/// The connection of one run. Dropping it ends the connection and silences it.
pub struct Socket {
    socket: WebSocket,
    _open: Closure<dyn FnMut(Event)>,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _close: Closure<dyn FnMut(CloseEvent)>,
}

impl Socket {
    /// Connects, and says `first`, a JSON object, as soon as the connection stands and the `entry` is at hand. `None`: the
    /// browser refuses.
    pub fn open(first: String, entry: Entry, tell: impl Fn(SocketEvent) + Clone + 'static) -> Option<Self> {
        Self::to(RUN_SOCKET, SUBPROTOCOL, first, entry, tell)
    }

    /// As [`Self::open`], at another address of the relay and with its own sub-protocol.
    pub fn to(
        path: &str,
        protocol: &str,
        first: String,
        entry: Entry,
        tell: impl Fn(SocketEvent) + Clone + 'static,
    ) -> Option<Self> {
        let location = web_sys::window()?.location();
        let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
        let address = format!("{scheme}://{}{path}", location.host().ok()?);
        let socket = WebSocket::new_with_str(&address, protocol).ok()?;

        let mut first = Some(first);
        let open = Closure::<dyn FnMut(Event)>::new({
            let (socket, tell) = (socket.clone(), tell.clone());
            move |_| {
                // Taken, so that the passwords in it don't outlive the moment. A failure is told by the closing.
                if let Some(first) = first.take() {
                    if entry == Entry::Known {
                        let _ = socket.send_with_str(&first);
                        return;
                    }
                    let (socket, tell) = (socket.clone(), tell.clone());
                    spawn_local(async move {
                        let stands = || socket.ready_state() == WebSocket::OPEN;
                        let mut ticket = post_json(TICKET, "").await.filter(|_| stands());
                        if let Some(asked) = &ticket
                            && entry == Entry::SignIn
                            && asked.contains("\"challenge\"")
                        {
                            tell(SocketEvent::Proving);
                            ticket = prove(asked, &socket).await;
                            if ticket.is_none() && stands() {
                                tell(SocketEvent::Unproven);
                            }
                        }
                        let _ = match ticket.filter(|_| stands()) {
                            // `{"ticket":"…"}` and the message become one object.
                            Some(ticket) => {
                                let both = [ticket.trim_end_matches('}'), ",", first.trim_start_matches('{')];
                                socket.send_with_str(&both.concat())
                            }
                            None => socket.close(),
                        };
                    });
                }
            }
        });
        let message = Closure::<dyn FnMut(MessageEvent)>::new({
            let tell = tell.clone();
            move |event: MessageEvent| {
                if let Some(text) = event.data().as_string() {
                    tell(SocketEvent::Message(text));
                }
            }
        });
        let close = Closure::<dyn FnMut(CloseEvent)>::new(move |_| tell(SocketEvent::Closed));
        socket.set_onopen(Some(open.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(close.as_ref().unchecked_ref()));
        Some(Self { socket, _open: open, _message: message, _close: close })
    }

    /// Says something, where the connection still stands.
    pub fn send(&self, text: &str) {
        // What can't be sent any more isn't awaited by anyone; a browser complains of it all the same.
        if self.socket.ready_state() == WebSocket::OPEN {
            let _ = self.socket.send_with_str(text);
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        // Closing what is closed already is no fault.
        let _ = self.socket.close();
    }
}
