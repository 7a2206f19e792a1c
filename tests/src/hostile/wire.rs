//! A peer's end of one connection, in clear or inside TLS; whatever comes goes into the ledger.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf},
    net::TcpStream,
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

use super::{identity::Identity, ledger::Ledger};

/// The TCP connection; what it receives is written down.
pub struct Tapped {
    tcp: TcpStream,
    ledger: Ledger,
    connection: usize,
}

/// A connection that a script speaks over.
pub struct Wire {
    stream: Line,
    ledger: Ledger,
    /// Which connection of its peer this is, counted from 0: those behind the first are follow-ups.
    pub connection: usize,
    /// The peer's certificate.
    pub identity: Arc<Identity>,
}

enum Line {
    Clear(Tapped),
    Tls(Box<TlsStream<Tapped>>),
}

impl Wire {
    pub(super) fn new(tcp: TcpStream, ledger: Ledger, connection: usize, identity: Arc<Identity>) -> Self {
        let stream = Line::Clear(Tapped { tcp, ledger: ledger.clone(), connection });
        Self { stream, ledger, connection, identity }
    }

    /// Says something.
    pub async fn say(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        let bytes = bytes.as_ref();
        match &mut self.stream {
            Line::Clear(stream) => stream.write_all(bytes).await,
            Line::Tls(stream) => {
                stream.write_all(bytes).await?;
                stream.flush().await
            }
        }
    }

    /// Hears one line, without its end.
    ///
    /// # Errors
    /// When the client has gone.
    pub async fn hear(&mut self) -> io::Result<String> {
        let mut line = Vec::new();
        loop {
            match self.byte().await? {
                b'\n' => break,
                byte => line.push(byte),
            }
        }
        Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
    }

    /// Hears one IMAP command; gives its tag.
    pub async fn tag(&mut self) -> io::Result<String> {
        let line = self.hear().await?;
        Ok(line.split(' ').next().unwrap_or_default().to_owned())
    }

    /// Hears so many bytes, whatever they are.
    pub async fn skip(&mut self, bytes: usize) -> io::Result<()> {
        for _ in 0..bytes {
            self.byte().await?;
        }
        Ok(())
    }

    /// Hears one record of TLS, the client's hello.
    pub async fn hello(&mut self) -> io::Result<Vec<u8>> {
        let mut record = Vec::new();
        while record.len() < 5 || record.len() < 5 + usize::from(u16::from_be_bytes([record[3], record[4]])) {
            record.push(self.byte().await?);
        }
        Ok(record)
    }

    /// Listens until the client has gone.
    pub async fn listen(&mut self) -> io::Result<()> {
        loop {
            self.byte().await?;
        }
    }

    /// Says the same again and again until the client has gone.
    pub async fn flood(&mut self, bytes: impl AsRef<[u8]>) -> io::Result<()> {
        loop {
            self.say(bytes.as_ref()).await?;
        }
    }

    /// Takes the client's TLS hello and goes on inside TLS.
    pub async fn encrypt(self) -> io::Result<Self> {
        let config = self.identity.server();
        let Line::Clear(tapped) = self.stream else { return Err(io::ErrorKind::AlreadyExists.into()) };
        let stream = TlsAcceptor::from(config).accept(tapped).await?;
        Ok(Self { stream: Line::Tls(Box::new(stream)), ..self })
    }

    async fn byte(&mut self) -> io::Result<u8> {
        match &mut self.stream {
            Line::Clear(stream) => stream.read_u8().await,
            Line::Tls(stream) => {
                let byte = stream.read_u8().await?;
                self.ledger.inside(self.connection, &[byte]);
                Ok(byte)
            }
        }
    }
}

/// What well-behaved servers do, for scripts that misbehave only later on.
pub struct Server;

impl Server {
    /// IMAP up to the answer to STARTTLS, then TLS. Capabilities in clear are `offer`.
    pub async fn imap_upgraded(mut wire: Wire, offer: &str) -> io::Result<Wire> {
        wire.say(format!("* OK [CAPABILITY IMAP4rev1 STARTTLS {offer}] ready\r\n")).await?;
        let tag = wire.tag().await?;
        wire.say(format!("{tag} OK begin\r\n")).await?;
        wire.encrypt().await
    }

    /// SMTP up to the answer to STARTTLS, then TLS. Extensions in clear are `offer`.
    pub async fn smtp_upgraded(mut wire: Wire, offer: &str) -> io::Result<Wire> {
        wire.say("220 ready\r\n").await?;
        wire.hear().await?;
        wire.say(format!("250-peer\r\n250-STARTTLS\r\n250 {offer}\r\n")).await?;
        wire.hear().await?;
        wire.say("220 go ahead\r\n").await?;
        wire.encrypt().await
    }

    /// IMAP from the capabilities inside TLS to the end, everything in order.
    pub async fn imap_to_the_end(wire: &mut Wire, offer: &str) -> io::Result<()> {
        loop {
            let line = wire.hear().await?;
            let (tag, command) = line.split_once(' ').unwrap_or((&line, ""));
            let answer = match command.split(' ').next().unwrap_or_default() {
                "CAPABILITY" => format!("* CAPABILITY IMAP4rev1 {offer}\r\n{tag} OK done\r\n"),
                "EXAMINE" => format!("* 3 EXISTS\r\n{tag} OK [READ-ONLY] done\r\n"),
                "LOGOUT" => format!("* BYE see you\r\n{tag} OK done\r\n"),
                _ => format!("{tag} OK done\r\n"),
            };
            wire.say(answer).await?;
        }
    }

    /// SMTP from EHLO inside TLS to the end, everything in order.
    pub async fn smtp_to_the_end(wire: &mut Wire, offer: &str) -> io::Result<()> {
        loop {
            let line = wire.hear().await?;
            let answer = match line.split(' ').next().unwrap_or_default() {
                "EHLO" => format!("250-peer\r\n250 {offer}\r\n"),
                "AUTH" => "235 2.7.0 welcome\r\n".to_owned(),
                "QUIT" => "221 see you\r\n".to_owned(),
                _ => "250 2.1.0 fine\r\n".to_owned(),
            };
            wire.say(answer).await?;
        }
    }
}

impl AsyncRead for Tapped {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let polled = Pin::new(&mut self.tcp).poll_read(cx, buf);
        self.ledger.wire(self.connection, &buf.filled()[before..]);
        polled
    }
}

impl AsyncWrite for Tapped {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.tcp).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}
