"""The network of a Piper voice in two halves (VITS; Kim et al. 2021): one plans a sentence, one makes it sound."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from mia_desktop.core.ring import Samples

_DECODER = "/dec/"
_WIDTHS = "/Ceil_output_0"
_AROUND_FRAMES = 12
"""What the decoder (HiFi-GAN; Kong et al. 2020) sees beside a stretch: with 10 frames at either side the samples are
the same as in one go up to 1e-6, with 8 up to 1e-3."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a sentence will sound.

    Attributes:
        frames: how many there are of `samples_per_frame` samples.
        widths: frames of each id that was asked for, shape (ids,); None when the voice does not tell.
        latent: what the decoder makes sound of, float32, shape (1, channels, frames).
    """

    frames: int
    widths: npt.NDArray[np.int64] | None
    latent: npt.NDArray[np.float32]


class VitsNetwork:
    """A voice's ONNX file; where its graph cannot be told apart into two, the first half makes the sound as well."""

    def __init__(self, file: Path, samples_per_frame: int) -> None:
        import onnx

        self.samples_per_frame = samples_per_frame
        model = onnx.load_model_from_string(file.read_bytes())
        self._tells_widths = _tell_widths(model)
        decoder = _split_off(model)
        self._planner = _session(model.SerializeToString())
        self._decoder = _session(decoder) if decoder else None

    def plan(self, ids: list[int], scales: tuple[float, float, float], speaker: int | None) -> Plan:
        """Plan a sentence; `scales` are those of noise, length and noise of lengths."""
        given = {
            "input": np.array([ids], dtype=np.int64),
            "input_lengths": np.array([len(ids)], dtype=np.int64),
            "scales": np.array(scales, dtype=np.float32),
        }
        if speaker is not None:
            given["sid"] = np.array([speaker], dtype=np.int64)
        latent, *widths = self._planner.run(None, given)
        if self._decoder is None:
            latent = latent.reshape(1, 1, -1)
        return Plan(
            frames=math.ceil(latent.shape[2] / (self.samples_per_frame if self._decoder is None else 1)),
            widths=widths[0].reshape(-1).astype(np.int64) if self._tells_widths else None,
            latent=latent,
        )

    def sound(self, plan: Plan, start: int, stop: int) -> Samples:
        """Return the samples (float32, mono) of the frames from `start` up to `stop`."""
        size = self.samples_per_frame
        if self._decoder is None:
            return plan.latent[0, 0, start * size : stop * size]
        before = min(start, _AROUND_FRAMES)
        seen = plan.latent[:, :, start - before : stop + _AROUND_FRAMES]
        (made,) = self._decoder.run(None, {self._decoder.get_inputs()[0].name: seen})
        samples: Samples = made.reshape(-1)[before * size : (before + stop - start) * size]
        return samples


def _session(model: bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # Threads that spin while they wait take the processor from the language model: with it writing, a clause took
    # half again as long.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    session._model_bytes = None  # kept for a change of provider that never comes; as large as the file
    return session


def _tell_widths(model: Any) -> bool:
    """Make the length of each phoneme an output, where the graph has it; tell whether it has."""
    from onnx import helper

    found = [name for node in model.graph.node for name in node.output if name.endswith(_WIDTHS)]
    if len(found) != 1:
        return False
    model.graph.output.append(helper.make_empty_tensor_value_info(found[0]))
    return True


def _split_off(model: Any) -> bytes:
    """Take the decoder out of a graph; return it as a model, or nothing when it is not one piece with one input."""
    import onnx
    from onnx import helper

    graph = model.graph
    nodes = [node for node in graph.node if node.name.startswith(_DECODER)]
    made = {name for node in nodes for name in node.output}
    used = {name for node in nodes for name in node.input if name}
    constants = [one for one in graph.initializer if one.name in used]
    needed = used - made - {one.name for one in constants}
    if len(needed) != 1:
        return b""
    (latent,) = needed
    decoder = onnx.ModelProto(ir_version=model.ir_version, opset_import=model.opset_import)
    decoder.graph.name = "decoder"
    decoder.graph.node.extend(nodes)
    decoder.graph.initializer.extend(constants)
    decoder.graph.input.append(helper.make_tensor_value_info(latent, onnx.TensorProto.FLOAT, [1, None, None]))
    decoder.graph.output.append(helper.make_empty_tensor_value_info(nodes[-1].output[0]))
    planner = [node for node in graph.node if not node.name.startswith(_DECODER) and not made.intersection(node.input)]
    still_used = {name for node in planner for name in node.input}
    for field, kept in (
        (graph.node, planner),
        (graph.initializer, [one for one in graph.initializer if one.name in still_used]),
        (graph.output, [helper.make_empty_tensor_value_info(latent), *graph.output[1:]]),
    ):
        kept = list(kept)
        del field[:]
        field.extend(kept)
    return bytes(decoder.SerializeToString())
