import pytest

from mia_desktop.bench import device_load, voice
from mia_desktop.core.config import Settings
from mia_desktop.core.paths import Paths
from mia_desktop.engine.assembly import real_parts

pytestmark = [pytest.mark.models, pytest.mark.devices]


@pytest.mark.timeout(200)
def test_with_all_models_at_work_and_pythons_lock_held_sound_goes_on_where_a_callback_in_python_breaks_off() -> None:
    settings = Settings(hearing_model="whisper-tiny-en", temperature=0.0, reply_tokens=32)
    models = voice.load(real_parts(Paths.choose(), settings))
    told: list[str] = []
    result = device_load.xruns(settings, models, 0.2, told.append)
    assert result["minutes"] == 0.2
    assert result["samples_lost"] == 0
    assert result["breaks_per_minute_in_python"] > 10
    assert result["breaks_per_minute"] < result["breaks_per_minute_in_python"] / 2
