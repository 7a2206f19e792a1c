//! The servers of a test: a mail server with a certificate of the test's making, and web servers that send people away.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use tests::lab::dialogue::Imap;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, BufStream},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

use crate::{certificate::Chain, world::listen};

/// Counts the connections to a server.
#[derive(Clone, Default)]
pub struct Visits(Arc<AtomicUsize>);

impl Visits {
    /// How many came so far.
    pub fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

/// An IMAP server with TLS.
pub fn imaps(address: &str, chain: &Chain) -> Visits {
    let (listener, visits) = begin(address);
    let (acceptor, counted) = (TlsAcceptor::from(chain.server()), visits.clone());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counted.0.fetch_add(1, Ordering::SeqCst);
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let stream = acceptor.accept(stream).await?;
                Imap::USUAL.talk(BufStream::new(stream)).await
            });
        }
    });
    visits
}

/// A server that sends this, whatever it's asked, and hangs up.
pub fn answering(address: &str, answer: String) -> Visits {
    let (listener, visits) = begin(address);
    let counted = visits.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            counted.0.fetch_add(1, Ordering::SeqCst);
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut request = [0; 2048];
                let _asked = stream.read(&mut request).await?;
                stream.write_all(answer.as_bytes()).await
            });
        }
    });
    visits
}

/// A web server that sends everybody to this address.
pub fn redirecting(address: &str, to: &str) -> Visits {
    answering(address, format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n"))
}

fn begin(address: &str) -> (TcpListener, Visits) {
    (TcpListener::from_std(listen(address)).expect("a listener"), Visits::default())
}
