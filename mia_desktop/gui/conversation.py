"""The conversation: what the user and MIA said, newest below."""

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from mia_desktop.core.turn import TurnId
from mia_desktop.gui.bubble import Bubble
from mia_desktop.gui.icon import mia_icon
from mia_desktop.gui.look import Look

_MARGIN_PX = 18
_BUBBLE_SHARE = 0.84
_WIDEST_EM = 52
_WELCOME = "Hold F4 and speak, or type below.\nEverything stays on this machine."


class Conversation(QScrollArea):
    """Bubbles by turn. It follows the newest words unless the user scrolled up."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("conversation")
        self.setAccessibleName("Conversation")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._look = look
        self._pending: list[Bubble] = []
        self._asked: dict[TurnId, Bubble] = {}
        self._replies: dict[TurnId, Bubble] = {}
        self._unsure: set[TurnId] = set()
        self._newest_turn = TurnId(0)
        self._forgotten_up_to = TurnId(0)
        self._following = True
        rows = QWidget()
        rows.setObjectName("rows")
        self._rows = QVBoxLayout(rows)
        self._rows.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        self._rows.setSpacing(10)
        self._welcome = _welcome()
        self._rows.addWidget(self._welcome, 1)
        self._rows.addStretch(0)
        self.setWidget(rows)
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._follow)
        bar.valueChanged.connect(self._note_place)

    @property
    def bubbles(self) -> list[Bubble]:
        """All bubbles, from top to bottom."""
        items = (self._rows.itemAt(place) for place in range(self._rows.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, Bubble)]

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        self._look = look
        for bubble in self.bubbles:
            bubble.dress(look)

    def typed(self, text: str) -> None:
        """Show at once what the user typed; its turn is known later."""
        self._following = True
        self._pending.append(self._add(text, of_mia=False))

    def asked(self, turn: TurnId, text: str, *, spoken: bool) -> None:
        """Show what the user said in `turn`, unless it stands there since it was typed."""
        if not self._is_current(turn):
            return
        if turn in self._unsure:
            self._unsure.discard(turn)
            self._asked[turn].set_text(text)
            return
        if not spoken:
            for place, bubble in enumerate(self._pending):
                if bubble.text.strip() == text.strip():
                    del self._pending[: place + 1]
                    self._asked[turn] = bubble
                    return
        self._asked[turn] = self._add(text, of_mia=False)

    def hearing(self, turn: TurnId, text: str) -> None:
        """Show what was understood so far of what the user is saying in `turn`."""
        if not self._is_current(turn) or (turn in self._asked and turn not in self._unsure):
            return
        if turn not in self._asked:
            self._asked[turn] = self._add(text, of_mia=False)
            self._unsure.add(turn)
        self._asked[turn].set_text(text)

    def unsaid(self, turn: TurnId) -> None:
        """Take away what was understood in `turn`, if it came to nothing."""
        if turn in self._unsure:
            self._unsure.discard(turn)
            bubble = self._asked.pop(turn)
            self._rows.removeWidget(bubble)
            bubble.deleteLater()

    def reply_grew(self, turn: TurnId, text: str) -> None:
        """Add `text` to the reply of `turn`."""
        if self._is_current(turn):
            self._reply(turn).grow(text)

    def reply_written(self, turn: TurnId, text: str) -> None:
        """Show the whole reply of `turn`."""
        if self._is_current(turn) and (text or turn in self._replies):
            self._reply(turn).set_text(text)

    def heard(self, turn: TurnId, up_to_char: int) -> None:
        """Mark how far the reply of `turn` was spoken."""
        if turn in self._replies:
            self._replies[turn].mark_heard(up_to_char)

    def stopped(self, turn: TurnId) -> None:
        """Remark that the reply of `turn` was cut short."""
        if turn in self._replies:
            self._replies[turn].remark("Stopped")

    def clear(self) -> None:
        """Remove everything; what still comes of the turns seen so far is not shown."""
        for bubble in self.bubbles:
            self._rows.removeWidget(bubble)
            bubble.deleteLater()
        self._pending.clear()
        self._asked.clear()
        self._unsure.clear()
        self._replies.clear()
        self._forgotten_up_to = self._newest_turn
        self._following = True
        self._welcome.show()

    def meet(self, turn: TurnId) -> None:
        """Note that `turn` exists."""
        self._newest_turn = max(self._newest_turn, turn)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the bubbles to the new width."""
        super().resizeEvent(event)
        self._fit_all()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Fit the bubbles to the new font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_rows"):
            self._fit_all()

    def _is_current(self, turn: TurnId) -> bool:
        self.meet(turn)
        return turn > self._forgotten_up_to

    def _reply(self, turn: TurnId) -> Bubble:
        if turn not in self._replies:
            self._replies[turn] = self._add("", of_mia=True, below=self._asked.get(turn))
        return self._replies[turn]

    def _add(self, text: str, *, of_mia: bool, below: Bubble | None = None) -> Bubble:
        self._welcome.hide()
        bubble = Bubble(of_mia=of_mia, look=self._look, parent=self.widget())
        bubble.fit(self._widest_bubble_px())
        bubble.set_text(text)
        place = self._rows.count() - 1 if below is None else self._rows.indexOf(below) + 1
        side = Qt.AlignmentFlag.AlignLeft if of_mia else Qt.AlignmentFlag.AlignRight
        self._rows.insertWidget(place, bubble, 0, side)
        bubble.show()
        return bubble

    def _fit_all(self) -> None:
        widest = self._widest_bubble_px()
        for bubble in self.bubbles:
            bubble.fit(widest)

    def _widest_bubble_px(self) -> int:
        room = self.viewport().width() - 2 * _MARGIN_PX
        return max(120, min(int(room * _BUBBLE_SHARE), self.fontMetrics().height() * _WIDEST_EM))

    @Slot()
    def _follow(self) -> None:
        if self._following:
            bar = self.verticalScrollBar()
            bar.setValue(bar.maximum())

    @Slot()
    def _note_place(self) -> None:
        bar = self.verticalScrollBar()
        self._following = bar.value() >= bar.maximum() - 4


def _welcome() -> QWidget:
    welcome = QWidget()
    layout = QVBoxLayout(welcome)
    layout.setSpacing(14)
    picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
    picture.setPixmap(mia_icon().pixmap(72, 72))
    picture.setAccessibleName("MIA")
    words = QLabel(_WELCOME, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
    words.setObjectName("welcome")
    layout.addStretch(1)
    layout.addWidget(picture)
    layout.addWidget(words)
    layout.addStretch(1)
    return welcome
