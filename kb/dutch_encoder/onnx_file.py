"""Writing an ONNX model by hand: the few messages of its format that a fixed graph needs, as Protocol Buffers bytes.

The packages that write ONNX files are large; what is needed of the format (onnx.proto, version 8) fits on this page.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

ELEMENT_TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7}
Attribute = int | float
Part = bytes | memoryview


@dataclass(frozen=True, slots=True)
class Node:
    """One operation: its inputs and outputs by name. ``domain`` is empty for ONNX's own operations."""

    operation: str
    inputs: Sequence[str]
    outputs: Sequence[str]
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    domain: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """An input or output of the graph; a dimension with a name may have any size."""

    name: str
    element_type: str
    shape: Sequence[int | str]


def model_bytes(
    nodes: Sequence[Node],
    constants: Mapping[str, NDArray[np.generic]],
    inputs: Sequence[Value],
    outputs: Sequence[Value],
    versions: Mapping[str, int],
) -> bytes:
    """A whole model; ``versions`` gives the version of each domain's set of operations."""
    graph = [
        *(part for node in nodes for part in _message(1, [_node(node)])),
        _text(2, "graph"),
        *(part for name, values in constants.items() for part in _message(5, _tensor(name, values))),
        *(part for value in inputs for part in _message(11, [_value(value)])),
        *(part for value in outputs for part in _message(12, [_value(value)])),
    ]
    sets = [_whole(8, _text(1, domain) + _number(2, version)) for domain, version in versions.items()]
    return b"".join([_number(1, 8), *_message(7, graph), *sets])


def _node(node: Node) -> bytes:
    return b"".join(
        [
            *(_text(1, name) for name in node.inputs),
            *(_text(2, name) for name in node.outputs),
            _text(4, node.operation),
            *(_whole(5, _attribute(name, value)) for name, value in node.attributes.items()),
            _text(7, node.domain),
        ]
    )


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, int):
        return _text(1, name) + _number(3, value) + _number(20, 2)
    return _text(1, name) + _key(2, 5) + struct.pack("<f", value) + _number(20, 1)


def _tensor(name: str, values: NDArray[np.generic]) -> list[Part]:
    dimensions = b"".join(_number(1, size) for size in values.shape)
    kind = _number(2, ELEMENT_TYPES[values.dtype.name])
    return [dimensions, kind, _text(8, name), *_message(9, [np.ascontiguousarray(values).data.cast("B")])]


def _value(value: Value) -> bytes:
    sizes = [_text(2, size) if isinstance(size, str) else _number(1, size) for size in value.shape]
    shape = b"".join(_whole(1, size) for size in sizes)
    tensor = _number(1, ELEMENT_TYPES[value.element_type]) + _whole(2, shape)
    return _text(1, value.name) + _whole(2, _whole(1, tensor))


def _text(number: int, text: str) -> bytes:
    return _whole(number, text.encode())


def _whole(number: int, content: bytes) -> bytes:
    return b"".join(_message(number, [content]))


def _message(number: int, parts: Sequence[Part]) -> list[Part]:
    """A message in parts that are joined once, at the end: weights are large, and copying them takes time."""
    return [_key(number, 2) + _varint(sum(map(len, parts))), *parts]


def _number(number: int, value: int) -> bytes:
    return _key(number, 0) + _varint(value if value >= 0 else value + (1 << 64))


def _key(number: int, wire_type: int) -> bytes:
    return _varint(number << 3 | wire_type)


def _varint(value: int) -> bytes:
    found = bytearray()
    while value > 0x7F:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*found, value])
