"""``mia camera`` as a user calls it."""

import json
import shutil
from pathlib import Path

import pytest
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


@pytest.mark.models
def test_a_question_is_about_what_the_camera_sees_when_the_user_allows_it(home: Path, tmp_path: Path) -> None:
    assert "--allow-once" in told(mia(home, "ask", "What is this?", "--camera"), 5)
    scenes = tmp_path / "scenes"
    scenes.mkdir()
    shutil.copy(SAMPLES / "images" / "cat.jpg", scenes)
    assert mia(home, "config", "set", "seeing.camera", scenes).returncode == 0
    done = mia(home, "ask", "What is this?", "--camera", "--allow-once", "--json")
    assert done.returncode == 0, done.stderr
    (seen,) = json.loads(done.stdout)["sights"]
    assert (seen["source"], seen["name"]) == ("camera", "scenes")
    assert "a cat" in seen["description"]
    looked = mia(home, "camera", "look", "--allow-once", "--json")
    assert json.loads(looked.stdout)["name"] == "scenes"


@pytest.mark.models
def test_a_recording_plays_the_camera_of_a_spoken_conversation(home: Path, tmp_path: Path) -> None:
    scenes = tmp_path / "scenes"
    scenes.mkdir()
    shutil.copy(SAMPLES / "images" / "coffee.jpg", scenes)
    question = tmp_path / "question.wav"
    assert mia(home, "say", "What do you see in front of you?", "--out", question).returncode == 0
    done = mia(home, "talk", "--wav", question, "--camera-replay", scenes, "--json")
    assert done.returncode == 0, done.stderr
    (turn,) = json.loads(done.stdout)["turns"]
    assert "a cup" in turn["sights"][0]["description"]
    assert "Name one" in told(
        mia(home, "talk", "--wav", question, "--camera-replay", scenes, "--camera-replay", scenes), 2
    )
