"""All that `mia bench vision` measures: the parts of seeing, then fusion, camera turns and the open camera."""

import dataclasses
import time
from collections.abc import Callable
from statistics import median
from typing import Any, Final

import numpy as np

from mia_desktop.bench import focus, fusion, idle_camera, vision
from mia_desktop.core.config import Settings
from mia_desktop.core.paths import Paths, shipped
from mia_desktop.core.sights import Pixels
from mia_desktop.engine import assembly
from mia_desktop.engine.remembering import load_embedder
from mia_desktop.engine.seeing import open_eyes
from mia_desktop.perception.scene import SceneGate
from mia_desktop.senses.pictures import PictureReader

_PERCEPTS: Final = 64
_VIEW: Final = "coffee.jpg"


def run(
    paths: Paths, settings: Settings, tell: Callable[[str], None], *, rounds: int, turns: int, idle_s: float
) -> dict[str, Any]:
    """Return the figures as a JSON object.

    Args:
        paths: the folders of this MIA.
        settings: of the parts.
        tell: is told what is being measured.
        rounds: how often each size is looked at.
        turns: spoken questions with and without a camera; 0: none.
        idle_s: how long the camera is left open, seconds; 0: it stays closed.
    """
    eyes = open_eyes(paths, settings)
    makers = dataclasses.replace(assembly.real_parts(paths, settings), eyesight=lambda: eyes)
    more: dict[str, Callable[[], Any]] = {"scene_gate_ms": _gate_ms}
    if eyes.encoder is not None:
        embed = load_embedder(paths, settings).embed
        more["fusion"] = lambda: {
            "percepts": _PERCEPTS,
            "attention_ms": fusion.cost_ms(_PERCEPTS),
            "reference": fusion.references(embed),
            "retrieval": fusion.retrieval(embed),
        }
    if turns:
        more["camera_turn"] = lambda: focus.camera_turn(settings, makers, turns)
    if idle_s:
        more["idle_camera"] = lambda: idle_camera.measure(settings, makers, _view(), idle_s)
    return vision.measure(eyes, eyes.encoder, eyes.reader, tell, rounds=rounds, more=more)


def _view() -> Pixels:
    reader = PictureReader()
    try:
        return reader.read(shipped("resources") / "samples" / "images" / _VIEW).pixels
    finally:
        reader.close()


def _gate_ms(rounds: int = 50) -> float:
    """Return the median time in which an unchanged view of 1280 x 720 is found unchanged, milliseconds."""
    gate, view = SceneGate(), np.full((720, 1280, 3), 128, dtype=np.uint8)
    taken_s = []
    for _ in range(rounds):
        begun_s = time.perf_counter()
        gate.changed(view)
        taken_s.append(time.perf_counter() - begun_s)
    return round(1000 * median(taken_s), 3)
