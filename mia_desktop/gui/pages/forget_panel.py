"""Chooses what is to be forgotten: a time, a day, a person, everything."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QLineEdit, QPushButton, QSpinBox, QWidget

from mia_desktop.core.memories import AboutPerson, Between, Everything, Selector
from mia_desktop.gui.pages.page import Section


class ForgetPanel(Section):
    """Rows with one button each.

    Attributes:
        chosen: what is to be forgotten (a Selector), and in words what that is.
        closed: it is no longer needed.
    """

    chosen = Signal(object, str)
    closed = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._now = now
        self.setAccessibleName(self.tr("Forget"))
        self.minutes = QSpinBox(minimum=1, maximum=100_000, value=10)
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setAccessibleName(self.tr("Minutes"))
        self.by_time = self._button(self._time)
        self.row(self.tr("The last minutes"), self.minutes, self.by_time)
        self.day = QDateEdit(QDate.currentDate())
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setAccessibleName(self.tr("Day"))
        self.by_day = self._button(self._day)
        self.row(self.tr("A day"), self.day, self.by_day)
        self.person = QLineEdit(placeholderText=self.tr("Name"))
        self.person.setAccessibleName(self.tr("Name of the person"))
        self.by_person = self._button(self._person)
        self.row(self.tr("A person: what they said and what names them"), self.person, self.by_person)
        self.all = self._button(self._everything)
        self.row(self.tr("Everything that MIA remembers"), self.all)
        leave = QPushButton(self.tr("Close"))
        leave.clicked.connect(self.closed)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(leave, 0, Qt.AlignmentFlag.AlignRight)
        self.rows.addLayout(line)

    def _button(self, call: Callable[[], None]) -> QPushButton:
        button = QPushButton(self.tr("Forget…"))
        button.clicked.connect(call)
        return button

    @Slot()
    def _time(self) -> None:
        start = self._now() - timedelta(minutes=self.minutes.value())
        what: Selector = Between(start=start, end=self._now() + timedelta(days=1))
        self.chosen.emit(what, self.tr("of the last {0} minutes").format(self.minutes.value()))

    @Slot()
    def _day(self) -> None:
        day = self.day.date()
        start = datetime.combine(datetime(day.year(), day.month(), day.day()).date(), time(), self._now().tzinfo)
        what = Between(start=start, end=start + timedelta(days=1))
        self.chosen.emit(what, self.tr("of {0}").format(f"{start:%Y-%m-%d}"))

    @Slot()
    def _person(self) -> None:
        name = self.person.text().strip()
        if name:
            self.chosen.emit(AboutPerson(name=name), self.tr("that {0} said, and that name {0}").format(name))

    @Slot()
    def _everything(self) -> None:
        self.chosen.emit(Everything(), self.tr("that there are"))
