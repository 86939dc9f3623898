"""PyTorch modules to ONNX with weights in 8-bit integers, and the check that they still agree.

Operator-form quantisation: every product with a weight is `DynamicQuantizeLinear` and
`MatMulInteger` (activations quantised as they come, weights per column), the embedding table is
8 bits and gathered before it is widened. Engines that know no QDQ graphs run it in integers.
"""

import copy
import json
import logging
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import onnx
import onnxruntime
import torch
from torch import Tensor, nn

from .data import read_pairs
from .encoder import ROBERTA, TermEncoder, first_position, mean_pool
from .errors import InputError
from .run import Run, write_json

OPSET = 17

#: What the exported graphs may hold. No control flow, no attention or pooling in one operator.
OPERATORS = frozenset(
    "Add Cast Concat Constant ConstantOfShape Div DequantizeLinear DynamicQuantizeLinear Equal Erf "
    "Expand Gather Gemm Identity LayerNormalization MatMul MatMulInteger Max Mul Neg Not Pow "
    "ReduceL2 ReduceMean ReduceSum Relu Reshape Abs Clip Tanh Shape Sigmoid Slice Softmax Sqrt "
    "Squeeze Sub Transpose Unsqueeze Where".split()
)


#: Kinds of encoders whose embeddings are three tables and a normalisation.
KINDS = ("bert", *ROBERTA)


@dataclass
class Config:
    """The recipe."""

    output: Path
    #: Folder of the encoder: `embedder`'s model, or any of the user's.
    model: Path
    #: Labelled pairs on whose terms the exported file is checked.
    pairs: Path = Path("../data/tr/pairs.jsonl")
    count: int = 1000
    #: 64 tokens hold every term; the table of positions is cut to this.
    max_tokens: int = 64


def execute(config: Config, run: Run) -> dict[str, Any]:
    """Writes `embedder.onnx`, `tokenizer.json`, `parity.json` and `expected.jsonl`."""
    encoder = TermEncoder.load(config.model).eval()
    encoder.max_tokens = min(encoder.max_tokens, config.max_tokens)
    pairs = read_pairs(config.pairs)
    chosen = np.random.default_rng(1).permutation(len(pairs))[: config.count]
    terms = [term for i in chosen for term in (pairs[i].a, pairs[i].b)]
    path, exact = run.path("embedder.onnx"), run.path("embedder-f32.onnx")
    found = export_encoder(encoder, path)
    export_encoder(encoder, exact, int8=False)
    reference = encoder.embed(terms)
    vectors = {"f32": embed_onnx(exact, encoder, terms), "int8": embed_onnx(path, encoder, terms)}
    report: dict[str, Any] = {"pairs": len(chosen), "reference": "PyTorch, 32-bit floats"}
    near = (reference[::2] * reference[1::2]).sum(axis=1)
    for name, other in vectors.items():
        apart = np.abs((other[::2] * other[1::2]).sum(axis=1) - near)
        report[f"onnxruntime_{name}"] = compare(reference, other, logits=False) | {
            "max_difference_of_pair_cosine": float(apart.max())
        }
    exact.unlink()
    report["operators"] = dict(sorted(found.items()))
    write_json(run.path("parity.json"), report)
    write_expected(
        run.path("expected.jsonl"),
        (
            {
                "term": term,
                "input_ids": encoder.tokenize([term])["input_ids"][0].tolist(),
                "embedding": [round(float(x), 6) for x in vector],
            }
            for term, vector in zip(terms, vectors["int8"], strict=True)
        ),
    )
    tokenizer = encoder.tokenizer.backend_tokenizer
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.save(str(run.path("tokenizer.json")), pretty=False)
    return {"file": str(path), "bytes": path.stat().st_size} | report


class ExportedEncoder(nn.Module):
    """A TermEncoder as a graph of plain operators: ids and mask [B, T] to unit vectors [B, D].

    The tables of positions and token types are added up beforehand and cut to `max_tokens` rows;
    attention is two matrix products and a softmax with an additive mask. Padding stands at the end.
    """

    def __init__(self, encoder: TermEncoder):
        super().__init__()
        # A copy: the export changes how attention is computed.
        whole = copy.deepcopy(encoder.encoder).cpu().float().eval()
        whole.set_attn_implementation("eager")
        self.layers = whole.encoder
        self.projection = copy.deepcopy(encoder.projection).cpu() if encoder.projection else None
        kind = whole.config.model_type
        if kind not in KINDS:
            raise InputError(
                f"a model of type {kind} cannot be exported; these can: {', '.join(KINDS)}"
            )
        first = first_position(whole.config)
        embeddings = whole.embeddings
        self.words, self.norm = embeddings.word_embeddings, embeddings.LayerNorm
        positions = embeddings.position_embeddings.weight[first : first + encoder.max_tokens]
        positions = positions + embeddings.token_type_embeddings.weight[0]
        self.register_buffer("positions", positions.detach().clone())

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Ids and mask, 64-bit integers [B, T], to unit vectors [B, D]."""
        states = self.norm(self.words(input_ids) + self.positions[: input_ids.shape[1]])
        additive = (1.0 - attention_mask[:, None, None, :].to(states.dtype)) * -10000.0
        states = self.layers(states, additive).last_hidden_state
        vectors = mean_pool(states, attention_mask)
        if self.projection is not None:
            vectors = self.projection(vectors)
        # The length by plain operators, which every engine has.
        return vectors / (vectors * vectors).sum(-1, keepdim=True).sqrt().clamp(min=1e-12)


def export_onnx(
    module: nn.Module,
    inputs: dict[str, Tensor],
    dynamic_axes: dict[str, dict[int, str]],
    path: Path,
    int8: bool | Literal["weights"] = True,
    output: str = "logits",
) -> Counter[str]:
    """Writes `module` as ONNX and returns its operators with their counts.

    `inputs` are examples by the names that the graph and `module.forward` give them, in order;
    `dynamic_axes` names the axes that vary, of inputs and output: `{"a": {0: "pairs"}}`.
    With `int8="weights"` the weights alone are stored in 8 bits and computed with as floats, so
    that a row's output depends on no other row of its batch.
    Raises if the graph holds an operator that is not in `OPERATORS`.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    module = module.eval()
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exact = Path(folder) / "exact.onnx"
        torch.onnx.export(
            module,
            tuple(inputs.values()),
            str(exact),
            input_names=list(inputs),
            output_names=[output],
            dynamic_axes=dynamic_axes,
            opset_version=OPSET,
            dynamo=False,
        )
        if int8 is True:
            quantised = Path(folder) / "int8.onnx"
            quantize(exact, quantised)
            exact = quantised
        model = onnx.load(str(exact))
    if int8 == "weights":
        store_in_8_bits(model)
    # Shapes of inner values are those of the example; engines that take them at their word fail.
    del model.graph.value_info[:]
    model.doc_string = ""
    for node in model.graph.node:
        node.doc_string = ""
    found = operators(model)
    if strange := sorted(set(found) - OPERATORS):
        raise InputError(f"the graph needs operators that are not allowed: {', '.join(strange)}")
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    return found


def quantize(source: Path, target: Path) -> None:
    """Weights of `MatMul`, `Gemm` and `Gather` to 8 bits, products per column, in operator form."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.ERROR)  # it advises to pre-process every graph
    try:
        quantize_dynamic(
            str(source),
            str(target),
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )
    finally:
        root.setLevel(level)


def store_in_8_bits(model: onnx.ModelProto) -> None:
    """Replaces every matrix by 8-bit whole numbers and `DequantizeLinear`, one scale a matrix."""
    graph = model.graph
    matrices = [tensor for tensor in graph.initializer if len(tensor.dims) == 2]
    for tensor in matrices:
        values = onnx.numpy_helper.to_array(tensor)
        scale = np.float32(np.abs(values).max() / 127)
        whole = np.round(values / scale).astype(np.int8)
        graph.initializer.remove(tensor)
        parts = {"_whole": whole, "_scale": np.array(scale), "_zero": np.array(0, np.int8)}
        for ending, array in parts.items():
            graph.initializer.append(onnx.numpy_helper.from_array(array, tensor.name + ending))
        names = [tensor.name + ending for ending in parts]
        graph.node.insert(0, onnx.helper.make_node("DequantizeLinear", names, [tensor.name]))


def export_encoder(encoder: TermEncoder, path: Path, int8: bool = True) -> Counter[str]:
    """Writes `embedder.onnx`: `input_ids`, `attention_mask` [batch, tokens] to `embedding`."""
    ids = torch.randint(5, 8, (2, 6))
    mask = torch.ones_like(ids)
    mask[1, 4:] = 0
    axes = {0: "batch", 1: "tokens"}
    return export_onnx(
        ExportedEncoder(encoder),
        {"input_ids": ids, "attention_mask": mask},
        {"input_ids": axes, "attention_mask": axes, "embedding": {0: "batch"}},
        path,
        int8,
        output="embedding",
    )


def operators(model: onnx.ModelProto) -> Counter[str]:
    """How often each operator occurs in a graph."""
    return Counter(node.op_type for node in model.graph.node)


def session(path: Path) -> onnxruntime.InferenceSession:
    """The ONNX file in ONNX Runtime, on one thread of the CPU."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def run_onnx(path: Path, inputs: dict[str, np.ndarray], batch: int = 64) -> np.ndarray:
    """The output for all rows of `inputs`, `batch` rows at a time."""
    loaded = session(path)
    count = len(next(iter(inputs.values())))
    parts = [
        loaded.run(None, {name: rows[start : start + batch] for name, rows in inputs.items()})[0]
        for start in range(0, count, batch)
    ]
    return np.concatenate(parts)


def embed_onnx(path: Path, encoder: TermEncoder, terms: Sequence[str]) -> np.ndarray:
    """Vectors [N, D] by the file at `path`, one term at a time: 8-bit activations are scaled over
    a whole batch, so that what a term gets would depend on its neighbours."""
    loaded = session(path)
    rows = []
    for term in terms:
        batch = {name: ids.cpu().numpy() for name, ids in encoder.tokenize([term]).items()}
        rows.append(loaded.run(None, batch)[0])
    return np.concatenate(rows)


def compare(reference: np.ndarray, other: np.ndarray, *, logits: bool) -> dict[str, float]:
    """Largest difference of two outputs [N, D], with label agreement or cosines of the rows."""
    report = {"max_difference": float(np.abs(reference - other).max())}
    if logits:
        same = reference.argmax(axis=1) == other.argmax(axis=1)
        return report | {"label_agreement": float(same.mean())}
    lengths = np.linalg.norm(reference, axis=1) * np.linalg.norm(other, axis=1)
    cosines = (reference * other).sum(axis=1) / lengths
    return report | {"mean_cosine": float(cosines.mean()), "least_cosine": float(cosines.min())}


def write_expected(path: Path, rows: Iterable[dict]) -> None:
    """JSON Lines that another engine is held against: its inputs and what should come out."""
    with Path(path).open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
