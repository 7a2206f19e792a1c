//! The lab's name server: unbound with one zone of its own, `test.`, and no way out.
//!
//! Every name outside the zone ends as SERVFAIL, and no question leaves the machine.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::Command;

use super::process::{Reaper, program, wait_for_listener};

/// The mail domain of the lab; every host is `NAME.mail.test`.
pub const DOMAIN: &str = "mail.test";

/// Names with a meaning of their own, besides the hosts. `{good}` is the address of the healthy host.
const RECORDS: &str = "
@                 SOA    ns.test. hostmaster.test. 1 3600 600 86400 60
@                 NS     ns
ns                A      {dns}
mail              MX     10 good.mail
_imaps._tcp.mail  SRV    0 1 993 good.mail
_submission._tcp.mail SRV 0 1 587 good.mail
_submissions._tcp.mail SRV 0 0 0 .
imap.mail         A      {good}
smtp.mail         A      {good}
covered.mail      CNAME  uncovered.mail
server7.hosting   CNAME  wrong-domain.mail
no-address.mail   MX     10 good.mail
no-address.mail   TXT    \"a name with no address\"
no-route.mail     A      224.0.0.1
null-mx           MX     0 .
text-only         TXT    \"a domain that receives no mail\"
";

/// Starts unbound on `listen` with an A record for every `(name, address)` below the mail domain.
pub fn start(reaper: &mut Reaper, directory: &Path, listen: SocketAddr, hosts: &[(&str, Ipv4Addr)]) {
    let good = hosts.iter().find(|(name, _)| *name == "good").expect("the lab has a healthy host").1;
    let mut zone = RECORDS.replace("{good}", &good.to_string()).replace("{dns}", &listen.ip().to_string());
    for (name, address) in hosts {
        writeln!(zone, "{name}.mail A {address}").expect("a string takes any text");
    }
    let zone_file = directory.join("test.zone");
    std::fs::write(&zone_file, format!("$ORIGIN test.\n$TTL 60\n{zone}")).expect("the zone is written");

    let configuration = directory.join("unbound.conf");
    std::fs::write(&configuration, configure(directory, listen, &zone_file)).expect("the file is written");
    let log = directory.join("unbound.log");
    let unbound = program("unbound", "unbound");
    reaper.spawn(Command::new(unbound).args(["-d", "-c"]).arg(&configuration), true, &log);
    wait_for_listener(listen, &log);
}

fn configure(directory: &Path, listen: SocketAddr, zone_file: &Path) -> String {
    let (directory, zone_file) = (directory.display(), zone_file.display());
    let (address, port) = (listen.ip(), listen.port());
    format!(
        r#"
server:
    directory: "{directory}"
    pidfile: "{directory}/unbound.pid"
    username: ""
    chroot: ""
    use-syslog: no
    logfile: ""
    interface: {address}@{port}
    access-control: 127.0.0.0/8 allow
    do-ip6: no
    do-not-query-localhost: no
    module-config: "iterator"
    num-threads: 1
    # RFC 6761 reserves this domain, so unbound answers for it itself unless told not to.
    local-zone: "test." nodefault
    local-zone: "refused.example." refuse
    local-zone: "mute.example." deny
remote-control:
    control-enable: no
auth-zone:
    name: "test."
    zonefile: "{zone_file}"
    for-downstream: yes
    for-upstream: no
# The rest of the world: a zone whose source is out of reach, which unbound answers with SERVFAIL.
auth-zone:
    name: "."
    primary: {address}@9
    for-downstream: yes
    for-upstream: no
"#
    )
}
