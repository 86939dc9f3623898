//! The C library of semrel: [`semrel_core`] behind a C interface.
//!
//! C users read `include/semrel.h`, which is generated from these files, and `README.md`. What holds
//! for every function: pointers are checked for `NULL`, text for UTF-8; no panic crosses the
//! boundary; an error is a [`SemrelStatus`] with a text in [`semrel_last_error`]; results lie in the
//! handle that was asked, and nothing is allocated for them once its buffers are large enough.
//!
//! `boundary` holds what all functions share and with it nearly all `unsafe` code; every other file
//! is one subject of the header.

// The C boundary: callers promise in C what Rust cannot check, and the header states it.
#![allow(unsafe_code, clippy::missing_safety_doc)]

mod boundary;
mod engine;
mod expand;
mod info;
mod last_error;
mod lookup;
mod models;
mod names;
mod options;
mod overlay;
mod relation;
mod results;
mod rewrite;
mod segment;
mod spelling;
mod status;
#[cfg(feature = "test-hooks")]
mod test_hooks;
mod version;
mod worker;

pub use self::boundary::SEMREL_NUL_TERMINATED;
pub use self::engine::*;
pub use self::expand::*;
pub use self::info::*;
pub use self::last_error::semrel_last_error;
pub use self::lookup::*;
pub use self::models::*;
pub use self::names::*;
pub use self::options::*;
pub use self::overlay::*;
pub use self::relation::*;
pub use self::results::SemrelString;
pub use self::rewrite::*;
pub use self::segment::*;
pub use self::spelling::*;
pub use self::status::{SemrelStatus, semrel_status_name};
#[cfg(feature = "test-hooks")]
pub use self::test_hooks::semrel_test_panic_next;
pub use self::version::*;
pub use self::worker::{SemrelWorker, semrel_worker_free, semrel_worker_new};
