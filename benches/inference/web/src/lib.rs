//! An encoder behind plain functions of numbers, which JavaScript calls without glue: `reserve` a
//! place for a file, `open` it, `place_ids` and `place_lengths`, `encode`.
//!
//! JavaScript writes to and reads from the places itself; all of them stay where they are until the
//! next call that asks for one.

// An exported name is `unsafe` since two libraries could have the same; nothing else here is.
#![allow(unsafe_code)]

use std::cell::RefCell;

use semrel::inference::{Encoder, EncoderSession};

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

#[derive(Default)]
struct State {
    file: Vec<u8>,
    ids: Vec<u32>,
    lengths: Vec<u32>,
    out: Vec<f32>,
    session: Option<EncoderSession>,
    dimensions: usize,
}

/// Where the bytes of an ONNX file go.
#[unsafe(no_mangle)]
pub extern "C" fn reserve(bytes: usize) -> *mut u8 {
    STATE.with_borrow_mut(|state| {
        state.file = vec![0; bytes];
        state.file.as_mut_ptr()
    })
}

/// Opens the file that was written; the length of a vector, 0 if it cannot be opened.
#[unsafe(no_mangle)]
pub extern "C" fn open() -> usize {
    STATE.with_borrow_mut(|state| {
        let file = std::mem::take(&mut state.file);
        let Ok(encoder) = Encoder::from_onnx(file) else {
            return 0;
        };
        state.dimensions = encoder.dimensions();
        state.session = Some(encoder.session());
        state.dimensions
    })
}

/// Where the ids of all sequences of a batch go, one after another.
#[unsafe(no_mangle)]
pub extern "C" fn place_ids(count: usize) -> *mut u32 {
    STATE.with_borrow_mut(|state| {
        state.ids.resize(count, 0);
        state.ids.as_mut_ptr()
    })
}

/// Where the lengths of the sequences of a batch go.
#[unsafe(no_mangle)]
pub extern "C" fn place_lengths(count: usize) -> *mut u32 {
    STATE.with_borrow_mut(|state| {
        state.lengths.resize(count, 0);
        state.lengths.as_mut_ptr()
    })
}

/// Encodes the batch; where the vectors are, one after another, or null.
#[unsafe(no_mangle)]
pub extern "C" fn encode() -> *const f32 {
    STATE.with_borrow_mut(|state| {
        let mut rest = &state.ids[..];
        let mut sequences = Vec::with_capacity(state.lengths.len());
        for &length in &state.lengths {
            let Some((ids, others)) = rest.split_at_checked(length as usize) else {
                return std::ptr::null();
            };
            sequences.push(ids);
            rest = others;
        }
        state.out.resize(sequences.len() * state.dimensions, 0.0);
        let Some(session) = &mut state.session else {
            return std::ptr::null();
        };
        match session.encode(&sequences, &mut state.out) {
            Ok(()) => state.out.as_ptr(),
            Err(_) => std::ptr::null(),
        }
    })
}
