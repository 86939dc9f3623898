//! As `lexicon_image`, but the checksum and the length are made right first, so that what lies behind
//! them is reached.
#![no_main]

use libfuzzer_sys::fuzz_target;
use semrel::Lexicon;

fuzz_target!(|data: &[u8]| {
    let mut image = data.to_vec();
    if image.len() < 24 {
        return;
    }
    let length = image.len() as u64;
    image[..8].copy_from_slice(b"SEMRLEX\0");
    image[8..12].copy_from_slice(&1u32.to_le_bytes());
    image[16..24].copy_from_slice(&length.to_le_bytes());
    let checksum = crc32fast::hash(&image[16..]);
    image[12..16].copy_from_slice(&checksum.to_le_bytes());
    if let Ok(lexicon) = Lexicon::from_bytes(image) {
        semrel_fuzz::use_lexicon(&lexicon);
    }
});
