"""What was done with memories: the newest entries of the audit, and the proof that none is missing."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from mia_desktop.gui.background import in_background
from mia_desktop.gui.household import Household
from mia_desktop.gui.pages.page import Section, faint, moment
from mia_desktop.security.audit import Entry


class AuditSection(Section):
    """Shows entries and proves all of them.

    Attributes:
        told: a sentence for the user.
        entries: the newest entries, as text.
        verified: what became of the proof.
    """

    told = Signal(str)

    def __init__(self, household: Household, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("What was done with it"),
            self.tr("Every entry is sealed by the next, and none holds what was said: only who, what and how many."),
            parent,
        )
        self._household = household
        self.verify = QPushButton(self.tr("Prove that none is missing"))
        self.verify.clicked.connect(self._verify)
        self.verified = faint("")
        line = QHBoxLayout()
        line.addWidget(self.verified, 1)
        line.addWidget(self.verify)
        self.entries = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.entries.setObjectName("faint")
        self.entries.setAccessibleName(self.tr("The newest entries"))
        self.entries.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.rows.addWidget(self.entries)
        self.rows.addLayout(line)

    def show_entries(self, entries: list[Entry]) -> None:
        """Show entries, the newest first."""
        self.entries.setText(
            "\n".join(
                f"{one.number}  {moment(one.at_s)}  {one.who}: {one.action}, {one.object_class} ({one.count})"
                for one in reversed(entries)
            )
        )

    @Slot()
    def _verify(self) -> None:
        vault = self._household.vault
        if vault is None:
            return
        self.verify.setDisabled(True)
        self.verified.setText(self.tr("Proving…"))

        def done(count: int) -> None:
            self.verify.setDisabled(False)
            self.verified.setText(self.tr("{0} entries, each in its place.").format(f"{count:,}"))

        def failed(sentence: str) -> None:
            self.verify.setDisabled(False)
            self.verified.setText("")
            self.told.emit(sentence)

        in_background(self, vault.audit.verify, done, failed)
