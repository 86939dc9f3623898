//! The vectors of terms in four bits a number, read in place.
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
//!      -  D/2 n     rows (D/2 rounded up), two numbers a byte
//! ```
//!
//! A number is a whole one from -7 to 7, stored as itself plus 8; the lower four bits of a byte come
//! first, and an odd D leaves the last four 8. The row times what gives it unit length is the
//! vector. Four bits turn a vector of a hundred dimensions by about six degrees (cosine 0.995) and
//! halve the file, most of which it would be; products are taken and added up in integers.
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
        let (hashes, rows_at) = section(HEADER_LEN as u64, 8 * n)?;
        // Less than 2^63, and less than 2^36 lies before it.
        let (rows, _) = section(rows_at, n * d.div_ceil(2))?;
        Some(Layout { hashes, rows })
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
        let Layout { hashes, rows } = &vectors.layout;
        let gaps = [32..HEADER_LEN, hashes.end..rows.start];
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
        let odd = vectors.dimensions % 2 == 1;
        let sound = |row: &[u8]| {
            row.iter().any(|&byte| byte != pack(0, 0))
                && row.iter().all(|&byte| byte & 0xf != 0 && byte >> 4 != 0)
                && (!odd || row.last().is_some_and(|last| last >> 4 == 8))
        };
        match (0..vectors.len()).find(|&row| !sound(vectors.row(row))) {
            None => Ok(vectors),
            Some(row) => Err(Error::corrupt(format!(
                "row {row} of the term vectors is no vector"
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
        let numbers = self
            .row(row)
            .iter()
            .flat_map(|&byte| <[i8; 2]>::from(unpack(byte)));
        let values: Vec<f32> = numbers.take(self.dimensions).map(f32::from).collect();
        Embedding::new(values)
    }

    /// The `limit` rows nearest to a vector among those that are `wanted`, with the cosine, nearest
    /// first. Looks at every row: products of small integers, added up in integers.
    pub(crate) fn nearest(
        &self,
        vector: &Embedding,
        limit: usize,
        wanted: impl Fn(usize) -> bool,
    ) -> Vec<(usize, f32)> {
        let query = Query::new(vector.as_slice());
        let mut found: Vec<(usize, f32)> = (0..self.len())
            .map(|row| (row, query.cosine(self.row(row))))
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
        let size = self.dimensions.div_ceil(2);
        let start = self.layout.rows.start + row * size;
        &self.image[start..start + size]
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

/// A vector that rows are compared with: its even and its odd numbers in int8, widened.
struct Query {
    even: Vec<i16>,
    odd: Vec<i16>,
    /// What the scalar product with a row of unit length is multiplied by.
    scale: f32,
}

impl Query {
    fn new(vector: &[f32]) -> Self {
        let (numbers, scale) = quantise(vector, 127.0);
        let every_second = |from| numbers.iter().skip(from).step_by(2).map(|&x| i16::from(x));
        let mut odd: Vec<i16> = every_second(1).collect();
        odd.resize(numbers.len().div_ceil(2), 0);
        Query {
            even: every_second(0).collect(),
            odd,
            scale,
        }
    }

    /// The cosine to a row. At most 4096 x 127 x 7 is added up and so within `i32`; written so that
    /// compilers find the multiply-add of 16-bit numbers that every SIMD has.
    fn cosine(&self, row: &[u8]) -> f32 {
        let (mut product, mut squares) = (0i32, 0i32);
        for ((&byte, &p), &q) in row.iter().zip(&self.even).zip(&self.odd) {
            let x = i16::from(byte & 0xf) - 8;
            let y = i16::from(byte >> 4) - 8;
            product += i32::from(x) * i32::from(p) + i32::from(y) * i32::from(q);
            squares += i32::from(x) * i32::from(x) + i32::from(y) * i32::from(y);
        }
        product as f32 * self.scale / (squares.max(1) as f32).sqrt()
    }
}

/// Two numbers of a row from their byte.
fn unpack(byte: u8) -> (i8, i8) {
    ((byte & 0xf) as i8 - 8, (byte >> 4) as i8 - 8)
}

/// Two numbers of a row, each from -7 to 7, in one byte.
fn pack(first: i8, second: i8) -> u8 {
    (first + 8) as u8 | ((second + 8) as u8) << 4
}

/// A vector as whole numbers up to `most`, and what they are multiplied by for unit length.
fn quantise(vector: &[f32], most: f32) -> (Vec<i8>, f32) {
    let largest = vector.iter().fold(0f32, |max, x| max.max(x.abs()));
    let row: Vec<i8> = vector
        .iter()
        .map(|x| (x / largest * most).round() as i8)
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
            assert!(stored.cosine(&exact) > 0.99, "{term}");
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
        assert!(found[0].1 > 0.99);
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
