//! Writes `capi/include/semrel.h` from the sources of the C library; with `--check` it compares.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

/// What stands above the declarations.
fn introduction() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let (major, minor, patch): (u32, u32, u32) = (
        env!("CARGO_PKG_VERSION_MAJOR").parse().unwrap_or(0),
        env!("CARGO_PKG_VERSION_MINOR").parse().unwrap_or(0),
        env!("CARGO_PKG_VERSION_PATCH").parse().unwrap_or(0),
    );
    let number = major * 1_000_000 + minor * 1000 + patch;
    format!(
        "
/*
 * semrel: how two terms relate, what may stand for a term, and how to rewrite a search query with it.
 *
 * Handles. An engine is an opened pack; it is immutable and shared by all threads. A worker asks it and
 * holds the answers; it belongs to one thread at a time. An overlay holds entries of the user's.
 *
 * Text. UTF-8, as pointer and length in bytes; the length may be SEMREL_NUL_TERMINATED. No text
 * passed in is kept. Texts passed out have a NUL behind them that the length does not count.
 *
 * Ownership. What a function named ..._new... or ..._read hands out is freed with ..._free; everything
 * else belongs to the library. Answers belong to the worker and stay until its next question of the
 * same kind; names and versions stay for ever.
 *
 * Errors. A function that can fail returns a semrel_status; semrel_last_error() says more. What it
 * would have written through a pointer is then NULL, zero, or left alone.
 *
 * Growth. Options begin with their size; an ..._init function fills them. Answers are read through
 * pointers, so that they can grow at the end. Numbers of enumerations never change.
 */

#define SEMREL_VERSION \"{version}\"
#define SEMREL_VERSION_MAJOR {major}
#define SEMREL_VERSION_MINOR {minor}
#define SEMREL_VERSION_PATCH {patch}
#define SEMREL_VERSION_NUMBER {number}

/// The length of a text that ends with a NUL and is to be measured by the library.
#define SEMREL_NUL_TERMINATED SIZE_MAX"
    )
}

fn header(capi: &Path) -> Result<String, Box<dyn Error>> {
    let mut config = cbindgen::Config::from_file(capi.join("cbindgen.toml"))?;
    config.after_includes = Some(introduction());
    let bindings = cbindgen::Builder::new()
        .with_src(capi.join("src/lib.rs"))
        .with_config(config)
        .generate()?;
    let mut header = Vec::new();
    bindings.write(&mut header);
    // The type cannot be named `semrel_relation`, which is a function; its values can be.
    Ok(String::from_utf8(header)?.replace("SEMREL_RELATION_KIND_", "SEMREL_RELATION_"))
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let capi = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let path = capi.join("include/semrel.h");
    let header = header(capi)?;
    if std::env::args().nth(1).as_deref() != Some("--check") {
        std::fs::write(path, header)?;
    } else if std::fs::read_to_string(path)? != header {
        eprintln!(
            "capi/include/semrel.h is not what the sources give: cargo run -p semrel-capi-header"
        );
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
