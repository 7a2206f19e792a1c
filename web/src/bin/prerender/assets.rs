//! The files that Trunk made, by the hashed names it gave them, and what is written beside them: the boot script that
//! loads them, and the stylesheet.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

use crate::error::Error;

/// Paths of the hashed files, as pages link them.
pub struct Assets {
    /// The stylesheet.
    pub css: String,
    /// What the pages of live triage add to it.
    pub desk_css: String,
    /// The picture in the browser's tab.
    pub icon: String,
    /// What most pages run.
    pub page: Program,
    /// What the pages of live triage run.
    pub desk: Program,
    /// The script of the error pages.
    pub article: String,
    /// The script of an error page within a frame.
    pub frame: String,
    /// The looks of an error page within a frame.
    pub frame_css: String,
    /// The script that takes settings along from a frame to the check.
    pub carried: String,
    /// The script that signs in at a mail service's own page.
    pub sign_in: String,
    /// The script of the app beside a ticket.
    pub desk_app: String,
    /// Its looks.
    pub desk_app_css: String,
    /// The picture beside a link to a page.
    pub social: String,
}

/// A program in WebAssembly.
pub struct Program {
    /// The glue written by wasm-bindgen.
    pub js: String,
    /// The WebAssembly module.
    pub wasm: String,
    /// The module script that starts it and the islands.
    pub boot: String,
}

/// The boot script, with three addresses to be filled in.
const BOOT: &str = include_str!("../../../boot.js");

/// The script of the error pages.
const ARTICLE: &str = include_str!("../../../article.js");

/// What other pages load to put an error page into a frame, under an address of its own for good.
const LOADER: &str = include_str!("../../../embed/loader.js");
const FRAME: &str = include_str!("../../../embed/frame.js");
const CARRIED: &str = include_str!("../../../embed/carried.js");
const SIGN_IN: &str = include_str!("../../../sign-in.js");
const PROOF: &str = include_str!("../../../proof.js");
const DESK_APP: &str = include_str!("../../../desk-app.js");
const DESK_APP_STYLE: &str = include_str!("../../../styles/desk-app.css");
const FRAME_STYLE: &str = include_str!("../../../embed/frame.css");

/// The colours of both schemes.
const TOKENS: &str = include_str!("../../../styles/tokens.css");

/// The mark on a coloured ground, 1200 by 630 pixels, without any name: not every service shows SVG.
const SOCIAL: &[u8] = include_bytes!("../../../social.png");

/// The looks of live triage, which no other page has.
const DESK_STYLE: &str =
    concat!(include_str!("../../../styles/desk.css"), "\n", include_str!("../../../styles/join.css"));

/// The parts of the stylesheet, in the order in which later ones may override earlier ones.
const STYLES: [&str; 10] = [
    TOKENS,
    include_str!("../../../styles/base.css"),
    include_str!("../../../styles/frame.css"),
    include_str!("../../../styles/help.css"),
    include_str!("../../../styles/article.css"),
    include_str!("../../../styles/form.css"),
    include_str!("../../../styles/lookup.css"),
    include_str!("../../../styles/run.css"),
    include_str!("../../../styles/card.css"),
    include_str!("../../../styles/print.css"),
];

impl Assets {
    /// Finds Trunk's files in `staging/assets` and writes the boot script beside them.
    pub fn collect(staging: &Path) -> Result<Self, Error> {
        let folder = staging.join("assets");
        let mut names = Vec::new();
        for entry in fs::read_dir(&folder).map_err(|e| Error::io(&folder, e))? {
            let entry = entry.map_err(|e| Error::io(&folder, e))?;
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
        let find = |prefix: &'static str, suffix: &'static str| {
            names
                .iter()
                .find(|name| name.starts_with(prefix) && name.ends_with(suffix))
                .map(|name| format!("/assets/{name}"))
                .ok_or(Error::MissingAsset { prefix, suffix })
        };
        let proof = write_script(&folder, "proof", PROOF)?;
        let boot = BOOT.replace("__PROOF__", &proof);
        let page =
            Program::booted(&folder, "boot", &boot, find("page-", ".js")?, find("page-", "_bg.wasm")?)?;
        // Trunk gives hashes to the first program only.
        let js = rename_hashed(&folder, "desk.js", "desk", "js")?;
        let wasm = rename_hashed(&folder, "desk_bg.wasm", "desk", "wasm")?;
        let desk = Program::booted(&folder, "desk-boot", &boot, js, wasm)?;
        let css = write_hashed(&folder, "style", "css", STYLES.join("\n").as_bytes())?;
        let desk_css = write_hashed(&folder, "desk", "css", DESK_STYLE.as_bytes())?;
        let article = write_script(&folder, "article", ARTICLE)?;
        let social = write_hashed(&folder, "social", "png", SOCIAL)?;
        let frame = write_script(&folder, "frame", FRAME)?;
        let frame_css = write_hashed(&folder, "frame", "css", [&schemes(), FRAME_STYLE].concat().as_bytes())?;
        let carried = write_script(&folder, "carried", CARRIED)?;
        let sign_in = write_script(&folder, "sign-in", SIGN_IN)?;
        let desk_app = write_script(&folder, "desk-app", DESK_APP)?;
        let desk_app_css = write_hashed(&folder, "desk-app", "css", DESK_APP_STYLE.as_bytes())?;
        let loader = staging.join("embed.js");
        fs::write(&loader, LOADER).map_err(|e| Error::io(&loader, e))?;
        let icon = find("icon-", ".svg")?;
        Ok(Self {
            css,
            desk_css,
            icon,
            page,
            desk,
            article,
            frame,
            frame_css,
            carried,
            sign_in,
            desk_app,
            desk_app_css,
            social,
        })
    }
}

impl Program {
    fn booted(folder: &Path, stem: &str, boot: &str, js: String, wasm: String) -> Result<Self, Error> {
        let script = boot.replace("__JS__", &js).replace("__WASM__", &wasm);
        let boot = write_script(folder, stem, &script)?;
        Ok(Self { js, wasm, boot })
    }
}

/// The colours of both schemes for a page that says which one it wants, whatever the system prefers.
fn schemes() -> String {
    let declarations = |after: &str| {
        let rest = TOKENS.split_once(after).map_or("", |(_, rest)| rest);
        rest.split_once('}').map_or("", |(inside, _)| inside).trim().to_owned()
    };
    let light = declarations(":root {").replacen("light dark", "light", 1);
    let dark = declarations("prefers-color-scheme: dark) {\n  :root {");
    format!(
        ":root[data-theme=light] {{ {light} }}\n:root[data-theme=dark] {{ color-scheme: dark; {dark} }}\n"
    )
}

/// Writes one of our scripts, without the lines that are comments: they're for whoever reads the source.
fn write_script(folder: &Path, stem: &str, script: &str) -> Result<String, Error> {
    write_hashed(folder, stem, "js", without_comments(script).as_bytes())
}

fn without_comments(script: &str) -> String {
    script
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| format!("{line}\n"))
        .collect()
}

/// Writes `content` under a name that holds its hash, so that browsers may keep it for ever, and gives its address.
fn write_hashed(folder: &Path, stem: &str, extension: &str, content: &[u8]) -> Result<String, Error> {
    // Only tells versions of our own file apart.
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    let name = format!("{stem}-{:016x}.{extension}", hasher.finish());
    let path = folder.join(&name);
    fs::write(&path, content).map_err(|e| Error::io(&path, e))?;
    Ok(format!("/assets/{name}"))
}

/// Gives a file a name that holds its hash.
fn rename_hashed(folder: &Path, name: &str, stem: &str, extension: &str) -> Result<String, Error> {
    let path = folder.join(name);
    let content = fs::read(&path).map_err(|e| Error::io(&path, e))?;
    let address = write_hashed(folder, stem, extension, &content)?;
    fs::remove_file(&path).map_err(|e| Error::io(&path, e))?;
    Ok(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_served_without_their_comments() {
        let script = "// Why.\nconst a = \"//\"; // a part of it\n  // Why not.\n  go(a);\n";
        assert_eq!(without_comments(script), "const a = \"//\"; // a part of it\n  go(a);\n");
        for script in [BOOT, ARTICLE, FRAME, CARRIED, SIGN_IN, PROOF, DESK_APP] {
            assert!(!script.contains("/*"), "a line within such a comment might begin with slashes");
        }
    }

    #[test]
    fn both_schemes_have_all_colours() {
        let schemes = schemes();
        let (light, dark) = schemes.split_once("[data-theme=dark]").expect("both are there");
        assert!(light.contains("color-scheme: light;") && dark.contains("color-scheme: dark;"), "{schemes}");
        for colour in
            ["--paper: #", "--surface: #", "--ink: #", "--accent: #", "--on-accent: #", "--focus: #"]
        {
            assert!(light.contains(colour) && dark.contains(colour), "{colour} isn't in {schemes}");
        }
    }

    #[test]
    fn the_loader_is_small_and_older_browsers_read_it() {
        assert!(LOADER.len() < 4096, "{} B", LOADER.len());
        for later in
            ["?.", "??", "||=", "#host", "static {", ".at(", "globalThis", "structuredClone", "console."]
        {
            assert!(!LOADER.contains(later), "{later} is later than ES2018, or noise");
        }
        assert!(!LOADER.contains("\"*\"") && !FRAME.contains("\"*\""), "messages have an exact receiver");
    }
}
