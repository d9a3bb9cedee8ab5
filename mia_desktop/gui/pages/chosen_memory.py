"""The memory that is chosen in the list: all its words, what is known of it, and what can be done with it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from mia_desktop.core.commands import ConfirmMemory, EditMemory
from mia_desktop.core.memories import Recollection
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.pages.memory_list import Row
from mia_desktop.gui.pages.page import Section, faint, words_field


class ChosenMemory(Section):
    """Lets the user change its words, let MIA use it, or have it forgotten.

    Attributes:
        forget_wanted: it is to be forgotten.
        memory: the memory, or None.
        words: its words.
        about: what is known of it.
        use: lets MIA use a memory that waits for that.
        save: keeps the changed words.
        forget: asks to forget it.
    """

    forget_wanted = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._bridge = bridge
        self.memory: Recollection | None = None
        self.setAccessibleName(self.tr("The chosen memory"))
        self.words = words_field(self, self.tr("Its words"))
        self.about = faint("")
        self.save = QPushButton(self.tr("Save the change"))
        self.save.clicked.connect(self._edit)
        self.use = QPushButton(self.tr("Let MIA use it"))
        self.use.clicked.connect(self._confirm)
        self.forget = QPushButton(self.tr("Forget…"))
        self.forget.setObjectName("danger")
        self.forget.clicked.connect(self.forget_wanted)
        self.words.textChanged.connect(self._changed)
        line = QHBoxLayout()
        line.addStretch(1)
        for button in (self.use, self.save, self.forget):
            line.addWidget(button)
        self.rows.addWidget(self.words)
        self.rows.addWidget(self.about)
        self.rows.addLayout(line)
        self.hide()

    def show_row(self, row: Row | None) -> None:
        """Show the memory of a row; None: nothing is chosen."""
        self.memory = row.memory if row is not None else None
        self.setVisible(row is not None)
        if row is None:
            return
        self.words.setPlainText(row.memory.text)
        self.words.setReadOnly(row.memory.valid_to is not None)
        found = self.tr("Found because it {0}.").format(row.why) if row.why else ""
        self.about.setText(f"{row.about}. {found}".rstrip())
        self.use.setVisible(row.memory.quarantined)
        self._changed()

    @Slot()
    def _changed(self) -> None:
        text = self.words.toPlainText().strip()
        self.save.setEnabled(self.memory is not None and bool(text) and text != self.memory.text.strip())

    @Slot()
    def _edit(self) -> None:
        if self.memory is not None:
            self._bridge.submit(EditMemory(memory=self.memory.id, text=self.words.toPlainText().strip()))

    @Slot()
    def _confirm(self) -> None:
        if self.memory is not None:
            self._bridge.submit(ConfirmMemory(memory=self.memory.id))
