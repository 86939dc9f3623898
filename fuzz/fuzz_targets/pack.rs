//! Any bytes as a pack: as they are, and with the checksum and length of the header made right.
#![no_main]

use libfuzzer_sys::fuzz_target;
use semrel::Pack;

fuzz_target!(|data: &[u8]| {
    if let Ok(pack) = Pack::from_bytes(data.to_vec()) {
        semrel_fuzz::use_pack(pack);
    }
    let mut pack = data.to_vec();
    if pack.len() < 32 {
        return;
    }
    let length = pack.len() as u64;
    pack[..8].copy_from_slice(b"SEMRPACK");
    pack[16..24].copy_from_slice(&length.to_le_bytes());
    let manifest = u32::from_le_bytes(pack[12..16].try_into().unwrap()) as usize;
    let Some(json) = pack.get(32..32usize.saturating_add(manifest)) else {
        return;
    };
    let mut checked = pack[..24].to_vec();
    checked.extend_from_slice(json);
    pack[24..28].copy_from_slice(&crc32fast::hash(&checked).to_le_bytes());
    if let Ok(pack) = Pack::from_bytes(pack) {
        semrel_fuzz::use_pack(pack);
    }
});
