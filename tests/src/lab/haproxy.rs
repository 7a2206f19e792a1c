//! One real HAProxy that ends TLS before the lab's own Dovecot, each address with its own idea of TLS.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;

use super::listener::{self, Starting, addresses};
use super::process::Reaper;
use super::view::View;

/// How HAProxy treats those who come to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HaProxy {
    /// Options of `bind` that differ here. `{ca}` is the file with the lab's root.
    pub options: &'static str,
    /// The server behind is up.
    pub backend: bool,
}

/// One address and port.
pub type Listener = listener::Listener<HaProxy>;

/// Starts HAProxy with its files below `directory`. `imap` is a server in clear, `nobody` an address where none is.
pub fn start(
    reaper: &mut Reaper,
    directory: &Path,
    root: &Path,
    imap: SocketAddr,
    nobody: SocketAddr,
    listeners: &[Listener],
) -> Starting {
    let home = directory.join("haproxy");
    std::fs::create_dir(&home).expect("the lab's directory is writable");
    let mut text = String::from(
        "\
global
  # The lowest level, so that what a listener is told about ciphers is all that counts.
  ssl-default-bind-ciphers DEFAULT:@SECLEVEL=0
  # Without it there is no key exchange by DHE.
  tune.ssl.default-dh-param 2048
defaults
  mode tcp
  timeout connect 5s
  timeout client 60s
  timeout server 60s
",
    );
    for (index, Listener { address, implicit_tls, files, behaviour }) in listeners.iter().enumerate() {
        let tls = if *implicit_tls { format!(" ssl crt {}", files.bundle.display()) } else { String::new() };
        let options = behaviour.options.replace("{ca}", &root.display().to_string());
        let server = if behaviour.backend { imap } else { nobody };
        write!(text, "listen lab{index}\n  bind {address}{tls} {options}\n  server behind {server}\n")
            .expect("a string takes any text");
    }
    let configuration = home.join("haproxy.cfg");
    std::fs::write(&configuration, text).expect("the lab's directory is writable");
    let log = home.join("output");
    let view = View::new(&home, &[]);
    reaper.spawn(view.command("/usr/sbin/haproxy").args(["-db", "-f"]).arg(configuration), true, &log);
    Starting { addresses: addresses(listeners), log }
}
