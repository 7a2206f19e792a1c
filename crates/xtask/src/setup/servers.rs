//! Mail servers that Debian won't install side by side: it allows one mail-transport-agent and one imap-server. They are
//! unpacked below `target/servers` instead, where they start no service, make no account and disturb nobody; the lab
//! lays them over the real directories in a view of its own.

use std::fs;
use std::path::{Path, PathBuf};

use super::apt;
use crate::failure::Failure;
use crate::shell::Workspace;

/// What the lab runs, and `saslpasswd2`, with which Cyrus's accounts are made.
const PACKAGES: [&str; 13] = [
    "courier-authdaemon",
    "courier-authlib",
    "courier-authlib-userdb",
    "courier-base",
    "courier-imap",
    "cyrus-common",
    "cyrus-imapd",
    "exim4-daemon-light",
    "haproxy",
    "libnginx-mod-mail",
    "nats-server",
    "nginx",
    "sasl2-bin",
];

/// Fetches and unpacks the packages, unless exactly these have been unpacked, and installs the libraries that they need.
pub fn unpack(workspace: &Workspace) -> Result<(), Failure> {
    let root = workspace.servers();
    let archives = root.join("archives");
    let record = root.join("unpacked");
    let wanted = PACKAGES.join("\n");
    if fs::read_to_string(&record).ok().as_ref() != Some(&wanted) {
        if root.exists() {
            fs::remove_dir_all(&root).map_err(|source| Failure::File { path: root.clone(), source })?;
        }
        fs::create_dir_all(&archives).map_err(|source| Failure::File { path: archives.clone(), source })?;
        download(workspace, &archives)?;
        for archive in debs(&archives)? {
            workspace
                .command("dpkg-deb", ["--extract".as_ref(), archive.as_os_str(), root.as_os_str()])
                .run()?;
        }
        // Exim's program and some helpers would run as root for whoever starts them.
        workspace.command("chmod", ["-R".as_ref(), "ug-s".as_ref(), root.as_os_str()]).run()?;
        fs::write(&record, wanted).map_err(|source| Failure::File { path: record, source })?;
    }
    let mut libraries = Vec::new();
    for archive in debs(&archives)? {
        let fields = workspace
            .command("dpkg-deb", ["--field".as_ref(), archive.as_os_str(), "Depends".as_ref()])
            .output()
            .unwrap_or_default();
        libraries.extend(needed_libraries(&fields));
    }
    libraries.sort();
    libraries.dedup();
    apt::ensure(workspace, &libraries.iter().map(String::as_str).collect::<Vec<_>>())
}

/// A package list that is older than the archive names files that are gone; one `apt-get update` mends that.
fn download(workspace: &Workspace, archives: &Path) -> Result<(), Failure> {
    let fetch = || {
        let arguments = ["download"].into_iter().chain(PACKAGES);
        workspace.command("apt-get", arguments).directory(archives).run()
    };
    fetch().or_else(|_| {
        apt::update(workspace)?;
        fetch()
    })
}

fn debs(directory: &Path) -> Result<Vec<PathBuf>, Failure> {
    let at = |source| Failure::File { path: directory.to_path_buf(), source };
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).map_err(at)? {
        let path = entry.map_err(at)?.path();
        if path.extension().is_some_and(|extension| extension == "deb") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The shared libraries in a `Depends` field: the first of each set of alternatives, where its name is a library's.
/// Modules of nginx are unpacked themselves, and those of Courier come with it.
fn needed_libraries(depends: &str) -> impl Iterator<Item = String> + use<'_> {
    depends
        .split(',')
        .filter_map(|one| one.split('|').next()?.split_whitespace().next())
        .filter(|name| name.starts_with("lib") && !PACKAGES.contains(name))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_libraries_are_the_first_alternatives_with_a_librarys_name() {
        let depends =
            "adduser, courier-base (= 1.0), libgamin0 | libfam0, libc6 (>= 2.34), default-mta | x\n";
        assert_eq!(needed_libraries(depends).collect::<Vec<_>>(), ["libgamin0", "libc6"]);
        assert_eq!(needed_libraries("").count(), 0);
    }
}
