//! Making `vectors.bin`.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::{
    ALIGNMENT, CHECKED_FROM, HEADER_LEN, Layout, MAGIC, VECTORS_VERSION, hash, pack, quantise,
};
use crate::error::{Error, Result};
use crate::model::Embedding;
use crate::text::{spelling_form, term_form};

/// Writes the vectors of terms as the `vectors.bin` of a pack, in four bits a number.
///
/// ```
/// use semrel::model::VectorsBuilder;
///
/// let mut vectors = VectorsBuilder::new(3)?;
/// vectors.add("saklı pay", &[0.1, 0.9, -0.4])?;
/// vectors.add("mahfuz hisse", &[0.2, 0.8, -0.4])?;
/// let file = vectors.build()?;
/// assert!(file.starts_with(b"SEMRVECS"));
/// # Ok::<(), semrel::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct VectorsBuilder {
    dimensions: usize,
    rows: BTreeMap<u64, Row>,
}

#[derive(Clone, Debug)]
struct Row {
    spelling: String,
    values: Vec<i8>,
}

impl VectorsBuilder {
    /// For vectors of `dimensions` numbers.
    ///
    /// # Errors
    ///
    /// `InvalidInput` unless there are 1 to 4096.
    pub fn new(dimensions: usize) -> Result<Self> {
        if !(1..=4096).contains(&dimensions) {
            return Err(Error::invalid(format!(
                "vectors have 1 to 4096 dimensions, not {dimensions}"
            )));
        }
        Ok(VectorsBuilder {
            dimensions,
            rows: BTreeMap::new(),
        })
    }

    /// Adds a term with its vector, whose length does not matter. Returns whether it was new: of
    /// two terms that differ in case or spacing alone the first one's vector stays.
    ///
    /// # Errors
    ///
    /// `InvalidInput` or `Limit` if `term` is no term, `InvalidInput` if `vector` has another
    /// number of dimensions, is zero or not finite, or in the (hardly possible) case that another
    /// term has the same hash.
    pub fn add(&mut self, term: &str, vector: &[f32]) -> Result<bool> {
        term_form(term)?;
        if vector.len() != self.dimensions {
            return Err(Error::invalid(format!(
                "the vector of {term:?} has {} dimensions, not {}",
                vector.len(),
                self.dimensions
            )));
        }
        let vector = Embedding::new(vector).map_err(|e| e.context(format_args!("{term:?}")))?;
        let spelling = spelling_form(term);
        match self.rows.entry(hash(term)) {
            Entry::Occupied(row) if row.get().spelling == spelling => Ok(false),
            Entry::Occupied(row) => Err(Error::invalid(format!(
                "{term:?} and {:?} have the same hash: leave one of them out, it will be embedded \
                 when it is asked for",
                row.get().spelling
            ))),
            Entry::Vacant(place) => {
                let (values, _) = quantise(vector.as_slice(), 7.0);
                place.insert(Row {
                    spelling: spelling.into_owned(),
                    values,
                });
                Ok(true)
            }
        }
    }

    /// How many terms there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no term at all.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The file.
    ///
    /// # Errors
    ///
    /// `Limit` if it would be larger than memory can be.
    pub fn build(&self) -> Result<Vec<u8>> {
        let too_many = || Error::limit("too many term vectors for one file");
        let rows = u32::try_from(self.rows.len()).map_err(|_| too_many())?;
        let dimensions = self.dimensions as u32;
        let layout = Layout::of(rows, dimensions).ok_or_else(too_many)?;
        let length = layout.rows.end;
        let mut image = Vec::with_capacity(length);
        image.extend_from_slice(MAGIC);
        image.extend_from_slice(&VECTORS_VERSION.to_le_bytes());
        image.extend_from_slice(&[0; 4]);
        image.extend_from_slice(&(length as u64).to_le_bytes());
        image.extend_from_slice(&dimensions.to_le_bytes());
        image.extend_from_slice(&rows.to_le_bytes());
        image.resize(HEADER_LEN, 0);
        let align = |image: &mut Vec<u8>| {
            image.resize(image.len().next_multiple_of(ALIGNMENT as usize), 0);
        };
        for hash in self.rows.keys() {
            image.extend_from_slice(&hash.to_le_bytes());
        }
        align(&mut image);
        for row in self.rows.values() {
            let pairs = row.values.chunks(2);
            image.extend(pairs.map(|two| pack(two[0], two.get(1).copied().unwrap_or(0))));
        }
        let checksum = crc32fast::hash(&image[CHECKED_FROM..]);
        image[12..16].copy_from_slice(&checksum.to_le_bytes());
        Ok(image)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_has_one_vector() {
        let mut vectors = VectorsBuilder::new(2).unwrap();
        assert!(vectors.add("Çek", &[1.0, 0.0]).unwrap());
        assert!(!vectors.add("ÇEK", &[0.0, 1.0]).unwrap());
        assert!(vectors.add("cek", &[0.0, 1.0]).unwrap());
        assert_eq!(vectors.len(), 2);
    }

    #[test]
    fn what_is_no_vector_is_refused() {
        let mut vectors = VectorsBuilder::new(2).unwrap();
        for (term, vector) in [
            ("çek", &[1.0][..]),
            ("çek", &[0.0, 0.0]),
            ("çek", &[f32::NAN, 0.0]),
            (" ", &[1.0, 0.0]),
        ] {
            assert!(vectors.add(term, vector).is_err());
        }
        assert!(vectors.is_empty());
        assert!(VectorsBuilder::new(0).is_err());
    }
}
