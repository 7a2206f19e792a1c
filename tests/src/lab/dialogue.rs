//! The small IMAP, SMTP and HTTP dialogues of the scripted peers. What matters in each is one reply, given in the table
//! of hosts; the rest is as little as a client needs to get there.

use std::io;

use base64::{Engine, engine::general_purpose::STANDARD};
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};

/// In place of a reply: nothing, and the connection stays.
pub const SILENCE: &str = "";
/// In place of a reply: the connection ends, without TLS's own goodbye (`close_notify`).
pub const HANG_UP: &str = "-";

/// In what charset a server speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charset {
    /// As most do.
    Utf8,
    /// As QQ and NetEase do.
    Gbk,
    /// As old servers in Japan do.
    Iso2022Jp,
}

impl Charset {
    fn encode(self, text: &str) -> Vec<u8> {
        let charset = match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Gbk => encoding_rs::GBK,
            Self::Iso2022Jp => encoding_rs::ISO_2022_JP,
        };
        charset.encode(text).0.into_owned()
    }
}

/// An IMAP server with chosen replies (RFC 3501), each given without its tag.
#[derive(Clone, Copy, Debug)]
pub struct Imap {
    /// The mechanisms it offers, as in CAPABILITY.
    pub mechanisms: &'static str,
    /// The reply to AUTHENTICATE and LOGIN.
    pub sign_in: &'static str,
    /// Whether it takes what the client says first with the command (RFC 4959).
    pub initial_response: bool,
    /// The error that it says before it refuses a token; empty where it refuses at once.
    pub token_error: &'static str,
    /// The reply to EXAMINE and SELECT.
    pub examine: &'static str,
    /// What its replies are written in.
    pub charset: Charset,
}

impl Imap {
    /// Everything works.
    pub const USUAL: Self = Self {
        mechanisms: "AUTH=PLAIN",
        sign_in: "OK signed in",
        initial_response: true,
        token_error: "",
        examine: "OK [READ-ONLY] opened",
        charset: Charset::Utf8,
    };

    /// Refuses every sign-in with `reply`.
    pub const fn refusing(reply: &'static str) -> Self {
        Self { sign_in: reply, ..Self::USUAL }
    }

    /// Talks until the client leaves.
    pub async fn talk(self, mut stream: impl AsyncBufRead + AsyncWrite + Unpin) -> io::Result<()> {
        let initial = if self.initial_response { " SASL-IR" } else { "" };
        let capabilities = format!("CAPABILITY IMAP4rev1{initial} ID NAMESPACE {}", self.mechanisms);
        write(&mut stream, &format!("* OK [{capabilities}] ready")).await?;
        while let Some(line) = read_line(&mut stream).await? {
            let mut words = line.split(' ');
            let tag = words.next().unwrap_or_default().to_owned();
            let command = words.next().unwrap_or_default().to_ascii_uppercase();
            let reply = match command.as_str() {
                "CAPABILITY" => {
                    write(&mut stream, &format!("* {capabilities}")).await?;
                    "OK done"
                }
                "AUTHENTICATE" => {
                    let mechanism = words.next().unwrap_or_default().to_owned();
                    match (words.next(), self.initial_response) {
                        (Some(_), false) => "BAD nothing was asked yet",
                        (said, _) => {
                            // Without an initial response (RFC 4959) the client waits to be asked.
                            if said.is_none() {
                                write(&mut stream, "+ ").await?;
                                read_line(&mut stream).await?;
                            }
                            let heard =
                                say_token_error(&mut stream, "+", &mechanism, self.token_error).await?;
                            if heard { self.sign_in } else { "BAD that is no answer to an error" }
                        }
                    }
                }
                "LOGIN" => self.sign_in,
                "EXAMINE" | "SELECT" => self.examine,
                "LOGOUT" => {
                    write(&mut stream, "* BYE see you").await?;
                    return write(&mut stream, &format!("{tag} OK done")).await;
                }
                _ => "OK done",
            };
            match reply {
                SILENCE => {}
                HANG_UP => return Ok(()),
                reply => write_bytes(&mut stream, &self.charset.encode(&format!("{tag} {reply}"))).await?,
            }
        }
        Ok(())
    }
}

/// Says the error of a token before the refusal (RFC 7628 section 3.2.2), where there is one. Whether the client answered it
/// as the mechanism wants: with ^A in base64 (section 3.2.3), or with an empty line (XOAUTH2).
async fn say_token_error(
    stream: &mut (impl AsyncBufRead + AsyncWrite + Unpin),
    prompt: &str,
    mechanism: &str,
    error: &str,
) -> io::Result<bool> {
    if error.is_empty() {
        return Ok(true);
    }
    write(stream, &format!("{prompt} {}", STANDARD.encode(error))).await?;
    let wanted = if mechanism == "OAUTHBEARER" { "AQ==" } else { "" };
    Ok(read_line(stream).await?.as_deref() == Some(wanted))
}

/// An SMTP submission server with chosen replies (RFC 5321).
#[derive(Clone, Copy, Debug)]
pub struct Smtp {
    /// The mechanisms it offers, as in the answer to EHLO.
    pub mechanisms: &'static str,
    /// The error that it says before it refuses a token; empty where it refuses at once.
    pub token_error: &'static str,
    /// The reply to AUTH.
    pub sign_in: &'static str,
    /// What its replies are written in.
    pub charset: Charset,
}

impl Smtp {
    /// Everything works.
    pub const USUAL: Self = Self {
        mechanisms: "PLAIN LOGIN XOAUTH2",
        token_error: "",
        sign_in: "235 2.7.0 signed in",
        charset: Charset::Utf8,
    };

    /// Refuses every sign-in with `reply`.
    pub const fn refusing(reply: &'static str) -> Self {
        Self { sign_in: reply, ..Self::USUAL }
    }

    /// Talks until the client leaves.
    pub async fn talk(self, mut stream: impl AsyncBufRead + AsyncWrite + Unpin) -> io::Result<()> {
        let offer =
            format!("250-scripted.mail.test\r\n250-ENHANCEDSTATUSCODES\r\n250 AUTH {}", self.mechanisms);
        write(&mut stream, "220 scripted.mail.test ESMTP").await?;
        while let Some(line) = read_line(&mut stream).await? {
            let mut words = line.split(' ');
            // RFC 5321 section 4.5.3.1.4, the line's end left out.
            const LONGEST: usize = 510;
            let reply = match words.next().unwrap_or_default().to_ascii_uppercase().as_str() {
                _ if line.len() > LONGEST => "500 5.5.6 Line too long",
                "EHLO" => &*offer,
                "AUTH" => {
                    let mechanism = words.next().unwrap_or_default().to_owned();
                    if words.next().is_none() {
                        write(&mut stream, "334 ").await?;
                        read_line(&mut stream).await?;
                    }
                    let heard = say_token_error(&mut stream, "334", &mechanism, self.token_error).await?;
                    if heard { self.sign_in } else { "501 5.5.2 That is no answer to an error" }
                }
                "QUIT" => return write(&mut stream, "221 2.0.0 Bye").await,
                _ => "250 2.0.0 Ok",
            };
            write_bytes(&mut stream, &self.charset.encode(reply)).await?;
        }
        Ok(())
    }
}

/// Offers PLAIN in Dovecot's authentication protocol, and hangs up at the first password.
pub(super) async fn die_at_sign_in(stream: &mut (impl AsyncRead + AsyncWrite + Unpin)) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let cookie = "0".repeat(32);
    stream
        .write_all(
            format!("VERSION\t1\t2\nMECH\tPLAIN\tplaintext\nSPID\t1\nCUID\t1\nCOOKIE\t{cookie}\nDONE\n")
                .as_bytes(),
        )
        .await?;
    while read_line(&mut stream).await?.is_some_and(|line| !line.starts_with("AUTH\t")) {}
    Ok(())
}

/// Answers one HTTP request, whatever it asks, with `body`.
pub(super) async fn serve(stream: &mut (impl AsyncRead + AsyncWrite + Unpin), body: &[u8]) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    while read_line(&mut stream).await?.is_some_and(|line| !line.is_empty()) {}
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/pkix-cert\r\nContent-Length: {}\r\nConnection: close\r\n",
        body.len()
    );
    write(&mut stream, &head).await?;
    stream.write_all(body).await?;
    stream.shutdown().await
}

async fn write(stream: &mut (impl AsyncWrite + Unpin), line: &str) -> io::Result<()> {
    write_bytes(stream, line.as_bytes()).await
}

async fn write_bytes(stream: &mut (impl AsyncWrite + Unpin), line: &[u8]) -> io::Result<()> {
    stream.write_all(line).await?;
    stream.write_all(b"\r\n").await?;
    stream.flush().await
}

/// The next line without its end; nothing when the client has left.
pub(super) async fn read_line(stream: &mut (impl AsyncBufRead + Unpin)) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    if stream.read_until(b'\n', &mut line).await? == 0 {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&line).trim_end().to_owned()))
}
