"""What all pages have in common: a heading, sections below each other, and a place for what went wrong."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.household import Household
from mia_desktop.gui.look import Look
from mia_desktop.gui.notice import Notice
from mia_desktop.gui.setting_editor import Choice, ChoiceEditor

_WIDEST_EM = 50
_SIDE_PX = 24
_FIELD_EM = 12
_TITLE = 1.5


class Section(QFrame):
    """A card with a title, a sentence about it, and rows.

    Attributes:
        rows: where its rows go.
    """

    def __init__(self, title: str, about: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("section")
        self.setAccessibleName(title)
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(16, 14, 16, 14)
        self.rows.setSpacing(10)
        if title:
            named = QLabel(title)
            named.setObjectName("section_title")
            self.rows.addWidget(named)
        if about:
            self.rows.addWidget(faint(about))

    def row(self, words: str, *widgets: QWidget, about: str = "") -> QLabel:
        """Add a row: what it is on the left, with a quiet line below, and `widgets` on the right; return its label."""
        label = QLabel(words, wordWrap=True)
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addWidget(label)
        if about:
            left.addWidget(faint(about))
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addLayout(left, 1)
        for widget in widgets:
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        if widgets:
            label.setBuddy(widgets[0])
        self.rows.addLayout(line)
        return label


class ChangingSection(Section):
    """A section in which something of the vault is changed.

    Attributes:
        told: a sentence for the user.
        changed: it was changed, or could not be.
    """

    told = Signal(str)
    changed = Signal()

    def fail(self, sentence: str) -> None:
        """Tell why it could not be changed."""
        self.told.emit(sentence)
        self.changed.emit()


class Page(QScrollArea):
    """A page of the window; what it shows is brought up to date whenever it is entered.

    Attributes:
        title: what it is called.
        column: where its sections go.
        notice: for what went wrong or was done.
        wants_page: the user wants another page of the window, by its name.
    """

    wants_page = Signal(str)
    title: ClassVar[str] = ""

    def __init__(self, bridge: Bridge, household: Household, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.household = household
        self.setObjectName("page")
        self.setAccessibleName(QCoreApplication.translate("Window", self.title))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setObjectName("page_inner")
        inner.setMaximumWidth(self.fontMetrics().height() * _WIDEST_EM)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(_SIDE_PX, 18, _SIDE_PX, 24)
        self.column.setSpacing(14)
        heading = QLabel(self.accessibleName())
        heading.setObjectName("page_title")
        heading.setFont(larger(heading.font(), _TITLE))
        self.notice = Notice()
        self.column.addWidget(heading)
        self.column.addWidget(self.notice)
        self.setWidget(inner)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    def enter(self) -> None:
        """Bring what is shown up to date: the page is shown now. Reading that takes time is done beside the window."""

    def leave(self) -> None:
        """Cease to watch: another page is shown now."""

    def dress(self, look: Look) -> None:
        """Take colours that a style sheet cannot give."""

    def tell(self, sentence: str) -> None:
        """Show a sentence for the user."""
        self.notice.say(sentence, passing=False)


def larger(font: QFont, times: float) -> QFont:
    """Return a font of so many times the size; style sheets know sizes in letters for lengths only."""
    font = QFont(font)
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * times)
    else:
        font.setPixelSize(round(font.pixelSize() * times))
    return font


def faint(words: str) -> QLabel:
    """Return quiet text that wraps."""
    label = QLabel(words, wordWrap=True)
    label.setObjectName("faint")
    return label


def moment(at_s: float) -> str:
    """Return a time (seconds since 1970) as the clock and the calendar here show it."""
    return f"{datetime.fromtimestamp(at_s, UTC).astimezone():%Y-%m-%d %H:%M}"


def choice_field(section: Section, name: str, choices: Sequence[Choice]) -> ChoiceEditor:
    """Return a field with `choices` for a row of `section`, as wide as the others."""
    editor = ChoiceEditor(choices)
    editor.widget.setAccessibleName(name)
    editor.widget.setFixedWidth(section.fontMetrics().height() * _FIELD_EM)
    return editor


def words_field(section: Section, name: str) -> QPlainTextEdit:
    """Return a field for some lines of text in `section`."""
    field = QPlainTextEdit(placeholderText=name, tabChangesFocus=True)
    field.setAccessibleName(name)
    field.setObjectName("words")
    field.setFixedHeight(section.fontMetrics().height() * 4)
    return field


def secret_field(name: str) -> QLineEdit:
    """Return a field in which nobody reads what is typed."""
    field = QLineEdit(placeholderText=name, echoMode=QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field
