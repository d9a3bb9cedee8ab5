from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.core import config
from mia_desktop.core.config import SETTINGS, Settings
from mia_desktop.core.errors import UsageError


def test_every_default_fits_its_own_bounds() -> None:
    for setting in SETTINGS.values():
        assert setting.check(setting.default) == setting.default
        assert setting.help.endswith(".")


def test_what_is_saved_is_loaded_again(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "settings.toml"
    settings = config.with_value(Settings(), "speech.speed", "1.25")
    settings = config.with_value(settings, "hearing.microphone", 'A "strange" name\n#')
    config.save(settings, file)
    assert config.load(file) == settings
    assert [p.name for p in file.parent.iterdir()] == ["settings.toml"]


def test_defaults_are_not_written(tmp_path: Path) -> None:
    config.save(Settings(), tmp_path / "s.toml")
    assert (tmp_path / "s.toml").read_text() == ""


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("nope", "1", "no setting"),
        ("speech.speed", "fast", "must be a number"),
        ("speech.speed", "nan", "between"),
        ("speech.speed", "9", "between"),
        ("language.reply_tokens", "1.5", "whole number"),
        ("hearing.hands_free", "maybe", "true or false"),
    ],
)
def test_a_wrong_value_is_told_in_a_sentence(key: str, value: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        config.with_value(Settings(), key, value)


@pytest.mark.parametrize("text", ["not toml", '"no.such" = 1', '"speech.speed" = 99', "\x00\xff"])
def test_a_damaged_file_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(UsageError, match=r"settings\.toml"):
        config.load(file)


@given(st.text(max_size=50))
def test_no_text_breaks_a_setting(text: str) -> None:
    for setting in SETTINGS.values():
        try:
            setting.check(text)
        except UsageError as error:
            assert str(error).endswith(".")  # noqa: PT017
