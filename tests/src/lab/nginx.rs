//! One real nginx as a mail proxy: it signs people in by asking a small HTTP service, and passes them on to the lab's
//! own Dovecot and Postfix.

use std::fmt::Write as _;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use tokio::io::{AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;

use super::dialogue::read_line;
use super::dovecot::PASSWORD;
use super::listener::{self, Starting, addresses};
use super::process::Reaper;
use super::view::View;

/// How nginx treats those who come to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nginx {
    /// IMAP, for the lab's account.
    Imap,
    /// SMTP, for the lab's account.
    Smtp,
    /// POP3.
    Pop3,
    /// IMAP, and nobody answers at the service that knows the accounts.
    ImapWithoutAccounts,
    /// SMTP, and nobody answers at the service that knows the accounts.
    SmtpWithoutAccounts,
}

/// One address and port.
pub type Listener = listener::Listener<Nginx>;

/// The servers that nginx stands before.
#[derive(Clone, Copy)]
pub struct Behind {
    /// IMAP in clear, with the lab's accounts.
    pub imap: SocketAddr,
    /// SMTP without a sign-in.
    pub smtp: SocketAddr,
}

/// Starts nginx with its files below `directory`; `own` is the lab's own address for it.
pub fn start(
    reaper: &mut Reaper,
    directory: &Path,
    runtime: &Handle,
    own: Ipv4Addr,
    behind: Behind,
    listeners: &[Listener],
) -> Starting {
    let home = directory.join("nginx");
    std::fs::create_dir(&home).expect("the lab's directory is writable");
    let accounts = SocketAddr::from((own, 80));
    answer_for_accounts(runtime, accounts, behind);
    let configuration = home.join("nginx.conf");
    std::fs::write(&configuration, configure(&home, accounts, listeners))
        .expect("the lab's directory is writable");
    let log = home.join("log");
    let view = View::new(&home, &[]);
    reaper.spawn(view.command("/usr/sbin/nginx").arg("-c").arg(configuration), true, &home.join("output"));
    Starting { addresses: addresses(listeners), log }
}

fn configure(home: &Path, accounts: SocketAddr, listeners: &[Listener]) -> String {
    let home = home.display();
    let mut servers = String::new();
    for Listener { address, implicit_tls, files, behaviour } in listeners {
        let (tls, starttls) = if *implicit_tls { (" ssl", "off") } else { ("", "only") };
        let protocol = match behaviour {
            Nginx::Imap | Nginx::ImapWithoutAccounts => "imap",
            Nginx::Smtp | Nginx::SmtpWithoutAccounts => "smtp",
            Nginx::Pop3 => "pop3",
        };
        let asked = match behaviour {
            Nginx::Imap | Nginx::Smtp | Nginx::Pop3 => accounts,
            // Port 9 of that address is closed.
            _ => SocketAddr::from((accounts.ip(), 9)),
        };
        let (chain, key) = (files.chain.display(), files.key.display());
        writeln!(
            servers,
            "  server {{ listen {address}{tls}; protocol {protocol}; starttls {starttls}; auth_http {asked}/; \
             ssl_certificate {chain}; ssl_certificate_key {key}; }}"
        )
        .expect("a string takes any text");
    }
    format!(
        "\
load_module /usr/lib/nginx/modules/ngx_mail_module.so;
daemon off;
master_process off;
pid {home}/pid;
error_log {home}/log;
events {{ worker_connections 512; }}
mail {{
  server_name lab.mail.test;
  imap_auth plain login;
  smtp_auth plain login;
  imap_capabilities IMAP4rev1 ID UIDPLUS;
  smtp_capabilities ENHANCEDSTATUSCODES;
  xclient off;
  ssl_protocols TLSv1.2 TLSv1.3;
{servers}}}
"
    )
}

/// Says who may sign in, in the HTTP of nginx's `auth_http`.
fn answer_for_accounts(runtime: &Handle, at: SocketAddr, behind: Behind) {
    let listener = runtime
        .block_on(TcpListener::bind(at))
        .unwrap_or_else(|error| panic!("the lab can't listen at {at}: {error}"));
    runtime.spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream, behind));
        }
    });
}

async fn answer(stream: TcpStream, behind: Behind) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let (mut user, mut password, mut backend) = (String::new(), String::new(), behind.imap);
    while let Some(line) = read_line(&mut stream).await?.filter(|line| !line.is_empty()) {
        match line.split_once(": ") {
            Some(("Auth-User", value)) => user = value.to_owned(),
            Some(("Auth-Pass", value)) => password = value.to_owned(),
            Some(("Auth-Protocol", "smtp")) => backend = behind.smtp,
            _ => {}
        }
    }
    let known = user == "user@mail.test" && password == PASSWORD;
    let status = if known { "OK" } else { "Invalid login or password" };
    let (ip, port) = (backend.ip(), backend.port());
    let reply =
        format!("HTTP/1.0 200 OK\r\nAuth-Status: {status}\r\nAuth-Server: {ip}\r\nAuth-Port: {port}\r\n\r\n");
    stream.write_all(reply.as_bytes()).await
}
