import ast
import re

import pytest
from PySide6.QtCore import QCoreApplication, QLocale

from mia_desktop.core.config import SETTINGS
from mia_desktop.core.paths import shipped
from mia_desktop.gui.core_words import INSTEAD, SENTENCES
from mia_desktop.gui.translation import speak
from mia_desktop.gui.tray import Tray
from mia_desktop.gui.way_out import in_window
from mia_desktop.security.consent import USES

FOLDER = shipped("resources") / "translations"


def test_the_window_speaks_german(german):
    assert len(german) == 2  # MIA's own texts and Qt's
    tray = Tray()
    assert tray.tip == "MIA: wärmt sich auf"
    assert tray.quit.text() == "&Beenden"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


def test_in_a_narrow_window_the_word_of_the_state_gives_way_to_the_switches(german, qtbot, shell):
    head = shell.talk_page.head
    shell.resize(shell.fontMetrics().height() * 32, shell.height())
    qtbot.waitUntil(lambda: head.badge.width() > 0)
    for switch in (head.hands_free, head.mute):
        assert switch.width() >= switch.sizeHint().width()


def test_what_core_says_of_settings_and_consents_is_german_too(german):
    for context, told in (("Setting", SETTINGS.values()), ("Consent", USES.values())):
        assert [one.help for one in told if QCoreApplication.translate(context, one.help) == one.help] == []


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "The model whisper-base is not on this machine. `mia models pull whisper-base` fetches it.",
            "Das Modell whisper-base ist nicht auf diesem Rechner.",
        ),
        (
            "The microphone cannot be used. Plug one in or choose another; `mia devices` lists them.",
            "Das Mikrofon lässt sich nicht benutzen. Schließe ein Gerät an, oder wähle ein anderes.",
        ),
        ("The vault is locked. Unlock it first.", "Der Tresor ist gesperrt. Entsperre ihn zuerst."),
        (
            "Too many wrong passphrases. Try again in 4 s.",
            "Zu viele falsche Passphrasen. Versuche es in 4 s noch einmal.",
        ),
        (
            "{cat}.png is too large: 20000 x 9000 pixels. Scale it down to 100 megapixels.",
            "{cat}.png ist zu groß: 20000 x 9000 Pixel. Verkleinere das Bild auf 100 Megapixel.",
        ),
        ("The backup is damaged. Use another one.", "Die Sicherung ist beschädigt. Nimm eine andere."),
        (
            "The vault is damaged: bytes of it were changed or lost. Restore a backup: `mia vault restore`.",
            "Der Tresor ist beschädigt: Bytes darin wurden verändert oder gingen verloren. "
            "Stelle eine Sicherung wieder her.",
        ),
        (
            "The file /tmp/my. file.txt cannot be read. Check that you may open it.",
            "Die Datei /tmp/my. file.txt lässt sich nicht lesen. Prüfe, ob du sie öffnen darfst.",
        ),
        (
            "Holiday. 2024.png is larger than 50 MB. Scale it down.",
            "Holiday. 2024.png ist größer als 50 MB. Verkleinere das Bild.",
        ),
        ("Nobody knows this. Nor that.", "Nobody knows this. Nor that."),
    ],
)
def test_what_core_says_of_trouble_is_german_in_the_window(german, said, shown):
    assert in_window(said) == shown


def test_every_sentence_of_trouble_is_one_that_core_says():
    core = [file for file in FOLDER.parents[1].glob("mia_desktop/*/*.py") if file.parent.name != "gui"]
    trees = [ast.parse(file.read_text("utf-8")) for file in core]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    said = "\n".join(one.value for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str))
    other = {*INSTEAD.values(), "keyring and passphrase", "has these words", "Start it again."}  # the window's own
    whole = re.compile(r"(the )?(default )?(microphone|speaker)", re.IGNORECASE)  # put in whole: German has genders
    parts = {part.strip(" .") for one in SENTENCES if one not in other for part in re.split(r"\{\d\}", one)}
    assert [part for part in parts if part not in said and not whole.match(part.removeprefix("There is no "))] == []


def test_every_sentence_of_trouble_is_german(german):
    assert [one for one in SENTENCES if QCoreApplication.translate("Core", one) == one] == []


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
