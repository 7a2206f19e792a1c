//! The one binary of all targets: `FUZZ_TARGET` says which. So everything is compiled and linked once.

#![no_main]

use std::sync::LazyLock;

use fuzz::Target;

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
    fuzz::target(&name).unwrap_or_else(|| panic!("FUZZ_TARGET={name:?} is none of {:?}", fuzz::names()))
});

libfuzzer_sys::fuzz_target!(|input: &[u8]| (*TARGET)(input));
