//! A hand-made ClientHello of an old version with every cipher suite in use; the version and the chain of the answer.
//!
//! rustls speaks TLS 1.2 and 1.3 only, so it can't tell a server that is too old from one that refuses for another
//! reason. No handshake is completed: one hello goes out, one answer is read. Up to TLS 1.2 the chain comes in clear.

mod flight;

use error_model::evidence::TlsVersion;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::timeout,
};
use tokio_rustls::rustls::pki_types::CertificateDer;

use crate::{host::Host, limits, stream::Tap};
use flight::Flight;

/// Versions tried, the newest first: a server answers with the best that it has up to the one offered.
pub(crate) const VERSIONS: [TlsVersion; 4] =
    [TlsVersion::Tls12, TlsVersion::Tls11, TlsVersion::Tls10, TlsVersion::Ssl3];

/// Cipher suites of SSL 3.0 to TLS 1.2 that servers were seen to use (IANA registry).
const SUITES: &[u16] = &[
    0xc02c, 0xc030, 0xc02b, 0xc02f, 0xcca9, 0xcca8, 0x009f, 0x009e, 0xccaa, 0x00a3, 0x00a2, 0xc024, 0xc028,
    0xc023, 0xc027, 0x006b, 0x0067, 0x006a, 0x0040, 0xc00a, 0xc014, 0xc009, 0xc013, 0x0039, 0x0038, 0x0033,
    0x0032, 0x009d, 0x009c, 0x003d, 0x003c, 0x0035, 0x002f, 0x0088, 0x0045, 0x0084, 0x0041, 0xc008, 0xc012,
    0x0016, 0x0013, 0x000a, 0xc007, 0xc011, 0x0005, 0x0004, 0x0015, 0x0009, 0x0003, 0x0006, 0x0008, 0x003b,
    0x0002, 0x0001,
];

/// Signature algorithms, from modern to SHA-1 and MD5 (RFC 5246 §7.4.1.4.1).
const SIGNATURES: &[u16] = &[
    0x0804, 0x0805, 0x0806, 0x0403, 0x0503, 0x0603, 0x0401, 0x0501, 0x0601, 0x0402, 0x0203, 0x0201, 0x0202,
    0x0101,
];

/// Groups (RFC 8422 §5.1.1).
const GROUPS: &[u16] = &[0x001d, 0x0017, 0x0018, 0x0019, 0x0016];

/// The answer to a hello.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    /// A ServerHello.
    Hello {
        /// The version that it chose.
        version: TlsVersion,
        /// The certificates that followed, the server's own first; empty where none did. They prove nothing yet: no
        /// handshake showed that the server has the key.
        chain: Vec<CertificateDer<'static>>,
    },
    /// A fatal alert.
    Refused,
    /// Anything else: the end, silence, bytes that aren't TLS.
    Nothing,
}

/// Sends one hello and reads the answer as far as its certificates.
pub(crate) async fn ask(mut tap: Tap, version: TlsVersion, host: &Host) -> Answer {
    let mut flight = Flight::default();
    let exchange = async {
        tap.write_all(&hello(version, host)).await.ok()?;
        while flight.wants_more() {
            let mut header = [0; 5];
            tap.read_exact(&mut header).await.ok()?;
            let mut body = vec![0; usize::from(u16::from_be_bytes([header[3], header[4]]))];
            tap.read_exact(&mut body).await.ok()?;
            flight.record(header[0], &body);
        }
        Some(())
    };
    // What came before the end or the limit counts.
    let _ended = timeout(limits::HELLO_ANSWER, exchange).await;
    flight.answer()
}

/// What a fuzz target sees of an answer: record by record, as in [`ask`].
#[cfg(fuzzing)]
pub(crate) fn fuzzing(mut bytes: &[u8]) {
    let mut flight = Flight::default();
    while let Some(([kind, _, _, high, low], rest)) = bytes.split_first_chunk()
        && flight.wants_more()
    {
        let length = usize::from(u16::from_be_bytes([*high, *low])).min(rest.len());
        let (body, behind) = rest.split_at(length);
        flight.record(*kind, body);
        bytes = behind;
    }
    let _answer = flight.answer();
}

/// A ClientHello (RFC 5246 §7.4.1.2) in one record.
fn hello(version: TlsVersion, host: &Host) -> Vec<u8> {
    let number: u16 = match version {
        TlsVersion::Ssl3 => 0x0300,
        TlsVersion::Tls10 => 0x0301,
        TlsVersion::Tls11 => 0x0302,
        TlsVersion::Tls12 | TlsVersion::Tls13 => 0x0303,
    };
    let mut body = number.to_be_bytes().to_vec();
    // No session comes of this hello, so its random bytes needn't be secret, only there.
    body.extend([0x5a; 32]);
    body.push(0);
    body.extend(list16(SUITES));
    body.extend([1, 0]);
    body.extend(with_length16(&extensions(version, host)));
    let length = u32::try_from(body.len()).unwrap_or(0).to_be_bytes();
    let mut handshake = vec![0x01, length[1], length[2], length[3]];
    handshake.extend(body);
    let mut record = vec![0x16, 0x03, if number == 0x0300 { 0x00 } else { 0x01 }];
    record.extend(with_length16(&handshake));
    record
}

fn extensions(version: TlsVersion, host: &Host) -> Vec<u8> {
    let mut all = Vec::new();
    let mut add = |kind: u16, data: Vec<u8>| {
        all.extend(kind.to_be_bytes());
        all.extend(with_length16(&data));
    };
    if let Host::Name(name) = host {
        let mut entry = vec![0];
        entry.extend(with_length16(name.as_bytes()));
        add(0x0000, with_length16(&entry));
    }
    add(0x000a, list16(GROUPS));
    add(0x000b, vec![1, 0]);
    if version >= TlsVersion::Tls12 {
        add(0x000d, list16(SIGNATURES));
    }
    add(0xff01, vec![0]);
    all
}

fn list16(values: &[u16]) -> Vec<u8> {
    let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_be_bytes()).collect();
    with_length16(&bytes)
}

fn with_length16(bytes: &[u8]) -> Vec<u8> {
    let mut out = u16::try_from(bytes.len()).unwrap_or(u16::MAX).to_be_bytes().to_vec();
    out.extend_from_slice(bytes);
    out
}

#[cfg(test)]
mod tests {
    use tls_parser::{TlsMessage, TlsMessageHandshake, parse_tls_plaintext};

    use super::*;

    #[test]
    fn a_hello_is_one_well_formed_record_with_the_name_in_it() {
        for version in VERSIONS {
            let record = hello(version, &Host::parse("mail.example.com").unwrap());
            let (rest, plaintext) = parse_tls_plaintext(&record).unwrap();
            assert!(rest.is_empty());
            let [TlsMessage::Handshake(TlsMessageHandshake::ClientHello(hello))] = plaintext.msg.as_slice()
            else {
                panic!("{version:?}: not a hello")
            };
            assert_eq!(hello.ciphers.len(), SUITES.len());
            assert!(record.windows(16).any(|w| w == b"mail.example.com"));
        }
    }
}
