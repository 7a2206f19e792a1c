//! Real Dovecot servers: IMAP for the checks, and the password check (SASL) that Postfix asks.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::ca::Files;
use super::process::{Reaper, program, run, wait_for_greeting, wait_for_listener};
use base64::{Engine, engine::general_purpose::STANDARD};

/// The password of every account in [`ACCOUNTS`].
pub const PASSWORD: &str = "Richtig-Pferd-7";

/// The accounts, one a line: the address, and what Dovecot is told about its mailbox.
const ACCOUNTS: &[(&str, &str)] = &[
    ("user@mail.test", ""),
    // An inbox that takes a while to be read for the first time.
    ("full@mail.test", ""),
    // An inbox of three messages that are said to be enormous.
    ("heavy@mail.test", ""),
    // Signing in works, and then the mailbox can't be opened: its directory belongs to somebody else.
    ("no-mailbox@mail.test", "userdb_mail=maildir:{closed}"),
];

/// Accounts that may not sign in. Dovecot answers `NO [CONTACTADMIN]` and the reason.
const CLOSED_ACCOUNTS: &[(&str, &str)] = &[
    ("locked@mail.test", "Account is locked: too many failed attempts"),
    ("no-imap@mail.test", "IMAP access is disabled for your account"),
];

/// An account whose password is out of date, by Dovecot's own result for that, which takes its Lua to give (Debian's
/// `dovecot-auth-lua`). A disabled account is refused in the same words as a wrong password.
const JUDGED_ACCOUNTS: &str = r#"
local results = {
  ["expired@mail.test"] = dovecot.auth.PASSDB_RESULT_PASS_EXPIRED,
}
function auth_passdb_lookup(request)
  return results[request.user] or dovecot.auth.PASSDB_RESULT_NEXT, ""
end
"#;

/// Messages in the inbox of `full@mail.test`.
const FULL: u32 = 20_500;

/// One Dovecot with one way to treat people who sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dovecot {
    /// TLS everywhere, PLAIN and LOGIN once the connection is encrypted.
    Usual,
    /// No TLS at all; signs in over clear text.
    WithoutTls,
    /// Offers CRAM-MD5 only.
    CramMd5Only,
    /// Its password database is out of order: every sign-in fails for the time being.
    WithoutPasswords,
    /// Knows the same accounts with other passwords.
    OtherPasswords,
    /// Takes access tokens only, signed with the lab's key ([`super::tokens`]).
    Tokens,
    /// Takes access tokens only, and asks the lab's issuer about each ([`super::issuer`]).
    AskingTheIssuer,
}

impl Dovecot {
    /// Every server there is.
    pub const ALL: [Self; 7] = [
        Self::Usual,
        Self::WithoutTls,
        Self::CramMd5Only,
        Self::WithoutPasswords,
        Self::OtherPasswords,
        Self::Tokens,
        Self::AskingTheIssuer,
    ];

    fn settings(self) -> &'static str {
        match self {
            Self::WithoutTls => "ssl = no\ndisable_plaintext_auth = no\nauth_mechanisms = plain login",
            Self::CramMd5Only => "ssl = yes\nauth_mechanisms = cram-md5",
            Self::Tokens | Self::AskingTheIssuer => {
                "ssl = yes\ndisable_plaintext_auth = yes\nauth_mechanisms = xoauth2 oauthbearer"
            }
            _ => "ssl = yes\ndisable_plaintext_auth = yes\nauth_mechanisms = plain login",
        }
    }
}

/// One address and port at which a Dovecot answers, with the certificate it shows there.
pub struct Listener {
    /// Where it listens.
    pub address: SocketAddr,
    /// TLS from the first byte.
    pub implicit_tls: bool,
    /// The certificate for this address.
    pub files: Files,
}

/// Where one running Dovecot can be asked.
#[derive(Clone, Debug)]
pub struct Control {
    /// A plain IMAP greeting, for the start-up check.
    greeting: SocketAddr,
    /// The SASL service for Postfix.
    pub sasl: SocketAddr,
    /// Where the issuer of tokens is asked.
    issuer: SocketAddr,
}

impl Control {
    /// The lab keeps one address of its own for each server.
    pub fn at(address: Ipv4Addr, issuer: SocketAddr) -> Self {
        let (greeting, sasl) = (SocketAddr::from((address, 143)), SocketAddr::from((address, 12345)));
        Self { greeting, sasl, issuer }
    }

    /// IMAP in clear, with the certificate that no host has.
    pub fn greeting(&self) -> SocketAddr {
        self.greeting
    }
}

/// A Dovecot that has been started and may not be ready yet.
pub struct Starting {
    control: Control,
    log: PathBuf,
}

impl Starting {
    /// Returns when it greets and its SASL service accepts.
    pub fn wait(self) {
        wait_for_greeting(self.control.greeting, &self.log);
        wait_for_listener(self.control.sasl, &self.log);
    }
}

/// Starts `server` with its files below `directory`.
pub fn start(
    reaper: &mut Reaper,
    directory: &Path,
    server: Dovecot,
    control: &Control,
    spare: &Files,
    listeners: &[Listener],
) -> Starting {
    let home = directory.join(format!("dovecot-{server:?}"));
    std::fs::create_dir(&home).expect("the lab's directory is writable");
    write_accounts(&home, server);
    let configuration = home.join("dovecot.conf");
    std::fs::write(&configuration, configure(&home, server, control, spare, listeners))
        .expect("the lab's directory is writable");
    let output = home.join("output");
    let dovecot = program("dovecot", "dovecot-imapd");
    reaper.spawn(Command::new(dovecot).args(["-F", "-c"]).arg(configuration), true, &output);
    Starting { control: control.clone(), log: home.join("log") }
}

fn write_accounts(home: &Path, server: Dovecot) {
    let closed = home.join("closed");
    std::fs::create_dir(&closed).expect("the lab's directory is writable");
    set_mode(&closed, 0o700);
    let mail = home.join("mail");
    std::fs::create_dir(&mail).expect("the lab's directory is writable");
    set_mode(&mail, 0o777);
    let password = if server == Dovecot::OtherPasswords { "Falsch-Esel-8" } else { PASSWORD };
    let mut accounts = String::new();
    for (address, fields) in ACCOUNTS {
        let fields = fields.replace("{closed}", &closed.display().to_string());
        writeln!(accounts, "{address}:{{PLAIN}}{password}::::::{fields}").expect("a string takes any text");
    }
    std::fs::write(home.join("accounts"), accounts).expect("the lab's directory is writable");
    if server == Dovecot::Usual {
        fill_inbox(&mail.join("full@mail.test/Maildir"), FULL, "");
        // Dovecot takes the sizes in a name for true, and tells them in STATUS without opening the file.
        fill_inbox(&mail.join("heavy@mail.test/Maildir"), 3, ",S=900000000,W=900000000");
    }
}

/// Many names of one small message, each with the same sizes in it.
fn fill_inbox(maildir: &Path, messages: u32, sizes: &str) {
    for directory in ["tmp", "new", "cur"] {
        std::fs::create_dir_all(maildir.join(directory)).expect("the lab's directory is writable");
    }
    let message = maildir.join(format!("cur/1.0.lab{sizes}:2,S"));
    std::fs::write(&message, "Subject: full\n\n.\n").expect("the lab's directory is writable");
    for number in 1..messages {
        let name = maildir.join(format!("cur/1.{number}.lab{sizes}:2,S"));
        std::fs::hard_link(&message, name).expect("a file may have that many names");
    }
    run(Command::new("chown").args(["-R", "nobody:nogroup"]).arg(maildir.parent().expect("a home")));
}

/// Where this server looks passwords up: small programs (checkpassword) for what must go wrong, then the list.
fn password_databases(home: &Path, server: Dovecot, issuer: SocketAddr) -> String {
    if server == Dovecot::WithoutPasswords {
        // 111 is "temporarily unable to tell".
        return program_database(home, "out-of-order", "", "exit 111");
    }
    if server == Dovecot::Tokens {
        return token_database(home, &local_validation(home));
    }
    if server == Dovecot::AskingTheIssuer {
        return token_database(home, &super::issuer::introspection(issuer));
    }
    let mut text = String::new();
    if server == Dovecot::Usual {
        let script = home.join("judge.lua");
        std::fs::write(&script, JUDGED_ACCOUNTS).expect("the lab's directory is writable");
        text += &format!("passdb {{\n  driver = lua\n  args = file={} blocking=yes\n}}\n", script.display());
    }
    for (address, reason) in CLOSED_ACCOUNTS {
        let answer = format!("export nologin=yes reason='{reason}' EXTRA='nologin reason'\nexec \"$@\"");
        text += &program_database(home, address, &format!("username_filter = {address}"), &answer);
    }
    text + &format!(
        "passdb {{\n  driver = passwd-file\n  args = username_format=%u {}/accounts\n}}\n",
        home.display()
    )
}

/// Tokens are checked on the spot, with the key that the lab signs them with.
fn local_validation(home: &Path) -> String {
    let keys = home.join("keys");
    std::fs::create_dir_all(keys.join("default/HS256")).expect("the lab's directory is writable");
    std::fs::write(keys.join("default/HS256/default"), STANDARD.encode(super::tokens::KEY))
        .expect("the lab's directory is writable");
    let keys = keys.display();
    format!(
        "introspection_mode = local\nlocal_validation_key_dict = fs:posix:prefix={keys}/\n\
         username_attribute = upn\nscope = IMAP.AccessAsUser.All\n"
    )
}

fn token_database(home: &Path, text: &str) -> String {
    let configuration = home.join("oauth2.conf");
    std::fs::write(&configuration, text).expect("the lab's directory is writable");
    let configuration = configuration.display();
    format!(
        "passdb {{\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = {configuration}\n}}\n"
    )
}

fn program_database(home: &Path, name: &str, filter: &str, script: &str) -> String {
    let path = home.join(name);
    // Descriptor 3 holds the name and password; Dovecot fails when nobody reads them to the end.
    let program = format!("#!/bin/sh\ncat <&3 >/dev/null\n{script}\n");
    std::fs::write(&path, program).expect("the lab's directory is writable");
    set_mode(&path, 0o755);
    format!("passdb {{\n  driver = checkpassword\n  args = {}\n  {filter}\n}}\n", path.display())
}

fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("the directory is ours");
}

fn configure(
    home: &Path,
    server: Dovecot,
    control: &Control,
    spare: &Files,
    listeners: &[Listener],
) -> String {
    let mut sockets = String::new();
    let mut certificates = String::new();
    for (index, listener) in listeners.iter().enumerate() {
        let (address, port) = (listener.address.ip(), listener.address.port());
        let tls = if listener.implicit_tls { "yes" } else { "no" };
        let (chain, key) = (listener.files.chain.display(), listener.files.key.display());
        write!(
            sockets,
            "  inet_listener lab{index} {{\n    address = {address}\n    port = {port}\n    ssl = {tls}\n  }}\n"
        )
        .expect("a string takes any text");
        write!(certificates, "local {address} {{\n  ssl_cert = <{chain}\n  ssl_key = <{key}\n}}\n")
            .expect("a string takes any text");
    }
    let passwords = password_databases(home, server, control.issuer);
    let (home, settings) = (home.display(), server.settings());
    let (chain, key) = (spare.chain.display(), spare.key.display());
    let (greeting, sasl) = (control.greeting, control.sasl);
    format!(
        r#"
base_dir = {home}/run
state_dir = {home}/run
log_path = {home}/log
instance_name = lab-{server:?}
protocols = imap
listen = {greeting_address}
{settings}
ssl_cert = <{chain}
ssl_key = <{key}
# The lowest level, or OpenSSL itself would refuse the weak certificates that the lab must show.
ssl_cipher_list = DEFAULT:@SECLEVEL=0
auth_failure_delay = 0
first_valid_uid = 1
mail_home = {home}/mail/%u
mail_location = maildir:~/Maildir
mail_max_userip_connections = 100
{passwords}
userdb {{
  driver = passwd-file
  args = username_format=%u {home}/accounts
  default_fields = uid=nobody gid=nogroup
}}
service imap-login {{
  inet_listener imap {{
    port = {greeting_port}
  }}
  inet_listener imaps {{
    port = 0
  }}
{sockets}}}
service auth {{
  inet_listener {{
    address = {sasl_address}
    port = {sasl_port}
  }}
}}
# Many checks come from one address: nobody is made to wait for the failures of the others.
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
{certificates}"#,
        greeting_address = greeting.ip(),
        greeting_port = greeting.port(),
        sasl_address = sasl.ip(),
        sasl_port = sasl.port(),
    )
}
