//! A name server that answers what a test wants, differently each time where it wants that, and lets nobody keep it.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

use hickory_resolver::proto::{
    op::{Message, OpCode},
    rr::{
        Name, RData, Record, RecordType,
        rdata::{CNAME, MX, SRV},
    },
};
use tokio::net::UdpSocket;

/// Names with their answers.
#[derive(Default)]
pub struct Zone(HashMap<(String, RecordType), Answers>);

/// The answers to one question, in turn; the last stays.
struct Answers {
    given: usize,
    inturn: Vec<Vec<(String, RData)>>,
}

impl Zone {
    /// `name` has these addresses.
    pub fn host(self, name: &str, addresses: &[&str]) -> Self {
        self.alias(name, &[], addresses)
    }

    /// `name` leads over these CNAMEs to these addresses.
    pub fn alias(self, name: &str, over: &[&str], addresses: &[&str]) -> Self {
        let mut owner = name;
        let mut chain = Vec::new();
        for alias in over {
            chain.push((owner.to_owned(), RData::CNAME(CNAME(named(alias)))));
            owner = alias;
        }
        let of = |v6: bool| {
            let parsed = addresses.iter().map(|address| address.parse::<IpAddr>().expect("an address"));
            let data = parsed.filter(|address| address.is_ipv6() == v6).map(|a| (owner.to_owned(), data(a)));
            chain.iter().cloned().chain(data).collect::<Vec<_>>()
        };
        let (v4, v6) = (of(false), of(true));
        self.put(name, RecordType::A, vec![v4]).put(name, RecordType::AAAA, vec![v6])
    }

    /// `name` has the first address for the first who asks, and the next one for the next.
    pub fn in_turn(self, name: &str, addresses: &[&str]) -> Self {
        let turns = addresses.iter().map(|a| vec![(name.to_owned(), data(a.parse().expect("an address")))]);
        self.put(name, RecordType::A, turns.collect())
    }

    /// A service's server.
    pub fn service(self, name: &str, target: &str, port: u16) -> Self {
        let srv = RData::SRV(SRV::new(0, 0, port, named(target)));
        self.put(name, RecordType::SRV, vec![vec![(name.to_owned(), srv)]])
    }

    /// A domain's mail exchanger.
    pub fn exchange(self, name: &str, target: &str) -> Self {
        let mx = RData::MX(MX::new(10, named(target)));
        self.put(name, RecordType::MX, vec![vec![(name.to_owned(), mx)]])
    }

    fn put(mut self, name: &str, record: RecordType, inturn: Vec<Vec<(String, RData)>>) -> Self {
        self.0.insert((name.to_owned(), record), Answers { given: 0, inturn });
        self
    }

    fn answer(&mut self, name: &str, record: RecordType) -> Vec<(String, RData)> {
        let Some(answers) = self.0.get_mut(&(name.to_owned(), record)) else { return Vec::new() };
        let turn = answers.given.min(answers.inturn.len() - 1);
        answers.given += 1;
        answers.inturn[turn].clone()
    }

    /// Answers at `address` for as long as the runtime lives.
    pub async fn serve(mut self, address: SocketAddr) {
        let socket = UdpSocket::bind(address).await.expect("the name server's port is free");
        tokio::spawn(async move {
            let mut packet = [0; 1500];
            while let Ok((size, client)) = socket.recv_from(&mut packet).await {
                let Ok(question) = Message::from_vec(&packet[..size]) else { continue };
                let reply = self.reply(&question).to_vec().expect("an answer fits into a packet");
                socket.send_to(&reply, client).await.expect("the client is on this machine");
            }
        });
    }

    fn reply(&mut self, question: &Message) -> Message {
        let mut reply = Message::response(question.metadata.id, OpCode::Query);
        reply.metadata.authoritative = true;
        for query in &question.queries {
            reply.add_query(query.clone());
            let name = query.name().to_ascii().trim_end_matches('.').to_ascii_lowercase();
            for (owner, data) in self.answer(&name, query.query_type()) {
                // Nobody may keep it: the next question gets the next answer.
                reply.add_answer(Record::from_rdata(named(&owner), 0, data));
            }
        }
        reply
    }
}

fn named(name: &str) -> Name {
    Name::from_str(&format!("{name}.")).expect("a name")
}

fn data(address: IpAddr) -> RData {
    match address {
        IpAddr::V4(v4) => RData::A(v4.into()),
        IpAddr::V6(v6) => RData::AAAA(v6.into()),
    }
}
