//! The files for operators: the systemd unit is one that systemd takes, and it leaves the program next to nothing.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tests::binary::mailtriage;
use tests::lab::program;

/// The most exposure that `systemd-analyze security` may find, in tenths; a unit without hardening has 96.
const EXPOSURE: &str = "15";

fn analyze(arguments: &[&str], unit: &Path) -> Output {
    let analyze = program("systemd-analyze", "systemd");
    Command::new(analyze).args(arguments).arg(unit).output().expect("systemd-analyze starts")
}

fn unit() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy/mailtriage.service")
}

#[test]
fn systemd_understands_every_line_of_the_unit() {
    // The check wants the program to be there, so the copy names the one that was built.
    let text = std::fs::read_to_string(unit()).expect("the unit is there");
    let text = text.replace("/usr/bin/mailtriage", &mailtriage().display().to_string());
    let directory = std::env::temp_dir().join(format!("mailtriage-unit-{}", std::process::id()));
    std::fs::create_dir(&directory).expect("a directory can be made");
    let copy = directory.join("mailtriage.service");
    std::fs::write(&copy, text).expect("the copy can be written");
    let output = analyze(&["verify", "--man=no"], &copy);
    std::fs::remove_dir_all(&directory).expect("the copy is ours");
    // An unknown line is only a warning there.
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && said.is_empty(), "{said}");
}

#[test]
fn the_unit_leaves_the_program_next_to_nothing() {
    let output = analyze(&["security", "--offline=true", &format!("--threshold={EXPOSURE}")], &unit());
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}
