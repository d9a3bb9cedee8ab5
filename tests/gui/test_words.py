import pytest
from PySide6.QtGui import QFont, QGuiApplication, QImage, QPainter, QTextDocument

from mia_desktop.gui.look import Look
from mia_desktop.gui.words import SealedDocument, Words


@pytest.fixture
def words(qapp):
    return Words(Look.of(QGuiApplication.palette()), QFont())


def drawn(words):
    shot = QImage(400, 400, QImage.Format.Format_RGB32)
    shot.fill("white")
    painter = QPainter(shot)
    words.draw(painter, words._look.ink)
    painter.end()
    return shot


def test_markdown_is_rendered(words):
    words.show_markdown("# Title\n\n- **one**\n- `two`")
    assert words.toPlainText().split() == ["Title", "one", "two"]


def test_nothing_outside_is_loaded(words, tmp_path, monkeypatch):
    picture = tmp_path / "secret.png"
    red = QImage(40, 40, QImage.Format.Format_RGB32)
    red.fill("red")
    assert red.save(str(picture))
    asked = []
    load = SealedDocument.loadResource
    monkeypatch.setattr(SealedDocument, "loadResource", lambda *of: asked.append(of[2]) or load(*of))
    addresses = (picture.as_uri(), str(picture), "https://example.org/a.png", "qrc:/a.png")
    words.show_markdown("\n\n".join(f"![a chart]({address})" for address in addresses))
    words.fit(400)
    shot = drawn(words)
    reds = [(x, y) for x in range(shot.width()) for y in range(shot.height()) if shot.pixel(x, y) == red.pixel(0, 0)]
    assert reds == []
    assert words.toPlainText().count("[picture: a chart]") == len(addresses)
    for address in addresses:
        image = words.resource(QTextDocument.ResourceType.ImageResource.value, address)
        assert image.size().width() == 1


def test_html_stays_text(words):
    words.show_markdown("before <img src='file:///etc/hostname'> <b>bold</b>")
    assert "<b>bold</b>" in words.toPlainText()


def test_a_link_shows_where_it_leads_and_is_no_anchor(words):
    words.show_markdown("See [**my** bank](https://evil.example/x), or <https://example.org>.")
    assert words.toPlainText() == "See my bank (https://evil.example/x), or https://example.org."
    assert "<a href" not in words.toHtml()
    words.fit(800)
    spot = words.findBlock(0).layout().lineAt(0).cursorToX(6)[0]
    from PySide6.QtCore import QPointF

    assert words.link_at(QPointF(spot, 8)) == "https://evil.example/x"
    assert words.link_at(QPointF(2, 8)) == ""


def test_the_size_fits_the_text(words):
    words.show_plain("short")
    small = words.fit(500)
    words.show_plain("a rather longer text " * 20)
    large = words.fit(500)
    assert small.width() < 120
    assert large.width() <= 500
    assert large.height() > 2 * small.height()


def test_blocks_of_code_are_known_with_their_language(words):
    words.show_markdown("Look:\n\n```python\na = 1\n\nb = 2\n```\n\nand\n\n```\nplain\n```\n")
    assert [(code.language, code.text) for code in words.codes] == [("python", "a = 1\n\nb = 2"), ("", "plain")]
    words.fit(400)
    first, second = (words.code_rect(code) for code in words.codes)
    assert first.bottom() < second.top()
    assert first.contains(words.copy_rect(words.codes[0]))
