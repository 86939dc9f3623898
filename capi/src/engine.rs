//! [`SemrelEngine`]: an opened pack, shared by all threads.

use std::ffi::{c_char, c_void};
use std::path::Path;
use std::sync::OnceLock;

use semrel_core::{Pack, Semrel};

use crate::boundary::{bytes, free, give, guard, handle, slice, text, write};
use crate::info::Info;
use crate::options::{init, read};
use crate::overlay::SemrelOverlay;
use crate::status::{Failure, SemrelStatus};

/// An opened pack, with the user's entries on top. Immutable: any number of threads may use it at
/// once. Workers keep what they need of it, so it may be freed before them.
#[derive(Debug)]
pub struct SemrelEngine {
    pub(crate) semrel: Semrel,
    pub(crate) info: OnceLock<Info>,
}

/// How an engine is made. `semrel_engine_options_init` fills it.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SemrelEngineOptions {
    /// The size of the struct, in bytes.
    pub size: usize,
    /// The user's entries, copied; NULL for none.
    pub overlay: *const SemrelOverlay,
}

/// Fills options with the defaults. `size`: `sizeof *options`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_engine_options_init(
    options: *mut SemrelEngineOptions,
    size: usize,
) -> SemrelStatus {
    // SAFETY: the promise of `boundary`.
    guard(|| unsafe { init(options, size) })
}

/// An engine with the Turkish pack that is compiled into the library. Under a millisecond; models
/// are read when they are first asked. Free it with `semrel_engine_free`.
///
/// `options`: NULL for the defaults. `SEMREL_STATUS_UNAVAILABLE` if the library was built without a
/// pack.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_engine_new(
    options: *const SemrelEngineOptions,
    out: *mut *mut SemrelEngine,
) -> SemrelStatus {
    #[cfg(feature = "tr")]
    let pack = || Ok(Pack::turkish()?);
    #[cfg(not(feature = "tr"))]
    let pack = || {
        let message = "the library was built without a pack: open one from a file or from memory";
        Err(Failure::new(SemrelStatus::Unavailable, message))
    };
    // SAFETY: the promise of `boundary`.
    guard(|| unsafe { open(options, out, pack) })
}

/// An engine with a pack from a file or folder, which is read whole and checked. Free it with
/// `semrel_engine_free`.
///
/// `path`: as the system has it, on Windows in UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_engine_new_from_file(
    path: *const c_char,
    path_len: usize,
    options: *const SemrelEngineOptions,
    out: *mut *mut SemrelEngine,
) -> SemrelStatus {
    guard(|| {
        // SAFETY: the promise of `boundary`, here and below.
        let pack = || {
            let path = unsafe { bytes(path, path_len, "path") }?;
            Ok(Pack::open(path_of(path)?)?)
        };
        unsafe { open(options, out, pack) }
    })
}

/// An engine with a pack from memory, which is copied and checked. Free it with
/// `semrel_engine_free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_engine_new_from_memory(
    bytes: *const c_void,
    len: usize,
    options: *const SemrelEngineOptions,
    out: *mut *mut SemrelEngine,
) -> SemrelStatus {
    guard(|| {
        // SAFETY: the promise of `boundary`, here and below.
        let pack = || {
            let bytes = unsafe { slice(bytes.cast::<u8>(), len, "bytes") }?;
            Ok(Pack::from_bytes(bytes.to_vec())?)
        };
        unsafe { open(options, out, pack) }
    })
}

/// An engine with a pack in memory that stays where it is: a mapped file, a constant. The bytes must
/// not change. Free it with `semrel_engine_free`.
///
/// `release` is called with `context`, once, when neither the engine nor a worker of it needs the
/// bytes any more, by the thread that frees the last of them; if the call fails, before it returns.
/// NULL if nothing is to be released; then the bytes must outlive the engine and its workers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_engine_new_from_borrowed(
    bytes: *const c_void,
    len: usize,
    release: Option<unsafe extern "C" fn(context: *mut c_void)>,
    context: *mut c_void,
    options: *const SemrelEngineOptions,
    out: *mut *mut SemrelEngine,
) -> SemrelStatus {
    let bytes = Borrowed {
        bytes: bytes.cast(),
        len,
        release,
        context,
    };
    guard(|| {
        // SAFETY: the promise of `boundary`, here and below.
        let pack = || {
            unsafe { slice(bytes.bytes, bytes.len, "bytes") }?;
            Ok(Pack::from_bytes(bytes)?)
        };
        unsafe { open(options, out, pack) }
    })
}

unsafe fn open(
    options: *const SemrelEngineOptions,
    out: *mut *mut SemrelEngine,
    pack: impl FnOnce() -> Result<Pack, Failure>,
) -> Result<(), Failure> {
    let make = || {
        // SAFETY: the promise of `boundary`, here and below.
        let options = unsafe { read(options) }?;
        let overlay = options.and_then(|options| unsafe { options.overlay.as_ref() });
        let overlay = overlay.map(|overlay| overlay.0.clone()).unwrap_or_default();
        Ok(SemrelEngine {
            semrel: Semrel::with_overlay(pack()?, overlay)?,
            info: OnceLock::new(),
        })
    };
    // SAFETY: as above.
    unsafe { give(out, make) }
}

/// A path in the bytes of the system, where it has such.
#[cfg(unix)]
fn path_of(bytes: &[u8]) -> Result<&Path, Failure> {
    use std::os::unix::ffi::OsStrExt;
    Ok(Path::new(std::ffi::OsStr::from_bytes(bytes)))
}

/// A path in UTF-8.
#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> Result<&Path, Failure> {
    let path = std::str::from_utf8(bytes);
    path.map(Path::new).map_err(|_| {
        Failure::new(
            SemrelStatus::InvalidUtf8,
            "path is not UTF-8, as it must be here",
        )
    })
}

/// Frees an engine; nothing if it is NULL. Its workers stay usable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_engine_free(engine: *mut SemrelEngine) {
    // SAFETY: the promise of `boundary`.
    unsafe { free(engine) };
}

/// Whether lexicon or overlay know a term as it stands.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn semrel_knows(
    engine: *const SemrelEngine,
    term: *const c_char,
    len: usize,
    known: *mut bool,
) -> SemrelStatus {
    guard(|| {
        // SAFETY: the promise of `boundary`, here and below.
        let engine = unsafe { handle(engine, "engine") }?;
        let term = unsafe { text(term, len, "term") }?;
        if known.is_null() {
            return Err(Failure::null("known"));
        }
        unsafe { write(known, engine.semrel.knows(term)) };
        Ok(())
    })
}

/// A caller's bytes.
struct Borrowed {
    bytes: *const u8,
    len: usize,
    release: Option<unsafe extern "C" fn(context: *mut c_void)>,
    context: *mut c_void,
}

// SAFETY: nobody changes the bytes, and `release` may be called by any thread: the header says so.
unsafe impl Send for Borrowed {}

impl AsRef<[u8]> for Borrowed {
    fn as_ref(&self) -> &[u8] {
        // SAFETY: checked where the engine is made; until `release` is called they stay.
        unsafe { slice(self.bytes, self.len, "bytes") }.unwrap_or_default()
    }
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        if let Some(release) = self.release {
            // SAFETY: the caller's function, called once with the caller's argument.
            unsafe { release(self.context) };
        }
    }
}
