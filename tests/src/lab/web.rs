//! A web server that plays a script: what a mail domain's settings file is fetched from.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};

/// What the server does with a request for one of the two well-known places. Any other path isn't found.
#[derive(Clone, Copy, Debug)]
pub enum Web {
    /// Answers with this file.
    File(&'static str),
    /// Answers with bytes that are no UTF-8.
    Latin1,
    /// Leads elsewhere.
    Redirect(&'static str),
    /// Sends markup without end.
    Endless,
}

/// The two places (the second one at the domain itself).
const PLACES: [&str; 2] = ["/mail/config-v1.1.xml", "/.well-known/autoconfig/mail/config-v1.1.xml"];

impl Web {
    /// Answers one request.
    pub(super) async fn talk(self, stream: impl AsyncRead + AsyncWrite + Unpin) -> io::Result<()> {
        let mut stream = BufReader::new(stream);
        let mut asked = String::new();
        stream.read_line(&mut asked).await?;
        let mut line = asked.clone();
        while !line.trim_end().is_empty() {
            line.clear();
            stream.read_line(&mut line).await?;
        }
        let path = asked.split(' ').nth(1).unwrap_or_default();
        if !PLACES.contains(&path) {
            return answer(&mut stream, "404 Not Found", "", b"").await;
        }
        match self {
            Self::File(xml) => answer(&mut stream, "200 OK", "", xml.as_bytes()).await,
            Self::Latin1 => answer(&mut stream, "200 OK", "", b"<clientConfig>\xe9</clientConfig>").await,
            Self::Redirect(target) => {
                answer(&mut stream, "302 Found", &format!("Location: {target}\r\n"), b"").await
            }
            Self::Endless => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<clientConfig>").await?;
                loop {
                    // Until the client has had enough.
                    stream.write_all(&[b' '; 4096]).await?;
                }
            }
        }
    }
}

async fn answer(
    stream: &mut (impl AsyncWrite + Unpin),
    status: &str,
    more: &str,
    body: &[u8],
) -> io::Result<()> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/xml\r\nContent-Length: {length}\r\nConnection: close\r\n{more}\r\n"
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body).await?;
    stream.shutdown().await
}
