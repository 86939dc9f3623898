//! [`Embedding`]: the vector of a term.

use serde::Serialize;

use crate::error::{Error, Result};

/// The vector of a term: finite numbers, unit length. Terms that are used alike have vectors with a
/// high [`cosine`](Self::cosine), antonyms too; what two terms are to each other is for
/// [`Semrel::relation`](crate::Semrel::relation) to say.
///
/// Serialised as a list of numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Embedding {
    values: Box<[f32]>,
}

impl Embedding {
    /// Scales `values` to unit length.
    ///
    /// # Errors
    ///
    /// `InvalidInput` if a number is not finite, or all are (nearly) zero.
    pub fn new(values: impl Into<Box<[f32]>>) -> Result<Self> {
        let mut values = values.into();
        let length = length(&values);
        if !length.is_finite() || length < 1e-12 {
            return Err(Error::invalid(
                "no direction: a vector has finite numbers that are not all zero",
            ));
        }
        for value in &mut values {
            *value = (f64::from(*value) / length) as f32;
        }
        Ok(Embedding { values })
    }

    /// The numbers.
    pub fn as_slice(&self) -> &[f32] {
        &self.values
    }

    /// How many numbers there are.
    pub fn dimensions(&self) -> usize {
        self.values.len()
    }

    /// The first `dimensions` numbers, at unit length again. The models are trained so that the
    /// beginning of a vector is a good vector (Kusupati et al., *Matryoshka Representation
    /// Learning*, 2022).
    ///
    /// # Errors
    ///
    /// `InvalidInput` if there are not as many, or none is asked for.
    pub fn truncated(&self, dimensions: usize) -> Result<Self> {
        let beginning = self.values.get(..dimensions).filter(|v| !v.is_empty());
        let beginning = beginning.ok_or_else(|| {
            Error::invalid(format!(
                "a vector of {} dimensions has no beginning of {dimensions}: ask for 1 to {0}",
                self.values.len()
            ))
        })?;
        Embedding::new(beginning)
    }

    /// Cosine of the angle between two vectors, `-1.0..=1.0`. Of vectors of different length the
    /// dimensions that both have are compared.
    pub fn cosine(&self, other: &Embedding) -> f32 {
        let common = self.values.len().min(other.values.len());
        let (a, b) = (&self.values[..common], &other.values[..common]);
        let dot: f64 = a.iter().zip(b).map(|(&x, &y)| f64::from(x * y)).sum();
        let lengths = length(a) * length(b);
        if lengths == 0.0 {
            return 0.0;
        }
        (dot / lengths).clamp(-1.0, 1.0) as f32
    }
}

fn length(values: &[f32]) -> f64 {
    let squares = values.iter().map(|&x| f64::from(x) * f64::from(x));
    squares.sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_unit_length_and_keeps_it_when_cut() {
        let v = Embedding::new(vec![3.0, 4.0, 12.0]).unwrap();
        assert!((length(v.as_slice()) - 1.0).abs() < 1e-6);
        let beginning = v.truncated(2).unwrap();
        for (x, expected) in beginning.as_slice().iter().zip([0.6, 0.8]) {
            assert!((x - expected).abs() < 1e-6);
        }
        assert_eq!(v.truncated(3).unwrap().dimensions(), 3);
        assert!(v.truncated(0).is_err());
        assert!(v.truncated(4).is_err());
    }

    #[test]
    fn cosine_compares_what_both_have() {
        let v = Embedding::new(vec![1.0, 0.0, 5.0]).unwrap();
        let w = Embedding::new(vec![1.0, 0.0]).unwrap();
        assert!((v.cosine(&w) - 1.0).abs() < 1e-6);
        let opposite = Embedding::new(vec![-1.0, 0.0]).unwrap();
        assert!((w.cosine(&opposite) + 1.0).abs() < 1e-6);
        let across = Embedding::new(vec![0.0, 2.0]).unwrap();
        assert_eq!(w.cosine(&across), 0.0);
    }

    #[test]
    fn what_points_nowhere_is_refused() {
        for values in [vec![], vec![0.0, 0.0], vec![f32::NAN], vec![f32::INFINITY]] {
            assert!(Embedding::new(values).is_err());
        }
    }
}
