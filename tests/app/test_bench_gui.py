import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.models, pytest.mark.devices]


@pytest.mark.skipif(not shutil.which("pulseaudio"), reason="pulseaudio is not installed")
def test_the_window_is_measured_during_a_spoken_turn(models: Path, home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mia_desktop", "bench", "gui", "--idle-s", "1", "--json"],
        env={**os.environ, "MIA_HOME": str(home), "MIA_MODELS": str(models)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    result = json.loads(done.stdout)
    assert result["turn"] == "spoken, camera open"
    assert 0 < result["window_s"] < result["ready_s"]
    assert result["events"] > 100
    assert 0 < result["latency_ms_p50"] <= result["latency_ms_p99"] <= result["longest_block_ms"]
    assert result["idle_rss_mb"] > 100
    assert set(result["missed"]) <= set(result)
    assert not list(home.rglob("*.wav"))
