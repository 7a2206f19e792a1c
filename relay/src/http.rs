//! The web service: pages, API, WebSocket.

mod admission;
mod api;
mod apps;
mod assets;
mod body;
mod brand;
mod budgets;
mod cases;
mod discover;
mod egress;
mod embed;
mod headers;
mod kept;
mod meter;
mod ndjson;
mod negotiate;
mod openapi;
mod operations;
mod origins;
mod proof;
mod relay;
mod resume;
mod routes;
mod serve;
mod session;
mod sign_in;
mod signals;
mod site;
mod start;
mod tickets;
mod tls;

pub use serve::serve;

#[cfg(test)]
mod tests;
