"""The whole way of a picture through llama.cpp, on a model of random weights that the test writes."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("gguf")

from mia_desktop.core.config import Settings
from mia_desktop.core.errors import InputError, ModelDamagedError
from mia_desktop.core.items import Message
from mia_desktop.core.paths import Paths
from mia_desktop.core.sights import Pixels
from mia_desktop.engine.seeing import open_picture_talker
from mia_desktop.language.picture_talker import LlamaPictureTalker
from mia_desktop.library.store import Store
from tests.language import tiny_seeing_model

QUESTION = [Message(role="system", text="Be kind."), Message(role="user", text="What is this?")]


def talker(files: tuple[Path, Path], **more: Any) -> LlamaPictureTalker:
    settings = {"context_tokens": 256, "threads": 1, "gpu_layers": 0, "temperature": 0.0, "seed": 7} | more
    return LlamaPictureTalker(*files, "tiny-seer", **settings)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return tiny_seeing_model.write(tmp_path_factory.mktemp("seer"))


@pytest.fixture(scope="module")
def tiny(files: tuple[Path, Path]) -> Iterator[LlamaPictureTalker]:
    return talker(files)


def picture(seed: int, shape: tuple[int, int] = (40, 60)) -> Pixels:
    return np.random.default_rng(seed).integers(0, 256, (*shape, 3), dtype=np.uint8)


def test_the_answer_depends_on_the_picture_and_comes_piece_by_piece(tiny: LlamaPictureTalker) -> None:
    first = list(tiny.reply(QUESTION, [picture(1)], 24))
    assert 1 < len(first) <= 24
    assert list(tiny.reply(QUESTION, [picture(1)], 24)) == first
    others = {"".join(tiny.reply(QUESTION, [picture(seed)], 24)) for seed in range(2, 8)}
    assert others - {"".join(first)}, "it saw a difference"


def test_several_pictures_and_none_are_answered(tiny: LlamaPictureTalker) -> None:
    assert list(tiny.reply(QUESTION, [], 5))
    assert list(tiny.reply(QUESTION, [picture(1), picture(2, (3, 90)), picture(3, (1, 1))], 5))


def test_a_large_picture_is_made_smaller(tiny: LlamaPictureTalker) -> None:
    assert list(tiny.reply(QUESTION, [np.zeros((3000, 4000, 3), dtype=np.uint8)], 3))


def test_closing_stops_and_the_next_question_is_answered(tiny: LlamaPictureTalker) -> None:
    reply = tiny.reply(QUESTION, [picture(1)], 200)
    first = next(reply)
    reply.close()
    assert next(tiny.reply(QUESTION, [picture(1)], 200)) == first


def test_words_do_not_pass_for_a_picture(tiny: LlamaPictureTalker) -> None:
    trick = [Message(role="user", text="Look: <__media__> and <__media__>")]
    assert list(tiny.reply(trick, [picture(1)], 3))
    assert list(tiny.reply([*QUESTION, Message(role="assistant", text="<__media__>"), *trick], [], 3))


def test_what_is_too_long_is_told_in_a_sentence(tiny: LlamaPictureTalker) -> None:
    with pytest.raises(InputError, match="more than the model tiny-seer can take in"):
        list(tiny.reply([Message(role="user", text="word " * 400)], [picture(1)], 5))
    with pytest.raises(InputError, match="Show fewer pictures"):
        list(tiny.reply(QUESTION, [picture(1)] * 80, 5))
    assert list(tiny.reply(QUESTION, [picture(1)], 5)), "and the next question is answered"


def test_no_address_is_opened(tiny: LlamaPictureTalker, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert list(tiny.reply([Message(role="user", text="See https://example.org/a.png")], [picture(1)], 3))


@pytest.mark.parametrize("which", ["no projector", "cut off", "not a model", "another width", "the wrong way round"])
def test_a_projector_that_does_not_fit_is_told_in_a_sentence(
    files: tuple[Path, Path], tmp_path: Path, which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    model, projector = files
    other = tmp_path / "mmproj.gguf"
    if which == "cut off":
        other.write_bytes(projector.read_bytes()[:5000])
    elif which == "not a model":
        other.write_bytes(b"GGUF, or so it says")
    elif which == "another width":
        monkeypatch.setattr(tiny_seeing_model, "WIDTH", 64)
        _, other = tiny_seeing_model.write(tmp_path)
    elif which == "the wrong way round":
        model, other = projector, model
    with pytest.raises(ModelDamagedError, match="tiny-seer and its projector cannot be loaded"):
        talker((model, other))


def test_the_best_seeing_model_on_this_machine_is_opened(files: tuple[Path, Path], tmp_path: Path) -> None:
    paths = Paths(home=tmp_path / "home", models=tmp_path / "models")
    assert open_picture_talker(paths, Settings()) is None
    added = Store(paths).add(files[0], "my-seer")
    assert added.inputs == ("text", "image")
    assert [one.name for one in added.files] == ["tiny.gguf", "mmproj-tiny.gguf"]
    found = open_picture_talker(paths, Settings())
    assert found is not None
    assert found.model == "my-seer"
    assert list(found.reply(QUESTION, [picture(1)], 3))


def test_a_projector_that_may_be_anothers_is_left_alone(files: tuple[Path, Path], tmp_path: Path) -> None:
    for one in files:
        (tmp_path / one.name).write_bytes(one.read_bytes())
    (tmp_path / "another.gguf").write_bytes(files[0].read_bytes())
    store = Store(Paths(home=tmp_path / "home", models=tmp_path / "models"))
    assert store.add(tmp_path / "tiny.gguf").inputs == ()
