//! The files of the table, in the order in which they claim a name.

macro_rules! files {
    ($($id:literal,)+) => {
        &[$(($id, include_str!(concat!("../../providers/", $id, ".toml")))),+]
    };
}

/// Each provider's id and file. A provider that lends its servers to others stands before them.
pub(super) const FILES: &[(&str, &str)] = files![
    "gmail",
    "google-workspace",
    "microsoft365",
    "outlook-com",
    "yahoo",
    "aol",
    "icloud",
    "sakura",
    "xserver",
    "lolipop",
    "heteml",
    "muumuu-mail",
    "kagoya",
    "onamae",
    "conoha-wing",
    "coreserver",
    "mixhost",
    "cpi",
    "line-works",
    "yahoo-japan",
    "nifty",
    "biglobe",
    "ocn",
    "so-net",
    "plala",
    "asahi-net",
    "jcom",
    "eonet",
    "commufa",
    "docomo",
    "au",
    "softbank",
    "zoho-jp",
];
