//! A run whose task panics at a moment that the caller chooses, in a process that wipes what it gives back, as the relay
//! does: `panicking PORT started|answered|never`, with the `start` message as the one line of its standard input. Says
//! `unwound` once the task is gone, and stays until its input ends.

use std::{
    fs::File,
    io::{Read, stdin},
    os::fd::AsFd,
};

use error_model::{
    Step, StepState,
    evidence::Observation,
    wire::{RelayMessage, Start},
};
use probe::{Engine, Options, Request, egress::Policy};
use tokio::sync::mpsc;
use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static WIPING: ZeroAlloc<std::alloc::System> = ZeroAlloc(std::alloc::System);

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let port = arguments.next().and_then(|port| port.parse().ok()).expect("a port");
    let when = arguments.next().expect("when to panic");
    let engine = Engine::new(Options {
        policy: Policy::new(vec!["127.0.0.0/8".parse().expect("a network")], vec![port]),
        resolver: "127.0.0.1:9".parse().ok(),
        ..Options::default()
    })
    .expect("the engine starts");
    // Not through the standard library's buffer, which is never given back.
    let mut input = File::from(stdin().as_fd().try_clone_to_owned().expect("an input"));
    let request = Request::new(start(&mut input), engine.policy()).expect("a request in order");
    let task = tokio::spawn(async move {
        let (sender, mut messages) = mpsc::channel(64);
        let reading = async {
            while let Some(message) = messages.recv().await {
                assert!(!is_time(&message, &when), "in the middle of a run: {message:?}");
            }
        };
        tokio::join!(engine.run(request, sender), reading);
    });
    assert!(task.await.is_err_and(|error| error.is_panic()), "the run ended by itself");
    println!("unwound");
    input.read_to_end(&mut Vec::new()).expect("an input");
}

fn start(input: &mut File) -> Start {
    let mut line = Vec::new();
    let mut byte = [0];
    while input.read(&mut byte).expect("an input") == 1 && byte != *b"\n" {
        line.push(byte[0]);
    }
    serde_json::from_slice(&line).expect("a start message")
}

fn is_time(message: &RelayMessage, when: &str) -> bool {
    match message {
        RelayMessage::Step { step: Step::SignIn, state: StepState::Started, .. } => when == "started",
        RelayMessage::Evidence(observed) => {
            matches!(observed.observation, Observation::SignIn { .. }) && when == "answered"
        }
        _ => false,
    }
}
