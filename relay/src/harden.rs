//! Keeps secrets inside the process: no core dump, no debugger of the same user, no key log.

use crate::cli::Refusal;

/// TLS libraries and tools write session keys where this says.
const KEY_LOG: &str = "SSLKEYLOGFILE";

/// Done before anything secret is read.
///
/// # Errors
/// Where the environment asks for session keys to be written down, or the system won't protect the process.
pub fn harden() -> Result<(), Refusal> {
    if std::env::var_os(KEY_LOG).is_some() {
        return Err(Refusal::argument(KEY_LOG, "session keys would let others read passwords; unset it"));
    }
    protect().map_err(|error| Refusal::failure(format_args!("the process can't be protected: {error}")))
}

#[cfg(target_os = "linux")]
fn protect() -> std::io::Result<()> {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    Ok(())
}

#[cfg(all(unix, not(target_os = "linux")))]
fn protect() -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    Ok(())
}

#[cfg(not(unix))]
fn protect() -> std::io::Result<()> {
    Ok(())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};

    #[test]
    fn a_protected_process_leaves_no_core_and_is_not_dumpable() {
        super::protect().unwrap();
        let core = getrlimit(Resource::Core);
        assert_eq!((core.current, core.maximum), (Some(0), Some(0)));
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
    }
}
