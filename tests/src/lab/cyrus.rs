//! One real Cyrus IMAP that is many servers: each address and port has a configuration of its own.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::dovecot::PASSWORD;
use super::listener::{self, Starting, addresses};
use super::process::Reaper;
use super::view::{View, give_to_nobody};

/// How Cyrus treats those who come to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cyrus {
    /// TLS, PLAIN and LOGIN. `no-mailbox@mail.test` has no mailbox, `denied@mail.test` may not use IMAP.
    Usual,
    /// No certificate is configured.
    WithoutCertificate,
    /// The administrator has shut the service.
    ShuttingDown,
}

/// One address and port.
pub type Listener = listener::Listener<Cyrus>;

/// The directories that Debian makes when it installs Cyrus.
const DIRECTORIES: [&str; 7] = ["db", "lock", "msg", "proc", "quota", "socket", "user"];

/// Makes the accounts, then becomes the master process. `$1` is the home, `$2` the lab's password.
const START: &str = r#"
set -e
for user in user no-mailbox denied; do
    printf %s "$2" | /usr/sbin/saslpasswd2 -p -c -u mail.test -f "$1/accounts" "$user"
done
chown nobody "$1/accounts"
/usr/lib/cyrus/bin/cyr_deny -C "$1/Usual.conf" -m "IMAP is not part of your contract" denied@mail.test
exec /usr/lib/cyrus/bin/master -D -C "$1/Usual.conf" -M "$1/cyrus.conf" -p "$1/pid"
"#;

/// Starts Cyrus with its files below `directory`.
pub fn start(reaper: &mut Reaper, directory: &Path, listeners: &[Listener]) -> Starting {
    let home = directory.join("cyrus");
    std::fs::create_dir(&home).expect("the lab's directory is writable");
    give_to_nobody(&home);
    for behaviour in [Cyrus::Usual, Cyrus::WithoutCertificate, Cyrus::ShuttingDown] {
        let own = state(&home, behaviour);
        for path in [own.clone(), own.join("spool")].into_iter().chain(DIRECTORIES.map(|name| own.join(name)))
        {
            std::fs::create_dir(&path).expect("the lab's directory is writable");
            give_to_nobody(&path);
        }
        write(&home.join(format!("{behaviour:?}.conf")), &configure(&home, behaviour, None));
    }
    write(&state(&home, Cyrus::ShuttingDown).join("msg/shutdown"), "Maintenance until noon\n");
    let mut services = String::new();
    for (index, listener) in listeners.iter().enumerate() {
        let configuration = home.join(format!("{index}.conf"));
        write(&configuration, &configure(&home, listener.behaviour, Some(listener)));
        let tls = if listener.implicit_tls { "-s " } else { "" };
        writeln!(
            services,
            "  lab{index} cmd=\"/usr/lib/cyrus/bin/imapd {tls}-C {}\" listen=\"{}\" prefork=0",
            configuration.display(),
            listener.address
        )
        .expect("a string takes any text");
    }
    write(&home.join("cyrus.conf"), &format!("SERVICES {{\n{services}}}\n"));
    let log = home.join("output");
    let view = View::new(&home, &[]);
    let mut command = view.command("sh");
    command.args(["-c", START, "cyrus"]).arg(&home).arg(PASSWORD);
    reaper.spawn(&mut command, true, &log);
    Starting { addresses: addresses(listeners), log }
}

/// Where the servers of one kind keep what they know.
fn state(home: &Path, behaviour: Cyrus) -> PathBuf {
    home.join(format!("{behaviour:?}"))
}

fn write(path: &Path, text: &str) {
    std::fs::write(path, text).expect("the lab's directory is writable");
}

fn configure(home: &Path, behaviour: Cyrus, listener: Option<&Listener>) -> String {
    let own = state(home, behaviour);
    let (home, own) = (home.display(), own.display());
    let mut text = format!(
        "\
configdirectory: {own}
partition-default: {own}/spool
cyrus_user: nobody
servername: lab.mail.test
admins: cyrus
virtdomains: userid
defaultdomain: elsewhere.test
unixhierarchysep: yes
altnamespace: yes
autocreate_quota: 0
autocreate_users: user@mail.test
allowplaintext: no
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {home}/accounts
sasl_mech_list: PLAIN LOGIN
"
    );
    if let Some(listener) = listener.filter(|_| behaviour != Cyrus::WithoutCertificate) {
        let (chain, key) = (listener.files.chain.display(), listener.files.key.display());
        write!(text, "tls_server_cert: {chain}\ntls_server_key: {key}\n").expect("a string takes any text");
    }
    text
}
