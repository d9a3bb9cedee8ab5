"""MIA's window: a rail at the side, and the page that is open."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QHideEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from mia_desktop.gui.alert_watch import AlertWatch
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.ease import contrast_hints
from mia_desktop.gui.household import Household
from mia_desktop.gui.look import Look
from mia_desktop.gui.pages import PAGES, TITLES
from mia_desktop.gui.pages.page import Page
from mia_desktop.gui.rail import Rail
from mia_desktop.gui.talk_page import TalkPage

TALK = "talk"
FIRST_RUN = "first run"
_NARROW_EM = 36
"""Of the font's height; where the window is narrower, the pages' titles leave their room to the page."""


class Window(QWidget):
    """Shows the conversation and, with a household, the pages beside it; each page is made when it is first opened.

    Attributes:
        painted: the window was drawn for the first time.
        talk_page: the conversation.
        rail: the pages' buttons.
        pages: the names of the pages, as `show_page` takes them.
        wants_first_run: the user wants to set MIA up again.
    """

    painted = Signal()
    wants_first_run = Signal()

    def __init__(self, bridge: Bridge, household: Household | None = None) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("MIA")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._household = household
        self._was_painted = False
        self._style = ""
        self._made: dict[str, Page] = {}
        self.alerts: AlertWatch | None = None
        if household is not None:
            bridge.happened.connect(household.see)
            self.alerts = AlertWatch(household, self)
        look = Look.of(self.palette())
        others = TITLES if household is not None else {}
        self.pages = [TALK, *others]
        self.rail = Rail([(TALK, self.tr("Talk")), *((name, self.tr(title)) for name, title in others.items())])
        self.rail.setVisible(bool(others))
        self.talk_page = TalkPage(bridge, household, look)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.talk_page)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.rail)
        whole.addWidget(self._stack, 1)
        self.rail.chosen.connect(self.show_page)
        self.talk_page.wants_page.connect(self.show_page)
        if self.alerts is not None:
            self.alerts.told.connect(self.talk_page.tell)
        self.rail.show_page(TALK)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._dress)
        contrast_hints().contrastPreferenceChanged.connect(self._dress)
        self._dress()
        em = self.fontMetrics().height()
        self.setMinimumSize(em * 27, em * 26)
        self.resize(QSize(em * 56, em * 46).boundedTo(self.screen().availableSize()))
        self.talk_page.text.setFocus()

    @Slot(str)
    def show_page(self, name: str) -> None:
        """Turn to a page, or to the first run; nothing where there is no such page."""
        if name == FIRST_RUN:
            self.wants_first_run.emit()
        if name not in self.pages:
            return
        before = self._stack.currentWidget()
        page = self.talk_page if name == TALK else self._page(name)
        if page is not before:
            if isinstance(before, Page):
                before.leave()
                self.talk_page.sidebar.refresh()  # a page may have changed what is remembered
            self._stack.setCurrentWidget(page)
        self.rail.show_page(name)
        if isinstance(page, Page):
            page.enter()
        else:
            self.talk_page.text.setFocus()

    def page(self, name: str) -> Page:
        """Turn to a page and return it."""
        self.show_page(name)
        return self._made[name]

    def show_dead_end(self, sentence: str, error: Exception | None = None) -> None:
        """Show that there is no engine, why, and what can be done about it; nothing can be asked then."""
        self.talk_page.show_dead_end(sentence, error)

    def show_engine(self) -> None:
        """Show that there is an engine: what was said of a dead end holds no longer."""
        self.talk_page.show_engine()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tell of the first time."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give the page what room there is."""
        super().resizeEvent(event)
        self.rail.fold(narrow=self.width() < self.fontMetrics().height() * _NARROW_EM)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to watch the engine."""
        super().showEvent(event)
        self._bridge.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Cease to watch, and let go of the talk key."""
        super().hideEvent(event)
        self._bridge.watch(False)
        self.talk_page.hold.release_all()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the system's colours and the minimising of the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "talk_page"):
            self._dress()
        elif event.type() == QEvent.Type.WindowStateChange:
            self._bridge.watch(self.isVisible() and not self.isMinimized())

    def _page(self, name: str) -> Page:
        if name not in self._made:
            assert self._household is not None
            page = PAGES[name]()(self._bridge, self._household)
            page.dress(Look.of(QGuiApplication.palette()))
            page.wants_page.connect(self.show_page)
            self._made[name] = page
            self._stack.addWidget(page)
        return self._made[name]

    @Slot()
    def _dress(self) -> None:
        look = Look.of(QGuiApplication.palette())
        style = look.style()
        if style == self._style:
            return
        self._style = style
        self.setStyleSheet(style)
        self.rail.dress(look)
        self.talk_page.dress(look)
        for page in self._made.values():
            page.dress(look)
