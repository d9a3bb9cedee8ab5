"""The bar above the conversation: what MIA does, and how she listens."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QToolButton, QWidget

from mia_desktop.core.commands import SetHandsFree, SetMuted
from mia_desktop.core.snapshots import EngineStatus
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.glyphs import glyph
from mia_desktop.gui.household import Household, VaultStanding
from mia_desktop.gui.look import Look
from mia_desktop.gui.state_badge import StateBadge

_SIDE_PX = 12
_ROOM_FOR_GUEST_EM = 28


class TalkHead(QWidget):
    """State, switches and the ways to other conversations.

    Attributes:
        guest: tells, while nothing is kept, why, and leads to what changes that.
    """

    def __init__(self, bridge: Bridge, household: Household | None, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._household = household
        self._standing: VaultStanding | None = None
        self._has_engine = True
        self._hands_free_seen = False
        self._mute_seen = False
        self.badge = StateBadge(look)
        self.side = _tool(self.tr("Conversations"), self.tr("Show or hide the list of conversations (Ctrl+B)"))
        self.new = _tool(self.tr("New conversation"), self.tr("Begin anew (Ctrl+N)"))
        self.guest = QPushButton()
        self.guest.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.guest.setObjectName("guest")
        self.guest.hide()
        self._tell_standing("none")
        self.hands_free = _switch(
            self.tr("&Hands-free"), self.tr("Listen all the time instead of by the talk key (Alt+H)")
        )
        self.mute = _switch(self.tr("&Mute"), self.tr("Hear nothing at all (Alt+M)"))
        row = QHBoxLayout(self)
        row.setContentsMargins(_SIDE_PX, 12, _SIDE_PX, 10)
        row.setSpacing(6)
        row.addWidget(self.side)
        row.addWidget(self.badge, 1)
        for control in (self.guest, self.hands_free, self.mute, self.new):
            row.addWidget(control)
        self.hands_free.clicked.connect(lambda on: bridge.submit(SetHandsFree(on=on)))
        self.mute.clicked.connect(lambda on: bridge.submit(SetMuted(on=on)))
        bridge.polled.connect(self._on_status)
        self.dress(look)

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        self.badge.dress(look)
        side = int(self.fontMetrics().height() * 1.1)
        for button, name in ((self.side, "history"), (self.new, "new")):
            button.setIcon(glyph(name, look.ink))
            button.setIconSize(QSize(side, side))

    def set_engine(self, *, there: bool) -> None:
        """Let the user say how MIA listens, or not."""
        self._has_engine = there
        for one in (self.hands_free, self.mute):
            one.setEnabled(there)

    @Slot(object)
    def _on_status(self, status: EngineStatus) -> None:
        room = (
            self.width() >= self.fontMetrics().height() * _ROOM_FOR_GUEST_EM
        )  # else the list of conversations says it
        if status.guest:
            self._tell_standing(self._household.standing if self._household is not None else "none")
        self.guest.setVisible(room and status.guest and self._has_engine and status.state != "warming up")
        if status.hands_free != self._hands_free_seen:  # a change of the engine's, not the user's click on its way
            self._hands_free_seen = status.hands_free
            self.hands_free.setChecked(status.hands_free)
        if status.muted != self._mute_seen:
            self._mute_seen = status.muted
            self.mute.setChecked(status.muted)

    def _tell_standing(self, standing: VaultStanding) -> None:
        """Say why nothing is kept."""
        if standing == self._standing:
            return
        self._standing = standing
        match standing:
            case "locked":
                words, tip = self.tr("Locked"), self.tr("The vault is locked: nothing of this is kept. Unlock it here")
            case "opening" | "unreachable":
                words = self.tr("No vault in reach")
                tip = self.tr("The vault cannot be reached: nothing of this is kept. The memory page says why")
            case _:
                words = self.tr("Guest")
                tip = self.tr("There is no vault: nothing of this is kept. Make one on the memory page")
        self.guest.setText(words)
        self.guest.setAccessibleName(words)
        self.guest.setToolTip(tip)


def _tool(name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName("tool")
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(name)
    return button


def _switch(words: str, tip: str) -> QCheckBox:
    switch = QCheckBox(words)
    switch.setToolTip(tip)
    switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    switch.setAccessibleName(words.replace("&", ""))
    return switch
