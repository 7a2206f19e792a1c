//! What the tests of the whole product share: the lab of real mail servers.

pub mod lab;
