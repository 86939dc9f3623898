//! Products in 8 bits as one operator, for graphs that tract runs.
//!
//! Before tract reads a graph, each linear layer in operator form (quantise, product in integers,
//! widen, scale, bias, perhaps GELU) is replaced by one `SemrelDense`, which runs on the kernels of
//! this crate. Layers whose weights alone have 8 bits are left as they are.

use std::cell::RefCell;
use std::sync::Arc;

use tract_onnx::model::ParsingContext;
use tract_onnx::pb;
use tract_onnx::pb::tensor_proto::DataType;
use tract_onnx::prelude::*;
use tract_onnx::tract_core::internal::*;
use tract_onnx::tract_hir::internal::*;
use tract_onnx::tract_hir::ops::expandable::{Expansion, expand};

use super::super::encoder::{Dense, dense};
use super::super::graph::Graph;
use super::super::kernels::{Activation, Kernel, Layout, Quantized};
use super::super::patterns::{Linear, gelu, linear};

const OPERATOR: &str = "SemrelDense";

/// An ONNX reader that knows the operator.
pub(super) fn reader() -> tract_onnx::Onnx {
    let mut reader = tract_onnx::onnx();
    reader.op_register.insert(OPERATOR, build);
    reader
}

/// Replaces every layer that the operator can do; what then has no user falls away in planning.
pub(super) fn replace(model: &mut pb::ModelProto, graph: &Graph) {
    let Some(nodes) = model.graph.as_mut().map(|graph| &mut graph.node) else {
        return;
    };
    for node in nodes {
        let [value] = &node.output[..] else {
            continue;
        };
        let inner = gelu(graph, value);
        let Some(layer) = linear(graph, inner.unwrap_or(value)) else {
            continue;
        };
        if layer.layout == Layout::InputMajor {
            *node = replacement(&layer, inner.is_some(), value.clone());
        }
    }
}

fn replacement(layer: &Linear<'_>, gelu: bool, output: String) -> pb::NodeProto {
    let (inputs, outputs) = (layer.inputs as i64, layer.outputs as i64);
    let tensor =
        |name: &str, data_type: DataType, dims: &[i64], raw_data: Vec<u8>| pb::AttributeProto {
            name: name.to_owned(),
            r#type: pb::attribute_proto::AttributeType::Tensor.into(),
            t: Some(pb::TensorProto {
                dims: dims.to_vec(),
                data_type: data_type.into(),
                raw_data,
                ..Default::default()
            }),
            ..Default::default()
        };
    let floats = |name, numbers: &[f32]| {
        let raw = numbers
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect();
        tensor(name, DataType::Float, &[outputs], raw)
    };
    let bias = layer
        .bias
        .clone()
        .unwrap_or_else(|| vec![0.0; layer.outputs]);
    let is_gelu = pb::AttributeProto {
        name: "gelu".to_owned(),
        r#type: pb::attribute_proto::AttributeType::Int.into(),
        i: i64::from(gelu),
        ..Default::default()
    };
    pb::NodeProto {
        name: output.clone(),
        op_type: OPERATOR.to_owned(),
        input: vec![layer.input.to_owned()],
        output: vec![output],
        attribute: vec![
            tensor(
                "weights",
                DataType::Int8,
                &[inputs, outputs],
                layer.weights.to_vec(),
            ),
            floats("scales", &layer.scales),
            floats("bias", &bias),
            is_gelu,
        ],
        ..Default::default()
    }
}

/// Makes the operator of what [`replacement`] wrote.
fn build(
    context: &ParsingContext<'_>,
    node: &pb::NodeProto,
) -> TractResult<(Box<dyn InferenceOp>, Vec<String>)> {
    let tensor = |name| context.load_tensor(node.get_attr(name)?);
    let (weights, scales, bias) = (tensor("weights")?, tensor("scales")?, tensor("bias")?);
    let floats = |tensor: &Tensor| -> TractResult<Vec<f32>> {
        Ok(tensor.try_as_plain_ram()?.as_slice::<f32>()?.to_vec())
    };
    let &[inputs, outputs] = weights.shape() else {
        bail!("weights have two dimensions");
    };
    let weights = weights
        .try_as_plain_ram()?
        .as_slice::<i8>()?
        .iter()
        .map(|&w| w as u8)
        .collect();
    let layer = Linear {
        input: "",
        weights,
        layout: Layout::InputMajor,
        inputs,
        outputs,
        scales: floats(&scales)?,
        bias: Some(floats(&bias)?),
    };
    let layer = dense(&[&layer], Kernel::best()).context("a layer without inputs")?;
    let activation = match node.get_attr::<i64>("gelu")? {
        0 => Activation::None,
        _ => Activation::Gelu,
    };
    Ok((
        expand(FusedDense {
            layer: Arc::new(layer),
            activation,
        }),
        vec![],
    ))
}

/// `[…, K]` to `[…, N]`, quantised by the range of the whole input as `DynamicQuantizeLinear` does.
#[derive(Clone, Debug)]
struct FusedDense {
    layer: Arc<Dense>,
    activation: Activation,
}

impl PartialEq for FusedDense {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.layer, &other.layer) && self.activation == other.activation
    }
}

impl Eq for FusedDense {}

impl Expansion for FusedDense {
    fn name(&self) -> StaticName {
        OPERATOR.into()
    }

    fn rules<'r, 'p: 'r, 's: 'r>(
        &'s self,
        solver: &mut Solver<'r>,
        inputs: &'p [TensorProxy],
        outputs: &'p [TensorProxy],
    ) -> InferenceResult {
        check_input_arity(inputs, 1)?;
        check_output_arity(outputs, 1)?;
        solver.equals(&inputs[0].datum_type, f32::datum_type())?;
        solver.equals(&outputs[0].datum_type, f32::datum_type())?;
        solver.equals(&inputs[0].rank, &outputs[0].rank)?;
        solver.given(&inputs[0].shape, move |solver, shape| {
            let mut shape: TVec<TDim> = shape;
            match shape.last_mut() {
                Some(last) => *last = self.layer.outputs().to_dim(),
                None => bail!("a layer takes rows"),
            }
            solver.equals(&outputs[0].shape, shape)
        })
    }

    fn wire(
        &self,
        prefix: &str,
        model: &mut TypedModel,
        inputs: &[OutletId],
    ) -> TractResult<TVec<OutletId>> {
        model.wire_node(prefix, self.clone(), inputs)
    }
}

impl Op for FusedDense {
    fn name(&self) -> StaticName {
        OPERATOR.into()
    }

    op_as_typed_op!();
}

thread_local! {
    static QUANTIZED: RefCell<Quantized> = RefCell::default();
}

impl EvalOp for FusedDense {
    op_out_of_plan!();

    fn eval(&self, _context: &EvalContext<'_>, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let input = args_1!(inputs);
        let mut shape: TVec<usize> = input.shape().into();
        let (k, n) = (self.layer.inputs(), self.layer.outputs());
        ensure!(
            shape.last() == Some(&k),
            "a layer of {k} inputs got {shape:?}"
        );
        let at = shape.len() - 1;
        shape[at] = n;
        let mut output = Tensor::zero::<f32>(&shape)?;
        let rows = input.try_as_plain_ram()?;
        let rows = rows.as_slice::<f32>()?;
        QUANTIZED.with_borrow_mut(|quantized| -> TractResult<()> {
            let mut out = output.try_as_plain_ram_mut()?;
            let (rows, whole) = ((rows, &[rows.len() / k][..]), out.as_slice_mut::<f32>()?);
            self.layer
                .run(Kernel::best(), quantized, rows, self.activation, whole);
            Ok(())
        })?;
        Ok(tvec!(output.into_tvalue()))
    }
}

impl TypedOp for FusedDense {
    as_op!();

    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        let mut shape: TVec<TDim> = inputs[0].shape.to_tvec();
        match shape.last_mut() {
            Some(last) => *last = self.layer.outputs().to_dim(),
            None => bail!("a layer takes rows"),
        }
        Ok(tvec!(f32::fact(&shape)))
    }
}
