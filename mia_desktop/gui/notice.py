"""A quiet bar for one sentence that the user should know."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from mia_desktop.gui.way_out import in_window

_ROOM_EM = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    words: str
    do: Callable[[], None]


class Notice(QFrame):
    """Shows the newest sentence until it is dismissed; a passing one goes when the next turn begins.

    Beneath it stands what holds until it is over: nothing newer takes its place.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.hide()
        self.setAccessibleName(self.tr("Notice"))
        self._passing = False
        self._sentence = QLabel(self, textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.dismiss = QPushButton("\N{MULTIPLICATION SIGN}", self)
        self.dismiss.setObjectName("dismiss")
        self.dismiss.setAccessibleName(self.tr("Dismiss the notice"))
        self.dismiss.setToolTip(self.tr("Dismiss"))
        self.dismiss.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.dismiss.clicked.connect(self._dismiss)
        self.offered = QPushButton(self)
        self.offered.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.offered.setAccessibleName("Undo")
        self.offered.setToolTip("Undo")
        self.offered.hide()
        self.offered.clicked.connect(self._take_offer)
        self._said = ""
        self._offer: _Offer | None = None
        self._standing = ""
        self._standing_offer: _Offer | None = None
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(14, 6, 6, 6)
        self._layout.setColumnStretch(0, 1)
        self._layout.addWidget(self._sentence, 0, 0)
        self._layout.addWidget(self.dismiss, 0, 2, Qt.AlignmentFlag.AlignTop)
        self._layout.addWidget(self.offered, 0, 1, Qt.AlignmentFlag.AlignTop)

    @property
    def sentence(self) -> str:
        """What is shown, or empty."""
        return self._sentence.text() if not self.isHidden() else ""

    @property
    def newest(self) -> str:
        """What was said last and is still shown, or empty."""
        return self._said

    def say(self, sentence: str, *, passing: bool) -> None:
        """Show `sentence`; nothing when it is empty."""
        if sentence:
            self._said, self._offer, self._passing = in_window(sentence), None, passing
            self._show()

    def offer(self, sentence: str, words: str, do: Callable[[], None]) -> None:
        """Show a passing `sentence` with a button: its `words`, and what it does."""
        self._said, self._offer, self._passing = in_window(sentence), _Offer(words=words, do=do), True
        self._show()

    def stand(self, sentence: str, words: str, do: Callable[[], None]) -> None:
        """Show a `sentence` with a button until `stand_down`, whatever else is said."""
        self._said, self._offer = "", None
        self._standing, self._standing_offer = in_window(sentence), _Offer(words=words, do=do)
        self._show()

    def stand_down(self) -> None:
        """What stood is over."""
        self._standing, self._standing_offer = "", None
        self._show()

    def pass_on(self) -> None:
        """Take a passing sentence away: another turn begins."""
        if self._passing:
            self._said, self._offer = "", None
            self._show()

    def _show(self) -> None:
        told = "\n".join(one for one in (self._said, self._standing) if one)
        offer = self._offer or self._standing_offer
        if told:
            self._sentence.setText(told)
            self.setAccessibleDescription(told)
        if offer is not None:
            self.offered.setText(offer.words)
            self.offered.setAccessibleName(offer.words)
            self.offered.setToolTip(offer.words)
        self.offered.setVisible(offer is not None)
        self.setVisible(bool(told))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the button beside the sentence, or beneath it where that leaves the sentence no room."""
        super().resizeEvent(event)
        row, column = (1, 0) if self.width() < self.fontMetrics().height() * _ROOM_EM else (0, 1)
        if self._layout.itemAtPosition(row, column) is None:
            self._layout.addWidget(self.offered, row, column, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)

    @Slot()
    def _take_offer(self) -> None:
        offer = self._offer or self._standing_offer
        if self._offer is not None:
            self.pass_on()
        if offer is not None:
            offer.do()

    @Slot()
    def _dismiss(self) -> None:
        if not self._said:
            self._standing, self._standing_offer = "", None
        self._said, self._offer = "", None
        self._show()
