import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QPalette

from mia_desktop.core.config import Settings
from mia_desktop.gui.ease import still, strong_contrast, wish
from mia_desktop.gui.look import Look, contrast
from mia_desktop.gui.translation import speak
from mia_desktop.gui.window import Window


@pytest.fixture(autouse=True)
def as_before(qapp):
    yield
    wish(Settings())
    QLocale.setDefault(QLocale.system())
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def palette_of(ground, ink):
    palette = QPalette(QColor(ground))
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        palette.setColor(role, QColor(ground))
    palette.setColor(QPalette.ColorRole.Text, QColor(ink))
    return palette


@pytest.mark.parametrize(("ground", "ink"), [("#f3f3f3", "#101010"), ("#202124", "#eeeeee")])
def test_high_contrast_gives_strong_lines_and_text(qapp, ground, ink):
    plain = Look.of(palette_of(ground, ink))
    wish(Settings(high_contrast=True))
    assert strong_contrast()
    look = Look.of(palette_of(ground, ink))
    assert contrast(look.line, look.ground) > 4.5 > contrast(plain.line, plain.ground)
    for text in (look.ink, look.faint, look.danger, look.accent_ink, *look.states.values()):
        assert contrast(text, look.ground) >= 7.0
    for behind in (look.accent, look.accent_hovered, look.listening):
        assert contrast(look.on_accent, behind) >= 7.0


def test_the_window_is_made_in_the_contrast_that_is_wanted(qtbot, bridge):
    plain = Window(bridge)
    qtbot.addWidget(plain)
    wish(Settings(high_contrast=True))
    strong = Window(bridge)
    qtbot.addWidget(strong)
    assert plain.styleSheet() != strong.styleSheet()


def test_less_motion_stills_the_talk_button(qtbot, bridge):
    wish(Settings(reduced_motion=True))
    window = Window(bridge)
    qtbot.addWidget(window)
    window.show()
    orb = window.talk_page.talk
    assert still(orb)
    orb.show_state("thinking")
    qtbot.waitUntil(lambda: not orb._frames.isActive())
    wish(Settings())
    assert still(orb) == (orb.style().styleHint(orb.style().StyleHint.SH_Widget_Animation_Duration, None, orb) == 0)


@pytest.mark.parametrize(("language", "right_to_left"), [("ar", True), ("he", True), ("de", False)])
def test_the_window_lies_as_its_language_is_read(qapp, language, right_to_left):
    used = speak(qapp, language)
    assert (qapp.layoutDirection() == Qt.LayoutDirection.RightToLeft) == right_to_left
    for translator in used:
        qapp.removeTranslator(translator)
