//! Starts the lab and keeps it up until standard input closes, to try a check by hand: `cargo run -p tests --bin lab`.

use std::io::Read;

use tests::lab::{DOMAIN, PASSWORD, hosts, shared};

fn main() {
    let lab = shared();
    println!("MAILTRIAGE_PASSWORD={PASSWORD} mailtriage check user@{DOMAIN} \\");
    println!("  --imap good.{DOMAIN} --smtp good.{DOMAIN} --password-env MAILTRIAGE_PASSWORD \\");
    println!("  {}", lab.options().join(" "));
    println!("\nHosts:");
    for host in hosts::all() {
        let ports: Vec<String> = host.services.iter().map(|(port, _)| port.to_string()).collect();
        println!("  {:16} {}.{DOMAIN} ({})", lab.address(host.name), host.name, ports.join(", "));
    }
    println!("\nEnd of input (Ctrl-D) stops the lab.");
    // Whether the input ends or fails, the lab ends.
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
}
