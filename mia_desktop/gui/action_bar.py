"""What can be done with a message: buttons below the one that the user is at, and a menu."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from mia_desktop.gui.glyphs import glyph
from mia_desktop.gui.look import Look
from mia_desktop.gui.message import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that can be done with a message.

    Attributes:
        name: the name of its drawing; empty: it stands in the menu alone.
        words: what it is called.
        do: does it.
        keys: the keys that do it while the keyboard is at the message, in Qt's writing; may be empty.
        choices: instead of `do`, what can be chosen, each with what does it.
    """

    name: str
    words: str
    do: Callable[[], None]
    keys: str = ""
    choices: Sequence[tuple[str, Callable[[], None]]] = field(default=())


class ActionBar(QWidget):
    """A row of small buttons in the room below a message. It lies in the conversation's viewport.

    Attributes:
        wants_menu: where on the screen the whole menu of the message is wanted.
    """

    wants_menu = Signal(QPoint)

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("action_bar")
        self.setAccessibleName(self.tr("What can be done with this message"))
        self._look = look
        self._message: Message | None = None
        self._names: tuple[str, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self.hide()

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        self._look = look
        self.put_away()

    def put_away(self) -> None:
        """Show no buttons."""
        self._message = None
        self.hide()

    def show_for(self, message: Message, deeds: Sequence[Deed], strip: QRect) -> None:
        """Show the buttons of a message in `strip`, the room below its bubble."""
        drawn = [deed for deed in deeds if deed.name]
        names = tuple(deed.name for deed in drawn)
        if message is not self._message or names != self._names:
            self._message, self._names = message, names
            self._fill(drawn)
        self.adjustSize()
        at_left = message.of_mia != (self.layoutDirection() == Qt.LayoutDirection.RightToLeft)
        room = self._over.rect()
        x = strip.left() if at_left else strip.right() + 1 - self.width()
        x = max(room.left() + 4, min(x, room.right() - self.width() - 4))
        self.move(x, strip.top() + (strip.height() - self.height()) // 2)
        self.setVisible(bool(drawn))

    def _fill(self, deeds: Sequence[Deed]) -> None:
        while (item := self._row.takeAt(0)) is not None:
            button = item.widget()
            if button is not None:
                button.hide()
                button.deleteLater()
        for deed in deeds:
            self._row.addWidget(self._button(deed.name, deed.words, deed.do))
        more = self._button("more", self.tr("More"), self._more)
        self._row.addWidget(more)

    def _button(self, name: str, words: str, do: Callable[[], None]) -> QToolButton:
        side = int(self.fontMetrics().height() * 1.0)
        button = QToolButton(self)
        button.setObjectName("deed")
        button.setIcon(glyph(name, self._look.faint))
        button.setIconSize(QSize(side, side))
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.clicked.connect(lambda _=False: do())
        return button

    @Slot()
    def _more(self) -> None:
        self.wants_menu.emit(self.mapToGlobal(QPoint(0, self.height())))


def menu_of(deeds: Sequence[Deed], look: Look, parent: QWidget) -> QMenu:
    """Return a menu of all that can be done; it goes away by itself."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for deed in deeds:
        icon = glyph(deed.name, look.ink) if deed.name else QIcon()
        if deed.choices:
            below = menu.addMenu(icon, deed.words)
            for words, do in deed.choices:
                below.addAction(words).triggered.connect(lambda _=False, do=do: do())
            continue
        action = QAction(icon, deed.words, menu)
        if deed.keys:
            action.setShortcut(QKeySequence(deed.keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # shown; the conversation hears the keys
        action.triggered.connect(lambda _=False, do=deed.do: do())
        menu.addAction(action)
    return menu
