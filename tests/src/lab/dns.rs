//! The lab's name server: unbound with one zone of its own, `test.`, the names of a few providers' servers, and no way out.
//!
//! Every other name ends as SERVFAIL, and no question leaves the machine.

use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::process::Command;

use base64::{Engine, engine::general_purpose::STANDARD};

use super::process::{Reaper, program, wait_for_listener};

/// The mail domain of the lab; every host is `NAME.mail.test`.
pub const DOMAIN: &str = "mail.test";

/// Names with a meaning of their own, besides the hosts. `{NAME}` is the address of a host, which then has that address
/// first and its own second.
const RECORDS: &str = "
@                 SOA    ns.test. hostmaster.test. 1 3600 600 86400 60
@                 NS     ns
ns                A      {dns}
mail              MX     10 good.mail
_imaps._tcp.mail  SRV    0 1 993 good.mail
_submission._tcp.mail SRV 0 1 587 good.mail
_submissions._tcp.mail SRV 0 0 0 .
covered.mail      CNAME  uncovered.mail
server7.hosting   CNAME  wrong-domain.mail
other-name.mail   CNAME  unnamed.mail
xn--mnchen-3ya.mail CNAME good.mail
xn--wgv71a119e.mail CNAME good.mail
no-address.mail   MX     10 good.mail
no-address.mail   TXT    \"a name with no address\"
no-route.mail     A      224.0.0.1
half-closed.mail  A      {closed}
half-filtered.mail A     {down}
alias.mail        CNAME  second.alias.mail
second.alias.mail CNAME  third.alias.mail
third.alias.mail  CNAME  aliased.mail
null-mx           MX     0 .
hosted            MX     10 www1234.sakura.ne.jp.
workspace         MX     10 aspmx.l.google.com.
in-japan          MX     10 mx.sakura.ne.jp.
srv-order         TXT    \"a domain with several records for one service\"
_imaps._tcp.srv-order SRV 20 0 993 closed.mail
_imaps._tcp.srv-order SRV 10 1 993 closed.mail
_imaps._tcp.srv-order SRV 10 9 993 good.mail
_submissions._tcp.srv-order SRV 0 0 0 .
_submission._tcp.srv-order SRV 0 0 0 .
metadata          A      169.254.169.254
text-only         TXT    \"a domain that receives no mail\"
";

/// Starts unbound on `listen` with an A or AAAA record for every `(name, address)`: below the mail domain, or of the whole
/// name where it ends in a dot.
pub fn start(reaper: &mut Reaper, directory: &Path, listen: SocketAddr, hosts: &[(&str, IpAddr)]) {
    let mut zone = RECORDS.replace("{dns}", &listen.ip().to_string());
    let mut elsewhere = String::new();
    for (name, address) in hosts {
        zone = zone.replace(&format!("{{{name}}}"), &address.to_string());
        let record = if address.is_ipv4() { "A" } else { "AAAA" };
        if name.ends_with('.') {
            writeln!(elsewhere, "    local-data: \"{name} 60 {record} {address}\"")
        } else {
            writeln!(zone, "{name}.mail {record} {address}")
        }
        .expect("a string takes any text");
    }
    let zone_file = directory.join("test.zone");
    std::fs::write(&zone_file, format!("$ORIGIN test.\n$TTL 60\n{zone}")).expect("the zone is written");

    std::fs::write(directory.join("bogus.zone"), bogus_zone()).expect("the zone is written");

    let configuration = directory.join("unbound.conf");
    std::fs::write(&configuration, configure(directory, listen, &zone_file, &elsewhere))
        .expect("the file is written");
    let log = directory.join("unbound.log");
    let unbound = program("unbound", "unbound");
    reaper.spawn(Command::new(unbound).args(["-d", "-c"]).arg(&configuration), true, &log);
    wait_for_listener(listen, &log);
}

/// A domain whose signatures are there and don't hold: its parent, the trust anchor below, knows another key (RFC 4035 §5.2).
fn bogus_zone() -> String {
    let signature = STANDARD.encode([0x5a; 128]);
    let key = STANDARD.encode([&[3, 1, 0, 1][..], &[0xc3; 128]].concat());
    let mut zone = String::from("$ORIGIN bogus.example.\n$TTL 60\n");
    for (owner, labels, kind, data) in [
        ("@", 2, "SOA", "ns hostmaster 1 3600 600 86400 60"),
        ("@", 2, "NS", "ns"),
        ("@", 2, "DNSKEY", &format!("257 3 8 {key}")),
        ("ns", 3, "A", "127.0.0.1"),
        ("mail", 3, "A", "127.0.0.1"),
    ] {
        let validity = "20490101000000 20200101000000";
        let signed = format!("{kind} 8 {labels} 60 {validity} 31589 bogus.example. {signature}");
        writeln!(zone, "{owner} {kind} {data}\n{owner} RRSIG {signed}").expect("a string takes any text");
    }
    zone
}

fn configure(directory: &Path, listen: SocketAddr, zone_file: &Path, elsewhere: &str) -> String {
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
    module-config: "validator iterator"
    ede: yes
    trust-anchor: "bogus.example. DS 31589 8 2 CDE0D742D6998AA554A92D890F8184C698CFAC8A26FA59875A990C03E576343C"
    num-threads: 1
    # Addresses in the order of the zone: where the first one is dead, it's the first one that is tried.
    rrset-roundrobin: no
    # RFC 6761 reserves this domain, so unbound answers for it itself unless told not to.
    local-zone: "test." nodefault
    local-zone: "refused.example." refuse
    local-zone: "mute.example." deny
{elsewhere}remote-control:
    control-enable: no
auth-zone:
    name: "test."
    zonefile: "{zone_file}"
    for-downstream: yes
    for-upstream: no
auth-zone:
    name: "bogus.example."
    zonefile: "{directory}/bogus.zone"
    for-downstream: no
    for-upstream: yes
# The rest of the world: a zone whose source is out of reach, which unbound answers with SERVFAIL.
auth-zone:
    name: "."
    primary: {address}@9
    for-downstream: yes
    for-upstream: no
"#
    )
}
