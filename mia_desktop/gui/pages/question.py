"""A question in the page itself: it asks once before something goes, and stands in nobody's way."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget


class Question(QFrame):
    """Shows one question with two answers; Escape is the one that changes nothing.

    Attributes:
        yes: does it.
        no: leaves everything as it is.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._words = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.yes = QPushButton()
        self.yes.setObjectName("danger")
        self.no = QPushButton()
        self.yes.clicked.connect(self._do)
        self.no.clicked.connect(self._leave)
        answers = QHBoxLayout()
        answers.addStretch(1)
        answers.addWidget(self.no)
        answers.addWidget(self.yes)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 10, 10)
        column.addWidget(self._words)
        column.addLayout(answers)
        self._call: Callable[[], None] | None = None
        self._otherwise: Callable[[], None] | None = None
        self.hide()

    @property
    def words(self) -> str:
        """What is asked now, or empty."""
        return self._words.text() if not self.isHidden() else ""

    def ask(
        self,
        words: str,
        yes: str,
        call: Callable[[], None],
        *,
        no: str = "",
        otherwise: Callable[[], None] | None = None,
    ) -> None:
        """Ask `words`; call `call` for the answer `yes`, `otherwise` for the answer `no`."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self.yes.setText(yes)
        self.yes.setAccessibleDescription(words)
        self.no.setText(no or self.tr("Leave it"))
        self.no.setAccessibleDescription(words)
        self._call, self._otherwise = call, otherwise
        self.show()
        self.no.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Take Escape for no."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _do(self) -> None:
        call, self._call = self._call, None
        self.hide()
        if call is not None:
            call()

    @Slot()
    def _leave(self) -> None:
        otherwise, self._otherwise = self._otherwise, None
        self.hide()
        if otherwise is not None:
            otherwise()
