"""Takes in what the user wants MIA to remember: a fact or a rule."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from mia_desktop.core.commands import Remember
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.pages.page import Section, words_field


class AddPanel(Section):
    """A field for the words, and which kind they are.

    Attributes:
        closed: it is no longer needed.
        text: the words.
        keep: has them remembered.
    """

    closed = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._bridge = bridge
        self.setAccessibleName(self.tr("Add a memory"))
        self.text = words_field(self, self.tr("What MIA shall remember"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(self.tr("What it is"))
        self.kind.addItem(self.tr("A fact"), "fact")
        self.kind.addItem(self.tr("A rule: how you want things done"), "procedure")
        self.keep = QPushButton(self.tr("Remember"))
        self.keep.setObjectName("first")
        self.keep.clicked.connect(self._remember)
        leave = QPushButton(self.tr("Cancel"))
        leave.clicked.connect(self.closed)
        line = QHBoxLayout()
        line.addWidget(self.kind)
        line.addStretch(1)
        line.addWidget(leave)
        line.addWidget(self.keep)
        self.rows.addWidget(self.text)
        self.rows.addLayout(line)

    @Slot()
    def _remember(self) -> None:
        text = self.text.toPlainText().strip()
        if text:
            self._bridge.submit(Remember(text=text, kind=self.kind.currentData()))
