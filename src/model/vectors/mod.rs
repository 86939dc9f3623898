//! The int8 vectors of terms, read in place.
//!
//! ```text
//! offset  size      what
//!      0     8      magic "SEMRVECS"
//!      8     4      format version, little-endian u32
//!     12     4      CRC-32 of all bytes from offset 16
//!     16     8      length of the whole file, u64
//!     24     4      dimensions D, u32
//!     28     4      rows n, u32
//!     32    32      zero
//!     64   8 n      hashes of the terms, u64, ascending
//!      -   4 n      per row what its numbers are multiplied by for unit length, f32
//!      -   D n      rows, i8
//! ```
//!
//! Each section begins at the next multiple of 64; the gaps are filled with zeros. A term is known
//! by the hash of its spelling form (FNV-1a, then the finaliser of `SplitMix64`) and not by its
//! number in a lexicon: the lexicon may be built again without training again. With 64 bits one in
//! 10^14 unknown terms meets the hash of one of 100,000 others.
//!
//! NOTE: change [`VECTORS_VERSION`] with every change of this layout or of the hash.

mod builder;

use std::fmt;
use std::ops::Range;

use bytes::Bytes;

pub use self::builder::VectorsBuilder;

use super::embedding::Embedding;
use crate::error::{Error, ErrorKind, Result};
use crate::text::spelling_form;

const MAGIC: &[u8; 8] = b"SEMRVECS";
/// The version of `vectors.bin` that this crate reads and writes.
pub const VECTORS_VERSION: u32 = 1;
const HEADER_LEN: usize = 64;
const ALIGNMENT: u64 = 64;
/// Where the part begins that the checksum covers.
const CHECKED_FROM: usize = 16;

/// Vectors of terms by the terms' spelling.
#[derive(Clone)]
pub(crate) struct Vectors {
    image: Bytes,
    dimensions: usize,
    layout: Layout,
}

#[derive(Clone, Debug)]
struct Layout {
    hashes: Range<usize>,
    scales: Range<usize>,
    rows: Range<usize>,
}

impl Layout {
    /// Where the sections lie, or `None` if no address space holds them.
    fn of(rows: u32, dimensions: u32) -> Option<Self> {
        let section = |start: u64, size: u64| {
            let range = usize::try_from(start).ok()?..usize::try_from(start + size).ok()?;
            Some((range, (start + size).next_multiple_of(ALIGNMENT)))
        };
        let (n, d) = (u64::from(rows), u64::from(dimensions));
        let (hashes, scales_at) = section(HEADER_LEN as u64, 8 * n)?;
        let (scales, rows_at) = section(scales_at, 4 * n)?;
        // 2^64 - 2^33 + 1 at most, and less than 2^36 lies before it.
        let size = n.checked_mul(d).filter(|size| *size < 1 << 62)?;
        let (rows, _) = section(rows_at, size)?;
        Some(Layout {
            hashes,
            scales,
            rows,
        })
    }
}

impl Vectors {
    /// Opens an image and checks all of it. Linear in its size.
    pub(crate) fn from_bytes(image: Bytes) -> Result<Self> {
        let vectors = Self::from_trusted(image)?;
        let image = &vectors.image;
        if crc32fast::hash(&image[CHECKED_FROM..]) != number_at(image, 12) {
            return Err(Error::corrupt(
                "the checksum of the term vectors does not match: they were damaged; fetch or \
                 build the pack again",
            ));
        }
        let Layout {
            hashes,
            scales,
            rows,
        } = &vectors.layout;
        let gaps = [
            32..HEADER_LEN,
            hashes.end..scales.start,
            scales.end..rows.start,
        ];
        if gaps
            .into_iter()
            .any(|gap| image[gap].iter().any(|&b| b != 0))
        {
            return Err(Error::corrupt("the gaps of the term vectors are not empty"));
        }
        let all_hashes = || (0..vectors.len()).map(|row| vectors.hash(row));
        if !all_hashes().is_sorted_by(|a, b| a < b) {
            return Err(Error::corrupt("the term vectors are not in order"));
        }
        let sound = |row: usize| {
            let squares = vectors.row(row).iter().map(|&x| f32::from(x as i8).powi(2));
            let length = squares.sum::<f32>().sqrt() * vectors.scale(row);
            (length - 1.0).abs() < 1e-3
        };
        match (0..vectors.len()).find(|&row| !sound(row)) {
            None => Ok(vectors),
            Some(row) => Err(Error::corrupt(format!(
                "row {row} of the term vectors has not unit length"
            ))),
        }
    }

    /// Opens an image that is known to be sound. Only the header is looked at.
    pub(crate) fn from_trusted(image: Bytes) -> Result<Self> {
        if !image.starts_with(MAGIC) {
            return Err(Error::corrupt(
                "not term vectors: they do not begin with the magic bytes SEMRVECS",
            ));
        }
        if image.len() < HEADER_LEN {
            return Err(Error::corrupt("the header of the term vectors was cut off"));
        }
        let version = number_at(&image, 8);
        if version != VECTORS_VERSION {
            return Err(Error::new(
                ErrorKind::Version,
                format!(
                    "the term vectors have format version {version}, this program reads version \
                     {VECTORS_VERSION}: fetch or build a matching pack"
                ),
            ));
        }
        let length = u64::from(number_at(&image, 16)) | u64::from(number_at(&image, 20)) << 32;
        if length != image.len() as u64 {
            return Err(Error::corrupt(format!(
                "the term vectors should have {length} bytes and have {}: they were cut off or \
                 something was appended",
                image.len()
            )));
        }
        let (dimensions, rows) = (number_at(&image, 24), number_at(&image, 28));
        match Layout::of(rows, dimensions) {
            Some(layout) if dimensions > 0 && layout.rows.end == image.len() => Ok(Vectors {
                dimensions: dimensions as usize,
                layout,
                image,
            }),
            _ => Err(Error::corrupt(format!(
                "{rows} term vectors of {dimensions} dimensions do not fill the file that should \
                 hold them"
            ))),
        }
    }

    /// Whether the vectors are those of models with `dimensions`.
    pub(crate) fn check_dimensions(&self, dimensions: usize) -> Result<()> {
        if self.dimensions == dimensions {
            return Ok(());
        }
        Err(Error::corrupt(format!(
            "the term vectors have {} dimensions, the models {dimensions}: they do not belong \
             together",
            self.dimensions
        )))
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.layout.hashes.len() / 8
    }

    /// The row of a term, by its spelling.
    pub(crate) fn row_of(&self, term: &str) -> Option<usize> {
        let wanted = hash(term);
        let mut range = 0..self.len();
        while !range.is_empty() {
            let middle = range.start + range.len() / 2;
            match self.hash(middle).cmp(&wanted) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => range.start = middle + 1,
                std::cmp::Ordering::Greater => range.end = middle,
            }
        }
        None
    }

    /// The vector of a row.
    pub(crate) fn embedding(&self, row: usize) -> Result<Embedding> {
        let values: Vec<f32> = self.row(row).iter().map(|&x| f32::from(x as i8)).collect();
        Embedding::new(values)
    }

    /// The `limit` rows nearest to a vector among those that are `wanted`, with the cosine, nearest
    /// first. Looks at every row: products of int8, added up in integers.
    pub(crate) fn nearest(
        &self,
        vector: &Embedding,
        limit: usize,
        wanted: impl Fn(usize) -> bool,
    ) -> Vec<(usize, f32)> {
        let (query, scale) = quantise(vector.as_slice());
        let query: Vec<i16> = query.into_iter().map(i16::from).collect();
        let mut found: Vec<(usize, f32)> = (0..self.len())
            .map(|row| {
                (
                    row,
                    dot(self.row(row), &query) as f32 * self.scale(row) * scale,
                )
            })
            .collect();
        found.retain(|&(row, _)| wanted(row));
        let order = |x: &(usize, f32), y: &(usize, f32)| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0));
        if limit < found.len() {
            found.select_nth_unstable_by(limit, order);
            found.truncate(limit);
        }
        found.sort_unstable_by(order);
        found
    }

    fn row(&self, row: usize) -> &[u8] {
        let start = self.layout.rows.start + row * self.dimensions;
        &self.image[start..start + self.dimensions]
    }

    fn scale(&self, row: usize) -> f32 {
        f32::from_bits(number_at(&self.image, self.layout.scales.start + 4 * row))
    }

    fn hash(&self, row: usize) -> u64 {
        let at = self.layout.hashes.start + 8 * row;
        let half = |at| u64::from(number_at(&self.image, at));
        half(at) | half(at + 4) << 32
    }
}

impl fmt::Debug for Vectors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vectors")
            .field("rows", &self.len())
            .field("dimensions", &self.dimensions)
            .finish_non_exhaustive()
    }
}

/// The scalar product of two rows, at most 4096 x 127 x 127 and so within `i32`. Written so that
/// compilers find the multiply-add of 16-bit numbers that every SIMD has.
fn dot(row: &[u8], query: &[i16]) -> i32 {
    let product = |(&x, &y): (&u8, &i16)| i32::from(i16::from(x as i8)) * i32::from(y);
    row.iter().zip(query).map(product).sum()
}

/// A vector as int8, and what that is multiplied by for unit length.
fn quantise(vector: &[f32]) -> (Vec<i8>, f32) {
    let largest = vector.iter().fold(0f32, |max, x| max.max(x.abs()));
    let row: Vec<i8> = vector
        .iter()
        .map(|x| (x / largest * 127.0).round() as i8)
        .collect();
    let squares: f32 = row.iter().map(|&x| f32::from(x).powi(2)).sum();
    (row, 1.0 / squares.sqrt())
}

/// A hash of a term's spelling that is the same on every machine and in every version.
fn hash(term: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for byte in spelling_form(term).bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// The little-endian `u32` at `at`; zero past the end (callers have checked the length).
fn number_at(bytes: &[u8], at: usize) -> u32 {
    match bytes.get(at..at + 4) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TERMS: [&str; 5] = ["saklı pay", "Çek", "hâkim", "hakim", "TBK m. 344"];

    fn vectors() -> Vec<u8> {
        let mut builder = VectorsBuilder::new(3).unwrap();
        for (at, term) in TERMS.iter().enumerate() {
            let at = at as f32;
            builder.add(term, &[at - 2.0, 1.0, at * 0.5]).unwrap();
        }
        builder.build().unwrap()
    }

    #[test]
    fn every_term_gets_its_own_vector_back() {
        let vectors = Vectors::from_bytes(vectors().into()).unwrap();
        assert_eq!(vectors.len(), TERMS.len());
        for (at, term) in TERMS.iter().enumerate() {
            let at = at as f32;
            let stored = vectors.embedding(vectors.row_of(term).unwrap()).unwrap();
            let exact = Embedding::new(vec![at - 2.0, 1.0, at * 0.5]).unwrap();
            assert!(stored.cosine(&exact) > 0.9999, "{term}");
        }
        assert_eq!(vectors.row_of("çek"), vectors.row_of("ÇEK"));
        assert_eq!(vectors.row_of("saklı payı"), None);
    }

    #[test]
    fn the_hash_never_changes() {
        assert_eq!(hash("saklı pay"), hash(" SAKLI  PAY"));
        assert_eq!(hash("saklı pay"), 0xa142_e8fd_0a31_6d86);
    }

    #[test]
    fn nearest_rows_come_in_order_of_their_cosine() {
        let vectors = Vectors::from_bytes(vectors().into()).unwrap();
        let query = Embedding::new(vec![2.0, 1.0, 2.0]).unwrap();
        let found = vectors.nearest(&query, 3, |_| true);
        assert_eq!(found[0].0, vectors.row_of("TBK m. 344").unwrap());
        assert!((found[0].1 - 1.0).abs() < 1e-3);
        for &(row, cosine) in &found {
            let exact = vectors.embedding(row).unwrap().cosine(&query);
            assert!((exact - cosine).abs() < 0.02);
        }
        assert!(found.is_sorted_by(|x, y| x.1 >= y.1));
        let without = vectors.nearest(&query, 9, |row| row != found[0].0);
        assert_eq!(without.len(), TERMS.len() - 1);
    }

    #[test]
    fn damage_is_noticed() {
        let image = vectors();
        for at in 0..image.len() {
            let mut damaged = image.clone();
            damaged[at] ^= 0x41;
            assert!(Vectors::from_bytes(damaged.into()).is_err(), "byte {at}");
            assert!(Vectors::from_bytes(image[..at].to_vec().into()).is_err());
        }
    }

    #[test]
    fn lengths_beyond_all_memory_are_refused() {
        let mut image = vectors();
        image[24..32].fill(0xff);
        let error = Vectors::from_bytes(image.into()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Corrupt);
    }

    proptest! {
        /// A changed image with the right checksum is refused or safe to use.
        #[test]
        fn hostile_images_are_refused_or_harmless(
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        ) {
            let mut image = vectors();
            for (at, byte) in changes {
                let at = CHECKED_FROM + at.index(image.len() - CHECKED_FROM);
                image[at] = byte;
            }
            let checksum = crc32fast::hash(&image[CHECKED_FROM..]);
            image[12..16].copy_from_slice(&checksum.to_le_bytes());
            if let Ok(vectors) = Vectors::from_bytes(image.into()) {
                let query = vectors.embedding(0).unwrap();
                for (row, cosine) in vectors.nearest(&query, 9, |_| true) {
                    prop_assert!(cosine.is_finite());
                    vectors.embedding(row).unwrap();
                }
                vectors.row_of("hâkim");
            }
        }
    }
}
