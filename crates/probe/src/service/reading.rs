//! How fast a server hands mail over: the beginnings of the headers of some messages, counted and dropped as they come.
//!
//! The mailbox was opened with EXAMINE and the messages are asked for with PEEK, so nothing changes in it.

use std::time::Duration;

use error_model::evidence::Observation;
use protocol::imap::{Command, CommandKind, Dialogue, Event, Status};
use tokio::time::Instant;

use crate::{dialogue::Conversation, limits, record::Pen, resolve::millis};

/// Commands on their way at any time: while one is answered, the next is there already, as with a client that syncs.
const AHEAD: usize = 2;

/// Reads messages from all over a mailbox with `messages` of them, and says how far it has come until all are there, the
/// server refuses, or `limit` is over. A connection that breaks meanwhile ends it too: the mailbox did open.
pub(super) async fn read(
    c: &mut Conversation<Dialogue>,
    messages: u32,
    size: Option<u64>,
    limit: Duration,
    pen: &Pen,
) {
    let begun = Instant::now();
    let mut count = Count { begun, messages, size, read: 0, octets: 0, sizes: 0 };
    let mut parts = parts(messages).into_iter();
    let mut waiting = parts.len().min(AHEAD);
    if c.send(parts.by_ref().take(AHEAD).map(fetch)).await.is_err() {
        return;
    }
    let mut told = begun;
    while waiting > 0 {
        match c.next((begun + limit).saturating_duration_since(Instant::now())).await {
            Ok(Event::Fetched(message)) => {
                count.read += 1;
                count.octets += message.octets as u64;
                count.sizes = count.sizes.saturating_add(message.size.unwrap_or_default());
            }
            Ok(Event::Completed(done)) if done.command == CommandKind::FetchHeads => {
                if done.status != Status::Ok {
                    break;
                }
                waiting -= 1;
                if let Some(part) = parts.next() {
                    waiting += 1;
                    if c.send([fetch(part)]).await.is_err() {
                        break;
                    }
                }
            }
            Ok(Event::Bye { .. }) | Err(_) => break,
            Ok(_) => {}
        }
        // The last word comes after the last message.
        if told.elapsed() >= limits::READING_TOLD && waiting > 0 {
            told = Instant::now();
            pen.saw(count.observation()).await;
        }
    }
    pen.saw(count.observation()).await;
}

/// What has come.
struct Count {
    begun: Instant,
    messages: u32,
    size: Option<u64>,
    read: u32,
    octets: u64,
    sizes: u64,
}

impl Count {
    fn observation(&self) -> Observation {
        let read = u64::from(self.read);
        let estimated =
            (self.sizes > 0 && read > 0).then(|| self.sizes.saturating_mul(u64::from(self.messages)) / read);
        Observation::Reading {
            read: self.read,
            of: self.messages.min(limits::READING_MESSAGES),
            messages: self.messages,
            size: self.size.or(estimated),
            octets: self.octets,
            elapsed_ms: millis(self.begun.elapsed()),
        }
    }
}

const fn fetch((first, last): (u32, u32)) -> Command {
    Command::FetchHeads { first, last }
}

/// The numbers of the messages to read, in pieces: all of a small mailbox, and pieces from all over a large one, whose old
/// mail may lie elsewhere than its new mail.
fn parts(messages: u32) -> Vec<(u32, u32)> {
    let size = limits::READING_AT_ONCE;
    let count = messages.min(limits::READING_MESSAGES).div_ceil(size);
    let begin = |part: u32| {
        if messages <= limits::READING_MESSAGES {
            return 1 + part * size;
        }
        let spread = u64::from(part) * u64::from(messages - size) / u64::from(count - 1);
        1 + u32::try_from(spread).unwrap_or(u32::MAX)
    };
    (0..count).map(begin).map(|first| (first, first.saturating_add(size - 1).min(messages))).collect()
}

#[cfg(test)]
mod tests {
    use error_model::Lane;
    use tokio::{
        io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
        net::{TcpListener, TcpStream},
    };

    use super::*;
    use crate::{
        service::{Imap, Service},
        stream::{Stream, Tap},
    };

    /// How a server answers FETCH.
    #[derive(Clone, Copy)]
    enum Server {
        /// This long for each message, of this size, each time with a header that nobody may see again.
        After(Duration, u64),
        Refusing,
        Leaving,
        Silent,
    }

    /// What is seen of reading a mailbox with `messages` messages, for `limit` at most.
    async fn reading(server: Server, messages: u32, limit: Duration) -> Vec<Observation> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        #[expect(clippy::disallowed_methods, reason = "a peer of this very test")]
        let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let (peer, _) = listener.accept().await.unwrap();
        let (pen, listener) = Pen::listening(Lane::Imap);
        let talk = async {
            let mut c =
                Conversation::new(Imap::dialogue(), Stream::Clear(Tap::new(client)), Pen::muted(Lane::Imap));
            Imap::greeting(&mut c, limits::GREETING).await;
            read(&mut c, messages, None, limit, &pen).await;
        };
        // The peer hangs up where its play ends, and the talk goes on to its own end.
        let played = async {
            let _broken_where_the_talk_ends_first = play(server, peer).await;
            std::future::pending::<()>().await;
        };
        tokio::select! {
            () = talk => {}
            () = played => {}
        }
        listener.take()
    }

    async fn play(server: Server, peer: TcpStream) -> std::io::Result<()> {
        let mut peer = BufReader::new(peer);
        peer.write_all(b"* PREAUTH ready\r\n").await?;
        let mut line = String::new();
        while peer.read_line(&mut line).await? > 0 {
            let words: Vec<&str> = line.split(' ').collect();
            let (first, last) = words[2].split_once(':').unwrap();
            for number in first.parse::<u32>().unwrap()..=last.parse().unwrap() {
                match server {
                    Server::After(pause, size) => {
                        tokio::time::sleep(pause).await;
                        let text = format!(
                            "* {number} FETCH (RFC822.SIZE {size} BODY[HEADER]<0> {{15}}\r\nSubject: none\r\n)\r\n"
                        );
                        peer.write_all(text.as_bytes()).await?;
                    }
                    Server::Refusing => {}
                    Server::Leaving => return Ok(()),
                    Server::Silent => std::future::pending().await,
                }
            }
            let word = if matches!(server, Server::Refusing) { "NO [LIMIT] enough" } else { "OK done" };
            peer.write_all(format!("{} {word}\r\n", words[0]).as_bytes()).await?;
            line.clear();
        }
        Ok(())
    }

    /// How many messages came, of how many.
    fn last(seen: &[Observation]) -> (u32, u32, Option<u64>) {
        match seen.last() {
            Some(Observation::Reading { read, of, size, .. }) => (*read, *of, *size),
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn a_small_mailbox_is_read_whole_and_its_size_is_known_by_that() {
        let seen = reading(Server::After(Duration::ZERO, 2_000), 25, limits::READING).await;
        assert_eq!(last(&seen), (25, 25, Some(50_000)));
    }

    #[tokio::test]
    async fn a_slow_server_is_read_for_as_long_as_is_allowed_and_the_progress_is_told() {
        let limit = 3 * limits::READING_TOLD;
        let seen = reading(Server::After(Duration::from_millis(50), 10_000), 90_000, limit).await;
        let (read, of, size) = last(&seen);
        assert!((2..=24).contains(&read), "{read}");
        assert_eq!((of, size), (limits::READING_MESSAGES, Some(900_000_000)));
        assert!(seen.len() > 1, "it was told at the end only");
        let reads: Vec<u32> = seen.iter().map(|seen| last(std::slice::from_ref(seen)).0).collect();
        assert!(reads.is_sorted(), "{reads:?}");
        let Some(Observation::Reading { elapsed_ms, .. }) = seen.last() else { panic!("{seen:?}") };
        assert!((millis(limit)..millis(limit) + 500).contains(elapsed_ms), "{elapsed_ms}");
    }

    #[tokio::test]
    async fn a_server_that_sends_nothing_is_not_waited_for_longer() {
        let seen = reading(Server::Silent, 90_000, Duration::from_millis(100)).await;
        assert_eq!((seen.len(), last(&seen)), (1, (0, 300, None)));
    }

    #[tokio::test]
    async fn a_server_that_refuses_or_leaves_is_asked_for_nothing_more() {
        for server in [Server::Refusing, Server::Leaving] {
            let seen = reading(server, 90_000, limits::READING).await;
            assert_eq!(last(&seen).0, 0);
            let Some(Observation::Reading { elapsed_ms, .. }) = seen.last() else { panic!("{seen:?}") };
            assert!(*elapsed_ms < millis(limits::READING), "it waited for its end");
        }
    }

    #[test]
    fn what_is_read_lies_in_the_mailbox_and_comes_from_all_over_it() {
        for messages in [1, 9, 10, 11, 299, 300, 301, 5_000, u32::MAX] {
            let parts = parts(messages);
            let count: u64 = parts.iter().map(|(first, last)| u64::from(last - first) + 1).sum();
            assert_eq!(count, u64::from(messages.min(limits::READING_MESSAGES)), "{messages}");
            assert!(parts.is_sorted());
            assert_eq!((parts[0].0, parts.last().unwrap().1), (1, messages));
        }
    }

    #[test]
    fn what_is_on_its_way_fits_into_a_reply() {
        // The words around each header.
        const WORDS: usize = 256;
        let most = AHEAD * limits::READING_AT_ONCE as usize * (protocol::limits::HEAD + WORDS);
        assert!(most < protocol::limits::REPLY, "{most}");
    }
}
