//! Programs that were unpacked and not installed, each in a view of the machine in which it is: namespaces of its own,
//! where the unpacked files lie over `/usr` and `/etc`, and no process is left when the first one ends.
//!
//! Debian lets only one mail server of a kind be installed, and these have the places of their files, and the names of
//! their accounts, compiled in. What a program writes below `/run`, `/var/lib` and `/var/spool` is its own too, so
//! several labs can run it at the same time, and nothing is left of it.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::process::program;

/// Lays the layers over the real directories, then becomes the program. `$1` are the unpacked files, `$2` is the server's
/// own `/etc`.
const ENTER: &str = r#"
set -e
unpacked=$1 etc=$2
shift 2
mount -t overlay overlay -o "lowerdir=$unpacked/usr:/usr" /usr
mount -t overlay overlay -o "lowerdir=$etc:$unpacked/etc:/etc" /etc
for own in /run /var/lib /var/spool; do mount -t tmpfs -o mode=755 tmpfs "$own"; done
exec "$@"
"#;

/// A view of the machine for one server.
pub struct View {
    unpacked: PathBuf,
    etc: PathBuf,
}

impl View {
    /// A view for the server whose files are in `home`. `accounts` are names that the program insists on; they stand for
    /// `nobody`.
    pub fn new(home: &Path, accounts: &[&str]) -> Self {
        let etc = home.join("etc");
        std::fs::create_dir_all(&etc).expect("the lab's directory is writable");
        for (file, rest) in [("passwd", "65534::/nonexistent:/usr/sbin/nologin"), ("group", "")] {
            let mut text = std::fs::read_to_string(Path::new("/etc").join(file)).expect("the machine has it");
            for account in accounts {
                text += &format!("{account}:x:65534:{rest}\n");
            }
            std::fs::write(etc.join(file), text).expect("the lab's directory is writable");
        }
        Self { unpacked: unpacked(), etc }
    }

    /// The server's own `/etc`, to put files in.
    pub fn etc(&self) -> &Path {
        &self.etc
    }

    /// A command that runs `program` (its path once installed) inside the view.
    pub fn command(&self, path: &str) -> Command {
        let mut command = Command::new(program("unshare", "util-linux"));
        // Its own process identifiers too: some programs leave their process group, and all of them end with the first.
        command.args(["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]);
        command.args(["sh", "-c", ENTER, "view"]).arg(&self.unpacked).arg(&self.etc).arg(path);
        command
    }
}

/// Where `cargo xtask` has unpacked the servers: beside the build that this program is part of.
pub fn unpacked() -> PathBuf {
    let own = std::env::current_exe().expect("a program knows its own path");
    own.ancestors()
        .map(|directory| directory.join("servers"))
        .find(|directory| directory.join("unpacked").is_file())
        .unwrap_or_else(|| panic!("no servers are unpacked above {}: run `cargo xtask setup`", own.display()))
}

/// What a server writes to must belong to the account that it becomes.
pub fn give_to_nobody(path: &Path) {
    std::os::unix::fs::chown(path, Some(65534), Some(65534)).expect("the lab runs as root");
}
