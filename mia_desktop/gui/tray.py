"""MIA in the system's tray: her state at a glance, and what one wants without a window."""

from PySide6.QtCore import QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from mia_desktop.core.events import State
from mia_desktop.core.snapshots import EngineStatus
from mia_desktop.gui.look import Look
from mia_desktop.gui.state_badge import draw_state

_SIDES_PX = (16, 22, 32, 48, 64)
_CANNOT_TALK = ("warming up", "trouble", "muted")


class Tray(QObject):
    """An icon whose form and colour are the state, with a menu. Where there is no tray, nothing appears.

    Attributes:
        wants_window: the user wants to see the window.
        wants_talk: begin to listen (True), or that is the whole question (False).
        wants_hands_free: listen all the time, or not.
        wants_mute: hear nothing at all, or hear again.
        wants_autostart: start at login, or not.
        wants_first_run: set MIA up again.
        wants_quit: end MIA.
        told_clicked: a notification was clicked.
    """

    wants_window = Signal()
    wants_talk = Signal(bool)
    wants_hands_free = Signal(bool)
    wants_mute = Signal(bool)
    wants_autostart = Signal(bool)
    wants_first_run = Signal()
    wants_quit = Signal()
    told_clicked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state: State = "warming up"
        self._icons: dict[State, QIcon] = {}
        self._menu = QMenu()
        self._word = self._menu.addAction("")
        self._word.setEnabled(False)
        self._menu.addSeparator()
        self.open = self._add(self.tr("&Open MIA"))
        self.talk = self._add(self.tr("&Talk"), checkable=True)
        self.hands_free = self._add(self.tr("&Hands-free"), checkable=True)
        self.mute = self._add(self.tr("&Mute"), checkable=True)
        self._menu.addSeparator()
        self.autostart = self._add(self.tr("&Start at login"), checkable=True)
        self.first_run = self._add(self.tr("S&et MIA up…"))
        self.quit = self._add(self.tr("&Quit"))
        self._icon = QSystemTrayIcon(self)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self.told_clicked)
        self.open.triggered.connect(self.wants_window)
        self.talk.triggered.connect(self.wants_talk)
        self.hands_free.triggered.connect(self.wants_hands_free)
        self.mute.triggered.connect(self.wants_mute)
        self.autostart.triggered.connect(self.wants_autostart)
        self.first_run.triggered.connect(self.wants_first_run)
        self.quit.triggered.connect(self.wants_quit)
        self.show_state("warming up", "")

    @property
    def there(self) -> bool:
        """Whether the user can see the icon."""
        return self._icon.isVisible() and QSystemTrayIcon.isSystemTrayAvailable()

    @property
    def tip(self) -> str:
        """What the icon says when the pointer rests on it."""
        return self._icon.toolTip()

    def show(self) -> None:
        """Appear; where the tray comes later, then."""
        self._icon.show()

    def hide(self) -> None:
        """Disappear."""
        self._icon.hide()

    def show_state(self, state: State, why: str) -> None:
        """Show `state`, and `why` when there is trouble."""
        self._state = state
        words = self._words(state)
        self._word.setText(f"MIA: {words}")
        self._icon.setToolTip(f"MIA: {words}\n{why}" if why else f"MIA: {words}")
        self._icon.setIcon(self._state_icon(state))
        self.talk.setEnabled(state not in _CANNOT_TALK)
        self.talk.setChecked(state == "listening")

    def show_status(self, status: EngineStatus) -> None:
        """Show which switches are on."""
        self.hands_free.setChecked(status.hands_free)
        self.mute.setChecked(status.muted)

    def tell(self, title: str, text: str) -> None:
        """Show a notification of the system's kind, if the user can see the icon."""
        if self.there:
            self._icon.showMessage(title, text, self._state_icon(self._state))

    def _state_icon(self, state: State) -> QIcon:
        """Return the icon of a state, drawn once."""
        if state not in self._icons:
            self._icons[state] = state_icon(state)
        return self._icons[state]

    def _words(self, state: State) -> str:
        """Return a state in the user's language."""
        words: dict[State, str] = {
            "warming up": self.tr("warming up"),
            "ready": self.tr("ready"),
            "listening": self.tr("listening"),
            "thinking": self.tr("thinking"),
            "speaking": self.tr("speaking"),
            "muted": self.tr("muted"),
            "trouble": self.tr("trouble"),
        }
        return words[state]

    def _add(self, words: str, *, checkable: bool = False) -> QAction:
        action = self._menu.addAction(words)
        action.setCheckable(checkable)
        return action

    @Slot(QSystemTrayIcon.ActivationReason)
    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.wants_window.emit()


def state_icon(state: State) -> QIcon:
    """Return the icon of a state: its shape in white on its colour, to be told on light and dark panels."""
    ground = Look.of(QPalette(QColor("#f0f0f0"))).states[state]  # the colours that carry white
    icon = QIcon()
    for side in _SIDES_PX:
        icon.addPixmap(_drawn(state, ground, side))
    return icon


def _drawn(state: State, ground: QColor, side_px: int) -> QPixmap:
    pixmap = QPixmap(side_px, side_px)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(0, 0, side_px, side_px), side_px * 0.24, side_px * 0.24)
    inner = round(side_px * 0.74)
    corner = (side_px - inner) // 2
    painter.translate(corner, corner)
    painter.scale(inner, inner)
    draw_state(painter, state, QColor("white"), ground)
    painter.end()
    return pixmap
