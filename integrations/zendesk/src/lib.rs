//! The app that Zendesk installs: a manifest, its texts and its pictures. Its page is the relay's (`/apps/zendesk`).

use std::io::{Cursor, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipResult, write::SimpleFileOptions};

/// Every file, by its path in the archive, in the order of the paths.
pub const FILES: [(&str, &[u8]); 5] = [
    ("assets/logo-small.png", include_bytes!("../app/assets/logo-small.png")),
    ("assets/logo.png", include_bytes!("../app/assets/logo.png")),
    ("manifest.json", include_bytes!("../app/manifest.json")),
    ("translations/en.json", include_bytes!("../app/translations/en.json")),
    ("translations/ja.json", include_bytes!("../app/translations/ja.json")),
];

/// The archive: the same bytes for the same files, whenever and wherever it's made.
///
/// # Errors
/// Where it can't be written, which memory always can.
pub fn archive() -> ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in FILES {
        archive.start_file(path, options)?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use serde_json::Value;
    use zip::ZipArchive;

    use super::*;

    fn file(path: &str) -> Vec<u8> {
        let mut archive = ZipArchive::new(Cursor::new(archive().unwrap())).unwrap();
        let mut content = Vec::new();
        archive.by_name(path).unwrap().read_to_end(&mut content).unwrap();
        content
    }

    fn json(path: &str) -> Value {
        serde_json::from_slice(&file(path)).unwrap()
    }

    #[test]
    fn the_archive_is_the_same_each_time_and_has_every_file_at_its_root() {
        assert_eq!(archive().unwrap(), archive().unwrap());
        let names: Vec<String> = ZipArchive::new(Cursor::new(archive().unwrap()))
            .unwrap()
            .file_names()
            .map(|name| name.unwrap().into_owned())
            .collect();
        assert_eq!(names, FILES.map(|(path, _)| path));
    }

    #[test]
    fn the_manifest_has_what_the_framework_demands() {
        let manifest = json("manifest.json");
        assert!(manifest["author"]["name"].is_string());
        assert_eq!((&manifest["frameworkVersion"], &manifest["signedUrls"]), (&"2.0".into(), &true.into()));
        let locale = manifest["defaultLocale"].as_str().unwrap();
        assert!(FILES.iter().any(|(path, _)| *path == format!("translations/{locale}.json")));
        let parameters = manifest["parameters"].as_array().unwrap();
        let names: Vec<&str> = parameters.iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["relay"]);
        // The operator's own relay: no address of ours is in it.
        let url = manifest["location"]["support"]["ticket_sidebar"]["url"].as_str().unwrap();
        assert_eq!(url, "{{setting.relay}}/apps/zendesk");
    }

    #[test]
    fn both_languages_say_the_same_things_and_no_file_has_an_address() {
        let keys = |path: &str| {
            let app = json(path)["app"].clone();
            let label = app["parameters"]["relay"]["label"].as_str().unwrap().to_owned();
            assert!(
                !label.is_empty() && app["short_description"].as_str().unwrap().chars().count() <= 80,
                "{path}"
            );
            app.as_object().unwrap().keys().cloned().collect::<Vec<_>>()
        };
        assert_eq!(keys("translations/en.json"), keys("translations/ja.json"));
        for (path, content) in FILES.iter().filter(|(path, _)| path.ends_with(".json")) {
            assert!(!String::from_utf8_lossy(content).contains("://"), "{path}");
        }
    }

    #[test]
    fn the_pictures_have_the_sizes_that_zendesk_shows() {
        for (path, size) in [("assets/logo.png", 320_u32), ("assets/logo-small.png", 128)] {
            let picture = file(path);
            assert_eq!(&picture[..8], b"\x89PNG\r\n\x1a\n", "{path}");
            let sides =
                [&picture[16..20], &picture[20..24]].map(|side| u32::from_be_bytes(side.try_into().unwrap()));
            assert_eq!(sides, [size, size], "{path}");
        }
    }
}
