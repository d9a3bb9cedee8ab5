"""EfficientNet-Lite (Tan & Le 2019; the Lite variants drop squeeze-and-excitation and use ReLU6) as an ONNX graph."""

import itertools
import re
from typing import Any

import numpy as np
import numpy.typing as npt

from mia_desktop.perception.checkpoint import Tensors

_STRIDE_2 = frozenset({1, 2, 3, 5})
"""Stages, counted from 0, whose first block halves height and width."""
_EPSILON = 1e-3
_OPSET = 17


def session(weights: Tensors, options: Any) -> Any:
    """Return an onnxruntime session of the model; its structure follows from the weights' names and shapes.

    Its input ``pixels`` is float32, shape (n, 3, side, side), in [-1, 1]; its output ``logits`` float32, shape
    (n, classes). Padding is TensorFlow's SAME, with which these weights were trained; each batch normalisation is
    folded into the convolution before it.

    The weights stay beside the graph: to copy them into it and write that down holds all of Python up for a tenth of
    a second.

    Args:
        weights: the checkpoint's tensors.
        options: the session's; it gets the weights.

    Raises:
        KeyError: a weight is missing.
    """
    import onnxruntime

    build = _Builder(weights)
    graph = build.graph()
    kept = [onnxruntime.OrtValue.ortvalue_from_numpy(one) for one in build.beside.values()]
    options.add_external_initializers(list(build.beside), kept)
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def _strides(weights: Tensors) -> list[int]:
    """Return each block's stride: a stage begins where the number of channels or the kernel changes."""
    blocks = 1 + max(int(found[1]) for name in weights if (found := re.match(r"_blocks\.(\d+)\.", name)))
    shapes = [
        (len(weights[f"_blocks.{at}._bn2.bias"]), weights[f"_blocks.{at}._depthwise_conv.weight"].shape[-1])
        for at in range(blocks)
    ]
    stage, strides = 0, [1]
    for before, now in itertools.pairwise(shapes):
        stage += before != now
        strides.append(2 if before != now and stage in _STRIDE_2 else 1)
    return strides


class _Builder:
    """Collects nodes and weights; each method but `graph` returns the name of its output.

    Attributes:
        beside: the weights that the graph only names.
    """

    def __init__(self, weights: Tensors) -> None:
        self.beside: dict[str, npt.NDArray[np.float32]] = {}
        self._nodes: list[Any] = []
        self._constants: list[Any] = []
        self._weights = weights

    def graph(self) -> bytes:
        """Return the whole model in ONNX form, without its weights."""
        from onnx import TensorProto, helper

        weights = self._weights
        at = self.convolve("pixels", "_conv_stem", "_bn0", stride=2)
        for number, stride in enumerate(_strides(weights)):
            at = self.block(at, f"_blocks.{number}.", stride)
        at = self.convolve(at, "_conv_head", "_bn1")
        at = self.add("GlobalAveragePool", [at])
        at = self.add("Flatten", [at])
        at = self.add("Gemm", [at, self.keep(weights["_fc.weight"]), self.keep(weights["_fc.bias"])], transB=1)
        self._nodes.append(helper.make_node("Identity", [at], ["logits"]))
        whole = helper.make_graph(
            self._nodes,
            "efficientnet-lite",
            [helper.make_tensor_value_info("pixels", TensorProto.FLOAT, ["n", 3, "side", "side"])],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["n", len(weights["_fc.bias"])])],
            self._constants,
        )
        model = helper.make_model(whole, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=8)
        return bytes(model.SerializeToString())

    def keep(self, values: npt.NDArray[np.floating[Any]]) -> str:
        """Keep weights beside the graph, and a single number in it."""
        from onnx import TensorProto, numpy_helper

        name = f"w{len(self._constants)}"
        values = np.ascontiguousarray(values, dtype=np.float32)
        if values.size == 1:
            self._constants.append(numpy_helper.from_array(values, name))
            return name
        self.beside[name] = values
        beside = TensorProto.EXTERNAL
        named = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=values.shape, data_location=beside)
        named.external_data.add(key="location", value="beside")
        self._constants.append(named)
        return name

    def add(self, kind: str, inputs: list[str], **attributes: Any) -> str:
        from onnx import helper

        name = f"t{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def convolve(self, at: str, layer: str, norm: str, *, stride: int = 1, active: bool = True) -> str:
        weights = self._weights
        kernel = weights[f"{layer}.weight"]
        scale = weights[f"{norm}.weight"] / np.sqrt(weights[f"{norm}.running_var"] + _EPSILON)
        bias = weights[f"{norm}.bias"] - weights[f"{norm}.running_mean"] * scale
        depthwise = kernel.shape[1] == 1
        at = self.add(
            "Conv",
            [at, self.keep(kernel * scale[:, None, None, None]), self.keep(bias)],
            strides=[stride, stride],
            auto_pad="SAME_UPPER",
            group=len(kernel) if depthwise else 1,
        )
        if not active:
            return at
        return self.add("Clip", [at, self.keep(np.array(0.0)), self.keep(np.array(6.0))])

    def block(self, at: str, prefix: str, stride: int) -> str:
        """Add an inverted residual (Sandler et al. 2018)."""
        weights, before = self._weights, at
        if f"{prefix}_expand_conv.weight" in weights:
            at = self.convolve(at, f"{prefix}_expand_conv", f"{prefix}_bn0")
        at = self.convolve(at, f"{prefix}_depthwise_conv", f"{prefix}_bn1", stride=stride)
        at = self.convolve(at, f"{prefix}_project_conv", f"{prefix}_bn2", active=False)
        widened = weights.get(f"{prefix}_expand_conv.weight", weights[f"{prefix}_depthwise_conv.weight"])
        came_in = widened.shape[1] if f"{prefix}_expand_conv.weight" in weights else len(widened)
        same = stride == 1 and came_in == len(weights[f"{prefix}_bn2.bias"])
        return self.add("Add", [at, before]) if same else at
