//! A hash that is the same on every machine and in every version: seeds of samples and splits.

/// Hashes `text` under a seed: FNV-1a, then the finaliser of `SplitMix64` so that all bits mix.
pub fn stable_hash(seed: u64, text: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::stable_hash;

    #[test]
    fn never_changes() {
        assert_eq!(stable_hash(0, ""), 17_665_956_581_633_026_203);
        assert_ne!(stable_hash(1, "hak"), stable_hash(2, "hak"));
    }
}
