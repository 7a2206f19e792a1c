//! What a server answers a hello with: records, and in them the handshake messages as far as its certificates. A message
//! may span records, and a record may hold several messages (RFC 5246 §6.2.1).

use error_model::evidence::TlsVersion;
use tls_parser::{TlsMessage, TlsMessageHandshake, parse_tls_message_handshake};
use tokio_rustls::rustls::pki_types::CertificateDer;

use super::Answer;
use crate::limits;

/// Record types (RFC 5246 §6.2.1).
const ALERT: u8 = 21;
const HANDSHAKE: u8 = 22;

/// The length of a handshake message's own header.
const MESSAGE_HEADER: usize = 4;

/// The answer so far.
#[derive(Default)]
pub(super) struct Flight {
    /// Handshake bytes that are no whole message yet.
    pending: Vec<u8>,
    /// Handshake bytes in all.
    taken: usize,
    version: Option<TlsVersion>,
    chain: Vec<CertificateDer<'static>>,
    refused: bool,
    over: bool,
}

impl Flight {
    /// Whether another record could tell more.
    pub fn wants_more(&self) -> bool {
        !self.over
    }

    /// Takes one record.
    pub fn record(&mut self, kind: u8, body: &[u8]) {
        match kind {
            HANDSHAKE => {
                self.taken = self.taken.saturating_add(body.len());
                self.over |= body.is_empty() || self.taken > limits::HELLO_ANSWER_BYTES;
                if !self.over {
                    self.pending.extend_from_slice(body);
                    self.read_messages();
                }
            }
            // A warning before the hello ends nothing by itself, but no server in its senses goes on after one.
            ALERT => {
                self.refused = self.version.is_none();
                self.over = true;
            }
            _ => self.over = true,
        }
    }

    /// What it all means.
    pub fn answer(self) -> Answer {
        match self.version {
            Some(version) => Answer::Hello { version, chain: self.chain },
            None if self.refused => Answer::Refused,
            None => Answer::Nothing,
        }
    }

    fn read_messages(&mut self) {
        while let Some(length) = self.whole_message() {
            let message: Vec<u8> = self.pending.drain(..length).collect();
            match parse_tls_message_handshake(&message) {
                Ok((_, TlsMessage::Handshake(TlsMessageHandshake::ServerHello(hello)))) => {
                    self.version = version(hello.version.0);
                    self.over = self.version.is_none();
                }
                Ok((_, TlsMessage::Handshake(TlsMessageHandshake::Certificate(sent)))) => {
                    let certificates = sent.cert_chain.iter().take(limits::CHAIN);
                    self.chain = certificates.map(|c| CertificateDer::from(c.data.to_vec())).collect();
                    self.over = true;
                }
                // Any other message comes after the place where certificates would have been.
                _ => self.over = true,
            }
            if self.over {
                return;
            }
        }
    }

    /// The length of the first message with its header, once all of it has come.
    fn whole_message(&self) -> Option<usize> {
        let [_, a, b, c] = *self.pending.first_chunk::<MESSAGE_HEADER>()?;
        let length = MESSAGE_HEADER + usize::try_from(u32::from_be_bytes([0, a, b, c])).ok()?;
        (self.pending.len() >= length).then_some(length)
    }
}

fn version(number: u16) -> Option<TlsVersion> {
    Some(match number {
        0x0300 => TlsVersion::Ssl3,
        0x0301 => TlsVersion::Tls10,
        0x0302 => TlsVersion::Tls11,
        0x0303 => TlsVersion::Tls12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ServerHello of TLS 1.0.
    fn server_hello() -> Vec<u8> {
        let mut message = vec![0x02, 0x00, 0x00, 0x26, 0x03, 0x01];
        message.extend([7; 32]);
        message.extend([0, 0x00, 0x2f, 0]);
        message
    }

    /// A Certificate message with one certificate of this many bytes.
    fn certificate(bytes: u16) -> Vec<u8> {
        let size = |more: u16| (bytes + more).to_be_bytes();
        let head = [&[0x0b, 0][..], &size(6), &[0], &size(3), &[0], &size(0)].concat();
        [head, vec![0x30; usize::from(bytes)]].concat()
    }

    /// What the bytes mean when they come in records of this size.
    fn answer(messages: &[u8], record: usize) -> Answer {
        let mut flight = Flight::default();
        for part in messages.chunks(record) {
            if flight.wants_more() {
                flight.record(HANDSHAKE, part);
            }
        }
        flight.answer()
    }

    #[test]
    fn version_and_chain_are_read_however_the_messages_are_cut_into_records() {
        let both = [server_hello(), certificate(700)].concat();
        let chain = vec![CertificateDer::from(vec![0x30; 700])];
        for record in [1, 5, 42, 43, 100, both.len()] {
            let expected = Answer::Hello { version: TlsVersion::Tls10, chain: chain.clone() };
            assert_eq!(answer(&both, record), expected, "records of {record} bytes");
        }
    }

    #[test]
    fn what_came_before_the_end_counts() {
        let both = [server_hello(), certificate(700)].concat();
        let hello = server_hello().len();
        for cut in 0..both.len() {
            let expected = if cut < hello {
                Answer::Nothing
            } else {
                Answer::Hello { version: TlsVersion::Tls10, chain: vec![] }
            };
            assert_eq!(answer(&both[..cut], 100), expected, "cut after {cut} bytes");
        }
    }

    #[test]
    fn an_alert_instead_of_a_hello_is_a_refusal_and_anything_else_is_nothing() {
        for (kind, expected) in [(ALERT, Answer::Refused), (23, Answer::Nothing), (0x48, Answer::Nothing)] {
            let mut flight = Flight::default();
            flight.record(kind, &[2, 40]);
            assert_eq!((flight.wants_more(), flight.answer()), (false, expected));
        }
    }

    #[test]
    fn an_endless_answer_is_read_to_the_limit_only() {
        let mut flight = Flight::default();
        flight.record(HANDSHAKE, &[0x0b, 0xff, 0xff, 0xff]);
        let mut records = 0;
        while flight.wants_more() {
            flight.record(HANDSHAKE, &[0; 16_384]);
            records += 1;
        }
        assert!(records * 16_384 <= limits::HELLO_ANSWER_BYTES + 16_384, "{records} records");
        assert!(flight.pending.len() <= limits::HELLO_ANSWER_BYTES);
    }
}
