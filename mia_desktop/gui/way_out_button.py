"""The button beside the reason of the trouble: what somebody in front of the window can do about it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from mia_desktop.core.events import Event, State
from mia_desktop.gui.way_out import WayOut, of_event


class WayOutButton(QPushButton):
    """Stands there while MIA is in trouble and there is a way out.

    Attributes:
        wants_page: the name of the page on which the trouble ends.
        wants_engine: the engine is to be made anew.
    """

    wants_page = Signal(str)
    wants_engine = Signal()

    def __init__(self, *, has_pages: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._has_pages = has_pages
        self._way: WayOut | None = None
        self._state: State = "warming up"
        self.clicked.connect(self._go)

    def see(self, event: Event) -> None:
        """Take note of trouble; the reason itself comes with the state."""
        way = of_event(event)
        if way is not None:
            self.offer(way)

    def offer(self, way: WayOut) -> None:
        """Lead out of the trouble by `way`."""
        self._way = way
        self._show_way()

    def show_state(self, state: State) -> None:
        """Stand there in trouble only; an engine that begins anew has none yet."""
        self._state = state
        if state == "warming up":
            self._way = None
        self._show_way()

    def _show_way(self) -> None:
        way = self._way if self._state == "trouble" else None
        if way is not None and way.page and not self._has_pages:
            way = None
        words = self.tr("Start again") if way is None else way.words
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setVisible(way is not None)

    @Slot()
    def _go(self) -> None:
        if self._way is not None and self._way.page:
            self.wants_page.emit(self._way.page)
        else:
            self.wants_engine.emit()
