import re

import pytest
from PySide6.QtCore import QCoreApplication, QLocale

from mia_desktop.core.config import SETTINGS
from mia_desktop.core.paths import shipped
from mia_desktop.gui.translation import speak
from mia_desktop.gui.tray import Tray
from mia_desktop.security.consent import USES

FOLDER = shipped("resources") / "translations"


@pytest.fixture
def german(qapp):
    used = speak(qapp, "de")
    yield used
    for translator in used:
        qapp.removeTranslator(translator)
    QLocale.setDefault(QLocale.system())


def test_the_window_speaks_german(german):
    assert len(german) == 2  # MIA's own texts and Qt's
    tray = Tray()
    assert tray.tip == "MIA: wärmt sich auf"
    assert tray.quit.text() == "&Beenden"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


def test_what_core_says_of_settings_and_consents_is_german_too(german):
    for context, told in (("Setting", SETTINGS.values()), ("Consent", USES.values())):
        assert [one.help for one in told if QCoreApplication.translate(context, one.help) == one.help] == []


def test_a_language_that_it_does_not_have_is_english(qapp):
    used = speak(qapp, "tlh")
    assert Tray().tip == "MIA: warming up"
    for translator in used:
        qapp.removeTranslator(translator)
    QLocale.setDefault(QLocale.system())


@pytest.mark.parametrize("file", sorted(FOLDER.glob("mia_*.ts")), ids=lambda file: file.stem)
def test_nothing_is_left_untranslated_and_no_blank_is_lost(file):
    text = file.read_text("utf-8")
    assert 'type="unfinished"' not in text
    for source, translation in re.findall(
        r"<source>(.*?)</source>\s*<translation>(.*?)</translation>", text, re.DOTALL
    ):
        assert translation
        assert set(re.findall(r"\{\w*\}", source)) == set(re.findall(r"\{\w*\}", translation))
    assert file.with_suffix(".qm").stat().st_size > 100
