from difflib import SequenceMatcher

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.core.sights import Box, Pixels, TextLine
from mia_desktop.perception.text_reader import RapidTextReader, in_reading_order, rows
from tests.perception.photographs import page, photograph

LINES = ("Opening hours", "Monday to Friday 9:30 to 18:00", "Closed on public holidays")


@pytest.fixture(scope="module")
def reader() -> RapidTextReader:
    return RapidTextReader(threads=2)


def squeezed(text: str) -> str:
    return "".join(text.lower().split())


@pytest.mark.parametrize("turn", [0, 90, 180, 270, 7, -12])
def test_text_is_read_however_the_page_is_turned(reader: RapidTextReader, turn: int) -> None:
    pixels = page(LINES, turn=turn)
    lines = reader.read(pixels)
    assert [squeezed(one.text) for one in lines] == [squeezed(one) for one in LINES]
    assert all(0.6 <= one.confidence <= 1 for one in lines)
    height, width = pixels.shape[:2]
    for one in lines:
        assert 0 <= one.box.x < one.box.x + one.box.width <= width + 1
        assert 0 <= one.box.y < one.box.y + one.box.height <= height + 1


@pytest.mark.parametrize("text", ["pd qb", "69", "NOON", "No 96-69", "STOP"])
def test_what_can_be_read_upright_is_not_turned(reader: RapidTextReader, text: str) -> None:
    (line,) = reader.read(page([text], size=(300, 120)))
    assert line.text == text
    assert line.box.x < 60, "it stands on the left"


@pytest.mark.parametrize(("ink", "paper"), [(110, 140), (60, 45), (235, 250)])
def test_faint_text_is_read(reader: RapidTextReader, ink: int, paper: int) -> None:
    found = reader.read(page(LINES, ink=ink, paper=paper))
    assert [squeezed(one.text) for one in found] == [squeezed(one) for one in LINES]


def test_boxes_of_a_turned_page_lie_on_the_text(reader: RapidTextReader) -> None:
    upright = page(["Opening hours"], at=(40, 50))
    for quarters in (1, 2, 3):
        turned = np.ascontiguousarray(np.rot90(upright, quarters))
        (line,) = reader.read(turned)
        b = line.box
        inside = np.zeros(turned.shape[:2], dtype=bool)
        inside[int(b.y) - 2 : int(b.y + b.height) + 2, int(b.x) - 2 : int(b.x + b.width) + 2] = True
        ink = turned[:, :, 0] < 100
        assert (ink & inside).sum() > 0.97 * ink.sum()


def test_columns_are_read_one_after_the_other(reader: RapidTextReader) -> None:
    left = (
        "The ship left the harbour",
        "in the early morning and",
        "nobody saw it again until",
        "the winter came back.",
    )
    right = ("In another town a woman", "opened an old letter that", "had been waiting for her", "in a locked drawer.")
    pixels = np.hstack((page(left, size=(480, 260)), page(right, size=(480, 260))))
    found = reader.read(pixels)
    for line, written in zip(found, left + right, strict=True):
        assert SequenceMatcher(None, squeezed(line.text), squeezed(written)).ratio() > 0.9


def test_code_keeps_its_indents(reader: RapidTextReader) -> None:
    text = rows(reader.read(photograph("code.png"))).splitlines()
    indents = [len(one) - len(one.lstrip()) for one in text]
    assert [4 * round(one / 4) for one in indents] == [0, 4, 4, 4, 8, 4, 0]


def test_what_stands_in_a_row_is_read_as_a_row(reader: RapidTextReader) -> None:
    text = rows(reader.read(photograph("receipt.jpg")))
    assert "Carrot cake  3.90" in text
    assert "TOTAL  13.60" in text
    assert text.splitlines()[0] == "CORNER CAFE"


@pytest.mark.parametrize("pixels", [np.full((1, 1, 3), 7, np.uint8), np.full((200, 300, 3), 255, np.uint8)])
def test_where_nothing_is_written_nothing_is_read(reader: RapidTextReader, pixels: Pixels) -> None:
    assert reader.read(pixels) == ()


def test_a_sliver_of_a_picture_is_survived(reader: RapidTextReader) -> None:
    for shape in ((4, 3000, 3), (3000, 4, 3), (40, 2, 3)):
        assert reader.read(np.zeros(shape, dtype=np.uint8)) == ()


def line(text: str, x: float, y: float, width: float = 100.0) -> TextLine:
    return TextLine(text=text, box=Box(x=x, y=y, width=width, height=20.0), confidence=0.9)


BOXES = st.lists(st.tuples(st.floats(0, 2000), st.floats(0, 2000), st.floats(5, 600)), max_size=25)


@given(BOXES, st.floats(-0.2, 0.2))
def test_reading_order_loses_nothing_and_counts_rows_upwards(
    boxes: list[tuple[float, float, float]], slope: float
) -> None:
    lines = [line(str(number), x, y, width) for number, (x, y, width) in enumerate(boxes)]
    ordered = in_reading_order(lines, slope)
    assert sorted(one.text for one in ordered) == sorted(one.text for one in lines)
    numbers = [one.row for one in ordered]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(len(set(numbers))))


def test_a_table_is_read_row_by_row() -> None:
    cells = [line("b", 200, 2), line("a", 0, 0), line("d", 200, 41), line("c", 0, 40)]
    assert rows(in_reading_order(cells)) == "a  b\nc  d"
