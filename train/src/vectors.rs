//! Terms and their vectors, from a list and a `NumPy` file.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use npyz::{NpyFile, Order};
use semrel::model::VectorsBuilder;
use semrel::{Error, Lines, Result};

/// Reads terms, one per line, and their vectors, a `NumPy` array of float32 of the shape terms x
/// dimensions in C order. Of two terms that differ in case alone the first one's vector stays.
///
/// # Errors
///
/// `Io` if a file cannot be read; `InvalidInput` if the array is of another kind or shape, or as
/// [`VectorsBuilder::add`], with the number of the line.
pub fn read(terms: &Path, vectors: &Path) -> Result<VectorsBuilder> {
    let open = |path: &Path| {
        let cannot = |e| Error::io(format_args!("cannot read {}", path.display()), e);
        Ok(BufReader::new(File::open(path).map_err(cannot)?))
    };
    let unfit = |why: &dyn std::fmt::Display| {
        Error::invalid(format!(
            "{}: {why}; needed is a float32 array of terms x dimensions",
            vectors.display()
        ))
    };
    let array = NpyFile::new(open(vectors)?).map_err(|e| unfit(&e))?;
    let &[rows, dimensions] = array.shape() else {
        return Err(unfit(&format_args!("its shape is {:?}", array.shape())));
    };
    if array.order() != Order::C {
        return Err(unfit(&"it is stored column by column"));
    }
    let dimensions = usize::try_from(dimensions).map_err(|e| unfit(&e))?;
    let mut builder = VectorsBuilder::new(dimensions).map_err(|e| unfit(&e))?;
    let mut numbers = array.data::<f32>().map_err(|e| unfit(&e))?;
    let mut vector = Vec::with_capacity(dimensions);
    let mut lines = Lines::new(open(terms)?);
    let mut read = 0;
    while let Some(line) = lines.next_line() {
        let line = line?;
        vector.clear();
        for number in numbers.by_ref().take(dimensions) {
            vector.push(number.map_err(|e| unfit(&e))?);
        }
        if vector.len() < dimensions {
            return Err(unfit(&format_args!("it has {rows} rows, fewer than terms")));
        }
        read += 1;
        let added = builder.add(line, &vector);
        added.map_err(|e| e.context(format_args!("{}, line {read}", terms.display())))?;
    }
    if rows != read {
        return Err(unfit(&format_args!("it has {rows} rows for {read} terms")));
    }
    Ok(builder)
}
