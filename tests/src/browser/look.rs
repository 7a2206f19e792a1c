//! How the page is looked at: width, light or dark; and pictures of it.

use std::path::{Path, PathBuf};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;

use super::{Page, commands::devtools};

/// Light or dark, as the person's system asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
}

impl Scheme {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// The name in CSS.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Page {
    /// Looks at the page from now on as a system with this preference does.
    pub async fn prefer(&self, scheme: Scheme) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme.as_str() }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Makes the window as wide as this, in CSS pixels.
    pub async fn resize(&self, width: u32) {
        let height = if width < 600 { 780 } else { 900 };
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Fails when the page is wider than its window, naming what sticks out.
    pub async fn assert_no_sideways_scrolling(&self, state: &str) {
        const SCRIPT: &str = "
            if (document.scrollingElement.scrollWidth <= innerWidth) return null;
            return [...document.querySelectorAll('body *')]
                .filter(element => element.getBoundingClientRect().right > innerWidth + 0.5)
                .map(element => element.outerHTML.slice(0, 120)).slice(0, 5).join('\\n')";
        let wide = self.js(SCRIPT, vec![]).await;
        assert!(
            wide.is_null(),
            "{state} is wider than its window; what sticks out:\n{}",
            wide.as_str().unwrap_or_default()
        );
    }

    /// Runs no script of the page from now on; those of the tests still run.
    pub async fn disable_scripts(&self) {
        self.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
    }

    /// The languages that the browser asks for.
    pub async fn prefer_languages(&self, accept_language: &str) {
        self.devtools("Network.enable", json!({})).await;
        let headers = json!({ "headers": { "Accept-Language": accept_language } });
        self.devtools("Network.setExtraHTTPHeaders", headers).await;
    }

    /// Writes a picture of the whole page, beyond the window too.
    pub async fn picture(&self, file: &Path) {
        let params = json!({ "format": "png", "captureBeyondViewport": true });
        let picture = devtools(self.client(), "Page.captureScreenshot", params).await;
        let picture = picture.unwrap_or_else(|error| panic!("no picture of {}: {error}", file.display()));
        let bytes =
            STANDARD.decode(picture["data"].as_str().unwrap_or_default()).expect("pictures are base64");
        std::fs::create_dir_all(file.parent().unwrap_or(file))
            .and_then(|()| std::fs::write(file, bytes))
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
}

/// Where pictures go: `target/screenshots`.
pub fn pictures() -> PathBuf {
    let program = std::env::current_exe().expect("a program knows its own path");
    // target/debug/PROGRAM or target/debug/deps/TEST
    let target = program.ancestors().find(|directory| directory.join("CACHEDIR.TAG").is_file());
    target.expect("Cargo marks its target directory").join("screenshots")
}
