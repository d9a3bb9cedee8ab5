"""The rail at the window's side: one button for each page."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from mia_desktop.gui.glyphs import glyph
from mia_desktop.gui.look import Look


class Rail(QFrame):
    """Buttons below each other, of which one is on.

    Attributes:
        chosen: the name of the page that the user wants.
        buttons: each page's button.
    """

    chosen = Signal(str)

    def __init__(self, pages: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """Take the pages' names, which are also those of their drawings, and titles."""
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(self.tr("Pages"))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.buttons: dict[str, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 10, 6, 10)
        column.setSpacing(4)
        for number, (name, title) in enumerate(pages, start=1):
            button = QToolButton()
            button.setText(title)
            button.setCheckable(True)
            button.setObjectName("rail_button")
            button.setAccessibleName(title)
            button.setToolTip(f"{title} (Ctrl+{number})")
            button.setShortcut(f"Ctrl+{number}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
            self._group.addButton(button)
            self.buttons[name] = button
            if name == "settings":
                column.addStretch(1)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.fold(narrow=False)

    def fold(self, *, narrow: bool) -> None:
        """Show only the drawings where there is no room for the titles; tips and screen readers still have them."""
        side = self.fontMetrics().height()
        bold = QFont(self.font())
        bold.setBold(True)  # as the page that is open is written
        widest = max(QFontMetrics(bold).horizontalAdvance(button.text()) for button in self.buttons.values())
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextUnderIcon
        size = QSize(side * 3, side * 3) if narrow else QSize(max(widest + side, side * 4), int(side * 3.3))
        for button in self.buttons.values():
            button.setToolButtonStyle(style)
            button.setIconSize(QSize(int(side * 1.35), int(side * 1.35)))
            button.setFixedSize(size)

    def show_page(self, name: str) -> None:
        """Show which page is open."""
        self.buttons[name].setChecked(True)

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        for name, button in self.buttons.items():
            button.setIcon(glyph(name, look.faint, look.accent_ink))
