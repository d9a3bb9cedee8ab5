"""``mia bench vision``: what the eyes find, how often they claim too much, and what it costs."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final

import numpy as np
import psutil

from mia_desktop.bench import written
from mia_desktop.core.paths import shipped
from mia_desktop.core.ports import Eyesight, TextReader, VisionEncoder
from mia_desktop.core.sights import Picture, Pixels
from mia_desktop.perception.description import SURE
from mia_desktop.perception.imagenet import classes
from mia_desktop.perception.text_reader import rows
from mia_desktop.senses.pictures import PictureReader

SIZES_PX: Final = ((320, 240), (640, 480), (1280, 960), (2560, 1920))
EXPECTED: Final = {
    "cat.jpg": "a cat",
    "coffee.jpg": "a cup",
    "face.jpg": "one face",
    "receipt.jpg": "TOTAL  13.60",
    "code.png": "def fibonacci(n: int) -> int:",
    "qr.png": 'says "https://example.org/mia"',
    "blurred.jpg": "not clear",
}
"""What the description of each sample must say."""
QUESTIONS: Final = {
    "cat.jpg": ("the photo of my cat", "a kitten looking at me", "where is that picture of a furry pet"),
    "coffee.jpg": ("the cup of coffee", "what I had for breakfast at the cafe", "a hot drink on a table"),
}
"""Sentences that ask for a sample."""
DISTRACTORS: Final = 200
_FONTS_PX: Final = (12, 16, 24, 36)
_NOTHINGS: Final = 60


def measure(
    eyes: Eyesight,
    encoder: VisionEncoder | None,
    reader: TextReader,
    progress: Callable[[str], None],
    *,
    rounds: int = 5,
    more: Mapping[str, Callable[[], Any]] | None = None,
) -> dict[str, Any]:
    """Return the figures as a JSON object.

    Args:
        eyes: all parts together.
        encoder: the part for labels and vectors; None when no such model is here.
        reader: the part for text.
        progress: is told what is being measured.
        rounds: how often each size is looked at.
        more: further figures by name, measured last.
    """
    samples = _samples()
    result: dict[str, Any] = {
        "machine": {
            "cores": psutil.cpu_count(logical=False),
            "threads": psutil.cpu_count(),
            "load": psutil.getloadavg()[0],
        },
        "encoder": encoder.model if encoder else None,
        "reader": reader.model,
    }
    progress("The stages, by the picture's size ...")
    result["stages_ms"] = {
        f"{width}x{height}": _stages(eyes, samples, (width, height), rounds) for width, height in SIZES_PX
    }
    progress("Letters misread ...")
    result |= _text(reader)
    progress("What the samples show ...")
    result["samples"] = {
        name: {"right": words in eyes.look(samples[name]).description, "must_say": words}
        for name, words in EXPECTED.items()
    }
    result["samples_right"] = sum(one["right"] for one in result["samples"].values())
    if encoder is not None:
        progress("Pictures of nothing, and pictures found by a sentence ...")
        result["sure_of_nothing"] = _sure_of_nothing(encoder)
        result["retrieval"] = _retrieval(encoder, samples)
    for name, part in (more or {}).items():
        progress(f"{name} ...")
        result[name] = part()
    return result


def _samples() -> dict[str, Picture]:
    folder, reader = shipped("resources") / "samples" / "images", PictureReader()
    try:
        return {name: reader.read(Path(folder / name)) for name in EXPECTED}
    finally:
        reader.close()


def _stages(eyes: Eyesight, samples: Mapping[str, Picture], size: tuple[int, int], rounds: int) -> dict[str, float]:
    """Return the median milliseconds of each stage, and of the processor, on a photograph with a receipt beside it."""
    left, right = samples["coffee.jpg"].pixels, samples["receipt.jpg"].pixels
    half = (size[1], size[0] // 2)
    pixels = np.hstack((_scaled(left, half), _scaled(right, half)))
    picture = Picture(pixels=pixels, source="file", name="", at_s=0.0)
    timings: list[dict[str, float]] = []
    for number in range(rounds + 1):
        before_s = time.process_time()
        sight = eyes.look(Picture(pixels=picture.pixels.copy(), source="file", name="", at_s=0.0))
        cpu_ms = 1000 * (time.process_time() - before_s)
        if number:  # the first time warms up
            timings.append({**dict(sight.timings_ms), "processor": cpu_ms})
    return {name: round(median(one[name] for one in timings), 1) for name in timings[0]}


def _scaled(pixels: Pixels, shape: tuple[int, int]) -> Pixels:
    height, width = shape
    rows_at = np.linspace(0, pixels.shape[0] - 1, height).round().astype(int)
    columns_at = np.linspace(0, pixels.shape[1] - 1, width).round().astype(int)
    scaled: Pixels = pixels[rows_at[:, None], columns_at]
    return scaled


def _text(reader: TextReader) -> dict[str, Any]:
    """Return the mean character error rate on the pages of `written`, as rendered and as photographed, by font size."""
    chance = np.random.default_rng(11)
    on_screen: dict[str, float] = {}
    in_photos: dict[str, float] = {}
    for font_px in _FONTS_PX:
        clean, photos = [], []
        for page in written.PAGES:
            drawn = written.rendered(page, font_px)
            clean.append(written.letters_wrong("\n".join(page), rows(reader.read(drawn))))
            photo = written.photographed(drawn, chance)
            photos.append(written.letters_wrong("\n".join(page), rows(reader.read(photo))))
        on_screen[f"{font_px} px"] = round(float(np.mean(clean)), 4)
        in_photos[f"{font_px} px"] = round(float(np.mean(photos)), 4)
    return {
        "letters_wrong_rendered": on_screen,
        "letters_wrong_photographed": in_photos,
        "letters": sum(len("".join("".join(page).split())) for page in written.PAGES),
    }


def nothings(count: int) -> list[Pixels]:
    """Return pictures that show nothing: noise of several grains, gradients, stripes and spots of colour."""
    chance = np.random.default_rng(5)
    pictures: list[Pixels] = []
    rows_at, columns_at = np.mgrid[0:240, 0:320] / 240
    for number in range(count):
        grain = int(chance.integers(1, 40))
        colours = chance.uniform(0, 255, (2, 3))
        if number % 4 == 0:
            share = (
                chance.uniform(0, 1, (240 // grain + 1, 320 // grain + 1)).repeat(grain, 0).repeat(grain, 1)[:240, :320]
            )
        elif number % 4 == 1:
            share = rows_at * chance.uniform(0, 1) + columns_at * chance.uniform(0, 0.7)
        elif number % 4 == 2:
            share = 0.5 + 0.5 * np.sin((rows_at * chance.uniform(-1, 1) + columns_at) * chance.uniform(10, 90))
        else:
            y, x = chance.uniform(0, 1), chance.uniform(0, 1.3)
            share = np.exp(-((rows_at - y) ** 2 + (columns_at - x) ** 2) * chance.uniform(5, 60))
        mixed = colours[0] + np.clip(share, 0, 1)[:, :, None] * (colours[1] - colours[0])
        pictures.append(np.clip(mixed + chance.normal(0, 3, mixed.shape), 0, 255).astype(np.uint8))
    return pictures


def _sure_of_nothing(encoder: VisionEncoder) -> dict[str, Any]:
    """Return the share of pictures of nothing of which something is claimed."""
    best = [max((one.confidence for one in encoder.labels(pixels)), default=0.0) for pixels in nothings(_NOTHINGS)]
    return {"pictures": len(best), "share": round(float(np.mean(np.array(best) >= SURE)), 4)}


def _retrieval(encoder: VisionEncoder, samples: Mapping[str, Picture]) -> dict[str, Any]:
    """Return where the right picture stands, for each sentence, among the distractors.

    Distractors are vectors such as pictures of other things get: the names of ten classes, one of them likely, mixed as
    the encoder mixes them. There are no two hundred photographs here.
    """
    targets = encoder.embed([samples[name].pixels for name in QUESTIONS])
    others = _distractors(encoder)
    ranks: list[int] = []
    for target, sentences in zip(targets, QUESTIONS.values(), strict=True):
        for asked in encoder.embed_texts(sentences):
            ranks.append(1 + int((others @ asked > target @ asked).sum()))
    return {
        "distractors": len(others),
        "sentences": len(ranks),
        "first": round(float(np.mean(np.array(ranks) == 1)), 4),
        "among_five": round(float(np.mean(np.array(ranks) <= 5)), 4),
        "ranks": ranks,
    }


def _distractors(encoder: VisionEncoder) -> np.ndarray:
    chance = np.random.default_rng(23)
    shown = {"cat", "cup", "espresso", "coffee mug", "tea cup", "coffeepot"}
    phrases = [f"{name}, {kind}" if kind else name for name, kind in classes() if not {name, kind} & shown]
    vectors = encoder.embed_texts(phrases)
    mixed = []
    for likely in chance.choice(len(phrases), DISTRACTORS, replace=False):
        weights = np.append(chance.uniform(0.4, 0.95), chance.uniform(0, 0.1, 9))
        at = [likely, *chance.choice(len(phrases), 9, replace=False)]
        mean = weights @ vectors[at]
        mixed.append(mean / np.linalg.norm(mean))
    return np.stack(mixed)


def plotted(result: Mapping[str, Any]) -> tuple[Sequence[str], Mapping[str, Sequence[float]]]:
    """Return the sizes and, for each stage, its milliseconds at each, for `bench.plot.stages`."""
    sizes = list(result["stages_ms"])
    stages = [name for name in result["stages_ms"][sizes[0]] if name not in ("all", "processor")]
    return sizes, {name: [result["stages_ms"][size][name] for size in sizes] for name in stages}
