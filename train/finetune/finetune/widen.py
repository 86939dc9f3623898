"""Graphs in 8 bits to graphs in 32-bit floats with the very same weights."""

from pathlib import Path

import numpy as np
import onnx
from onnx import NodeProto, helper, numpy_helper

from .errors import InputError


def widen(source: Path, target: Path) -> int:
    """Writes a graph in which products of integers are products of floats, with the weights that
    the integers stand for, and activations are not quantised; returns how many weights that were.

    Understands what `export` writes. A table that is gathered in 8 bits stays: its numbers are the
    same either way.
    """
    model = onnx.load(str(source))
    graph = model.graph
    weights = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    makers = {name: node for node in graph.node for name in node.output}
    products = [node for node in graph.node if node.op_type == "MatMulInteger"]
    for product in products:
        _widen_product(graph, product, weights, makers)
    constant = [
        node
        for node in graph.node
        if node.op_type == "DequantizeLinear" and node.input[0] in weights
    ]
    for node in constant:
        numbers, scale, zero = (weights[name] for name in node.input)
        whole = (numbers.astype(np.float32) - np.float32(zero)) * scale
        graph.initializer.append(numpy_helper.from_array(whole, node.output[0]))
        graph.node.remove(node)
    _drop_unused(graph)
    onnx.checker.check_model(model)
    onnx.save(model, str(target))
    return len(products) + len(constant)


def _widen_product(graph, product: NodeProto, weights, makers) -> None:
    """`MatMulInteger`, `Cast` and `Mul` by both scales become one `MatMul`."""
    activations, matrix, _, zero = product.input
    quantised = makers[activations]
    cast = _only_reader(graph, product.output[0], "Cast")
    scaled = _only_reader(graph, cast.output[0], "Mul")
    (scales,) = (name for name in scaled.input if name != cast.output[0])
    factors = list(makers[scales].input)
    if quantised.op_type != "DynamicQuantizeLinear" or quantised.output[1] not in factors:
        raise InputError(f"{product.name}: not a product as `export` writes it")
    factors.remove(quantised.output[1])
    floats = (weights[matrix].astype(np.float32) - weights[zero]) * weights[factors[0]]
    name = f"{matrix}_float"
    graph.initializer.append(numpy_helper.from_array(floats.astype(np.float32), name))
    place = list(graph.node).index(scaled)
    whole = helper.make_node("MatMul", [quantised.input[0], name], list(scaled.output))
    graph.node.remove(scaled)
    graph.node.insert(place, whole)


def _only_reader(graph, value: str, kind: str) -> NodeProto:
    readers = [node for node in graph.node if value in node.input]
    if len(readers) != 1 or readers[0].op_type != kind:
        raise InputError(f"{value}: one {kind} should follow")
    return readers[0]


def _drop_unused(graph) -> None:
    wanted = {output.name for output in graph.output}
    for node in reversed(list(graph.node)):
        if wanted.isdisjoint(node.output):
            graph.node.remove(node)
        else:
            wanted.update(node.input)
    for tensor in [tensor for tensor in graph.initializer if tensor.name not in wanted]:
        graph.initializer.remove(tensor)
