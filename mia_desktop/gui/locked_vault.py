"""A locked vault, and what opens it: its passphrase, the keyring, or the recovery kit."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from mia_desktop.core.commands import Unlock
from mia_desktop.core.events import Event, MemoryChanged
from mia_desktop.gui.background import in_background
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.household import Household
from mia_desktop.gui.pages.page import Section, faint, secret_field


class LockedVault(Section):
    """Asks for what opens the vault, and has it opened.

    Attributes:
        told: a sentence for the user.
        left: it is open, or the user does not want to open it now.
        passphrase: where it is typed.
        open_: has the vault opened.
    """

    told = Signal(str)
    left = Signal()

    def __init__(self, bridge: Bridge, household: Household, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("The vault is locked"),
            self.tr("Nothing is recalled, and nothing of what you say now is kept."),
            parent,
        )
        self._bridge = bridge
        self._household = household
        self._tries = False
        self.passphrase = secret_field(self.tr("Passphrase"))
        self.passphrase.returnPressed.connect(self.unlock)
        self.open_ = _button(self.tr("Unlock"))
        self.open_.setObjectName("first")
        self.open_.clicked.connect(self.unlock)
        self.busy = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.busy.setAccessibleName(self.tr("The vault is being opened"))
        self.lost = _button(self.tr("Use the recovery kit…"))
        self.lost.clicked.connect(self._ask_kit)
        self.leave = _button(self.tr("Not now"))
        self.leave.clicked.connect(self.left)
        self.leave.hide()
        self._kit = self._kit_form()
        self._kit.hide()
        for widget in (self.passphrase, self.busy):
            self.rows.addWidget(widget)
        deeds = QHBoxLayout()
        for button in (self.open_, self.lost, self.leave):
            deeds.addWidget(button)
        deeds.addStretch(1)
        self.rows.addLayout(deeds)
        self.rows.addWidget(self._kit)
        self.look()

    def look(self) -> None:
        """Ask for what this vault needs."""
        memory = self._household.memory
        self.passphrase.setVisible(memory is None or not memory.opens_alone)
        self._trying(on=False)

    def see(self, event: Event) -> None:
        """Follow what becomes of a try."""
        if isinstance(event, MemoryChanged) and event.did in ("refused", "locked", "unlocked"):
            self._trying(on=False)
            if event.did == "unlocked":
                self.left.emit()

    @Slot()
    def unlock(self) -> None:
        """Have the vault opened; `MemoryChanged` tells whether it is."""
        memory = self._household.memory
        alone = memory is not None and memory.opens_alone
        if self._tries or (not alone and not self.passphrase.text()):
            return
        self._trying(on=True)
        self._bridge.submit(Unlock(passphrase=None if alone else self.passphrase.text()))
        self.passphrase.clear()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Wait for the passphrase, or for the click that needs none."""
        super().showEvent(event)
        if not event.spontaneous():
            self._take_keyboard()

    def _trying(self, *, on: bool) -> None:
        """Show whether the vault is being opened."""
        self._tries = on
        self.busy.setVisible(on)
        for widget in (self.passphrase, self.open_, self.lost, self._kit):
            widget.setDisabled(on)
        if not on and self.isVisible():
            self._take_keyboard()

    def _take_keyboard(self) -> None:
        (self.open_ if self.passphrase.isHidden() else self.passphrase).setFocus()

    def _kit_form(self) -> QFrame:
        form = QFrame()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        self.code = QLineEdit(placeholderText=self.tr("Recovery code: 14 groups of four"))
        self.code.setAccessibleName(self.tr("Recovery code"))
        self.new = secret_field(self.tr("New passphrase"))
        self.again = secret_field(self.tr("New passphrase, once more"))
        self.recover = _button(self.tr("Open with the kit"))
        self.recover.clicked.connect(self._recover)
        column.addWidget(faint(self.tr("The kit opens the vault and gives it a new passphrase. It stays good.")))
        for field in (self.code, self.new, self.again):
            column.addWidget(field)
        column.addWidget(self.recover, 0, Qt.AlignmentFlag.AlignLeft)
        return form

    @Slot()
    def _ask_kit(self) -> None:
        self._kit.show()
        self.lost.hide()
        self.code.setFocus()

    @Slot()
    def _recover(self) -> None:
        vault = self._household.vault
        if vault is None or not self.code.text().strip():
            return
        if self.new.text() != self.again.text():
            self.told.emit(self.tr("The two passphrases are not the same. Type them once more."))
            return
        code, secret = self.code.text(), self.new.text() or None
        self._trying(on=True)
        in_background(self, lambda: vault.recover(code, secret), self._recovered, self._not_recovered)

    def _recovered(self, _: None) -> None:
        for field in (self.code, self.new, self.again):
            field.clear()
        self._bridge.submit(Unlock())

    def _not_recovered(self, sentence: str) -> None:
        self._trying(on=False)
        self.told.emit(sentence)


def _button(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setAccessibleName(words)
    button.setToolTip(words)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
