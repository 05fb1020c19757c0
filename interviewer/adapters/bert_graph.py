"""The encoder of a BERT model as an ONNX graph for one text at a time.

Built straight from the weights, so that onnxruntime runs them without torch (whose import alone takes seconds).
One text a run and no padding: a vector then never depends on which other texts were encoded beside it.

Source: Devlin et al. 2019 (BERT); mean pooling over tokens as in Reimers & Gurevych 2019 (Sentence-BERT).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

Array = npt.NDArray[np.float32]

OPSET = 17
IR_VERSION = 8
LAYER_NORM_EPSILON = 1e-12


@dataclass(frozen=True)
class BertShape:
    """Sizes of the model; `hidden` is also the length of the vector."""

    layers: int
    heads: int
    hidden: int


class _Graph:
    """Collects nodes and constants; every method returns the name of its result."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, value: npt.NDArray[np.generic]) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, op: str, *inputs: str, outputs: int = 1, **attributes: Any) -> list[str]:
        names = [f"{op.lower()}{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(op, list(inputs), names, **attributes))
        return names

    def apply(self, op: str, *inputs: str, **attributes: Any) -> str:
        return self.node(op, *inputs, **attributes)[0]

    def linear(self, x: str, weight: Array, bias: Array) -> str:
        return self.apply("Add", self.apply("MatMul", x, self.constant(weight.T)), self.constant(bias))

    def layer_norm(self, x: str, weights: Mapping[str, Array], prefix: str) -> str:
        scale, bias = self.constant(weights[f"{prefix}.weight"]), self.constant(weights[f"{prefix}.bias"])
        return self.apply("LayerNormalization", x, scale, bias, axis=-1, epsilon=LAYER_NORM_EPSILON)

    def gelu(self, x: str) -> str:
        """0.5 x (1 + erf(x / sqrt 2)), the exact form (Hendrycks & Gimpel 2016)."""
        erf = self.apply("Erf", self.apply("Mul", x, self.constant(np.array([np.sqrt(0.5)], dtype=np.float32))))
        gate = self.apply("Add", erf, self.constant(np.array([1.0], dtype=np.float32)))
        return self.apply("Mul", self.apply("Mul", x, gate), self.constant(np.array([0.5], dtype=np.float32)))


def _attention(graph: _Graph, x: str, weights: Mapping[str, Array], prefix: str, shape: BertShape) -> str:
    size = shape.hidden // shape.heads
    scale = np.float32(1 / np.sqrt(size))
    parts = [
        (weights[f"{prefix}.self.{n}.weight"], weights[f"{prefix}.self.{n}.bias"])
        for n in ("query", "key", "value")
    ]
    weight = np.concatenate([parts[0][0] * scale, parts[1][0], parts[2][0]])
    bias = np.concatenate([parts[0][1] * scale, parts[1][1], parts[2][1]])
    split = graph.node("Split", graph.linear(x, weight, bias), outputs=3, axis=-1)
    heads = graph.constant(np.array([-1, shape.heads, size], dtype=np.int64))
    query, key, value = (graph.apply("Reshape", part, heads) for part in split)
    scores = graph.apply(
        "MatMul",
        graph.apply("Transpose", query, perm=[1, 0, 2]),
        graph.apply("Transpose", key, perm=[1, 2, 0]),
    )
    context = graph.apply(
        "MatMul", graph.apply("Softmax", scores, axis=-1), graph.apply("Transpose", value, perm=[1, 0, 2])
    )
    joined = graph.apply(
        "Reshape",
        graph.apply("Transpose", context, perm=[1, 0, 2]),
        graph.constant(np.array([-1, shape.hidden], dtype=np.int64)),
    )
    return graph.linear(joined, weights[f"{prefix}.output.dense.weight"], weights[f"{prefix}.output.dense.bias"])


def _layer(graph: _Graph, x: str, weights: Mapping[str, Array], number: int, shape: BertShape) -> str:
    prefix = f"encoder.layer.{number}"
    attended = graph.apply("Add", x, _attention(graph, x, weights, f"{prefix}.attention", shape))
    x = graph.layer_norm(attended, weights, f"{prefix}.attention.output.LayerNorm")
    inner = graph.linear(
        x, weights[f"{prefix}.intermediate.dense.weight"], weights[f"{prefix}.intermediate.dense.bias"]
    )
    outer = graph.linear(
        graph.gelu(inner), weights[f"{prefix}.output.dense.weight"], weights[f"{prefix}.output.dense.bias"]
    )
    return graph.layer_norm(graph.apply("Add", x, outer), weights, f"{prefix}.output.LayerNorm")


def encoder_graph(weights: Mapping[str, Array], shape: BertShape) -> bytes:
    """A serialised ONNX model: input `embedded` (tokens, hidden), output `vector` (hidden,) of length 1.

    `embedded` is the sum of word, position and segment embeddings; the look-up is left to the caller, so that
    the vocabulary's matrix need not be copied.
    """
    graph = _Graph()
    x = graph.layer_norm("embedded", weights, "embeddings.LayerNorm")
    for number in range(shape.layers):
        x = _layer(graph, x, weights, number, shape)
    mean = graph.apply("ReduceMean", x, axes=[0], keepdims=0)
    length = graph.apply("ReduceL2", mean, axes=[0], keepdims=1)
    graph.nodes.append(helper.make_node("Div", [mean, length], ["vector"]))
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "bert",
            [helper.make_tensor_value_info("embedded", TensorProto.FLOAT, ["tokens", shape.hidden])],
            [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [shape.hidden])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
    )
    return bytes(model.SerializeToString())
