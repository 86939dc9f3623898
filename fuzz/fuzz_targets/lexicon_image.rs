//! Any bytes as a lexicon image: refused, or safe to use.
#![no_main]

use libfuzzer_sys::fuzz_target;
use semrel::Lexicon;

fuzz_target!(|data: &[u8]| {
    if let Ok(lexicon) = Lexicon::from_bytes(data.to_vec()) {
        semrel_fuzz::use_lexicon(&lexicon);
    }
});
