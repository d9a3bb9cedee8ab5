"""What stands before the memory page while there is no open vault: make one, or open it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from mia_desktop.core.commands import Unlock
from mia_desktop.gui.background import in_background
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.household import Household
from mia_desktop.gui.pages.page import Section, faint
from mia_desktop.gui.vault_making import VaultMaking


class VaultDoor(QStackedWidget):
    """Shows one of: no vault, a locked one, one that is being opened, one that cannot be reached.

    Attributes:
        told: a sentence for the user.
    """

    told = Signal(str)

    def __init__(self, bridge: Bridge, household: Household, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._household = household
        self.making: VaultMaking | None = None
        self._none = self._no_vault()
        self._locked = self._locked_vault()
        self._opening = self._vault_opening()
        self._unreachable = self._vault_unreachable()
        for one in (self._none, self._locked, self._opening, self._unreachable):
            self.addWidget(one)

    def look(self) -> None:
        """Show what holds now."""
        household = self._household
        if self.making is not None and self.making.kit:
            return  # the kit is on the screen
        if household.memory is not None:
            self._show(self._locked)
            self.trying(on=False)
            alone = household.memory.opens_alone
            self.passphrase.setVisible(not alone)
        elif household.vault is not None:
            self._show(self._opening)
        elif (household.paths.vault / "keys.json").exists():
            self._show(self._unreachable)
        else:
            self._show(self._none)

    def _show(self, widget: QWidget) -> None:
        self.setCurrentWidget(widget)

    # No vault.

    def _no_vault(self) -> QWidget:
        section = Section(
            self.tr("You are a guest"),
            self.tr(
                "Nothing of what you say is kept. With a vault MIA remembers you: what was said lies encrypted on this "
                "computer, only you open it, and you can see, change and erase all of it here."
            ),
        )
        self.make = QPushButton(self.tr("Make a vault…"))
        self.make.setObjectName("first")
        self.make.clicked.connect(self._begin_making)
        section.rows.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeft)
        self._none_rows = section.rows
        return _at_top(section)

    @Slot()
    def _begin_making(self) -> None:
        if self.making is not None:
            self.making.deleteLater()
        self.making = VaultMaking(self._household)
        self.making.finished.connect(self._made)
        self._none_rows.addWidget(self.making)
        self.make.hide()
        self.making.setFocus()

    @Slot()
    def _made(self) -> None:
        if self.making is not None:
            self.making.deleteLater()
            self.making = None
        self.make.show()
        self._bridge.engine_wanted.emit()
        self.look()

    # A locked vault.

    def _locked_vault(self) -> QWidget:
        section = Section(
            self.tr("The vault is locked"),
            self.tr("Nothing is recalled, and nothing of what you say now is kept."),
        )
        self.passphrase = _secret(self.tr("Passphrase"))
        self.passphrase.returnPressed.connect(self.unlock)
        self.open_ = QPushButton(self.tr("Unlock"))
        self.open_.setObjectName("first")
        self.open_.clicked.connect(self.unlock)
        self.busy = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.busy.setAccessibleName(self.tr("The vault is being opened"))
        self.lost = QPushButton(self.tr("Use the recovery kit…"))
        self.lost.clicked.connect(self._ask_kit)
        self._kit = self._kit_form()
        self._kit.hide()
        for widget in (self.passphrase, self.busy):
            section.rows.addWidget(widget)
        section.rows.addWidget(self.open_, 0, Qt.AlignmentFlag.AlignLeft)
        section.rows.addWidget(self.lost, 0, Qt.AlignmentFlag.AlignLeft)
        section.rows.addWidget(self._kit)
        return _at_top(section)

    def _kit_form(self) -> QFrame:
        form = QFrame()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        self.code = QLineEdit(placeholderText=self.tr("Recovery code: 14 groups of four"))
        self.code.setAccessibleName(self.tr("Recovery code"))
        self.new = _secret(self.tr("New passphrase"))
        self.again = _secret(self.tr("New passphrase, once more"))
        self.recover = QPushButton(self.tr("Open with the kit"))
        self.recover.clicked.connect(self._recover)
        column.addWidget(faint(self.tr("The kit opens the vault and gives it a new passphrase. It stays good.")))
        for field in (self.code, self.new, self.again):
            column.addWidget(field)
        column.addWidget(self.recover, 0, Qt.AlignmentFlag.AlignLeft)
        return form

    @Slot()
    def unlock(self) -> None:
        """Have the vault opened; `MemoryChanged` tells whether it is."""
        memory = self._household.memory
        alone = memory is not None and memory.opens_alone
        if not alone and not self.passphrase.text():
            return
        self.trying(on=True)
        self._bridge.submit(Unlock(passphrase=None if alone else self.passphrase.text()))
        self.passphrase.clear()

    def trying(self, *, on: bool) -> None:
        """Show whether the vault is being opened."""
        self.busy.setVisible(on)
        for widget in (self.passphrase, self.open_, self.lost, self._kit):
            widget.setDisabled(on)
        if not on and self.passphrase.isVisible():
            self.passphrase.setFocus()

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
        self.trying(on=True)
        in_background(self, lambda: vault.recover(code, secret), self._recovered, self._not_recovered)

    def _recovered(self, _: None) -> None:
        for field in (self.code, self.new, self.again):
            field.clear()
        self._bridge.submit(Unlock())

    def _not_recovered(self, sentence: str) -> None:
        self.trying(on=False)
        self.told.emit(sentence)

    # Between.

    def _vault_opening(self) -> QWidget:
        section = Section(self.tr("The vault is being opened"))
        bar = QProgressBar(minimum=0, maximum=0, textVisible=False)
        bar.setAccessibleName(self.tr("The vault is being opened"))
        section.rows.addWidget(bar)
        return _at_top(section)

    def _vault_unreachable(self) -> QWidget:
        section = Section(
            self.tr("The vault cannot be reached"),
            self.tr(
                "There is a vault, but this system's keyring did not answer, or the vault is in use elsewhere. Log in "
                "to the keyring or close the other MIA, then try again. Until then nothing is kept."
            ),
        )
        again = QPushButton(self.tr("Try again"))
        again.clicked.connect(self._bridge.engine_wanted)
        section.rows.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        return _at_top(section)


def _secret(name: str) -> QLineEdit:
    field = QLineEdit(placeholderText=name, echoMode=QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field


def _at_top(section: Section) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(section)
    column.addStretch(1)
    return whole
