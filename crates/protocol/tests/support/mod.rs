//! Reads a transcript file, plays it against a dialogue, and writes down what happened.

pub mod peer;
pub mod render;
pub mod script;
