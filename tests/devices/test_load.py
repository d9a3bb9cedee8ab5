import pytest

from mia_desktop.bench import device_load, voice
from mia_desktop.core.config import Settings
from mia_desktop.core.paths import Paths
from mia_desktop.engine.assembly import real_parts

pytestmark = [pytest.mark.models, pytest.mark.devices]


@pytest.mark.timeout(200)
def test_with_all_models_at_work_nothing_is_lost_and_nothing_runs_dry() -> None:
    settings = Settings(hearing_model="whisper-tiny-en", temperature=0.0, reply_tokens=32)
    models = voice.load(real_parts(Paths.choose(), settings))
    told: list[str] = []
    result = device_load.xruns(settings, models, 0.2, told.append)
    assert result["minutes"] == 0.2
    assert result["samples_lost"] == 0
    assert result["xruns"] <= 1, "on a machine that does something else as well"
