//! Damaged, truncated, foreign and hostile packs end in a clear error, never in a panic.

mod common;

use common::{PAIRS, image, pack_builder, use_everything};
use proptest::prelude::*;
use semrel::{ErrorKind, Lexicon, Pack};

#[test]
fn every_flipped_byte_of_an_image_is_noticed() {
    let image = image(PAIRS);
    for at in 0..image.len() {
        for mask in [0x01, 0x80, 0xff] {
            let mut damaged = image.clone();
            damaged[at] ^= mask;
            let error = Lexicon::from_bytes(damaged).unwrap_err();
            assert!(
                matches!(error.kind(), ErrorKind::Corrupt | ErrorKind::Version),
                "byte {at}: {error}"
            );
        }
    }
}

#[test]
fn every_flipped_byte_of_a_pack_is_noticed() {
    let pack = pack_builder(PAIRS).to_bytes().unwrap();
    assert!(Pack::from_bytes(pack.clone()).is_ok());
    for at in 0..pack.len() {
        let mut damaged = pack.clone();
        damaged[at] ^= 0x10;
        let error = Pack::from_bytes(damaged).unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::Corrupt | ErrorKind::Version),
            "byte {at}: {error}"
        );
    }
}

#[test]
fn every_truncation_is_noticed() {
    let image = image(PAIRS);
    let pack = pack_builder(PAIRS).to_bytes().unwrap();
    for len in 0..image.len() {
        assert!(Lexicon::from_bytes(image[..len].to_vec()).is_err());
    }
    for len in 0..pack.len() {
        assert!(Pack::from_bytes(pack[..len].to_vec()).is_err());
    }
    let mut longer = pack;
    longer.push(0);
    assert!(Pack::from_bytes(longer).is_err());
}

#[test]
fn another_version_says_so() {
    let mut image = image(PAIRS);
    image[8] = 99;
    let error = Lexicon::from_bytes(image).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Version);
    assert!(error.to_string().contains("format version 99"), "{error}");

    let mut pack = pack_builder(PAIRS).to_bytes().unwrap();
    pack[8] = 99;
    let error = Pack::from_bytes(pack).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Version);
}

#[test]
fn what_is_no_pack_says_so() {
    for bytes in [&b""[..], b"{}", b"PK\x03\x04", &[0u8; 4096]] {
        let error = Pack::from_bytes(bytes.to_vec()).unwrap_err();
        assert!(error.to_string().contains("not a pack"), "{error}");
    }
}

#[test]
fn a_damaged_folder_names_the_file() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in pack_builder(PAIRS).to_files().unwrap() {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    assert!(Pack::open(folder.path()).is_ok());
    let lexicon = folder.path().join(semrel::LEXICON_FILE);
    let mut content = std::fs::read(&lexicon).unwrap();
    content[200] ^= 1;
    std::fs::write(&lexicon, &content).unwrap();
    let error = Pack::open(folder.path()).unwrap_err();
    assert!(error.to_string().contains("lexicon.bin"), "{error}");
    std::fs::remove_file(&lexicon).unwrap();
    assert_eq!(Pack::open(folder.path()).unwrap_err().kind(), ErrorKind::Io);
    let missing = folder.path().join("none.pack");
    let error = Pack::open(missing).unwrap_err();
    assert!(error.to_string().contains("none.pack"), "{error}");
}

/// Puts the right checksum on changed bytes, as an attacker would.
fn reseal(image: &mut [u8]) {
    let checksum = crc32fast::hash(&image[16..]);
    image[12..16].copy_from_slice(&checksum.to_le_bytes());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    /// A changed image with the right checksum is either refused or safe to use.
    #[test]
    fn hostile_images_are_refused_or_harmless(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut image = image(PAIRS);
        for (at, byte) in changes {
            let at = 16 + at.index(image.len() - 16);
            image[at] = byte;
        }
        reseal(&mut image);
        if let Ok(lexicon) = Lexicon::from_bytes(image) {
            use_everything(&lexicon);
        }
    }
}
