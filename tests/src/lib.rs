//! What the tests of the whole product share: the program under test, the lab of real mail servers, misbehaving peers, and
//! a real browser.

pub mod binary;
pub mod browser;
pub mod client;
pub mod desk;
pub mod directory;
pub mod hostile;
pub mod lab;
pub mod lighthouse;
pub mod load;
pub mod namespace;
pub mod openapi;
pub mod sign_in;
