//! One real Exim that is many servers: what it does depends on the address at which it was reached.

use std::fmt::Write as _;
use std::path::Path;

use super::dovecot::PASSWORD;
use super::listener::{self, Starting, addresses};
use super::process::Reaper;
use super::view::{View, give_to_nobody};

/// How Exim treats those who come to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exim {
    /// Greets in three lines, and takes the lab's account.
    Usual,
    /// An access control list denies every connection.
    Denies,
    /// An access control list puts every connection off.
    Defers,
    /// Takes no second connection, and somebody is connected already.
    Crowded,
    /// The certificate's file isn't there.
    WithoutCertificate,
    /// The list of accounts isn't there.
    WithoutAccounts,
}

/// One address and port.
pub type Listener = listener::Listener<Exim>;

/// Starts Exim with its files below `directory`.
pub fn start(reaper: &mut Reaper, directory: &Path, listeners: &[Listener]) -> Starting {
    let home = directory.join("exim");
    for name in ["", "log", "spool", "certificates"] {
        std::fs::create_dir(home.join(name)).expect("the lab's directory is writable");
    }
    give_to_nobody(&home.join("log"));
    give_to_nobody(&home.join("spool"));
    for listener in listeners.iter().filter(|listener| listener.behaviour != Exim::WithoutCertificate) {
        let file = home.join("certificates").join(listener.address.ip().to_string());
        std::fs::copy(&listener.files.bundle, file).expect("the authority has written it");
    }
    std::fs::write(home.join("accounts"), format!("user@mail.test: {PASSWORD}\n"))
        .expect("the lab's directory is writable");
    let configuration = home.join("exim.conf");
    std::fs::write(&configuration, configure(&home, listeners)).expect("the lab's directory is writable");
    let log = home.join("output");
    let view = View::new(&home, &["Debian-exim"]);
    reaper.spawn(
        view.command("/usr/sbin/exim4").arg("-C").arg(configuration).args(["-bdf", "-v"]),
        true,
        &log,
    );
    Starting { addresses: addresses(listeners), log }
}

fn configure(home: &Path, listeners: &[Listener]) -> String {
    let mut interfaces = String::new();
    let mut connect = String::new();
    let mut unknown = "accounts".to_owned();
    let mut crowd = "100".to_owned();
    for Listener { address, behaviour, .. } in listeners {
        write!(interfaces, "[{}]:{} ; ", address.ip(), address.port()).expect("a string takes any text");
        let here = format!("eq{{$received_ip_address}}{{{}}}", address.ip());
        let verb = match behaviour {
            Exim::Denies => "deny",
            Exim::Defers => "defer",
            Exim::Crowded => {
                crowd = format!("${{if {here}{{1}}{{{crowd}}}}}");
                continue;
            }
            Exim::WithoutAccounts => {
                unknown = format!("${{if {here}{{nowhere}}{{{unknown}}}}}");
                continue;
            }
            Exim::Usual | Exim::WithoutCertificate => continue,
        };
        writeln!(connect, "  {verb} condition = ${{if {here}}}").expect("a string takes any text");
    }
    let home = home.display();
    format!(
        r#"
exim_user = Debian-exim
exim_group = Debian-exim
keep_environment =
spool_directory = {home}/spool
log_file_path = {home}/log/%slog
pid_file_path = {home}/pid
primary_hostname = lab.mail.test
local_interfaces = <; {interfaces}
tls_on_connect_ports = 465
tls_advertise_hosts = *
tls_certificate = {home}/certificates/$received_ip_address
auth_advertise_hosts = ${{if eq{{$tls_in_cipher}}{{}}{{}}{{*}}}}
host_lookup =
rfc1413_query_timeout = 0s
smtp_accept_max = 200
smtp_accept_max_per_host = {crowd}
smtp_banner = lab.mail.test ESMTP Exim\nThis server takes no bulk mail.\nHave a nice day
acl_smtp_connect = connect
acl_smtp_mail = accept
queue_only
begin acl
connect:
{connect}  accept
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if eq{{$auth3}}{{${{lookup{{$auth2}}lsearch{{{home}/{unknown}}}{{$value}}fail}}}}}}
  server_set_id = $auth2
"#
    )
}
