"""One thing said, in a rounded bubble."""

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mia_desktop.gui.look import Look
from mia_desktop.gui.words import Words

_RENDER_MS = 40
_RADIUS_PX = 14.0
_PAD_X_PX = 14
_PAD_Y_PX = 10
_HEARD_PX = 3


class Bubble(QWidget):
    """What the user or MIA said; MIA's grows while it comes and shows how much of it was heard."""

    def __init__(self, *, of_mia: bool, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.of_mia = of_mia
        self.text = ""
        self._heard_chars = 0
        self._most_px = 400
        self._words = Words("MIA said" if of_mia else "You said", self)
        self._caption = QLabel(self)
        self._caption.setObjectName("caption")
        self._caption.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_PAD_X_PX, _PAD_Y_PX, _PAD_X_PX, _PAD_Y_PX)
        layout.setSpacing(4)
        layout.addWidget(self._words)
        layout.addWidget(self._caption)
        self._soon = QTimer(self, interval=_RENDER_MS, singleShot=True)
        self._soon.timeout.connect(self._render_words)
        self.dress(look)

    @property
    def rendered(self) -> str:
        """The text as it is shown, without markup."""
        return self._words.toPlainText()

    @property
    def caption(self) -> str:
        """The remark below the text."""
        return self._caption.text()

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        self._look = look
        self._words.dress(ink=look.ink, code=look.code, link=look.states["speaking"])
        self._render_words()

    def grow(self, text: str) -> None:
        """Add `text`; it is rendered within 40 ms, once for all that came in between."""
        self.text += text
        if not self._soon.isActive():
            self._soon.start()

    def set_text(self, text: str) -> None:
        """Show `text` instead of what was there."""
        if text != self.text or self._soon.isActive():
            self._soon.stop()
            self.text = text
            self._render_words()

    def mark_heard(self, up_to_char: int) -> None:
        """Draw how far the reply was spoken."""
        self._heard_chars = up_to_char
        self.update()

    def remark(self, sentence: str) -> None:
        """Show a quiet remark below the text."""
        self._caption.setText(sentence)
        self._caption.setVisible(bool(sentence))
        self._fit()

    def fit(self, most_px: int) -> None:
        """Be at most `most_px` wide."""
        if most_px != self._most_px:
            self._most_px = most_px
            self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Measure again when the font has changed, for the words too."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_soon"):
            self._soon.start()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the bubble, and along its foot the share of the reply that was heard."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), _RADIUS_PX, _RADIUS_PX)
        painter.fillPath(shape, self._look.mia if self.of_mia else self._look.user)
        if 0 < self._heard_chars < len(self.text):
            share = self._heard_chars / len(self.text)
            painter.setClipPath(shape)
            heard = QColor(self._look.states["speaking"])
            painter.fillRect(QRectF(0, self.height() - _HEARD_PX, self.width() * share, _HEARD_PX), heard)
        painter.end()

    @Slot()
    def _render_words(self) -> None:
        if self.of_mia:
            self._words.show_markdown(self.text)
        else:
            self._words.show_plain(self.text)
        self._fit()

    def _fit(self) -> None:
        inner = self._words.fit(self._most_px - 2 * _PAD_X_PX)
        width, height = inner.width(), inner.height()
        if self._caption.text():
            hint = self._caption.sizeHint()
            width, height = max(width, hint.width()), height + 4 + hint.height()
        self.setFixedSize(width + 2 * _PAD_X_PX, height + 2 * _PAD_Y_PX)
