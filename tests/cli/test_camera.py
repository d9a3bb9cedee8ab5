"""``mia camera`` as a user calls it."""

import json
from pathlib import Path

from PIL import Image

from tests.cli.test_commands import mia, told
from tests.conftest import SAMPLES


def test_a_look_needs_the_users_word(home: Path) -> None:
    assert "--allow-once" in told(mia(home, "camera", "look"), 5)
    assert "--allow-once" in told(mia(home, "camera", "look", "--screen"), 5)


def test_a_recording_is_looked_at_and_written_only_where_asked(home: Path, tmp_path: Path, video: Path) -> None:
    out = tmp_path / "seen.png"
    done = mia(home, "camera", "look", "--replay", video, "--out", out, "--json")
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert (seen["source"], seen["width"], seen["height"], seen["out"]) == ("replay", 160, 120, str(out))
    with Image.open(out) as written:
        assert written.size == (160, 120)


def test_what_cannot_be_looked_at_is_said(home: Path, tmp_path: Path) -> None:
    assert "There is no file" in told(mia(home, "camera", "look", "--replay", tmp_path / "none.avi"), 3)
    assert "cannot be played" in told(mia(home, "camera", "look", "--replay", SAMPLES / "README.md"), 4)
    assert "Say one of" in told(mia(home, "camera", "look", "--screen", "--camera", 0), 2)
    assert "cannot be used" in told(mia(home, "camera", "look", "--camera", 77, "--allow-once"), 4)


def test_cameras_are_listed_for_programs(home: Path) -> None:
    assert isinstance(json.loads(mia(home, "camera", "list", "--json").stdout)["cameras"], list)
