"""The trained encoder as an ONNX file, 8 bits a weight: inputs `ids`, `shapes`; output `scores`, log p of O, B, I."""

import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.encoder_net import HEADS, WIDTH, Layer, Net

OPSET = 17
TABLE = "words.table"


class Exported(nn.Module):
    """The network in operations that onnxruntime knows to join, with our style fixed and without a mask."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.words = nn.Embedding.from_pretrained(net.words.weight)
        self.shapes = nn.Embedding.from_pretrained(net.shapes.weight + net.styles.weight[0])
        self.places = nn.Parameter(net.places.weight)
        self.norm, self.layers, self.head = net.norm, net.layers, net.head

    def _layer(self, layer: Layer, x: Tensor) -> Tensor:
        q, k, v = (part.unflatten(-1, (HEADS, WIDTH // HEADS)).transpose(1, 2) for part in layer.qkv(x).chunk(3, -1))
        weights = torch.softmax(q @ k.transpose(-1, -2) * (WIDTH // HEADS) ** -0.5, -1)
        x = layer.norm1(x + layer.out((weights @ v).transpose(1, 2).flatten(2)))
        return layer.norm2(x + layer.down(nn.functional.gelu(layer.up(x))))

    def forward(self, ids: Tensor, shapes: Tensor) -> Tensor:
        """Log-probabilities of O, B, I for each sub-word."""
        x = self.norm(self.words(ids) + self.shapes(shapes) + self.places[: ids.shape[1]])
        for layer in self.layers:
            x = self._layer(layer, x)
        return torch.log_softmax(self.head(x), -1)


def _pack_words(model: onnx.ModelProto) -> None:
    """The table of word vectors in 8 bits, each row with its own scale; rows are unpacked when they are looked up."""
    graph = model.graph
    weights = {t.name: t for t in graph.initializer}
    at, gather = next(
        (n, node) for n, node in enumerate(graph.node)
        if node.op_type == "Gather" and node.input[0] in weights and weights[node.input[0]].dims[0] > 1000
    )  # fmt: skip
    table = numpy_helper.to_array(weights[gather.input[0]])
    scale = np.abs(table).max(axis=1, keepdims=True) / 127.0
    scale = np.where(scale == 0, 1.0, scale).astype(np.float32)
    rows = np.round(table / scale).astype(np.int8)
    graph.initializer.remove(weights[gather.input[0]])
    graph.initializer.extend([numpy_helper.from_array(rows, TABLE), numpy_helper.from_array(scale, f"{TABLE}.scale")])
    ids, out = gather.input[1], gather.output[0]
    nodes = [
        helper.make_node("Gather", [TABLE, ids], [f"{TABLE}.rows"]),
        helper.make_node("Cast", [f"{TABLE}.rows"], [f"{TABLE}.floats"], to=TensorProto.FLOAT),
        helper.make_node("Gather", [f"{TABLE}.scale", ids], [f"{TABLE}.scales"]),
        helper.make_node("Mul", [f"{TABLE}.floats", f"{TABLE}.scales"], [out]),
    ]
    graph.node.remove(gather)
    for offset, node in enumerate(nodes):
        graph.node.insert(at + offset, node)


def export_float(net: Net, path: Path) -> None:
    """The network as it was trained, 32 bits."""
    example = (torch.zeros(2, 8, dtype=torch.int64), torch.zeros(2, 8, dtype=torch.int64))
    axes = {name: {0: "windows", 1: "length"} for name in ("ids", "shapes", "scores")}
    torch.onnx.export(
        Exported(net).eval(), example, str(path), input_names=["ids", "shapes"], output_names=["scores"],
        dynamic_axes=axes, opset_version=OPSET, dynamo=False,
    )  # fmt: skip


def export(net: Net, path: Path, *, narrow: bool = True) -> int:
    """Write the model; returns its size in bytes. `narrow` keeps weights to 7 bits, so that processors without VNNI,
    which add two products in 16 bits, do not overflow.
    """
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        export_float(net, whole)
        model = onnx.load(str(whole))
        _pack_words(model)
        onnx.save(model, str(whole))
        quantize_dynamic(
            whole,
            path,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=narrow,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=[n.name for n in model.graph.node if n.op_type == "MatMul" and _is_head(model, n)],
        )
    final = onnx.load(str(path))
    final.producer_name, final.producer_version = "dateline training.encoder", ""
    onnx.checker.check_model(final)
    onnx.save(final, str(path))
    return path.stat().st_size


def _is_head(model: onnx.ModelProto, node: onnx.NodeProto) -> bool:
    """The last, small step stays in 32 bits."""
    return any(t.name == node.input[1] and t.dims[-1] == 3 for t in model.graph.initializer)
