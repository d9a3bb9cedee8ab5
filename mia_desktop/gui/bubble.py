"""A message, laid out and drawn: pictures, words and a remark in a rounded ground."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QTextCharFormat,
)

from mia_desktop.gui.attachments import Attached
from mia_desktop.gui.glyphs import draw_glyph
from mia_desktop.gui.karaoke import spoken_place
from mia_desktop.gui.look import Look
from mia_desktop.gui.message import Message
from mia_desktop.gui.words import Code, Mark, Words

RADIUS_PX = 14.0
PAD_X_PX = 14
PAD_Y_PX = 10
_GAP_PX = 6
_PICTURE_EM = 9
_PICTURE_RADIUS_PX = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What lies at a place of a bubble.

    Attributes:
        kind: words, a link in them, the button that copies a block of code, a picture, or none of these.
        address: of the link, else empty.
        code: the block of code.
        picture: the picture.
    """

    kind: Literal["words", "link", "copy", "picture", "ground"]
    address: str = ""
    code: Code | None = None
    picture: Attached | None = None


class Bubble:
    """Keeps a message laid out, so that drawing it again costs little.

    Attributes:
        message: what it shows.
        size: how large it is, pixels.
        words: the text.
    """

    def __init__(self, message: Message, look: Look, font: QFont, *, right_to_left: bool = False) -> None:
        self.message = message
        self.size = QSize()
        self.words = Words(look, font)
        option = self.words.defaultTextOption()
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LayoutDirectionAuto
        )
        self.words.setDefaultTextOption(option)
        self._right_to_left = right_to_left
        self._look = look
        self._small = QFont(font)
        self._small.setPixelSize(max(9, int(QFontInfo(font).pixelSize() * 0.86)))
        self._em = QFontMetrics(font).height()
        self._most_px = 0
        self._revision = -1
        self._pixmaps: dict[str, QPixmap] = {}
        self._picture_rects: list[tuple[Attached, QRectF]] = []
        self._words_at = QPointF()

    @property
    def rendered(self) -> str:
        """The text as it is shown, without markup."""
        return self.words.toPlainText()

    @property
    def caption(self) -> str:
        """The remark below the text."""
        return QCoreApplication.translate("Bubble", "Stopped") if self.message.stopped else ""

    def fit(self, most_px: int) -> None:
        """Show the message as it is now, at most `most_px` wide."""
        stale = self._revision != self.message.revision
        if stale:
            self._revision = self.message.revision
            if self.message.of_mia:
                self.words.show_markdown(self.message.text)
            else:
                self.words.show_plain(self.message.text)
        if stale or most_px != self._most_px:
            self._most_px = most_px
            self._lay_out(most_px - 2 * PAD_X_PX)

    def draw(self, painter: QPainter, marks: Sequence[Mark], clip: QRectF, copied: Code | None, hovered: bool) -> None:
        """Draw it with its upper left corner at the painter's origin.

        Args:
            painter: where.
            marks: what is selected or found.
            clip: what of it has to be drawn.
            copied: a block of code that was just copied.
            hovered: whether the pointer is on it.
        """
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.mia if self.message.of_mia else self._look.user)
        painter.drawRoundedRect(QRectF(QPointF(0, 0), self.size), RADIUS_PX, RADIUS_PX)
        for picture, rect in self._picture_rects:
            self._draw_picture(painter, picture, rect)
        ink = self._look.faint if self.message.unsure else self._look.ink
        painter.save()
        painter.translate(self._words_at)
        inner = clip.translated(-self._words_at)
        self.words.draw(painter, ink, [*self._unspoken(), *marks], inner)
        for code in self.words.codes:
            if hovered:
                self._draw_copy(painter, self.words.copy_rect(code), done=code is copied)
        painter.restore()
        if self.caption:
            painter.setFont(self._small)
            painter.setPen(self._look.faint)
            room = QRectF(PAD_X_PX, 0, self.size.width() - 2 * PAD_X_PX, self.size.height() - PAD_Y_PX)
            side = Qt.AlignmentFlag.AlignRight if self._right_to_left else Qt.AlignmentFlag.AlignLeft
            painter.drawText(room, side | Qt.AlignmentFlag.AlignBottom, self.caption)

    def part_at(self, point: QPointF) -> Part:
        """Return what lies at a point of the bubble."""
        for picture, rect in self._picture_rects:
            if rect.contains(point):
                return Part(kind="picture", picture=picture)
        inner = point - self._words_at
        for code in self.words.codes:
            if self.words.copy_rect(code).contains(inner):
                return Part(kind="copy", code=code)
        address = self.words.link_at(inner)
        if address:
            return Part(kind="link", address=address)
        room = QRectF(QPointF(0, 0), self.words.size())
        return Part(kind="words" if room.contains(inner) else "ground")

    def place_at(self, point: QPointF) -> int:
        """Return the gap between letters that is nearest to a point."""
        return self.words.place_at(point - self._words_at)

    def _lay_out(self, most_px: int) -> None:
        pictures = self._lay_out_pictures(most_px)
        y = PAD_Y_PX + pictures.height() + (_GAP_PX if pictures.height() and self.message.text else 0)
        inner = self.words.fit(most_px) if self.message.text else QSize(0, 0)
        width, height = max(inner.width(), pictures.width()), y + inner.height()
        if self.caption:
            small = QFontMetrics(self._small)
            width = max(width, small.horizontalAdvance(self.caption) + 1)
            height += _GAP_PX + small.height()
        self._words_at = QPointF(PAD_X_PX + (width - inner.width() if self._right_to_left else 0), y)
        self.size = QSize(width + 2 * PAD_X_PX, height + PAD_Y_PX)

    def _lay_out_pictures(self, most_px: int) -> QSize:
        self._picture_rects = []
        x, y, row_high, widest = 0, 0, 0, 0
        for picture in self.message.pictures:
            if picture.image is None:
                continue
            size = picture.image.size().scaled(
                QSize(most_px, self._em * _PICTURE_EM), Qt.AspectRatioMode.KeepAspectRatio
            )
            if x and x + size.width() > most_px:
                x, y, row_high = 0, y + row_high + _GAP_PX, 0
            self._picture_rects.append((picture, QRectF(PAD_X_PX + x, PAD_Y_PX + y, size.width(), size.height())))
            row_high, widest = max(row_high, size.height()), max(widest, x + size.width())
            x += size.width() + _GAP_PX
        return QSize(widest, y + row_high)

    def _draw_picture(self, painter: QPainter, picture: Attached, rect: QRectF) -> None:
        ratio = painter.device().devicePixelRatio()
        pixmap = self._pixmaps.get(picture.key)
        wanted = (rect.size() * ratio).toSize()
        if pixmap is None or pixmap.size() != wanted:
            assert picture.image is not None
            pixmap = QPixmap.fromImage(
                picture.image.scaled(
                    wanted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
            )
            pixmap.setDevicePixelRatio(ratio)
            self._pixmaps[picture.key] = pixmap
        painter.save()
        shape = QPainterPath()
        shape.addRoundedRect(rect, _PICTURE_RADIUS_PX, _PICTURE_RADIUS_PX)
        painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
        painter.drawPixmap(rect.topLeft(), pixmap)
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._look.line, 1))
        painter.drawRoundedRect(rect, _PICTURE_RADIUS_PX, _PICTURE_RADIUS_PX)

    def _draw_copy(self, painter: QPainter, rect: QRectF, *, done: bool) -> None:
        side = rect.width() * 0.55
        painter.save()
        painter.translate(rect.center() - QPointF(side / 2, side / 2))
        painter.scale(side / 24, side / 24)
        draw_glyph(painter, "done" if done else "copy", self._look.ink if done else self._look.faint)
        painter.restore()

    def _unspoken(self) -> list[Mark]:
        """Return what was not spoken yet: it stands in a fainter ink."""
        if not (self.message.of_mia and self.message.aloud):
            return []
        start = spoken_place(self.message.text, self.rendered, self.message.heard_chars)
        letters = QTextCharFormat()
        letters.setForeground(self._look.faint)
        return [Mark(start=start, end=self.words.letters(), letters=letters)]


def selected(look: Look) -> QTextCharFormat:
    """Return how selected letters look."""
    letters = QTextCharFormat()
    letters.setBackground(look.accent)
    letters.setForeground(look.on_accent)
    return letters


def found(look: Look) -> QTextCharFormat:
    """Return how letters look that were searched for."""
    letters = QTextCharFormat()
    ground = QColor(look.states["warming up"])
    ground.setAlphaF(0.35)
    letters.setBackground(ground)
    return letters
