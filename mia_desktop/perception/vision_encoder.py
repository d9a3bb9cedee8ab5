"""What a picture shows, from EfficientNet-Lite alone: labels, and a place among the meanings of words by ConSE."""

import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from mia_desktop.core.errors import ModelDamagedError
from mia_desktop.core.ports import Vectors
from mia_desktop.core.sights import Label, Pixels
from mia_desktop.perception.imagenet import classes

_SIDES_PX = {"lite0": 224, "lite1": 240, "lite2": 260, "lite3": 280, "lite4": 300}
_CROP = 0.9
"""Share of the shorter side that the square in the middle covers."""
_MEAN = 127.0
_SCALE = 128.0
_TEMPERATURE = 0.85
"""Divides the logits (Guo et al. 2017): these weights, trained with smoothed labels, are less sure than they may be.

docs/vision.md tells what it was chosen on.
"""
_CONSE_CLASSES = 10
_LEAST = 0.05
_OF_ITS_KIND = 0.5
"""Share of its kind's probability from which a class is named beside its kind."""


class EfficientNetEncoder:
    """A VisionEncoder on an EfficientNet-Lite checkpoint; runs on onnxruntime, without torch.

    Two views are averaged: the middle of the picture, and all of it squeezed into a square. Probabilities of classes
    that are kinds of one thing (120 breeds of dog) add up to that thing's.

    A picture's vector is the mean of its ten likeliest classes' text vectors, weighted by their probabilities (ConSE:
    Norouzi et al. 2013, equation 3), so pictures and sentences lie in one space.

    Args:
        file: the checkpoint.
        model: its name in the catalogue.
        embed_texts: gives texts their vectors.
        space: name of that embedding.
        dimensions: of its vectors.
        threads: of the processor.
    """

    def __init__(
        self,
        file: Path,
        model: str,
        embed_texts: Callable[[Sequence[str]], Vectors],
        space: str,
        dimensions: int,
        threads: int,
    ) -> None:
        import onnxruntime

        from mia_desktop.perception import checkpoint, efficientnet

        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # others need the processor between
        try:
            self._session = efficientnet.session(checkpoint.tensors(file), options)
        except (ValueError, KeyError, OSError, RuntimeError):
            raise ModelDamagedError(
                f"The model {model} cannot be loaded. `mia models pull {model}` fetches it again."
            ) from None
        self.model, self.space, self.dimensions = model, space, dimensions
        self._side = next((px for name, px in _SIDES_PX.items() if model.endswith(name)), 224)
        self._embed_texts = embed_texts
        self._names, self._kinds = zip(*classes(), strict=True)
        self._known: dict[str, npt.NDArray[np.float32]] = {}
        self._alone = threading.Lock()
        nothing = np.zeros((1, 1, 3), dtype=np.uint8)
        self._last = (nothing, self._classified(nothing))

    def labels(self, pixels: Pixels, most: int = 5) -> tuple[Label, ...]:
        """Return at most `most` things that the picture may show, likeliest first, none under 0.05."""
        probabilities = self._probabilities(pixels)
        by_name: defaultdict[str, float] = defaultdict(float)
        kinds: defaultdict[str, float] = defaultdict(float)
        for name, kind, one in zip(self._names, self._kinds, probabilities, strict=True):
            by_name[name] += float(one)
            kinds[kind] += float(one)
        kind_of = dict(zip(self._names, self._kinds, strict=True))
        sizes = Counter(kind for kind in self._kinds if kind)
        found = {kind: one for kind in sizes if (one := _beyond_chance(kinds[kind], sizes[kind])) >= _LEAST}
        for name, one in by_name.items():
            kind = kind_of[name]
            if one >= _LEAST and (not kind or one >= _OF_ITS_KIND * kinds[kind]):
                found[name] = max(one, found.get(name, 0.0))
        best = sorted(found, key=lambda name: (-found[name], name))[:most]
        return tuple(Label(name=name, confidence=round(found[name], 4)) for name in best)

    def embed(self, pictures: Sequence[Pixels]) -> Vectors:
        """Return one unit vector for each picture: float32, shape (len(pictures), dimensions)."""
        out = np.zeros((len(pictures), self.dimensions), dtype=np.float32)
        for row, pixels in enumerate(pictures):
            probabilities = self._probabilities(pixels)
            best = np.argsort(probabilities)[::-1][:_CONSE_CLASSES]
            mean = probabilities[best] @ np.stack(self._meanings([self._phrase(at) for at in best]))
            out[row] = mean / np.linalg.norm(mean)
        return out

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector for each text in the same space: float32, shape (len(texts), dimensions)."""
        return self._embed_texts(texts)

    def _phrase(self, at: int) -> str:
        kind = self._kinds[at]
        return f"{self._names[at]}, {kind}" if kind else str(self._names[at])

    def _meanings(self, phrases: list[str]) -> list[npt.NDArray[np.float32]]:
        missing = [one for one in phrases if one not in self._known]
        if missing:
            self._known.update(zip(missing, self._embed_texts(missing), strict=True))
        return [self._known[one] for one in phrases]

    def _probabilities(self, pixels: Pixels) -> npt.NDArray[np.float32]:
        """Return each class's probability; what was found last is kept, for labels and vector are asked for in turn."""
        with self._alone:
            if self._last[0] is not pixels:
                self._last = (pixels, self._classified(pixels))
            return self._last[1]

    def _classified(self, pixels: Pixels) -> npt.NDArray[np.float32]:
        views = np.stack((self._middle(pixels), self._whole(pixels)))
        (logits,) = self._session.run(None, {"pixels": (views.transpose(0, 3, 1, 2) - _MEAN) / _SCALE})
        powers = np.exp((logits - logits.max(axis=1, keepdims=True)) / _TEMPERATURE)
        mean: npt.NDArray[np.float32] = (powers / powers.sum(axis=1, keepdims=True)).mean(axis=0)
        return mean

    def _middle(self, pixels: Pixels) -> npt.NDArray[np.float32]:
        height, width = pixels.shape[:2]
        side = max(1, int(_CROP * min(height, width)))
        top, left = (height - side) // 2, (width - side) // 2
        return self._scaled(pixels[top : top + side, left : left + side])

    def _whole(self, pixels: Pixels) -> npt.NDArray[np.float32]:
        return self._scaled(pixels)

    def _scaled(self, pixels: Pixels) -> npt.NDArray[np.float32]:
        import cv2

        smaller = min(pixels.shape[:2]) > self._side
        how = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
        return cv2.resize(pixels, (self._side, self._side), interpolation=how).astype(np.float32)


def _beyond_chance(probability: float, classes: int) -> float:
    """Return the probability of a kind without its share of what fits no class: 120 breeds gather it from anything."""
    share = classes / 1000
    return max(0.0, (probability - share) / (1 - share))
