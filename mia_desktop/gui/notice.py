"""A quiet bar for one sentence that the user should know."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from mia_desktop.gui.way_out import in_window


class Notice(QFrame):
    """Shows the newest sentence until it is dismissed; a passing one goes when the next turn begins."""

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
        self._offer: Callable[[], None] | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 6, 6, 6)
        layout.addWidget(self._sentence, 1)
        layout.addWidget(self.offered, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.dismiss, 0, Qt.AlignmentFlag.AlignTop)

    @property
    def sentence(self) -> str:
        """What is shown, or empty."""
        return self._sentence.text() if not self.isHidden() else ""

    def say(self, sentence: str, *, passing: bool) -> None:
        """Show `sentence`; nothing when it is empty."""
        if sentence:
            self._offer = None
            self.offered.hide()
            self._passing = passing
            sentence = in_window(sentence)
            self._sentence.setText(sentence)
            self.setAccessibleDescription(sentence)
            self.show()

    def offer(self, sentence: str, words: str, do: Callable[[], None], *, passing: bool = True) -> None:
        """Show a `sentence` with a button: its `words`, and what it does; one that does not pass stays after that."""
        self.say(sentence, passing=passing)
        self._offer = do
        self.offered.setText(words)
        self.offered.setAccessibleName(words)
        self.offered.setToolTip(words)
        self.offered.show()

    def pass_on(self) -> None:
        """Hide a passing sentence: another turn begins."""
        if self._passing:
            self.hide()

    @Slot()
    def _take_offer(self) -> None:
        do = self._offer
        if self._passing:
            self._offer = None
            self.hide()
        if do is not None:
            do()

    @Slot()
    def _dismiss(self) -> None:
        self.hide()
