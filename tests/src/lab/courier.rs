//! Real Courier IMAP servers: a listening program for each address and port, and the daemon that knows the accounts.

use std::fmt::Write as _;
use std::path::Path;

use super::dovecot::PASSWORD;
use super::listener::{self, Starting, addresses};
use super::process::{Reaper, program, run};
use super::view::{View, give_to_nobody};

/// How Courier treats those who come to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Courier {
    /// TLS and PLAIN. `no-imap@mail.test` may not use IMAP.
    Usual,
    /// The certificate's file isn't there.
    WithoutCertificate,
    /// Takes one connection from an address, and somebody is connected already.
    Crowded,
    /// The daemon that knows the accounts isn't running.
    WithoutAccounts,
}

/// One address and port.
pub type Listener = listener::Listener<Courier>;

/// Debian's `authdaemonrc`, with the one list of accounts.
const AUTHDAEMONRC: &str = "\
authmodulelist=\"authuserdb\"
authmodulelistorig=\"authuserdb\"
daemons=5
authdaemonvar=/run/courier/authdaemon
DEBUG_LOGIN=0
DEFAULTOPTIONS=\"\"
LOGGEROPTS=\"\"
";

/// What Debian's scripts do before they start a listener.
const PREPARE: &str = r#"
set -e
makeuserdb -f "$1/etc/courier/userdb"
maildirmake.courier "$1/mail/Maildir"
chown -R nobody:nogroup "$1/mail"
mkdir -p /run/courier/authdaemon
set -a
. /etc/courier/authdaemonrc
/usr/lib/courier/courier-authlib/authdaemond &
until [ -S /run/courier/authdaemon/socket ]; do sleep 0.02; done
IMAP_CAPABILITY="IMAP4rev1 UIDPLUS CHILDREN NAMESPACE IDLE AUTH=PLAIN"
IMAP_CAPABILITY_TLS=$IMAP_CAPABILITY
IMAP_EMPTYTRASH=
MAILDIRPATH=Maildir
COURIERTLS=/usr/bin/couriertls
TLS_VERIFYPEER=NONE
"#;

/// Starts Courier with its files below `directory`.
pub fn start(reaper: &mut Reaper, directory: &Path, listeners: &[Listener]) -> Starting {
    let home = directory.join("courier");
    std::fs::create_dir(&home).expect("the lab's directory is writable");
    let view = View::new(&home, &["courier"]);
    let settings = view.etc().join("courier");
    for path in [&settings, &home.join("mail")] {
        std::fs::create_dir(path).expect("the lab's directory is writable");
    }
    give_to_nobody(&home.join("mail"));
    std::fs::write(settings.join("authdaemonrc"), AUTHDAEMONRC).expect("the lab's directory is writable");
    write_accounts(&settings.join("userdb"), &home);
    let script = home.join("start");
    let mut text = PREPARE.to_owned();
    for listener in listeners {
        text += &listen(listener);
    }
    std::fs::write(&script, text + "wait\n").expect("the lab's directory is writable");
    let log = home.join("output");
    reaper.spawn(view.command("sh").arg(script).arg(&home), true, &log);
    Starting { addresses: addresses(listeners), log }
}

fn write_accounts(file: &Path, home: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let hash =
        run(std::process::Command::new(program("openssl", "openssl")).args(["passwd", "-6", PASSWORD]));
    let hash = String::from_utf8_lossy(&hash).trim().to_owned();
    let mut text = String::new();
    for (name, options) in [("user", ""), ("no-imap", "|options=disableimap=1")] {
        let mail = home.join("mail");
        let mail = mail.display();
        writeln!(text, "{name}@mail.test\tuid=65534|gid=65534|home={mail}|systempw={hash}{options}")
            .expect("a string takes any text");
    }
    std::fs::write(file, text).expect("the lab's directory is writable");
    // Courier refuses a list of accounts that others may read.
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).expect("the file is ours");
}

/// A line of shell that starts one listener in the background.
fn listen(listener: &Listener) -> String {
    let (ip, port) = (listener.address.ip(), listener.address.port());
    let certificate = match listener.behaviour {
        Courier::WithoutCertificate => "/nonexistent".to_owned(),
        _ => listener.files.bundle.display().to_string(),
    };
    let crowd = if listener.behaviour == Courier::Crowded { 1 } else { 100 };
    let (mode, wrapper) = if listener.implicit_tls {
        ("IMAP_TLS=1 IMAP_STARTTLS= IMAP_TLS_REQUIRED=0", "/usr/bin/couriertls -server -tcpd ")
    } else {
        ("IMAP_TLS=0 IMAP_STARTTLS=YES IMAP_TLS_REQUIRED=1", "")
    };
    // Where the daemon can't be found it can't be asked.
    let hidden = match listener.behaviour {
        Courier::WithoutAccounts => {
            "unshare --mount sh -c 'mount -t tmpfs tmpfs /run/courier && exec \"$@\"' hidden "
        }
        _ => "",
    };
    format!(
        "{mode} TLS_CERTFILE={certificate} {hidden}/usr/sbin/couriertcpd -address={ip} -maxprocs=100 -maxperip={crowd} \
         -nodnslookup -noidentlookup {port} {wrapper}/usr/lib/courier/courier/imaplogin /usr/bin/imapd Maildir &\n"
    )
}
