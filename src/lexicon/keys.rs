//! Soundness of the `fst` section. The `fst` crate trusts its bytes; on hostile ones it would
//! index out of bounds or walk in circles. This check follows every node once and makes sure
//! that neither can happen.
//!
//! The node format is that of `fst` 0.4 (`raw/node.rs`, format version 3): a node lies before its
//! address, its state byte at the address, and refers only to nodes at lower addresses.

use super::format::u32_at;
use crate::error::{Error, Result};

const VERSION: u64 = 3;
/// Bytes before the first node: version and type.
const HEAD: usize = 16;
/// Bytes after the root node: number of keys, root address, checksum.
const FOOT: usize = 20;
/// The address of the node without transitions that ends a key.
const EMPTY: usize = 0;

fn unsound(what: &str) -> Error {
    Error::corrupt(format!("the keys of the lexicon image: {what}"))
}

/// Checks what `fst::Map::new` reads without checking.
pub(super) fn check_header(bytes: &[u8]) -> Result<()> {
    if bytes.len() < HEAD + FOOT || u64_at(bytes, 0) != VERSION {
        return Err(unsound("not an fst map of format version 3"));
    }
    let root = u64_at(bytes, bytes.len() - 12);
    let expected = match bytes.len() - HEAD - FOOT {
        0 => EMPTY,
        _ => bytes.len() - FOOT - 1,
    };
    if root != expected as u64 {
        return Err(unsound("the root is not the last node"));
    }
    Ok(())
}

/// Follows all nodes; afterwards every lookup and every walk over `bytes` is safe and bounded:
/// there are exactly as many paths as keys, and no more keys than `max_keys`.
pub(super) fn validate(bytes: &[u8], max_keys: usize) -> Result<()> {
    check_header(bytes)?;
    let declared = u64_at(bytes, bytes.len() - 20);
    if declared > max_keys as u64 {
        return Err(unsound("more keys than terms"));
    }
    let root = u64_at(bytes, bytes.len() - 12) as usize;
    // Reachable nodes first, then their path counts from low to high addresses: all transitions
    // point downwards, so every count is known when it is needed.
    let mut seen = vec![false; bytes.len()];
    let mut open = vec![root];
    while let Some(address) = open.pop() {
        if address == EMPTY || std::mem::replace(&mut seen[address], true) {
            continue;
        }
        let node = Node::read(bytes, address).ok_or_else(|| unsound("a damaged node"))?;
        for at in 0..node.transitions {
            let target = node
                .target(bytes, at)
                .ok_or_else(|| unsound("a transition out of place"))?;
            open.push(target);
        }
    }
    let mut paths = vec![0u32; bytes.len()];
    paths[EMPTY] = 1;
    for address in (0..bytes.len()).filter(|&address| seen[address]) {
        let Some(node) = Node::read(bytes, address) else {
            continue;
        };
        let mut count = u64::from(node.is_final);
        for at in 0..node.transitions {
            count += u64::from(node.target(bytes, at).map_or(0, |target| paths[target]));
        }
        // Only the root of an empty map leads nowhere. Below it such nodes would make a walk with
        // more paths than keys: one that does not end in a lifetime.
        if count > declared || (count == 0 && address != root) {
            return Err(unsound("the number of paths is not the number of keys"));
        }
        paths[address] = count as u32;
    }
    if u64::from(paths[root]) != declared {
        return Err(unsound("the number of paths is not the number of keys"));
    }
    Ok(())
}

struct Node {
    transitions: usize,
    is_final: bool,
    /// The lowest byte of the node.
    start: usize,
    /// Where the packed target addresses begin (the last transition's comes first), and the size
    /// of each; zero for a node whose only target is the one right before it.
    targets: usize,
    target_size: usize,
}

impl Node {
    fn read(bytes: &[u8], address: usize) -> Option<Node> {
        if address < HEAD || address >= bytes.len() - FOOT {
            return None;
        }
        let state = bytes[address];
        let low = usize::from(state & 0b0011_1111);
        let node = match state >> 6 {
            0b11 => {
                let start = address.checked_sub(usize::from(low == 0))?;
                Node {
                    transitions: 1,
                    is_final: false,
                    start,
                    targets: start,
                    target_size: 0,
                }
            }
            0b10 => {
                let sizes_at = address.checked_sub(usize::from(low == 0) + 1)?;
                let (target_size, output_size) = pack_sizes(*bytes.get(sizes_at)?)?;
                if target_size == 0 {
                    return None;
                }
                let targets = sizes_at.checked_sub(target_size)?;
                let start = targets.checked_sub(output_size)?;
                small_outputs(bytes, start, 1, output_size)?;
                Node {
                    transitions: 1,
                    is_final: false,
                    start,
                    targets,
                    target_size,
                }
            }
            any => {
                let counted = low == 0;
                let transitions = match (counted, low) {
                    (false, n) => n,
                    (true, _) => match *bytes.get(address.checked_sub(1)?)? {
                        1 => 256,
                        n => usize::from(n),
                    },
                };
                let sizes_at = address.checked_sub(usize::from(counted) + 1)?;
                let (target_size, output_size) = pack_sizes(*bytes.get(sizes_at)?)?;
                if transitions > 0 && target_size == 0 {
                    return None;
                }
                let is_final = any & 1 == 1;
                let index = if transitions > 32 { 256 } else { 0 };
                let targets = sizes_at.checked_sub(index + transitions * (1 + target_size))?;
                let outputs = transitions + usize::from(is_final);
                let start = targets.checked_sub(outputs * output_size)?;
                small_outputs(bytes, start, outputs, output_size)?;
                Node {
                    transitions,
                    is_final,
                    start,
                    targets,
                    target_size,
                }
            }
        };
        (node.start >= HEAD).then_some(node)
    }

    /// The address that transition `at` (in the order of storage) leads to.
    fn target(&self, bytes: &[u8], at: usize) -> Option<usize> {
        if self.target_size == 0 {
            return self.start.checked_sub(1).filter(|&target| target >= HEAD);
        }
        let delta = unpack(
            bytes,
            self.targets + at * self.target_size,
            self.target_size,
        )?;
        if delta == 0 {
            return Some(EMPTY);
        }
        self.start
            .checked_sub(usize::try_from(delta).ok()?)
            .filter(|&target| target >= HEAD)
    }
}

fn pack_sizes(byte: u8) -> Option<(usize, usize)> {
    let (target, output) = (usize::from(byte >> 4), usize::from(byte & 15));
    (target <= 8 && output <= 8).then_some((target, output))
}

/// Outputs are term numbers; their sum along a path cannot overflow if each fits 32 bits.
fn small_outputs(bytes: &[u8], start: usize, count: usize, size: usize) -> Option<()> {
    if size > 4 {
        for at in 0..count {
            let output = unpack(bytes, start + at * size, size)?;
            u32::try_from(output).ok()?;
        }
    }
    Some(())
}

fn unpack(bytes: &[u8], at: usize, size: usize) -> Option<u64> {
    let packed = bytes.get(at..at + size)?;
    Some(
        packed
            .iter()
            .rev()
            .fold(0, |value, &byte| value << 8 | u64::from(byte)),
    )
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn map_of(entries: &BTreeMap<Vec<u8>, u32>) -> Vec<u8> {
        let mut builder = fst::MapBuilder::memory();
        for (key, &value) in entries {
            builder.insert(key, u64::from(value)).unwrap();
        }
        builder.into_inner().unwrap()
    }

    /// Everything the crate does with keys: look up, and walk all of them.
    fn use_map(bytes: &[u8], keys: usize) {
        let map = fst::Map::new(bytes).unwrap();
        for key in ["", "a", "kira", "ş", "\u{0}"] {
            map.get(key);
        }
        let mut stream = map.stream();
        let mut count = 0;
        while fst::Streamer::next(&mut stream).is_some() {
            count += 1;
        }
        assert!(count <= keys);
    }

    /// Sixteen levels of 200 ways each, none of which ends a key.
    #[test]
    fn a_maze_without_exit_is_refused() {
        let mut bytes = vec![0; HEAD];
        bytes[0] = VERSION as u8;
        let levels = 16;
        for level in 0..levels {
            let ways: u8 = if level == 0 { 0 } else { 200 };
            // Targets (distance 1: the node right before), inputs, index, sizes, count, state.
            bytes.extend(std::iter::repeat_n(1, usize::from(ways)));
            bytes.extend((0..ways).rev());
            if ways > 32 {
                bytes.extend((0..=255).map(|input: u8| input.min(ways)));
            }
            bytes.extend([if ways == 0 { 0 } else { 0x10 }, ways, 0]);
        }
        let root = bytes.len() as u64 - 1;
        bytes.extend(0u64.to_le_bytes());
        bytes.extend(root.to_le_bytes());
        bytes.extend([0; 4]);
        let error = validate(&bytes, 0).unwrap_err().to_string();
        assert!(error.contains("number of paths"), "{error}");
    }

    proptest! {
        #[test]
        fn maps_of_the_fst_crate_pass(
            entries in prop::collection::btree_map(
                prop::collection::vec(any::<u8>(), 0..8), any::<u32>(), 0..300)
        ) {
            let bytes = map_of(&entries);
            prop_assert!(validate(&bytes, entries.len()).is_ok());
            if !entries.is_empty() {
                prop_assert!(validate(&bytes, entries.len() - 1).is_err());
            }
        }

        #[test]
        fn whatever_passes_is_safe_to_use(
            entries in prop::collection::btree_map(
                prop::collection::vec(any::<u8>(), 0..6), any::<u32>(), 1..80),
            flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        ) {
            let mut bytes = map_of(&entries);
            for (at, byte) in flips {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            if validate(&bytes, entries.len()).is_ok() {
                use_map(&bytes, entries.len());
            }
        }
    }
}
