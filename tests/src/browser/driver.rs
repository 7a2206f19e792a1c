//! Chromedriver, once for a test process, and the browsers that it starts: each with a profile of its own.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use fantoccini::{Client, ClientBuilder, wd::Capabilities};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::lab::process::{Reaper, program, wait_for_line};

/// Quiet, headless, and nothing but the page under test on the network.
const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // The driver clicks where an element is, which a smooth scroll changes.
    "--force-prefers-reduced-motion",
];

/// Chromedriver, and the directory of the browsers' files. The end of the process, in any way, ends every browser.
pub struct Driver {
    address: String,
    chromium: PathBuf,
    directory: PathBuf,
    directories: AtomicUsize,
    _reaper: Reaper,
}

/// The driver of this process; the first call starts it.
pub fn shared() -> &'static Driver {
    static DRIVER: OnceLock<Driver> = OnceLock::new();
    DRIVER.get_or_init(Driver::start)
}

impl Driver {
    fn start() -> Self {
        let chromium = program("chromium", "chromium");
        let chromedriver = program("chromedriver", "chromium-driver");
        let directory = std::env::temp_dir().join(format!("mailtriage-browser-{}", std::process::id()));
        std::fs::create_dir(&directory).expect("the browser's directory can be made");
        let log = directory.join("chromedriver.log");
        let mut reaper = Reaper::start(&directory);
        reaper.spawn(Command::new(chromedriver).arg("--port=0"), true, &log);
        let port = wait_for_line(&log, "ChromeDriver was started successfully on port ");
        let address = format!("http://127.0.0.1:{}", port.trim_end_matches('.'));
        Self { address, chromium, directory, directories: AtomicUsize::new(0), _reaper: reaper }
    }

    /// A new directory for a profile or for files, removed with the driver.
    pub fn new_directory(&self) -> PathBuf {
        let number = self.directories.fetch_add(1, Ordering::Relaxed);
        let directory = self.directory.join(number.to_string());
        std::fs::create_dir(&directory).expect("the browser's directory is writable");
        directory
    }

    /// Starts a browser, with these flags besides the usual ones.
    pub async fn session(&self, more: &[&str]) -> Client {
        let profile = format!("--user-data-dir={}", self.new_directory().display());
        let flags: Vec<&str> =
            FLAGS.into_iter().chain([profile.as_str()]).chain(more.iter().copied()).collect();
        let mut capabilities = Capabilities::new();
        capabilities
            .insert("goog:chromeOptions".to_owned(), json!({ "binary": self.chromium, "args": flags }));
        capabilities
            .insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL", "performance": "ALL" }));
        ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&self.address)
            .await
            .unwrap_or_else(|error| panic!("Chromium doesn't start: {error}"))
    }
}
