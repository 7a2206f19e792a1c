//! Writes every page of the site as static HTML, in both languages, into Trunk's staging folder, beside the data
//! that islands fetch, and puts compressed copies next to all of it. Where a name belongs there's a token, which the relay
//! replaces at its start (`error_model::names::token`).

mod assets;
mod cause_text;
mod compress;
mod error;
mod index;
mod markdown;
mod note;
mod pages;
mod providers;
mod related;
mod sentences;
mod structured;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use assets::Assets;
use error::Error;
use error_model::{Cause, Lang, Names, names::token};
use web::route;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("prerender: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Error> {
    let staging = PathBuf::from(env::var_os("TRUNK_STAGING_DIR").ok_or(Error::NoStagingDir)?);
    web::fill::set_names(Names { product: token::PRODUCT.to_owned(), site: token::SITE.to_owned() });
    let assets = Assets::collect(&staging)?;
    for page in pages::all(&assets, &providers::read()?) {
        write(&staging.join(page.path), &page.html)?;
    }
    write(&staging.join("robots.txt"), &pages::robots())?;
    write(&staging.join("sitemap.xml"), &pages::sitemap())?;
    for lang in Lang::ALL {
        write(&below(&staging, &route::search_index(lang)), &serde_json::to_string(&index::of(lang))?)?;
        for &cause in Cause::ALL {
            let text = serde_json::to_string(&cause_text::of(cause, lang))?;
            write(&below(&staging, &route::cause_text(lang, cause)), &text)?;
        }
    }
    compress::compress_all(&staging)?;
    for (name, program) in [("page", &assets.page), ("desk", &assets.desk)] {
        let js = compress::brotli_size(&below(&staging, &program.js))?;
        let wasm = compress::brotli_size(&below(&staging, &program.wasm))?;
        println!("prerender: {name}: WebAssembly {wasm} B and glue {js} B in brotli, {} B in all", wasm + js);
    }
    Ok(())
}

/// The file that an address of the site stands for.
fn below(staging: &Path, address: &str) -> PathBuf {
    staging.join(address.trim_start_matches('/'))
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|e| Error::io(folder, e))?;
    }
    fs::write(path, text).map_err(|e| Error::io(path, e))
}
