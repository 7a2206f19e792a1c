//! Debian packages: the browser, a Japanese font, and the mail and name servers that the tests start.

use crate::failure::Failure;
use crate::shell::Workspace;

const PACKAGES: [&str; 14] = [
    "ca-certificates",
    "chromium",
    "chromium-driver",
    "dovecot-auth-lua",
    "dovecot-core",
    "dovecot-imapd",
    "fonts-noto-cjk",
    "iproute2",
    "libsasl2-modules",
    "nftables",
    "openssl",
    "postfix",
    "systemd",
    "unbound",
];

/// Those of them that Debian starts when they are installed.
const SERVICES: [&str; 3] = ["dovecot-core", "postfix", "unbound"];

const INSTALL: [&str; 4] = ["apt-get", "install", "-y", "--no-install-recommends"];

/// Everything that the tests need to be installed.
pub fn packages(workspace: &Workspace) -> Result<(), Failure> {
    ensure(workspace, &PACKAGES)
}

/// Installs the packages that are missing: as root, or with a sudo that asks for no password. Otherwise the failure
/// names the exact command for the person to run.
pub fn ensure(workspace: &Workspace, packages: &[&str]) -> Result<(), Failure> {
    let missing: Vec<&str> =
        packages.iter().copied().filter(|package| !installed(workspace, package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let Some(prefix) = privilege(workspace) else {
        return Err(Failure::Missing {
            what: format!("the tests need Debian packages that are missing: {}", missing.join(" ")),
            remedy: format!("sudo apt-get update && sudo {} {}", INSTALL.join(" "), missing.join(" ")),
        });
    };
    privileged(workspace, prefix, &["apt-get", "update"])?;
    privileged(workspace, prefix, &INSTALL.iter().chain(&missing).copied().collect::<Vec<_>>())?;
    if missing.iter().any(|package| SERVICES.contains(package)) {
        println!(
            "Debian may have started the new servers. The tests start their own, on 127.x.y.z; to stop Debian's:"
        );
        println!("  systemctl disable --now dovecot postfix unbound");
    }
    Ok(())
}

/// Reads the package lists anew.
pub fn update(workspace: &Workspace) -> Result<(), Failure> {
    let Some(prefix) = privilege(workspace) else {
        return Err(Failure::Missing {
            what: "the lists of Debian packages are out of date".to_owned(),
            remedy: "sudo apt-get update".to_owned(),
        });
    };
    privileged(workspace, prefix, &["apt-get", "update"])
}

fn installed(workspace: &Workspace, package: &str) -> bool {
    workspace
        .command("dpkg-query", ["--show", "--showformat=${db:Status-Status}", package])
        .output()
        .is_some_and(|status| status == "installed")
}

/// What to put before a command so that it may install packages: nothing for root, `sudo` where it asks nothing.
fn privilege(workspace: &Workspace) -> Option<&'static [&'static str]> {
    workspace.find("apt-get")?;
    if workspace.command("id", ["-u"]).output()?.trim() == "0" {
        return Some(&[]);
    }
    workspace.command("sudo", ["-n", "true"]).succeeds().then_some(&["sudo", "-n"])
}

fn privileged(workspace: &Workspace, prefix: &[&str], command: &[&str]) -> Result<(), Failure> {
    // Through `env`, because sudo doesn't pass our variables on. Without it a package may stop to ask questions.
    let whole: Vec<&str> =
        prefix.iter().chain(&["env", "DEBIAN_FRONTEND=noninteractive"]).chain(command).copied().collect();
    let (program, arguments) = whole.split_first().expect("`env` is always part of it");
    workspace.command(program, arguments).run()
}
