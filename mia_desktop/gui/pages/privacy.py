"""What MIA may do, how long she keeps what, what was done with it, and how to take all of it away."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mia_desktop.core.commands import Lock
from mia_desktop.core.events import Event, MemoryChanged
from mia_desktop.engine.ruled_memory import RuledMemory
from mia_desktop.gui.background import in_background
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.household import Household
from mia_desktop.gui.pages import TITLES
from mia_desktop.gui.pages.audit_section import AuditSection
from mia_desktop.gui.pages.consent_section import ConsentSection
from mia_desktop.gui.pages.erasing_section import ErasingSection
from mia_desktop.gui.pages.memory_files import ExportPanel
from mia_desktop.gui.pages.page import Page, Section, faint
from mia_desktop.gui.pages.question import Question
from mia_desktop.gui.pages.retention_section import RetentionSection
from mia_desktop.security.audit import Entry
from mia_desktop.security.consent import Consent
from mia_desktop.security.vault import Vault

_ENTRIES: Final = 12


class PrivacyPage(Page):
    """Consents, retention, the audit, export and erasing.

    Attributes:
        consents: what MIA may do.
        retention: how long she keeps what.
        audit: what was done with it.
        export: writes all of it into a file.
        erasing: takes all of it away.
    """

    title = TITLES["privacy"]

    def __init__(self, bridge: Bridge, household: Household, parent: QWidget | None = None) -> None:
        super().__init__(bridge, household, parent)
        self.question = Question()
        self.column.addWidget(self.question)
        self.column.addWidget(self._leaves())
        self.column.addWidget(self._conversation())
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self.consents = ConsentSection(bridge, household, self.question)
        self.retention = RetentionSection(household, self.question)
        self.audit = AuditSection(household)
        self.erasing = ErasingSection(bridge, household)
        for changing in (self.consents, self.retention, self.erasing):
            changing.told.connect(self.tell)
            changing.changed.connect(self.enter)
        self.audit.told.connect(self.tell)
        for section in (self.consents, self.retention, self.audit, self._export(), self.erasing):
            column.addWidget(section)
        self.column.addWidget(self._inside)
        self.column.addStretch(1)
        bridge.happened.connect(self._on_event)

    def enter(self) -> None:
        """Show what holds now."""
        memory = self.household.open_memory
        self._inside.setVisible(memory is not None)
        self.erasing.sure.clear()
        self._say_guest()
        if memory is not None:
            vault = self.household.vault
            in_background(self, lambda: _read(memory, vault), self._show, self.tell)

    # What needs no vault.

    def _leaves(self) -> Section:
        section = Section(
            self.tr("Nothing leaves this computer"),
            self.tr(
                "MIA hears, sees, thinks and speaks on this machine. The network is used for one thing only: to fetch "
                "a model when you ask for it on the Models page. There is no account and no telemetry."
            ),
        )
        folder = self.household.paths.home
        show = QPushButton(self.tr("Open the folder"))
        show.clicked.connect(lambda: self._open(folder))
        section.row(self.tr("All that MIA keeps lies in one folder"), show, about=str(folder))
        return section

    def _open(self, folder: Path) -> None:
        if not folder.exists() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.tell(self.tr("The folder cannot be shown here. It is {0}").format(folder))

    def _conversation(self) -> Section:
        section = Section(self.tr("This conversation"))
        self._guest = faint("")
        self.be_guest = QPushButton(self.tr("Keep nothing from now on"))
        self.be_guest.clicked.connect(self._lock)
        self.to_memory = QPushButton(self.tr("Make or open the vault…"))
        self.to_memory.clicked.connect(lambda: self.wants_page.emit("memory"))
        line = QHBoxLayout()
        line.addWidget(self._guest, 1)
        line.addWidget(self.be_guest)
        line.addWidget(self.to_memory)
        section.rows.addLayout(line)
        return section

    def _say_guest(self) -> None:
        guest = self.household.open_memory is None
        self._guest.setText(
            self.tr("You are a guest: nothing of what you say is kept, and it is gone when MIA is closed.")
            if guest
            else self.tr("What you allow below is kept, encrypted, in your vault. As a guest nothing is kept.")
        )
        self.be_guest.setVisible(not guest)
        self.to_memory.setVisible(guest)

    @Slot()
    def _lock(self) -> None:
        self.bridge.submit(Lock())

    # Taking it along.

    def _export(self) -> Section:
        section = Section(self.tr("Take it along"))
        self.export = ExportPanel(self.household)
        self.export.told.connect(self.tell)
        self.export.hide()
        begin = QPushButton(self.tr("Export everything…"))
        begin.clicked.connect(self.export.show)
        self.export.closed.connect(self.export.hide)
        section.row(self.tr("All memories and their pictures, in a file that a passphrase opens"), begin)
        section.rows.addWidget(self.export)
        return section

    # Showing.

    def _show(self, held: tuple[list[Consent], dict[str, str], list[Entry]]) -> None:
        consents, classes, entries = held
        self.consents.show_answers(consents)
        self.retention.show_times(classes)
        self.audit.show_entries(entries)

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        if self.isVisible() and isinstance(event, MemoryChanged):
            if event.did == "refused":
                self.tell(event.why)
            else:
                self.enter()


def _read(memory: RuledMemory, vault: Vault | None) -> tuple[list[Consent], dict[str, str], list[Entry]]:
    entries = vault.audit.entries(_ENTRIES) if vault is not None else []
    return memory.consents.all(), memory.retention.all(), entries
