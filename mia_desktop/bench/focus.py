"""Fusion, attention, camera turns and written attacks, in one run."""

import dataclasses
from collections.abc import Callable
from typing import Any

from mia_desktop.bench import attacks, camera_turns, fusion
from mia_desktop.core.config import Settings
from mia_desktop.core.paths import Paths, shipped
from mia_desktop.engine import assembly
from mia_desktop.engine.remembering import load_embedder
from mia_desktop.senses.pictures import PictureReader

_SCENES = ("cat.jpg", "coffee.jpg", "face.jpg")
_QUESTION = "What do you see in front of you?"


def run(
    paths: Paths, settings: Settings, tell: Callable[[str], None], *, turns: int, with_attacks: bool
) -> dict[str, Any]:
    """Return the results, by what was measured."""
    embedder = load_embedder(paths, settings)
    result: dict[str, Any] = {
        "reference": fusion.references(embedder.embed),
        "retrieval": [{"way": way, **values} for way, values in fusion.retrieval(embedder.embed).items()],
        "cost": {"percepts": 64, "ms": fusion.cost_ms()},
    }
    tell("Fusion and attention are measured")
    makers = assembly.real_parts(paths, settings)
    language = makers.language()
    makers = dataclasses.replace(makers, language=lambda: language)
    if with_attacks:
        result["attacks"] = attacks.table(attacks.run(language, tell, attacks.attacks()))
    result["camera turn"] = camera_turn(settings, makers, turns)
    return result


def camera_turn(settings: Settings, makers: assembly.Makers, turns: int) -> list[dict[str, object]]:
    """Return what a look through the camera costs a spoken turn, as `camera_turns.measure` does."""
    synthesizer = makers.synthesizer()
    reader = PictureReader()
    try:
        scenes = [reader.read(shipped("resources") / "samples" / "images" / name).pixels for name in _SCENES]
    finally:
        reader.close()
    talk = camera_turns.Conversation(settings, dataclasses.replace(makers, synthesizer=lambda: synthesizer))
    try:
        return camera_turns.measure(talk, camera_turns.spoken(synthesizer, _QUESTION), scenes, turns)
    finally:
        talk.end()
