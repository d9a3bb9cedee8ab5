from dataclasses import replace

import pytest

from mia_desktop.core.items import Hearing, Segment
from mia_desktop.perception.input_gate import admits, gated

GOOD = Segment(
    start_s=0, end_s=1, text="Hello.", no_speech_probability=0.1, mean_log_probability=-0.3, compression_ratio=1.0
)


@pytest.mark.parametrize(
    "bad",
    [
        replace(GOOD, no_speech_probability=0.9, mean_log_probability=-1.5),
        replace(GOOD, compression_ratio=3.0),
        replace(GOOD, text=" ... "),
    ],
)
def test_words_that_nobody_said_are_kept_out(bad: Segment) -> None:
    assert not admits(bad)
    hearing = Hearing(text="Hello. bad", language="en", segments=(GOOD, bad), audio_s=2, compute_s=0)
    assert gated(hearing).text == "Hello."


def test_sure_words_in_a_quiet_recording_pass() -> None:
    assert admits(replace(GOOD, no_speech_probability=0.9, mean_log_probability=-0.2))
