"""`mia see`: JSON, sentences, exit codes. Real models, real processes."""

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import mia, told
from tests.conftest import SAMPLES

IMAGES = SAMPLES / "images"

pytestmark = pytest.mark.models


def test_a_picture_is_told_as_one_json_object(home: Path) -> None:
    found = json.loads(mia(home, "see", IMAGES / "receipt.jpg", "--json").stdout)
    assert {"labels", "text", "lines", "faces", "codes", "description", "timings"} <= set(found)
    assert "TOTAL  13.60" in found["text"].splitlines()
    assert {"text", "box", "confidence"} <= set(found["lines"][0])
    assert {"labels", "text", "faces", "codes", "all"} <= set(found["timings"])
    assert all(0 <= one < 60 for one in found["timings"].values())


def test_a_picture_is_told_in_sentences(home: Path) -> None:
    done = mia(home, "see", IMAGES / "cat.jpg")
    assert done.returncode == 0
    assert done.stdout.startswith("It shows a cat (")
    assert done.stderr == ""


def test_several_pictures_are_told_one_after_the_other(home: Path) -> None:
    both = (IMAGES / "qr.png", IMAGES / "blurred.jpg")
    lines = mia(home, "see", *both).stdout.splitlines()
    assert [one.split(":")[0] for one in lines] == ["qr.png", "blurred.jpg"]
    found = json.loads(mia(home, "see", *both, "--json").stdout)
    assert [one["name"] for one in found["pictures"]] == ["qr.png", "blurred.jpg"]
    assert len(found["pictures"][0]["codes"]) == 1


@pytest.mark.parametrize("name", ["missing.png", "folder", "empty.png", "words.png"])
def test_what_is_no_picture_is_refused_in_a_sentence(home: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.png").touch()
    (tmp_path / "words.png").write_text("I am a poem.")
    assert name in told(mia(home, "see", tmp_path / name), 3)


def test_without_models_text_and_codes_are_still_read(home: Path, tmp_path: Path) -> None:
    done = mia(home, "see", IMAGES / "qr.png", models=tmp_path / "none")
    assert done.returncode == 0
    assert 'A QR code in it says "https://example.org/mia"' in done.stdout
