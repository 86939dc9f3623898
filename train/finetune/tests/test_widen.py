"""Graphs in 8 bits, widened to floats."""

import numpy as np
import onnx
import pytest
import torch
from torch import nn

from finetune.errors import InputError
from finetune.export import export_onnx, operators, run_onnx
from finetune.widen import widen


class Net(nn.Module):
    """Two products and something between them."""

    def __init__(self):
        super().__init__()
        torch.manual_seed(1)
        self.layers = nn.Sequential(nn.Linear(12, 24), nn.GELU(), nn.Linear(24, 4))

    def forward(self, a):
        return self.layers(a)


def exported(path, int8):
    axes = {name: {0: "rows"} for name in ("a", "logits")}
    export_onnx(Net(), {"a": torch.randn(3, 12)}, axes, path, int8)
    return path


@pytest.mark.parametrize("int8", [True, "weights"])
def test_widened_weights_are_those_of_the_file(tmp_path, int8):
    source, target = exported(tmp_path / "int8.onnx", int8), tmp_path / "f32.onnx"
    assert widen(source, target) == 2
    kinds = operators(onnx.load(str(target)))
    assert not {"MatMulInteger", "DynamicQuantizeLinear", "DequantizeLinear"} & set(kinds)

    rows = {"a": np.random.default_rng(2).standard_normal((64, 12)).astype(np.float32)}
    narrow, wide = run_onnx(source, rows), run_onnx(target, rows)
    # The file's weights stay; what is not quantised any more are the activations.
    assert np.abs(narrow - wide).max() < (0.05 if int8 is True else 1e-5)
    assert int8 is True or np.abs(narrow - run_onnx(exact(tmp_path), rows)).max() > 1e-5


def exact(folder):
    return exported(folder / "exact.onnx", False)


def test_a_graph_in_floats_stays_as_it_is(tmp_path):
    target = tmp_path / "same.onnx"
    assert widen(exact(tmp_path), target) == 0
    rows = {"a": np.ones((2, 12), np.float32)}
    assert np.array_equal(run_onnx(exact(tmp_path), rows), run_onnx(target, rows))


def test_a_product_of_another_shape_is_refused(tmp_path):
    model = onnx.load(str(exported(tmp_path / "int8.onnx", True)))
    for node in model.graph.node:
        if node.op_type == "Cast":
            node.op_type = "Identity"
            del node.attribute[:]
    onnx.save(model, str(tmp_path / "other.onnx"))
    with pytest.raises(InputError, match="Cast should follow"):
        widen(tmp_path / "other.onnx", tmp_path / "out.onnx")
