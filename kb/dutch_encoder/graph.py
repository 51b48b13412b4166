"""The body as an ONNX graph, in float32 or with its weights and activations in eight bits."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kb.dutch_encoder.artefact import Matrix
from kb.dutch_encoder.files import HEADS, LAYERS, SMALL, WIDTH
from kb.dutch_encoder.onnx_file import Node, Value, model_bytes

MICROSOFT = "com.microsoft"  # ONNX Runtime's own operations: attention and quantised products in one step
VERSIONS = {"": 17, MICROSOFT: 1}


def body_graph(weights: dict[str, Matrix], *, eight_bits: bool = False) -> bytes:
    """The model from summed input vectors (batch, tokens, 384) and a mask (batch, tokens), int32, to unit vectors."""
    graph = _Graph(weights, eight_bits=eight_bits)
    hidden = graph.normalised("vectors", "embeddings.LayerNorm")
    for layer in range(LAYERS):
        hidden = graph.layer(hidden, f"encoder.layer.{layer}.")
    graph.mean(hidden)
    inputs = [Value("vectors", "float32", ("batch", "tokens", WIDTH)), Value("mask", "int32", ("batch", "tokens"))]
    return model_bytes(graph.nodes, graph.constants, inputs, [Value("unit", "float32", ("batch", WIDTH))], VERSIONS)


@dataclass(slots=True)
class _Graph:
    """A graph that grows by one operation at a time; each method gives the name of its result."""

    weights: dict[str, Matrix]
    eight_bits: bool
    nodes: list[Node] = field(default_factory=list)
    constants: dict[str, NDArray[np.generic]] = field(default_factory=dict)

    def layer(self, hidden: str, name: str) -> str:
        """One layer of BERT: attention and a wide step, each added to its input and normalised."""
        attended = self.linear(self.attention(hidden, f"{name}attention.self."), f"{name}attention.output.dense")
        hidden = self.normalised(self.add("Add", hidden, attended), f"{name}attention.output.LayerNorm")
        wide = self.add("Gelu", self.linear(hidden, f"{name}intermediate.dense"), domain=MICROSOFT)
        return self.normalised(
            self.add("Add", hidden, self.linear(wide, f"{name}output.dense")), f"{name}output.LayerNorm"
        )

    def attention(self, hidden: str, name: str) -> str:
        """Attention with twelve heads; query, key and value are one product."""
        parts = ("query", "key", "value")
        weight = np.concatenate([self.weights[f"{name}{part}.weight"].T for part in parts], axis=1)
        bias = self.constant(f"{name}bias", np.concatenate([self.weights[f"{name}{part}.bias"] for part in parts]))
        heads = {"num_heads": HEADS}
        if not self.eight_bits:
            weight_name = self.constant(f"{name}weight", weight)
            return self.add("Attention", hidden, weight_name, bias, "mask", domain=MICROSOFT, **heads)
        whole, scale, zero = self.quantised(f"{name}weight", weight)
        rows, row_scale, row_zero = self.several("DynamicQuantizeLinear", 3, hidden)
        inputs = (rows, whole, bias, row_scale, scale, "mask", row_zero, zero)
        return self.add("QAttention", *inputs, domain=MICROSOFT, **heads)

    def linear(self, hidden: str, name: str) -> str:
        """A product with a weight, plus a bias."""
        weight = self.weights[f"{name}.weight"].T
        bias = self.constant(f"{name}.bias", self.weights[f"{name}.bias"])
        if self.eight_bits:
            return self.add(
                "DynamicQuantizeMatMul", hidden, *self.quantised(f"{name}.weight", weight), bias, domain=MICROSOFT
            )
        return self.add("Add", self.add("MatMul", hidden, self.constant(f"{name}.weight", weight)), bias)

    def normalised(self, hidden: str, name: str) -> str:
        """Layer normalisation."""
        constants = [self.constant(f"{name}.{part}", self.weights[f"{name}.{part}"]) for part in ("weight", "bias")]
        return self.add("LayerNormalization", hidden, *constants, axis=-1, epsilon=SMALL)

    def mean(self, hidden: str) -> None:
        """The mean over real tokens, at unit length, as the graph's result."""
        last = self.constant("last", np.array([-1], np.int64))
        kept = self.add("Unsqueeze", self.add("Cast", "mask", to=1), last)
        tokens = self.constant("tokens", np.array([1], np.int64))
        # a sum would do as well: its length is made one
        total = self.add("ReduceSum", self.add("Mul", hidden, kept), tokens, keepdims=0)
        self.nodes.append(Node("LpNormalization", [total], ["unit"], {"axis": -1, "p": 2}))

    def quantised(self, name: str, weight: Matrix) -> tuple[str, str, str]:
        """A weight (in, out) as int8 with a scale for each column, and its zero."""
        scales = np.maximum(np.abs(weight).max(0), 1e-12) / _STEPS
        whole = np.rint(weight / scales).astype(np.int8)
        return (
            self.constant(name, whole),
            self.constant(f"{name}.scale", scales.astype(np.float32)),
            self.constant(f"{name}.zero", np.zeros(len(scales), np.int8)),
        )

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        """A tensor that does not change."""
        self.constants[name] = values
        return name

    def add(self, operation: str, *inputs: str, domain: str = "", **attributes: float) -> str:
        """One operation with one result."""
        return self.several(operation, 1, *inputs, domain=domain, **attributes)[0]

    def several(self, operation: str, count: int, *inputs: str, domain: str = "", **attributes: float) -> list[str]:
        """One operation with several results."""
        outputs = [f"{len(self.nodes)}.{number}" for number in range(count)]
        self.nodes.append(Node(operation, inputs, outputs, attributes, domain))
        return outputs


_STEPS = 64  # not 127: processors without VNNI add two products of eight bits in sixteen, which 127 would overflow
