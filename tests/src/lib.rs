//! What the tests of the whole product share: the program under test and the lab of real mail servers.

pub mod binary;
pub mod lab;
