//! Int8 weights in the order in which a kernel reads them.

use super::{Instructions, Kernel};

/// Columns of a panel.
pub(super) const PANEL: usize = 16;

/// Inputs of a [`Line`].
pub(super) const STEP: usize = 4;

/// Order of the weights that are given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Layout {
    /// Inputs x outputs, as the right operand of ONNX `MatMulInteger`.
    InputMajor,
    /// Outputs x inputs, as the right operand of ONNX `Gemm` with `transB`.
    OutputMajor,
}

/// The weights of four inputs in sixteen columns, a cache line: what differs between kernels is
/// the [`Order`] within.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(super) struct Line(pub(super) [i8; PANEL * STEP]);

/// Order of the weights within a [`Line`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Order {
    /// Input by input, sixteen columns each.
    Single,
    /// Two inputs of column 0, of column 1 and so on, then the other two.
    Pair,
    /// Four inputs of column 0, of column 1 and so on.
    Quad,
}

/// Int8 weights of a matrix, packed for one kernel. Immutable, to be shared by threads.
///
/// Takes inputs x outputs bytes, both rounded up (to 4 and 16), and 4 bytes per column.
#[derive(Debug)]
pub(crate) struct PackedMatrix {
    kernel: Kernel,
    inputs: usize,
    outputs: usize,
    /// Panel by panel, each a line per four inputs; what lies beyond the matrix is 0.
    lines: Vec<Line>,
    /// Sum of each column, rounded up to whole panels.
    column_sums: Vec<[i32; PANEL]>,
    weight_offset: i32,
}

impl PackedMatrix {
    /// Most inputs of which every sum fits 32 bits.
    pub(crate) const MAX_INPUTS: usize = 1 << 16;

    /// Packs `inputs` x `outputs` weights in O(inputs x outputs).
    ///
    /// # Panics
    ///
    /// If there are not `inputs` x `outputs` of them, or more inputs than
    /// [`PackedMatrix::MAX_INPUTS`].
    pub(crate) fn pack(
        kernel: Kernel,
        weights: &[i8],
        inputs: usize,
        outputs: usize,
        layout: Layout,
    ) -> Self {
        assert_eq!(Some(weights.len()), inputs.checked_mul(outputs));
        assert!(inputs <= Self::MAX_INPUTS);
        let (order, weight_offset) = order_for(kernel, weights);
        let steps = inputs.div_ceil(STEP);
        let panels = outputs.div_ceil(PANEL);
        let mut lines = vec![Line([0; PANEL * STEP]); panels * steps];
        let mut column_sums = vec![[0; PANEL]; panels];
        let mut put = |input: usize, output: usize, weight: i8| {
            let (panel, column) = (output / PANEL, output % PANEL);
            let line = &mut lines[panel * steps + input / STEP].0;
            let input = input % STEP;
            let place = match order {
                Order::Single => input * PANEL + column,
                Order::Pair => input / 2 * 2 * PANEL + column * 2 + input % 2,
                Order::Quad => column * STEP + input,
            };
            line[place] = (i32::from(weight) + weight_offset) as i8;
            column_sums[panel][column] += i32::from(weight);
        };
        match layout {
            Layout::InputMajor if outputs > 0 => {
                for (input, row) in weights.chunks_exact(outputs).enumerate() {
                    for (output, &weight) in row.iter().enumerate() {
                        put(input, output, weight);
                    }
                }
            }
            Layout::OutputMajor if inputs > 0 => {
                for (output, row) in weights.chunks_exact(inputs).enumerate() {
                    for (input, &weight) in row.iter().enumerate() {
                        put(input, output, weight);
                    }
                }
            }
            _ => {}
        }
        Self {
            kernel,
            inputs,
            outputs,
            lines,
            column_sums,
            weight_offset,
        }
    }

    pub(crate) fn kernel(&self) -> Kernel {
        self.kernel
    }

    /// Rows of the matrix, the width of what it is multiplied with.
    pub(crate) fn inputs(&self) -> usize {
        self.inputs
    }

    /// Columns of the matrix, the width of what comes out.
    pub(crate) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Lines of a panel.
    pub(super) fn steps(&self) -> usize {
        self.inputs.div_ceil(STEP)
    }

    /// All panels, one after the other.
    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    pub(super) fn column_sums(&self) -> &[[i32; PANEL]] {
        &self.column_sums
    }

    /// What was added to every weight, to be taken off with the sums of the rows.
    pub(super) fn weight_offset(&self) -> i32 {
        self.weight_offset
    }
}

/// Order in which a kernel wants these weights, and what is added to each.
fn order_for(kernel: Kernel, _weights: &[i8]) -> (Order, i32) {
    match kernel.0 {
        Instructions::Portable => (Order::Single, 0),
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        Instructions::Avx2 => (Order::Pair, 0),
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        Instructions::Avx512Vnni => (Order::Quad, 0),
        #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
        Instructions::Neon => (Order::Single, 0),
        #[cfg(all(target_arch = "aarch64", target_endian = "little"))]
        Instructions::NeonDot => (Order::Quad, 0),
        #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
        Instructions::Simd128 => (Order::Pair, 0),
        // The relaxed product is defined only for a second operand of 7 bits.
        #[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
        Instructions::RelaxedSimd => {
            if _weights.iter().all(|weight| (-64..64).contains(weight)) {
                (Order::Quad, 64)
            } else {
                (Order::Pair, 0)
            }
        }
    }
}
