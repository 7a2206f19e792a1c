//! The answer to a hand-made TLS hello.

pub fn run(input: &[u8]) {
    probe::fuzzing::tls_answer(input);
}
