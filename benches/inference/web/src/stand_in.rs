//! The interface of `semrel::inference` on stock tract: what semrel does until it has it.

use std::collections::BTreeMap;
use std::io::Cursor;

use tract_onnx::prelude::*;
use tract_onnx::tract_hir::internal::IntoRunnable;

pub(crate) struct Encoder(InferenceModel);

pub(crate) struct EncoderSession {
    model: InferenceModel,
    plans: BTreeMap<usize, Arc<TypedRunnableModel>>,
}

impl Encoder {
    pub(crate) fn from_onnx(onnx: Vec<u8>) -> TractResult<Self> {
        let mut model = tract_onnx::onnx()
            .with_ignore_value_info(true)
            .model_for_read(&mut Cursor::new(onnx))?;
        let nodes = ["input_ids", "attention_mask"].map(|name| model.node_id_by_name(name));
        let outlets = nodes.into_iter().map(|node| Ok(OutletId::new(node?, 0)));
        model.set_input_outlets(&outlets.collect::<TractResult<Vec<_>>>()?)?;
        Ok(Encoder(model))
    }

    /// That of the shipped encoder.
    pub(crate) fn dimensions(&self) -> usize {
        96
    }

    pub(crate) fn session(&self) -> EncoderSession {
        EncoderSession {
            model: self.0.clone(),
            plans: BTreeMap::new(),
        }
    }
}

impl EncoderSession {
    pub(crate) fn encode(&mut self, sequences: &[&[u32]], out: &mut [f32]) -> TractResult<()> {
        let dimensions = out.len() / sequences.len().max(1);
        for (ids, out) in sequences.iter().zip(out.chunks_mut(dimensions)) {
            let tokens = ids.len();
            if !self.plans.contains_key(&tokens) {
                let mut model = self.model.clone();
                for at in 0..2 {
                    let fact = InferenceFact::dt_shape(DatumType::I64, [1, tokens]);
                    model.set_input_fact(at, fact)?;
                }
                let plan = model.into_optimized()?.into_runnable()?;
                self.plans.insert(tokens, plan);
            }
            let ids: Vec<i64> = ids.iter().copied().map(i64::from).collect();
            let ids = Tensor::from_shape(&[1, tokens], &ids)?.into_tvalue();
            let mask = Tensor::from_shape(&[1, tokens], &vec![1_i64; tokens])?.into_tvalue();
            let outputs = self.plans[&tokens].run(tvec!(ids, mask))?;
            out.copy_from_slice(outputs[0].try_as_plain_ram()?.as_slice::<f32>()?);
        }
        Ok(())
    }
}
