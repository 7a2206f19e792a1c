//! One real Postfix that is many servers: each address and port has settings of its own.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::ca::Files;
use super::process::{Reaper, program, run, wait_for_greeting};

/// One address and port at which Postfix answers.
pub struct Listener {
    /// Where it listens.
    pub address: SocketAddr,
    /// TLS from the first byte.
    pub implicit_tls: bool,
    /// The certificate for this address.
    pub files: Files,
    /// Settings of `postconf(5)` that differ here, as `name=value`.
    pub settings: &'static [&'static str],
}

/// The password checks that Postfix may ask.
pub struct Sasl {
    /// Accepts the lab's accounts.
    pub usual: SocketAddr,
    /// Knows the accounts with other passwords.
    pub other_passwords: SocketAddr,
    /// Takes tokens of the lab's issuer.
    pub issuer: SocketAddr,
    /// Hangs up whenever it is asked.
    pub dying: SocketAddr,
}

/// A Postfix that has been started and may not be ready yet.
pub struct Starting {
    greeting: SocketAddr,
    log: PathBuf,
}

impl Starting {
    /// Returns when it greets.
    pub fn wait(self) {
        wait_for_greeting(self.greeting, &self.log);
    }
}

/// The directories of a Postfix queue; `postfix start` would make them with a second of shell script.
const QUEUE: [&str; 14] = [
    "active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "maildrop", "pid",
    "private", "public", "saved", "trace",
];

/// Everything but the listeners of `master.cf`.
const SERVICES: &str = "
cleanup  unix       n  -  n  -     0  cleanup
qmgr     unix       n  -  n  300   1  qmgr
rewrite  unix       -  -  n  -     -  trivial-rewrite
tlsmgr   unix       -  -  n  1000? 1  tlsmgr
anvil    unix       -  -  n  -     1  anvil
bounce   unix       -  -  n  -     0  bounce
discard  unix       -  -  n  -     -  discard
postlog  unix-dgram n  -  n  -     1  postlogd
";

/// Starts Postfix with its files below `directory`; `own` is the lab's own address for it.
pub fn start(
    reaper: &mut Reaper,
    directory: &Path,
    own: Ipv4Addr,
    sasl: &Sasl,
    listeners: &[Listener],
) -> Starting {
    let home = directory.join("postfix");
    let greeting = SocketAddr::from((own, 25));
    make_directories(&home);
    std::fs::write(home.join("main.cf"), main_cf(&home, sasl)).expect("the lab's directory is writable");
    std::fs::write(home.join("master.cf"), master_cf(greeting, listeners))
        .expect("the lab's directory is writable");

    // `postconf` reads the files as the servers will, and speaks of mistakes that the servers would only log.
    run(Command::new(program("postconf", "postfix")).arg("-c").arg(&home).arg("mail_version"));
    let master = program("/usr/lib/postfix/sbin/master", "postfix");
    reaper.spawn(Command::new(master).arg("-c").arg(&home).arg("-s"), false, &home.join("output"));
    Starting { greeting, log: home.join("log") }
}

fn make_directories(home: &Path) {
    let (owner, group) = (id("-u"), id("-g"));
    let private = |path: PathBuf| {
        std::fs::create_dir_all(&path).expect("the lab's directory is writable");
        chown(&path, Some(owner), Some(group)).expect("the lab runs as root");
    };
    private(home.join("data"));
    std::fs::create_dir(home.join("queue")).expect("the lab's directory is writable");
    for name in QUEUE {
        private(home.join("queue").join(name));
    }
    // The master process writes its lock here, and it insists on being the owner.
    chown(home.join("queue/pid"), Some(0), Some(0)).expect("the lab runs as root");
}

/// The number of Postfix's own account (`-u`) or of its group (`-g`).
fn id(which: &str) -> u32 {
    let printed = run(Command::new("id").args([which, "postfix"]));
    String::from_utf8_lossy(&printed).trim().parse().expect("`id` prints a number")
}

fn main_cf(home: &Path, sasl: &Sasl) -> String {
    let home = home.display();
    let Sasl { usual, other_passwords, issuer, dying } = sasl;
    format!(
        "
compatibility_level = 3.6
queue_directory = {home}/queue
data_directory = {home}/data
daemon_directory = /usr/lib/postfix/sbin
command_directory = /usr/sbin
maillog_file = {home}/log
maillog_file_prefixes = {home}
myhostname = lab.mail.test
mydestination =
mynetworks_style = host
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
# Nothing that is sent to the lab goes anywhere.
default_transport = discard:
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_peername_lookup = no
smtpd_client_event_limit_exceptions = static:all
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:{usual}
lab_other_passwords = inet:{other_passwords}
lab_issuer = inet:{issuer}
lab_dying = inet:{dying}
"
    )
}

fn master_cf(greeting: SocketAddr, listeners: &[Listener]) -> String {
    let mut text = format!("{greeting} inet n - n - - smtpd\n");
    for listener in listeners {
        let Listener { address, implicit_tls, files, settings } = listener;
        let (chain, key) = (files.chain.display(), files.key.display());
        write!(
            text,
            "{address} inet n - n - - smtpd
  -o smtpd_tls_wrappermode={wrapper}
  -o smtpd_tls_cert_file={chain} -o smtpd_tls_key_file={key}\n",
            wrapper = if *implicit_tls { "yes" } else { "no" }
        )
        .expect("a string takes any text");
        for setting in *settings {
            // Braces allow spaces in a value; Postfix drops them and the space at either end.
            writeln!(text, "  -o {{ {setting} }}").expect("a string takes any text");
        }
    }
    text + SERVICES
}
