//! Why a name server failed, in its own words: the Extended DNS Error (RFC 8914) beside a SERVFAIL.
//!
//! The resolver library gives the rcode of a failure and drops the rest of the answer, so the question is asked once more
//! and the answer read here. Messages are made and read by the library's own types.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use hickory_resolver::proto::{
    op::{Edns, Message, Query},
    rr::{
        Name, RecordType,
        rdata::opt::{EdnsCode, EdnsOption},
    },
};
use tokio::{net::UdpSocket, time::timeout};

use crate::limits;

/// The option's code in the IANA registry of EDNS0 options.
const EXTENDED_ERROR: u16 = 15;
/// The largest answer that is asked for: what fits into one datagram everywhere (RFC 9715 §3.1).
const ANSWER: u16 = 1232;

/// The INFO-CODE of the server's answer; `None` where it gives none.
pub(super) async fn ask(server: SocketAddr, name: Name, record: RecordType) -> Option<u16> {
    timeout(limits::DNS_TRY, exchange(server, name, record)).await.ok().flatten()
}

async fn exchange(server: SocketAddr, name: Name, record: RecordType) -> Option<u16> {
    let mut edns = Edns::new();
    edns.set_max_payload(ANSWER);
    let mut question = Message::query();
    question.metadata.recursion_desired = true;
    question.add_query(Query::query(name, record));
    question.set_edns(edns);

    let any: IpAddr = match server {
        SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    // A port of the system's choice, connected: answers of other addresses don't arrive.
    let socket = UdpSocket::bind((any, 0)).await.ok()?;
    socket.connect(server).await.ok()?;
    socket.send(&question.to_vec().ok()?).await.ok()?;
    let mut bytes = [0; ANSWER as usize];
    loop {
        let length = socket.recv(&mut bytes).await.ok()?;
        if let Ok(answer) = Message::from_vec(&bytes[..length])
            && answer.metadata.id == question.metadata.id
        {
            return info_code(&answer);
        }
    }
}

/// The first two bytes of the option (RFC 8914 §2).
fn info_code(answer: &Message) -> Option<u16> {
    match answer.edns.as_ref()?.option(EdnsCode::Unknown(EXTENDED_ERROR))? {
        EdnsOption::Unknown(_, data) => Some(u16::from_be_bytes(*data.first_chunk()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name server that answers every question with SERVFAIL and this option.
    async fn server(option: Option<Vec<u8>>) -> SocketAddr {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        tokio::spawn(async move {
            let mut bytes = [0; 1500];
            while let Ok((length, client)) = socket.recv_from(&mut bytes).await {
                let mut answer = Message::from_vec(&bytes[..length]).unwrap().into_response();
                let mut edns = Edns::new();
                if let Some(data) = &option {
                    edns.options_mut().insert(EdnsOption::Unknown(EXTENDED_ERROR, data.clone()));
                }
                answer.set_edns(edns);
                // Somebody else's answer comes first.
                let mut stray = answer.clone();
                stray.metadata.id = answer.metadata.id.wrapping_add(1);
                stray.set_edns(Edns::new());
                for message in [stray, answer] {
                    socket.send_to(&message.to_vec().unwrap(), client).await.unwrap();
                }
            }
        });
        address
    }

    async fn asked(option: Option<Vec<u8>>) -> Option<u16> {
        let name = Name::from_ascii("mail.example.com.").unwrap();
        ask(server(option).await, name, RecordType::A).await
    }

    #[tokio::test]
    async fn the_number_is_read_and_nothing_else_is_taken_for_one() {
        assert_eq!(asked(Some(b"\x00\x06the signature is wrong".to_vec())).await, Some(6));
        assert_eq!(asked(Some(b"\x00".to_vec())).await, None);
        assert_eq!(asked(None).await, None);
    }
}
