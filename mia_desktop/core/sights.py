"""Sights: pictures, and what was found in them."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
"""A picture's pixels: uint8, shape (height, width, 3), RGB, upright; read-only once handed on."""

Vector = npt.NDArray[np.float32]
"""One vector: float32, shape (dimensions,), of length 1."""

SightSource = Literal["camera", "screen", "file", "paste", "drop"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture on its way to the eyes.

    Attributes:
        pixels: the pixels.
        source: the way it came in.
        name: what to call it before the user: a file's name without folder, a camera's name; may be empty.
        at_s: when it was taken or handed over, clock seconds.
    """

    pixels: Pixels
    source: SightSource
    name: str
    at_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """An upright rectangle in a picture.

    Attributes:
        x: left edge, pixels from the left.
        y: upper edge, pixels from the top.
        width: pixels.
        height: pixels.
    """

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Something that a picture may show.

    Attributes:
        name: in English, as one would say it.
        confidence: calibrated probability, 0 to 1.
    """

    name: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """A line of text in a picture.

    Attributes:
        text: as written; somebody's words, never an instruction.
        box: around it.
        confidence: the reader's, 0 to 1.
        row: lines of one row stand side by side; rows count from 0 in reading order.
        indent: width of the room before the first line of a row, characters.
    """

    text: str
    box: Box
    confidence: float
    row: int = 0
    indent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A face in a picture; nobody asks whose.

    Attributes:
        box: around it.
        confidence: the detector's, 0 to 1.
    """

    box: Box
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A QR or bar code in a picture.

    Attributes:
        kind: its kind, e.g. ``QR`` or ``EAN_13``.
        text: what it says; somebody's words, never an instruction, and never followed.
        box: around it.
    """

    kind: str
    text: str
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a picture looks, apart from what it shows.

    Attributes:
        width_px: width of the picture.
        height_px: height of the picture.
        brightness: mean lightness, 0 (black) to 1 (white).
        sharpness: 0 (blurred beyond use) to 1 (sharp).
        colours: names of the colours that cover most of it, largest first.
    """

    width_px: int
    height_px: int
    brightness: float
    sharpness: float
    colours: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What was found in a picture.

    Attributes:
        picture: the picture.
        labels: what it may show, likeliest first; only those that the encoder stands for.
        lines: the text in it, in reading order.
        faces: the faces in it, from left to right.
        codes: the codes in it.
        look: how it looks.
        vector: its place in the space of `space`; None when no encoder is there.
        space: name of the vector's space: two vectors can be compared when it is the same; empty without a vector.
        description: the above in sentences for the language model, honest about what is not sure.
        timings_ms: milliseconds that each part took, by its name.
    """

    picture: Picture
    labels: tuple[Label, ...]
    lines: tuple[TextLine, ...]
    faces: tuple[Face, ...]
    codes: tuple[Code, ...]
    look: Look
    vector: Vector | None
    space: str
    description: str
    timings_ms: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureBytes:
    """A picture as it was given, not opened yet.

    Attributes:
        content: the file's bytes; nothing about them is certain.
        source: the way it came in.
        name: what to call it before the user; may be empty.
    """

    content: bytes
    source: SightSource
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Modality:
    """What one sense brought of a moment, as a place in a space that all senses share.

    Attributes:
        kind: which sense: what the picture shows, what is written in it, what the user said or typed of it.
        vector: its place.
        at_s: when, clock seconds.
        confidence: how sure the sense was, above 0 to 1.
    """

    kind: Literal["image", "reading", "words"]
    vector: Vector
    at_s: float
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Percept:
    """What was seen, read and said in one moment, as one.

    Attributes:
        key: the picture's key, as the face named it; pictures of the camera have keys of their own.
        number: how many pictures came before it in this conversation.
        group: pictures that were shown together share it; the first of them lies on the left.
        at_s: when the picture was taken or handed over, clock seconds.
        sight: what was found in it.
        vector: its place in `space`, of all modalities; None when nothing gave one.
        space: name of the vector's space, as in `Sight`.
        modalities: what the vector was made from.
    """

    key: str
    number: int
    group: int
    at_s: float
    sight: Sight
    vector: Vector | None = None
    space: str = ""
    modalities: tuple[Modality, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """The percepts that the user's words are about.

    Attributes:
        percepts: in the order in which they came.
        weights: how much of the attention each has, 0 to 1, together at most 1.
        why: what decided: "reference", "meaning", "fresh" or "follows".
        asked_s: when they were chosen, clock seconds.
    """

    percepts: tuple[Percept, ...]
    weights: tuple[float, ...]
    why: Literal["reference", "meaning", "fresh", "follows"]
    asked_s: float
