from pathlib import Path

import numpy as np
import pytest
import soundfile

from mia_desktop.core.errors import InputError
from mia_desktop.senses.sound_file import load

TONE = (0.3 * np.sin(2 * np.pi * 440 * np.arange(44_100) / 44_100)).astype(np.float32)


@pytest.mark.parametrize(
    ("ending", "subtype"),
    [
        ("wav", "PCM_16"),
        ("wav", "PCM_24"),
        ("wav", "FLOAT"),
        ("wav", "PCM_U8"),
        ("flac", "PCM_16"),
        ("ogg", "VORBIS"),
        ("mp3", "MPEG_LAYER_III"),
    ],
)
@pytest.mark.parametrize("channels", [1, 2])
def test_every_kind_of_file_comes_in_at_16_khz_mono(tmp_path: Path, ending: str, subtype: str, channels: int) -> None:
    file = tmp_path / f"tone.{ending}"
    soundfile.write(file, np.column_stack([TONE] * channels), 44_100, subtype=subtype)
    samples = load(file, 10)
    assert samples.dtype == np.float32
    assert len(samples) == pytest.approx(16_000, abs=1_200)  # MP3 pads
    spectrum = np.abs(np.fft.rfft(samples[2000:14_000]))
    assert np.argmax(spectrum) * 16_000 / 12_000 == pytest.approx(440, abs=3)


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 48_000, 96_000])
def test_any_rate_keeps_its_length(tmp_path: Path, rate: int) -> None:
    file = tmp_path / "tone.wav"
    soundfile.write(file, np.zeros(rate * 2, dtype=np.float32), rate)
    assert len(load(file, 10)) == pytest.approx(32_000, abs=2)


def test_bad_files_get_a_sentence_each(tmp_path: Path) -> None:
    text = tmp_path / "text.wav"
    text.write_text("I am not a sound.")
    empty = tmp_path / "empty.wav"
    empty.touch()
    silent = tmp_path / "header-only.wav"
    soundfile.write(silent, np.zeros(0, dtype=np.float32), 16_000)
    nan = tmp_path / "nan.wav"
    soundfile.write(nan, np.full(1000, np.nan, dtype=np.float32), 16_000, subtype="FLOAT")
    long = tmp_path / "long.wav"
    soundfile.write(long, np.zeros(16_000 * 3, dtype=np.float32), 16_000)
    sentences = set()
    for file, words in (
        (tmp_path / "missing.wav", "no file"),
        (tmp_path, "folder"),
        (text, "not a sound file"),
        (empty, "is empty"),
        (silent, "no sound"),
        (nan, "not numbers"),
        (long, "longer than"),
    ):
        with pytest.raises(InputError, match=words) as caught:
            load(file, 2)
        sentences.add(str(caught.value))
    assert len(sentences) == 7
