//! tract as it is, planned for fixed shapes: how semrel ran its models before it had kernels.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::time::{Duration, Instant};

use tract_onnx::prelude::*;
use tract_onnx::tract_core::internal::Cost;
use tract_onnx::tract_core::plan;
use tract_onnx::tract_hir::internal::IntoRunnable;

use super::Engine;
use crate::Failure;
use crate::profile::Spent;

/// Tokens of the matrices that plans are made for.
const LENGTHS: [usize; 4] = [4, 8, 16, 32];

/// An encoder, one sequence at a time. A plan is made when its length first comes.
pub(crate) struct StockTract {
    model: InferenceModel,
    dimensions: usize,
    plans: [Option<Arc<TypedRunnableModel>>; LENGTHS.len()],
}

impl StockTract {
    pub(crate) fn open(onnx: &[u8], dimensions: usize) -> Result<Self, Failure> {
        Ok(StockTract {
            model: read(onnx, &["input_ids", "attention_mask"])?,
            dimensions,
            plans: [const { None }; LENGTHS.len()],
        })
    }

    /// Makes the plan for `tokens` if there is none; what that takes.
    pub(crate) fn prepare(&mut self, tokens: usize) -> Result<Duration, Failure> {
        let start = Instant::now();
        self.plan(tokens)?;
        Ok(start.elapsed())
    }

    /// Runs a sequence once and adds up what every operator takes.
    pub(crate) fn profile(
        &mut self,
        ids: &[u32],
        spent: &mut BTreeMap<String, Spent>,
    ) -> Result<(), Failure> {
        let (plan, length) = self.plan(ids.len())?;
        let mut state = plan.spawn()?;
        state.run_plan_with_eval(inputs(ids, length)?, |context, state, node, inputs| {
            let start = Instant::now();
            let done = plan::eval(context, state, node, inputs);
            let time = start.elapsed();
            let entry = spent.entry(node.op.name().into_owned()).or_default();
            entry.nodes += 1;
            entry.time += time;
            done
        })?;
        Ok(())
    }

    /// Multiply-adds and bytes of constants of the graph at `tokens` (4, 8, 16 or 32).
    pub(crate) fn work(&self, tokens: usize) -> Result<(f64, f64), Failure> {
        let model = fixed(&self.model, &[[1, tokens]; 2], i64::datum_type())?;
        let model = model.into_typed()?.into_decluttered()?;
        let (mut products, mut bytes) = (0.0, 0.0);
        for node in model.nodes() {
            let facts = model.node_input_facts(node.id)?;
            for (cost, count) in node.op.cost(&facts)? {
                if let Cost::FMA(_) = cost {
                    products += count.to_i64()? as f64;
                }
            }
            let constant = node.outputs[0].fact.konst.as_ref();
            if let Some(tensor) = constant.filter(|_| node.inputs.is_empty()) {
                bytes += (tensor.len() * tensor.datum_type().size_of()) as f64;
            }
        }
        Ok((products, bytes))
    }

    fn plan(&mut self, tokens: usize) -> Result<(Arc<TypedRunnableModel>, usize), Failure> {
        let at = LENGTHS.partition_point(|&length| length < tokens);
        let Some(&length) = LENGTHS.get(at) else {
            return Err(format!("there is no plan for {tokens} tokens").into());
        };
        let plan = match &self.plans[at] {
            Some(plan) => plan.clone(),
            None => {
                let model = fixed(&self.model, &[[1, length]; 2], i64::datum_type())?;
                let plan = model.into_optimized()?.into_runnable()?;
                self.plans[at].insert(plan).clone()
            }
        };
        Ok((plan, length))
    }
}

impl Engine for StockTract {
    fn encode(&mut self, sequences: &[&[u32]], out: &mut [f32]) -> Result<(), Failure> {
        for (ids, out) in sequences.iter().zip(out.chunks_mut(self.dimensions)) {
            let (plan, length) = self.plan(ids.len())?;
            let outputs = plan.run(inputs(ids, length)?)?;
            out.copy_from_slice(outputs[0].try_as_plain_ram()?.as_slice::<f32>()?);
        }
        Ok(())
    }
}

/// A head over pairs of vectors, planned for a number of rows.
pub(crate) struct HeadPlan {
    plan: Arc<TypedRunnableModel>,
    shapes: Vec<[usize; 2]>,
}

impl HeadPlan {
    /// `inputs` are names and widths.
    pub(crate) fn open(
        onnx: &[u8],
        inputs: &[(&str, usize)],
        rows: usize,
    ) -> Result<Self, Failure> {
        let names: Vec<&str> = inputs.iter().map(|(name, _)| *name).collect();
        let shapes: Vec<[usize; 2]> = inputs.iter().map(|&(_, width)| [rows, width]).collect();
        let model = fixed(&read(onnx, &names)?, &shapes, f32::datum_type())?;
        Ok(HeadPlan {
            plan: model.into_optimized()?.into_runnable()?,
            shapes,
        })
    }

    /// The logits of as many rows as the plan has.
    pub(crate) fn run(&self, matrices: &[&[f32]], out: &mut [f32]) -> Result<(), Failure> {
        let matrices = matrices.iter().zip(&self.shapes);
        let inputs = matrices.map(|(m, shape)| Ok(Tensor::from_shape(shape, m)?.into_tvalue()));
        let outputs = self.plan.run(inputs.collect::<TractResult<TVec<_>>>()?)?;
        out.copy_from_slice(outputs[0].try_as_plain_ram()?.as_slice::<f32>()?);
        Ok(())
    }
}

fn read(onnx: &[u8], inputs: &[&str]) -> Result<InferenceModel, Failure> {
    let mut model = tract_onnx::onnx()
        // Shapes of inner values, as quantisation leaves them, contradict a fixed input.
        .with_ignore_value_info(true)
        .model_for_read(&mut Cursor::new(onnx))?;
    let nodes = inputs.iter().map(|name| model.node_id_by_name(name));
    let outlets = nodes.map(|node| Ok(OutletId::new(node?, 0)));
    let outlets = outlets.collect::<TractResult<Vec<_>>>()?;
    model.set_input_outlets(&outlets)?;
    Ok(model)
}

fn fixed(
    model: &InferenceModel,
    shapes: &[[usize; 2]],
    numbers: DatumType,
) -> Result<InferenceModel, Failure> {
    let mut model = model.clone();
    for (at, shape) in shapes.iter().enumerate() {
        model.set_input_fact(at, InferenceFact::dt_shape(numbers, shape))?;
    }
    Ok(model)
}

/// Ids and mask, filled up to `length` tokens.
fn inputs(ids: &[u32], length: usize) -> Result<TVec<TValue>, Failure> {
    let mut padded: Vec<i64> = ids.iter().copied().map(i64::from).collect();
    let mut mask = vec![1; ids.len()];
    padded.resize(length, 0);
    mask.resize(length, 0);
    let matrix = |numbers: &[i64]| Tensor::from_shape(&[1, length], numbers);
    Ok(tvec!(
        matrix(&padded)?.into_tvalue(),
        matrix(&mask)?.into_tvalue()
    ))
}
