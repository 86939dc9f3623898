//! Products with weights of 8 bits.

use bytes::Bytes;

use super::super::graph::Graph;
use super::super::kernels::Layout;

/// `value = input * weights + bias`, the weights per output `integers * scales`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::inference) struct Linear<'g> {
    pub(in crate::inference) input: &'g str,
    pub(in crate::inference) weights: Bytes,
    pub(in crate::inference) layout: Layout,
    pub(in crate::inference) inputs: usize,
    pub(in crate::inference) outputs: usize,
    pub(in crate::inference) scales: Vec<f32>,
    pub(in crate::inference) bias: Option<Vec<f32>>,
}

/// A linear layer: the product in operator form, with or without an addition of a bias, or `Gemm`
/// with weights that are widened first.
pub(in crate::inference) fn linear<'g>(graph: &'g Graph, value: &str) -> Option<Linear<'g>> {
    if let Some(layer) = gemm(graph, value) {
        return Some(layer);
    }
    let with_bias = graph.either(value, "Add").find_map(|(product, bias)| {
        let layer = dynamic_product(graph, product).filter(|_| graph.uses(product) == 1)?;
        let numbers = graph.constant(bias)?.floats()?;
        (numbers.len() == layer.outputs).then_some(Linear {
            bias: Some(numbers),
            ..layer
        })
    });
    with_bias.or_else(|| dynamic_product(graph, value))
}

/// `MatMulInteger` of quantised activations, widened and scaled.
fn dynamic_product<'g>(graph: &'g Graph, value: &str) -> Option<Linear<'g>> {
    graph.either(value, "Mul").find_map(|(widened, scale)| {
        let product = graph.operand(widened, "Cast")?;
        let node = graph.made_by(product, "MatMulInteger")?;
        let (quantized, weights) = (node.input.first()?, node.input.get(1)?);
        let source = graph.made_by(quantized, "DynamicQuantizeLinear")?;
        let is_output = |name: &str, place| {
            let maker = graph.output_of(name, "DynamicQuantizeLinear", place);
            maker.is_some_and(|maker| std::ptr::eq(maker, source))
        };
        let zero = node.input.get(2)?;
        if !is_output(zero, 2) {
            return None;
        }
        let weight_scale = graph
            .either(scale, "Mul")
            .find_map(|(x, w)| is_output(x, 1).then_some(w))?;
        let tensor = graph.constant(weights)?;
        let (dims, _) = tensor.shape()?;
        let &[inputs, outputs] = &dims[..] else {
            return None;
        };
        let zeros = match node.input.get(3).filter(|name| !name.is_empty()) {
            Some(name) => Some(graph.constant(name)?.bytes()?),
            None => None,
        };
        Some(Linear {
            input: source.input.first()?,
            weights: centred(tensor.bytes()?, zeros)?,
            layout: Layout::InputMajor,
            inputs,
            outputs,
            scales: spread(graph.constant(weight_scale)?.floats()?, outputs)?,
            bias: None,
        })
    })
}

/// `Gemm` with weights of 8 bits, output by output, that `DequantizeLinear` widens.
fn gemm<'g>(graph: &'g Graph, value: &str) -> Option<Linear<'g>> {
    let node = graph.made_by(value, "Gemm")?;
    let [input, weights, bias] = &node.input[..] else {
        return None;
    };
    let is_one = |name| node.attribute(name).is_none_or(|a| a.f == 1.0);
    if !is_one("alpha")
        || !is_one("beta")
        || node.int("transA", 0) != 0
        || node.int("transB", 0) != 1
    {
        return None;
    }
    let widened = graph.made_by(weights, "DequantizeLinear")?;
    let tensor = graph.constant(widened.input.first()?)?;
    let (dims, _) = tensor.shape()?;
    let &[outputs, inputs] = &dims[..] else {
        return None;
    };
    let scales = graph.constant(widened.input.get(1)?)?.floats()?;
    // One scale for all, or one for each output.
    if scales.len() != 1 && widened.int("axis", 1) != 0 {
        return None;
    }
    let zeros = match widened.input.get(2).filter(|name| !name.is_empty()) {
        Some(name) => Some(graph.constant(name)?.bytes()?),
        None => None,
    };
    let numbers = graph.constant(bias)?.floats()?;
    (numbers.len() == outputs).then_some(Linear {
        input,
        weights: centred(tensor.bytes()?, zeros)?,
        layout: Layout::OutputMajor,
        inputs,
        outputs,
        scales: spread(scales, outputs)?,
        bias: Some(numbers),
    })
}

/// Weights whose zero is 0, as the kernels take them. Weights of one zero point can be moved, if
/// they then still fit.
fn centred((weights, signed): (Bytes, bool), zeros: Option<(Bytes, bool)>) -> Option<Bytes> {
    let widen = |byte: u8, signed: bool| match signed {
        true => i16::from(byte as i8),
        false => i16::from(byte),
    };
    let zero = match zeros {
        None => 0,
        Some((zeros, zeros_signed)) => {
            let first = *zeros.first()?;
            let is_one = zeros.iter().all(|&zero| zero == first) && signed == zeros_signed;
            is_one.then(|| widen(first, signed))?
        }
    };
    if signed && zero == 0 {
        return Some(weights);
    }
    let moved = weights
        .iter()
        .map(|&w| i8::try_from(widen(w, signed) - zero));
    let moved: Result<Vec<u8>, _> = moved.map(|w| w.map(|w| w as u8)).collect();
    moved.ok().map(Bytes::from)
}

fn spread(scales: Vec<f32>, outputs: usize) -> Option<Vec<f32>> {
    match scales[..] {
        [scale] => Some(vec![scale; outputs]),
        _ => (scales.len() == outputs).then_some(scales),
    }
}
