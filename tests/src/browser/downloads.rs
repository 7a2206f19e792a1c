//! What a page gives away: the clipboard, and files that it offers.

use std::path::PathBuf;

use serde_json::json;

use super::{Page, driver};

/// Where files go that the page offers.
pub struct Downloads(PathBuf);

impl Page {
    /// Lets scripts of the test read the clipboard.
    pub async fn allow_clipboard(&self) {
        let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
        self.devtools("Browser.grantPermissions", permissions).await;
    }

    /// Keeps the files that the page offers from now on.
    pub async fn collect_downloads(&self) -> Downloads {
        let directory = driver::shared().new_directory();
        let behaviour = json!({ "behavior": "allow", "downloadPath": directory });
        self.devtools("Browser.setDownloadBehavior", behaviour).await;
        Downloads(directory)
    }
}

impl Downloads {
    /// Waits for a file, and takes it away.
    pub async fn take(&self, page: &Page, name: &str) -> String {
        let file = self.0.join(name);
        page.until(&format!("{name} is saved"), async || file.is_file()).await;
        let text = std::fs::read_to_string(&file).expect("what is saved can be read");
        std::fs::remove_file(&file).expect("what is saved can be removed");
        text
    }
}
