import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mia_desktop.core.config import Settings
from mia_desktop.core.paths import Paths
from mia_desktop.library.machine import Machine
from mia_desktop.library.progress import Progress, Report
from mia_desktop.library.store import Store
from mia_desktop.library.survey import missing, survey
from mia_desktop.library.worklist import Errand, Worklist
from tests.library.tiny_models import BIG, Carriers, catalogue_entry, gguf_bytes, store_of, wheel_source

WAIT_S = 20


class Told:
    """Collects what a worklist tells, and lets a test wait for it."""

    def __init__(self) -> None:
        self.all: list[Errand] = []
        self._changed = threading.Condition()

    def __call__(self, errand: Errand) -> None:
        with self._changed:
            self.all.append(errand)
            self._changed.notify_all()

    def wait_for(self, model: str, phase: str, deed: str = "") -> Errand:
        def found() -> Errand | None:
            hits = [e for e in self.all if e.model == model and e.phase == phase and deed in ("", e.deed)]
            return hits[-1] if hits else None

        with self._changed:
            assert self._changed.wait_for(lambda: found() is not None, WAIT_S), self.all
            errand = found()
        assert errand is not None
        return errand


class Gate:
    """Holds a fetch when it is half done."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.reached = threading.Event()


class GatedStore(Store):
    """A store whose fetches wait at a gate."""

    def __init__(self, paths: Paths, gate: Gate) -> None:
        super().__init__(paths)
        self._gate = gate

    def pull(self, name: str, progress: Report | None = None, cancel: threading.Event | None = None) -> None:
        assert progress is not None
        assert cancel is not None

        def watched(one: Progress) -> None:
            progress(one)
            if one.stage == "assembling" and one.done_bytes > 100_000:
                self._gate.reached.set()
                while not self._gate.open.wait(0.01) and not cancel.is_set():
                    pass

        super().pull(name, watched, cancel)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def work(tiny: Store, paths: Paths, told: Told, gate: Gate) -> Iterator[Worklist]:
    work = Worklist(lambda: GatedStore(paths, gate), told)
    yield work
    work.close()


def test_a_model_is_fetched_and_its_progress_told(work: Worklist, told: Told, tiny: Store, gate: Gate) -> None:
    gate.open.set()
    work.want("fetch", "tiny")
    told.wait_for("tiny", "done")
    assert tiny.status("tiny") == "installed"
    standings = [one.standing for one in told.all if one.standing is not None]
    assert standings
    assert all(0 <= one.done_bytes <= one.total_bytes for one in standings)
    assert not work.busy
    assert work.errands() == []


def test_errands_are_done_one_after_the_other(work: Worklist, told: Told, gate: Gate) -> None:
    work.want("fetch", "tiny")
    work.want("verify", "smollm2-135m")
    work.want("fetch", "tiny")  # it is under way already
    told.wait_for("tiny", "running")
    assert [(one.model, one.phase) for one in work.errands()] == [("tiny", "running"), ("smollm2-135m", "queued")]
    gate.open.set()
    told.wait_for("smollm2-135m", "failed")  # nothing of it is here
    order = [one.model for one in told.all if one.phase in ("done", "failed")]
    assert order == ["tiny", "smollm2-135m"]


def test_a_pause_keeps_what_was_fetched_and_going_on_uses_it(
    work: Worklist, told: Told, tiny: Store, gate: Gate
) -> None:
    work.want("fetch", "tiny")
    assert gate.reached.wait(WAIT_S)
    work.pause("tiny")
    paused = told.wait_for("tiny", "paused")
    assert not work.busy
    assert tiny.kept_bytes("tiny") > 0
    gate.open.set()
    work.resume("tiny")
    queued = [one for one in told.all if one.phase == "queued"][-1]
    assert queued.standing == paused.standing
    told.wait_for("tiny", "done")
    assert tiny.status("tiny") == "installed"


@pytest.mark.parametrize("paused_first", [False, True])
def test_what_the_user_gives_up_leaves_nothing(
    work: Worklist, told: Told, tiny: Store, gate: Gate, paused_first: bool
) -> None:
    work.want("fetch", "tiny")
    assert gate.reached.wait(WAIT_S)
    if paused_first:
        work.pause("tiny")
        told.wait_for("tiny", "paused")
    work.drop("tiny")
    told.wait_for("tiny", "dropped")
    if paused_first:
        told.wait_for("tiny", "done", "clear")
    assert tiny.kept_bytes("tiny") == 0
    assert tiny.status("tiny") == "missing"
    assert work.errands() == []


def test_one_that_waits_can_be_taken_back(work: Worklist, told: Told, gate: Gate) -> None:
    work.want("fetch", "tiny")
    work.want("verify", "yunet")
    told.wait_for("tiny", "running")
    work.drop("yunet")
    gate.open.set()
    told.wait_for("tiny", "done")
    assert not any(one.model == "yunet" and one.phase == "running" for one in told.all)


def test_a_failure_is_one_sentence_and_can_be_tried_again(
    work: Worklist, told: Told, carriers: Carriers, tiny: Store, gate: Gate
) -> None:
    gate.open.set()
    hidden = [(path, path.with_suffix(".away")) for path in carriers.folder.glob("*.whl")]
    for path, away in hidden:
        path.rename(away)
    work.want("fetch", "tiny")
    assert told.wait_for("tiny", "failed").sentence.startswith("part-one==1.0 could not be fetched")
    for path, away in hidden:
        away.rename(path)
    work.resume("tiny")
    told.wait_for("tiny", "done")
    assert tiny.status("tiny") == "installed"


def test_damage_that_a_check_finds_is_mended_by_fetching(work: Worklist, told: Told, tiny: Store, gate: Gate) -> None:
    gate.open.set()
    work.want("fetch", "tiny")
    told.wait_for("tiny", "done", "fetch")
    main = tiny.located("tiny").main
    before = main.stat()
    main.write_bytes(bytes(len(BIG["model.bin"])))
    os.utime(main, ns=(before.st_atime_ns, before.st_mtime_ns))
    work.want("verify", "tiny")
    assert "model.bin" in told.wait_for("tiny", "failed", "verify").sentence
    assert tiny.status("tiny") == "damaged"
    told.all.clear()
    work.want("fetch", "tiny")
    told.wait_for("tiny", "done", "fetch")
    assert tiny.located("tiny").main.read_bytes() == BIG["model.bin"]


def test_a_model_is_added_and_removed(work: Worklist, told: Told, tmp_path: Path, paths: Paths) -> None:
    own = tmp_path / "my-model.gguf"
    own.write_bytes(gguf_bytes())
    work.want("add", own.name, own)
    told.wait_for(own.name, "done")
    assert Store(paths).status("my-model") == "installed"
    work.want("remove", "my-model")
    told.wait_for("my-model", "done")
    assert "my-model" not in Store(paths).catalog
    assert own.exists()


def test_closing_stops_at_once_and_keeps_what_was_fetched(work: Worklist, tiny: Store, gate: Gate) -> None:
    work.want("fetch", "tiny")
    assert gate.reached.wait(WAIT_S)
    work.close()
    assert not work.busy
    assert tiny.kept_bytes("tiny") > 0
    work.want("fetch", "tiny")
    assert not work.busy


def test_a_survey_tells_what_is_here_used_and_advised(carriers: Carriers, paths: Paths) -> None:
    carriers.make("small", {"m": b"weights"})
    entry = catalogue_entry("tiny", {"m": b"weights"}, wheel_source({"m": ["small==1.0:m"]}), rank=99)
    store = store_of(paths, entry)
    machine = Machine(memory_bytes=8 * 10**9, cores=2)
    settings = Settings(language_model="tiny")
    before = survey(store, settings, machine)
    assert before.missing == ("tiny", "whisper-base", "piper-en-us-joe", "smart-turn-v3")
    assert before.best["language"] == "tiny"
    assert before.small["language"] == "qwen2.5-coder-0.5b"
    assert before.models["tiny"].recommended
    assert not before.models["tiny"].used
    assert before.to_fetch_bytes({"language": "tiny"}) == len(b"weights")
    assert before.free_bytes > 0
    store.pull("tiny")
    after = survey(store, settings, machine)
    assert after.models["tiny"].used
    assert after.to_fetch_bytes({"language": "tiny"}) == 0
    assert missing(store, settings) == ("whisper-base", "piper-en-us-joe", "smart-turn-v3")
