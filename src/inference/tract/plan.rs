//! Reading an ONNX graph, planning it for fixed shapes, running it.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use tract_onnx::prelude::{
    Arc, DatumType, Framework, InferenceFact, InferenceModel, InferenceModelExt, IntoTValue,
    OutletId, TValue, TVec, Tensor, TractResult, TypedRunnableModel,
};
use tract_onnx::tract_hir::infer::Factoid;
use tract_onnx::tract_hir::internal::IntoRunnable;

use super::super::graph::Graph as Patterns;
use super::dense;
use crate::error::{Error, Result};

/// What a graph takes: two dimensions, of which the second may be fixed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Input {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) width: Option<usize>,
}

/// Of what numbers an input consists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Int64,
    Float32,
}

impl Kind {
    fn datum_type(self) -> DatumType {
        match self {
            Kind::Int64 => DatumType::I64,
            Kind::Float32 => DatumType::F32,
        }
    }
}

/// A matrix for a graph, row by row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Matrix<'a> {
    Int64(&'a [i64]),
    Float32(&'a [f32]),
}

/// A graph as its file describes it, ready to be planned.
#[derive(Clone, Debug)]
pub(super) struct Graph {
    model: InferenceModel,
    inputs: Vec<Input>,
    output: &'static str,
}

impl Graph {
    /// Reads a graph and checks names, types and widths of its inputs and the name of its output.
    pub(super) fn read(onnx: &[u8], inputs: &[Input], output: &'static str) -> Result<Self> {
        let patterns = Patterns::read(Bytes::copy_from_slice(onnx)).map_err(|e| unusable(&e))?;
        let model = contained(|| {
            // Shapes of inner values, as quantisation leaves them, contradict a fixed input.
            let reader = dense::reader().with_ignore_value_info(true);
            let mut proto = reader.proto_model_for_read(&mut Cursor::new(onnx))?;
            dense::replace(&mut proto, &patterns);
            reader.model_for_proto_model(&proto)
        })?;
        let mut graph = Graph {
            model,
            inputs: inputs.to_vec(),
            output,
        };
        contained(|| Ok(graph.select()))??;
        Ok(graph)
    }

    /// Puts inputs and output in the order in which they are asked for.
    fn select(&mut self) -> Result<()> {
        let model = &mut self.model;
        let failed = |e| unusable(&e);
        let offered = model.input_outlets().map_err(failed)?.to_vec();
        let mut chosen = Vec::new();
        for input in &self.inputs {
            let named = |outlet: &&OutletId| model.node(outlet.node).name == input.name;
            let Some(outlet) = offered.iter().find(named) else {
                return Err(foreign(format_args!("it has no input {:?}", input.name)));
            };
            let fact = model.outlet_fact(*outlet).map_err(failed)?;
            let rank = fact.shape.rank().concretize();
            let width = fact
                .shape
                .dim(1)
                .and_then(|dim| usize::try_from(dim.concretize()?.to_i64().ok()?).ok());
            if fact
                .datum_type
                .concretize()
                .is_some_and(|t| t != input.kind.datum_type())
                || rank.is_some_and(|rank| rank != 2)
                || width.is_some_and(|width| input.width.is_some_and(|asked| asked != width))
            {
                return Err(foreign(format_args!(
                    "its input {:?} is {fact:?}, not {:?} in two dimensions, the second {}",
                    input.name,
                    input.kind,
                    input.width.map_or("open".to_owned(), |w| w.to_string())
                )));
            }
            chosen.push(*outlet);
        }
        if offered.len() != chosen.len() {
            return Err(foreign(format_args!(
                "it has {} inputs, not {}",
                offered.len(),
                chosen.len()
            )));
        }
        model.set_input_outlets(&chosen).map_err(failed)?;
        let outputs = model.output_outlets().map_err(failed)?;
        let named = |outlet: &&OutletId| model.outlet_label(**outlet) == Some(self.output);
        let Some(&output) = outputs.iter().find(named) else {
            return Err(foreign(format_args!("it has no output {:?}", self.output)));
        };
        model.select_output_outlets(&[output]).map_err(failed)
    }

    /// Prepares the graph for `rows`; an input without a width of its own has `open` columns.
    pub(super) fn plan(&self, rows: usize, open: usize) -> Result<Plan> {
        let shape = |input: &Input| [rows, input.width.unwrap_or(open)];
        let plan = contained(|| {
            let mut model = self.model.clone();
            for (at, input) in self.inputs.iter().enumerate() {
                let fact = InferenceFact::dt_shape(input.kind.datum_type(), shape(input));
                model.set_input_fact(at, fact)?;
            }
            model.into_optimized()?.into_runnable()
        })?;
        let fact = plan.model().output_fact(0).map_err(|e| unusable(&e))?;
        let columns = match (fact.datum_type, fact.shape.as_concrete()) {
            (DatumType::F32, Some(&[found, columns])) if found == rows => columns,
            _ => {
                return Err(foreign(format_args!(
                    "its output {:?} is {fact:?}, not Float32 in {rows} rows",
                    self.output
                )));
            }
        };
        Ok(Plan {
            plan,
            output: self.output,
            shapes: self.inputs.iter().map(shape).collect(),
            rows,
            columns,
        })
    }
}

/// A graph that is ready to run on matrices of one shape.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    plan: Arc<TypedRunnableModel>,
    output: &'static str,
    shapes: Vec<[usize; 2]>,
    rows: usize,
    columns: usize,
}

impl Plan {
    /// Names of the operators that run.
    #[cfg(test)]
    pub(super) fn operators(&self) -> Vec<String> {
        let nodes = self.plan.model().nodes();
        nodes
            .iter()
            .map(|node| node.op.name().into_owned())
            .collect()
    }

    /// Numbers in a row of the output.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    pub(super) fn check_columns(&self, columns: usize) -> Result<()> {
        match self.columns == columns {
            true => Ok(()),
            false => Err(foreign(format_args!(
                "its output {:?} has {} columns, not {columns}",
                self.output, self.columns
            ))),
        }
    }

    /// Runs the graph on one matrix per input; returns the output, row by row.
    pub(super) fn run(&self, inputs: &[Matrix<'_>]) -> Result<Vec<f32>> {
        let tensor = |(matrix, shape): (&Matrix<'_>, &[usize; 2])| -> TractResult<TValue> {
            let tensor = match matrix {
                Matrix::Int64(numbers) => Tensor::from_shape(shape, numbers),
                Matrix::Float32(numbers) => Tensor::from_shape(shape, numbers),
            };
            Ok(tensor?.into_tvalue())
        };
        let numbers = contained(|| {
            let inputs = inputs.iter().zip(&self.shapes).map(tensor);
            let outputs = self.plan.run(inputs.collect::<TractResult<TVec<_>>>()?)?;
            Ok(match outputs.first() {
                Some(output) => output.try_as_plain_ram()?.as_slice::<f32>()?.to_vec(),
                None => Vec::new(),
            })
        })?;
        if numbers.len() != self.rows * self.columns || numbers.iter().any(|x| !x.is_finite()) {
            return Err(foreign(format_args!(
                "it gave {} numbers, not all of them finite",
                numbers.len()
            )));
        }
        Ok(numbers)
    }
}

/// Runs what may panic on a damaged or hostile graph, where panics unwind; a panic is an error as
/// any other.
fn contained<T>(work: impl FnOnce() -> TractResult<T>) -> Result<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(|e| unusable(&format_args!("{e:#}"))),
        Err(_) => Err(unusable(&"its operators do not fit together")),
    }
}

fn unusable(why: &dyn std::fmt::Display) -> Error {
    // What went wrong inside may fill pages.
    let why: String = why.to_string().chars().take(300).collect();
    Error::corrupt(format!(
        "the graph cannot be used: {why}; fetch or build the pack again"
    ))
}

fn foreign(why: std::fmt::Arguments<'_>) -> Error {
    Error::corrupt(format!(
        "the graph is not what is asked for: {why}; see the documentation of \
         semrel::model for what it must be"
    ))
}
