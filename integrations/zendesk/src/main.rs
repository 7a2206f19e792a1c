//! Writes the archive to the path that is its argument: `cargo xtask build` says where.

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("zendesk-app: the path of the archive is missing");
        return ExitCode::FAILURE;
    };
    let folder = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    let written = zendesk_app::archive()
        .map_err(std::io::Error::from)
        .and_then(|archive| folder.and_then(|()| std::fs::write(&path, archive)));
    match written {
        Ok(()) => {
            println!("{}", path.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("zendesk-app: {}: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}
