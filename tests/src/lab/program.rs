//! The programs of the lab by name, for those who say which one showed what.

use std::path::Path;
use std::process::Command;

use super::hosts::{self, Family, Service};
use super::view;

/// What answers, or doesn't, when a check comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Program {
    /// IMAP.
    Courier,
    /// IMAP.
    Cyrus,
    /// IMAP.
    Dovecot,
    /// SMTP.
    Exim,
    /// A proxy that ends TLS.
    HaProxy,
    /// A mail proxy.
    Nginx,
    /// SMTP.
    Postfix,
    /// The name server.
    Unbound,
    /// The kernel alone: a port that nobody listens on, or that is full; an address without a route.
    Linux,
    /// A peer that plays a script.
    Scripted,
    /// The check itself, before it asks anybody.
    Nobody,
}

impl Program {
    /// Every program that comes in a package.
    pub const PACKAGED: [Self; 8] = [
        Self::Courier,
        Self::Cyrus,
        Self::Dovecot,
        Self::Exim,
        Self::HaProxy,
        Self::Nginx,
        Self::Postfix,
        Self::Unbound,
    ];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Courier => "Courier IMAP",
            Self::Cyrus => "Cyrus IMAP",
            Self::Dovecot => "Dovecot",
            Self::Exim => "Exim",
            Self::HaProxy => "HAProxy",
            Self::Nginx => "nginx",
            Self::Postfix => "Postfix",
            Self::Unbound => "unbound",
            Self::Linux => "Linux",
            Self::Scripted => "scripted peer",
            Self::Nobody => "no server",
        }
    }

    /// The program that answers for a host of the lab (its short or its whole name) at a port; `None` where there is no
    /// such host.
    pub fn at(host: &str, port: u16) -> Option<Self> {
        let host = hosts::all().find(|known| known.name == host || known.full_name() == host)?;
        let mut services = host.services.iter();
        // A host with an IPv6 address has one service, whatever the port.
        let service = services.find(|(at, _)| *at == port || host.family == Family::V6);
        Some(service.map_or(Self::Linux, |(_, service)| Self::of(*service)))
    }

    fn of(service: Service) -> Self {
        match service {
            Service::Dovecot(..) => Self::Dovecot,
            Service::Postfix(..) => Self::Postfix,
            Service::Exim(..) => Self::Exim,
            Service::Cyrus(..) => Self::Cyrus,
            Service::Courier(..) => Self::Courier,
            Service::Nginx(..) => Self::Nginx,
            Service::HaProxy(..) => Self::HaProxy,
            Service::Scripted(_) => Self::Scripted,
            Service::Filtered => Self::Linux,
        }
    }

    /// The Debian package and its version; `None` where the program comes in none.
    pub fn package(self) -> Option<(&'static str, String)> {
        let package = match self {
            Self::Courier => "courier-imap",
            Self::Cyrus => "cyrus-imapd",
            Self::Dovecot => "dovecot-imapd",
            Self::Exim => "exim4-daemon-light",
            Self::HaProxy => "haproxy",
            Self::Nginx => "libnginx-mod-mail",
            Self::Postfix => "postfix",
            Self::Unbound => "unbound",
            Self::Linux | Self::Scripted | Self::Nobody => return None,
        };
        let version = unpacked_version(&view::unpacked(), package).or_else(|| installed_version(package));
        Some((package, version.unwrap_or_else(|| panic!("{package} is missing: run `cargo xtask setup`"))))
    }
}

/// From the name of the archive that was unpacked: `nginx_1.22.1-9_amd64.deb`.
fn unpacked_version(unpacked: &Path, package: &str) -> Option<String> {
    let archives = std::fs::read_dir(unpacked.join("archives")).ok()?;
    archives.flatten().find_map(|archive| {
        let name = archive.file_name().into_string().ok()?;
        let (version, _) = name.strip_prefix(package)?.strip_prefix('_')?.split_once('_')?;
        Some(version.to_owned())
    })
}

fn installed_version(package: &str) -> Option<String> {
    let output =
        Command::new("dpkg-query").args(["--show", "--showformat=${Version}", package]).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
