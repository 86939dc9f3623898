//! An ONNX graph as patterns look at it: from a value to the operator that gives it.

use std::collections::HashMap;

use bytes::Bytes;
use prost::Message;

use super::onnx::{Model, Node, Tensor, ValueInfo};

/// A graph whose values can be followed back to where they come from.
#[derive(Debug)]
pub(super) struct Graph {
    nodes: Vec<Node>,
    /// The operator that gives a value, and the place of the value among its outputs.
    makers: HashMap<String, (usize, usize)>,
    constants: HashMap<String, Tensor>,
    /// How many operators take a value.
    uses: HashMap<String, usize>,
    pub(super) inputs: Vec<ValueInfo>,
    pub(super) outputs: Vec<ValueInfo>,
}

impl Graph {
    /// Reads a file; its weights are used in place.
    pub(super) fn read(onnx: Bytes) -> Result<Self, prost::DecodeError> {
        let graph = Model::decode(onnx)?.graph.unwrap_or_default();
        let mut constants: HashMap<String, Tensor> = HashMap::new();
        for tensor in graph.initializer {
            constants.insert(tensor.name.clone(), tensor);
        }
        let (mut makers, mut uses) = (HashMap::new(), HashMap::new());
        for (at, node) in graph.node.iter().enumerate() {
            if let ("Constant", [output]) = (node.op_type.as_str(), &node.output[..]) {
                if let Some(tensor) = node.attribute("value").and_then(|a| a.t.clone()) {
                    constants.insert(output.clone(), tensor);
                }
            }
            for (place, output) in node.output.iter().enumerate() {
                makers.insert(output.clone(), (at, place));
            }
            for input in &node.input {
                *uses.entry(input.clone()).or_default() += 1;
            }
        }
        // Older files list their constants among the inputs.
        let is_open = |input: &ValueInfo| !constants.contains_key(&input.name);
        Ok(Graph {
            inputs: graph.input.into_iter().filter(is_open).collect(),
            outputs: graph.output,
            nodes: graph.node,
            makers,
            constants,
            uses,
        })
    }

    /// The operator that gives `value` as its first output, if it is an `op_type` of standard ONNX.
    pub(super) fn made_by(&self, value: &str, op_type: &str) -> Option<&Node> {
        self.output_of(value, op_type, 0)
    }

    /// The operator that gives `value` as its output number `place`.
    pub(super) fn output_of(&self, value: &str, op_type: &str, place: usize) -> Option<&Node> {
        let &(at, found) = self.makers.get(value)?;
        let node = self.nodes.get(at)?;
        let is_standard = matches!(node.domain.as_str(), "" | "ai.onnx");
        (found == place && is_standard && node.op_type == op_type).then_some(node)
    }

    /// The two inputs of an operator of two inputs.
    pub(super) fn pair(&self, value: &str, op_type: &str) -> Option<(&str, &str)> {
        match &self.made_by(value, op_type)?.input[..] {
            [a, b] => Some((a, b)),
            _ => None,
        }
    }

    /// The two inputs of a commutative operator, in both orders.
    pub(super) fn either(&self, value: &str, op_type: &str) -> impl Iterator<Item = (&str, &str)> {
        let pair = self.pair(value, op_type);
        pair.into_iter().flat_map(|(a, b)| [(a, b), (b, a)])
    }

    /// The first input of an operator; what more it has must be looked at elsewhere.
    pub(super) fn operand(&self, value: &str, op_type: &str) -> Option<&str> {
        self.made_by(value, op_type)?
            .input
            .first()
            .map(String::as_str)
    }

    /// A constant, whatever it is called.
    pub(super) fn constant(&self, value: &str) -> Option<&Tensor> {
        let same = |at: &&str| self.operand(at, "Identity");
        let mut names = std::iter::successors(Some(value), |at| same(at)).take(4);
        names.find_map(|name| self.constants.get(name))
    }

    /// A constant of one float.
    pub(super) fn float(&self, value: &str) -> Option<f32> {
        match self.constant(value)?.floats()?[..] {
            [float] => Some(float),
            _ => None,
        }
    }

    /// The one integer of a constant.
    pub(super) fn integer(&self, value: &str) -> Option<i64> {
        match self.constant(value)?.integers()?[..] {
            [integer] => Some(integer),
            _ => None,
        }
    }

    /// How many operators take a value.
    pub(super) fn uses(&self, value: &str) -> usize {
        self.uses.get(value).copied().unwrap_or(0)
    }
}
