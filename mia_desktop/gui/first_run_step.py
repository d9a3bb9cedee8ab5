"""What the steps of the first run have in common."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mia_desktop.gui.look import Look
from mia_desktop.gui.pages.page import larger

_TITLE = 1.5


class Step(QWidget):
    """One page of the wizard.

    Attributes:
        column: where its contents go.
        heading: its title.
        changed: what `stays` returns may be another now.
    """

    changed = Signal()

    def __init__(self, title: str, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.heading = QLabel(title, wordWrap=True)
        self.heading.setObjectName("page_title")
        self.heading.setFont(larger(self.heading.font(), _TITLE))
        self.column.addWidget(self.heading)
        if about:
            said = QLabel(about, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            self.column.addWidget(said)

    def enter(self) -> None:
        """Begin: the step is shown now."""

    def leave(self) -> None:
        """Let go of what the step holds, and keep what was chosen."""

    def dress(self, look: Look) -> None:
        """Take colours that a style sheet cannot give."""

    def stays(self) -> str:
        """Return why the wizard may not go on or close yet, or an empty text."""
        return ""
