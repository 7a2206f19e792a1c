//! A name server that knows no name and writes down which it was asked for.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::net::UdpSocket;

use super::clock::pass;

/// The list behind a UDP port.
pub struct Names {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Names {
    /// Begins to listen; ends with the runtime.
    pub async fn start() -> Self {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let address = socket.local_addr().expect("a bound socket has an address");
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let list = Arc::clone(&asked);
        tokio::spawn(async move {
            let mut question = [0; 512];
            while let Ok((length, from)) = socket.recv_from(&mut question).await {
                let name = name_of(&question[..length]);
                list.lock().unwrap_or_else(PoisonError::into_inner).push(name);
                // The question itself, marked as an answer: no such name (RFC 1035 section 4.1.1).
                question[2..4].copy_from_slice(&[0x81, 0x83]);
                let _sent = socket.send_to(&question[..length], from).await;
            }
        });
        Self { address, asked }
    }

    /// One that never answers. From its first question on time passes: for tests that hold the [`Clock`](super::Clock).
    pub async fn mute() -> Self {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let address = socket.local_addr().expect("a bound socket has an address");
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let list = Arc::clone(&asked);
        tokio::spawn(async move {
            let mut question = [0; 512];
            let mut begun = false;
            loop {
                tokio::select! {
                    biased;
                    Ok((length, _)) = socket.recv_from(&mut question) => {
                        let name = name_of(&question[..length]);
                        list.lock().unwrap_or_else(PoisonError::into_inner).push(name);
                        begun = true;
                    }
                    () = pass(Duration::from_millis(100)), if begun => {}
                }
            }
        });
        Self { address, asked }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The names that were asked for.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The name in a question: labels behind a header of twelve bytes (RFC 1035 section 4.1.2).
fn name_of(question: &[u8]) -> String {
    let mut rest = question.get(12..).unwrap_or_default();
    let mut labels = Vec::new();
    while let Some((&length, behind)) = rest.split_first().filter(|(length, _)| **length > 0) {
        let (label, next) = behind.split_at(usize::from(length).min(behind.len()));
        labels.push(String::from_utf8_lossy(label).to_lowercase());
        rest = next;
    }
    labels.join(".")
}
