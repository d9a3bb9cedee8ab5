"""One suite for each port that looks for something in a picture, run on a fake and on the real part."""

import numpy as np
import pytest

from mia_desktop.core.paths import Paths
from mia_desktop.core.ports import FaceDetector, TextReader
from mia_desktop.core.sights import Box, Pixels
from mia_desktop.library.store import Store
from mia_desktop.perception.faces import FaceFinder
from mia_desktop.perception.text_reader import RapidTextReader
from tests.fakes import FakeFaceDetector, FakeTextReader
from tests.perception.photographs import page, photograph

EMPTY = [np.full(shape, 200, dtype=np.uint8) for shape in ((1, 1, 3), (2, 300, 3), (300, 2, 3), (120, 160, 3))]


@pytest.fixture(scope="module", params=["fake", "real"])
def reader(request: pytest.FixtureRequest) -> TextReader:
    return FakeTextReader() if request.param == "fake" else RapidTextReader(threads=1)


@pytest.fixture(scope="module", params=["fake", pytest.param("real", marks=pytest.mark.models)])
def faces(request: pytest.FixtureRequest) -> FaceDetector:
    if request.param == "fake":
        return FakeFaceDetector()
    return FaceFinder(Store(Paths.choose()).located("yunet").main, "yunet")


def inside(box: Box, pixels: Pixels, by_px: float = 1.0) -> bool:
    height, width = pixels.shape[:2]
    across = -by_px <= box.x < box.x + box.width <= width + by_px
    return across and -by_px <= box.y < box.y + box.height <= height + by_px


def test_a_text_reader_reads_a_line_where_it_is(reader: TextReader) -> None:
    pixels = page(["Opening hours"], size=(320, 120))
    pixels.flags.writeable = False
    (line,) = reader.read(pixels)
    assert line.text == "Opening hours"
    assert 0 < line.confidence <= 1
    assert (line.row, line.indent) == (0, 0)
    assert inside(line.box, pixels)
    assert line.box.x < 60 < 150 < line.box.x + line.box.width
    assert reader.read(pixels) == (line,), "it remembers nothing"
    assert reader.model


@pytest.mark.parametrize("pixels", EMPTY)
def test_a_text_reader_finds_nothing_where_nothing_is_written(reader: TextReader, pixels: Pixels) -> None:
    assert reader.read(pixels) == ()


def test_a_face_detector_finds_a_face_where_it_is(faces: FaceDetector) -> None:
    pixels = photograph("face.jpg").copy()
    pixels.flags.writeable = False
    (face,) = faces.find(pixels)
    assert inside(face.box, pixels)
    assert 0 < face.confidence <= 1
    assert faces.find(pixels) == (face,)
    assert faces.model


@pytest.mark.parametrize("pixels", EMPTY)
def test_a_face_detector_finds_nobody_where_nobody_is(faces: FaceDetector, pixels: Pixels) -> None:
    assert faces.find(pixels) == ()
