//! A page of somebody else: another origin, with a policy of its own, that puts ours into a frame.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A page of the host.
#[derive(Debug, Clone)]
pub struct HostPage {
    /// Its Content-Security-Policy; empty for none.
    pub policy: String,
    /// The whole document.
    pub html: String,
}

type Pages = Arc<Mutex<BTreeMap<String, HostPage>>>;

/// A web server for such pages. It ends with the process.
pub struct Host {
    name: &'static str,
    port: u16,
    pages: Pages,
}

impl Host {
    /// A server without pages, on another site than the relay's `127.0.0.1`, not only another port of it.
    pub fn start() -> Self {
        Self::named("localhost")
    }

    /// The same on the relay's site, as another origin of it: a browser then keeps the frame in the page's own process,
    /// where switching scripts off reaches it.
    pub fn near() -> Self {
        Self::named("127.0.0.1")
    }

    fn named(name: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there's a port");
        let port = listener.local_addr().expect("it has an address").port();
        let pages = Pages::default();
        let served = Arc::clone(&pages);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // A browser that goes away in the middle of an answer is no concern of the test.
                let _ = answer(stream, &served);
            }
        });
        Self { name, port, pages }
    }

    /// Serves a page.
    ///
    /// # Panics
    /// When the server's thread did.
    pub fn put(&self, path: &str, page: HostPage) {
        self.pages.lock().expect("the server runs").insert(path.to_owned(), page);
    }

    /// The origin under which the relay and browsers know it.
    pub fn origin(&self) -> String {
        format!("http://{}:{}", self.name, self.port)
    }
}

fn answer(stream: TcpStream, pages: &Pages) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    let path = first.split(' ').nth(1).unwrap_or_default();
    let page = pages.lock().expect("the test runs").get(path).cloned();
    let (status, page) = match page {
        Some(page) => ("200 OK", page),
        None => ("404 Not Found", HostPage { policy: String::new(), html: String::new() }),
    };
    let policy = match page.policy.as_str() {
        "" => String::new(),
        policy => format!("Content-Security-Policy: {policy}\r\n"),
    };
    let HostPage { html, .. } = page;
    let length = html.len();
    write!(
        reader.into_inner(),
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n{policy}Connection: close\r\n\r\n{html}"
    )
}
