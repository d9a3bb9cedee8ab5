"""Erases the vault with its keys and backups, once the user has typed that they are sure."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QPushButton, QWidget

from mia_desktop.gui.background import in_background
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.household import Household
from mia_desktop.gui.pages.page import ChangingSection
from mia_desktop.security import erasure

SURE: Final = "erase everything"


class ErasingSection(ChangingSection):
    """A field for the words, and a button that waits for them.

    Attributes:
        sure: where the user types that they are.
        erase: erases everything.
    """

    def __init__(self, bridge: Bridge, household: Household, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Erase everything"),
            self.tr(
                "The vault, its keys, its recovery and every backup in reach are destroyed. Nobody can bring "
                "them back, and the recovery kit opens nothing any more. Models and settings stay."
            ),
            parent,
        )
        self._bridge = bridge
        self._household = household
        self.sure = QLineEdit(placeholderText=self.tr("Type: {0}").format(SURE))
        self.sure.setAccessibleName(self.tr("Type “{0}” to be able to erase").format(SURE))
        self.erase = QPushButton(self.tr("Erase everything"))
        self.erase.setObjectName("danger")
        self.erase.setEnabled(False)
        self.sure.textChanged.connect(lambda words: self.erase.setEnabled(words.strip().lower() == SURE))
        self.erase.clicked.connect(self._erase)
        self.busy = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.busy.setAccessibleName(self.tr("Everything is being erased"))
        self.busy.hide()
        line = QHBoxLayout()
        line.addWidget(self.sure, 1)
        line.addWidget(self.erase)
        self.rows.addLayout(line)
        self.rows.addWidget(self.busy)

    @Slot()
    def _erase(self) -> None:
        memory, vault = self._household.open_memory, self._household.vault
        if memory is None or vault is None:
            return
        self.erase.setEnabled(False)
        self.busy.show()

        def work() -> tuple[list[Path], list[Path]]:
            memory.close()
            return erasure.destroy(vault)

        in_background(self, work, self._erased, self._not_erased)

    def _erased(self, backups: tuple[list[Path], list[Path]]) -> None:
        done, missed = backups
        self.busy.hide()
        self._household.memory = self._household.vault = None
        self._bridge.engine_wanted.emit()
        words = self.tr("The vault, its keys and its recovery are erased.")
        if done:
            words += " " + self.tr("So are {0} backups.").format(len(done))
        if missed:
            places = ", ".join(map(str, missed))
            words += " " + self.tr("These backups could not be reached; destroy them yourself: {0}").format(places)
        self.told.emit(words)
        self.changed.emit()

    def _not_erased(self, sentence: str) -> None:
        self.busy.hide()
        self.fail(sentence)
