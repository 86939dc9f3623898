//! What is read of an ONNX file: its graph, constants and the types of its inputs, in place.
//!
//! The field numbers are those of `onnx.proto`, version 1 to 10 of the intermediate representation.
//! Weights stay where they are: byte fields are slices of the file.

use bytes::Bytes;

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Model {
    #[prost(message, optional, tag = "7")]
    pub(super) graph: Option<GraphProto>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct GraphProto {
    #[prost(message, repeated, tag = "1")]
    pub(super) node: Vec<Node>,
    #[prost(message, repeated, tag = "5")]
    pub(super) initializer: Vec<Tensor>,
    #[prost(message, repeated, tag = "11")]
    pub(super) input: Vec<ValueInfo>,
    #[prost(message, repeated, tag = "12")]
    pub(super) output: Vec<ValueInfo>,
}

/// An operator with the names of the values that it takes and gives.
#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Node {
    #[prost(string, repeated, tag = "1")]
    pub(super) input: Vec<String>,
    #[prost(string, repeated, tag = "2")]
    pub(super) output: Vec<String>,
    #[prost(string, tag = "4")]
    pub(super) op_type: String,
    #[prost(message, repeated, tag = "5")]
    pub(super) attribute: Vec<Attribute>,
    #[prost(string, tag = "7")]
    pub(super) domain: String,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Attribute {
    #[prost(string, tag = "1")]
    pub(super) name: String,
    #[prost(float, tag = "2")]
    pub(super) f: f32,
    #[prost(int64, tag = "3")]
    pub(super) i: i64,
    #[prost(bytes = "bytes", tag = "4")]
    pub(super) s: Bytes,
    #[prost(message, optional, tag = "5")]
    pub(super) t: Option<Tensor>,
    #[prost(int64, repeated, tag = "8")]
    pub(super) ints: Vec<i64>,
}

/// A constant. Its numbers lie in the field of their type or, little-endian, in `raw_data`.
#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Tensor {
    #[prost(int64, repeated, tag = "1")]
    pub(super) dims: Vec<i64>,
    #[prost(int32, tag = "2")]
    pub(super) data_type: i32,
    #[prost(float, repeated, tag = "4")]
    pub(super) float_data: Vec<f32>,
    #[prost(int32, repeated, tag = "5")]
    pub(super) int32_data: Vec<i32>,
    #[prost(int64, repeated, tag = "7")]
    pub(super) int64_data: Vec<i64>,
    #[prost(string, tag = "8")]
    pub(super) name: String,
    #[prost(bytes = "bytes", tag = "9")]
    pub(super) raw_data: Bytes,
    #[prost(int32, tag = "14")]
    pub(super) data_location: i32,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct ValueInfo {
    #[prost(string, tag = "1")]
    pub(super) name: String,
    #[prost(message, optional, tag = "2")]
    pub(super) r#type: Option<Type>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Type {
    #[prost(message, optional, tag = "1")]
    pub(super) tensor_type: Option<TensorType>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct TensorType {
    #[prost(int32, tag = "1")]
    pub(super) elem_type: i32,
    #[prost(message, optional, tag = "2")]
    pub(super) shape: Option<Shape>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Shape {
    #[prost(message, repeated, tag = "1")]
    pub(super) dim: Vec<Dimension>,
}

/// A dimension; without a value it is open.
#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Dimension {
    #[prost(int64, optional, tag = "1")]
    pub(super) dim_value: Option<i64>,
}

/// The types of numbers that are read, as `TensorProto.DataType` numbers them.
pub(super) mod data_type {
    pub(in crate::inference) const FLOAT: i32 = 1;
    pub(in crate::inference) const UINT8: i32 = 2;
    pub(in crate::inference) const INT8: i32 = 3;
    pub(in crate::inference) const INT32: i32 = 6;
    pub(in crate::inference) const INT64: i32 = 7;
}

/// Where a tensor's numbers lie if not in the file.
const EXTERNAL: i32 = 1;

impl Node {
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attribute.iter().find(|a| a.name == name)
    }

    /// An integer attribute, or what the operator takes for it by default.
    pub(super) fn int(&self, name: &str, default: i64) -> i64 {
        self.attribute(name).map_or(default, |a| a.i)
    }
}

impl Tensor {
    /// The dimensions, and how many numbers they make.
    pub(super) fn shape(&self) -> Option<(Vec<usize>, usize)> {
        let dims: Option<Vec<usize>> = self.dims.iter().map(|&d| d.try_into().ok()).collect();
        let dims = dims.filter(|_| self.data_location != EXTERNAL)?;
        let count = dims.iter().try_fold(1usize, |n, &d| n.checked_mul(d))?;
        Some((dims, count))
    }

    /// All numbers of a tensor of floats.
    pub(super) fn floats(&self) -> Option<Vec<f32>> {
        let (_, count) = self.shape()?;
        let floats = match (self.data_type, self.float_data.is_empty()) {
            (data_type::FLOAT, true) => self.raw(f32::from_le_bytes),
            (data_type::FLOAT, false) => self.float_data.clone(),
            _ => return None,
        };
        (floats.len() == count).then_some(floats)
    }

    /// All numbers of a tensor of integers of 32 or 64 bits.
    pub(super) fn integers(&self) -> Option<Vec<i64>> {
        let (_, count) = self.shape()?;
        let integers = match self.data_type {
            data_type::INT64 if self.int64_data.is_empty() => self.raw(i64::from_le_bytes),
            data_type::INT64 => self.int64_data.clone(),
            data_type::INT32 if self.int32_data.is_empty() => {
                self.raw(|raw| i64::from(i32::from_le_bytes(raw)))
            }
            data_type::INT32 => self.int32_data.iter().map(|&i| i64::from(i)).collect(),
            _ => return None,
        };
        (integers.len() == count).then_some(integers)
    }

    /// The bytes of a tensor of integers of 8 bits in the file, and whether they are signed.
    pub(super) fn bytes(&self) -> Option<(Bytes, bool)> {
        let (_, count) = self.shape()?;
        let signed = match self.data_type {
            data_type::INT8 => true,
            data_type::UINT8 => false,
            _ => return None,
        };
        let bytes = match self.int32_data.is_empty() {
            true => self.raw_data.clone(),
            false => self.int32_data.iter().map(|&i| i as u8).collect(),
        };
        (bytes.len() == count).then_some((bytes, signed))
    }

    fn raw<T, const N: usize>(&self, read: impl Fn([u8; N]) -> T) -> Vec<T> {
        self.raw_data
            .as_chunks()
            .0
            .iter()
            .map(|&n| read(n))
            .collect()
    }
}
