"""What stands before the memory page while there is no open vault: make one, or open it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.household import Household
from mia_desktop.gui.locked_vault import LockedVault
from mia_desktop.gui.pages.page import Section
from mia_desktop.gui.vault_making import VaultMaking


class VaultDoor(QStackedWidget):
    """Shows one of: no vault, a locked one, one that is being opened, one that cannot be reached.

    Attributes:
        told: a sentence for the user.
        locked: what opens a locked vault.
    """

    told = Signal(str)

    def __init__(self, bridge: Bridge, household: Household, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._household = household
        self.making: VaultMaking | None = None
        self._none = self._no_vault()
        self.locked = LockedVault(bridge, household)
        self.locked.told.connect(self.told)
        self._locked = _at_top(self.locked)
        self._opening = self._vault_opening()
        self._unreachable = self._vault_unreachable()
        for one in (self._none, self._locked, self._opening, self._unreachable):
            self.addWidget(one)

    def look(self) -> None:
        """Show what holds now."""
        if self.making is not None and self.making.kit:
            return  # the kit is on the screen
        match self._household.standing:
            case "open" | "locked":
                self.locked.look()
                self.setCurrentWidget(self._locked)
            case "opening":
                self.setCurrentWidget(self._opening)
            case "unreachable":
                self.setCurrentWidget(self._unreachable)
            case "none":
                self.setCurrentWidget(self._none)

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


def _at_top(section: Section) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(section)
    column.addStretch(1)
    return whole
