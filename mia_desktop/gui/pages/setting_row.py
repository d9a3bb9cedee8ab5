"""One setting on the page: what it is, its field, and the way back to the default."""

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from mia_desktop.core.config import Setting, Value
from mia_desktop.gui import setting_words
from mia_desktop.gui.numbers import number
from mia_desktop.gui.pages.page import faint
from mia_desktop.gui.setting_editor import Editor

_BESIDE_EM = 27
_FIELD_EM = 15


class SettingRow(QWidget):
    """Shows a setting; its field stands below the words where there is little room.

    Attributes:
        changed: the key and the value that the user gave.
        editor: its field.
        reset: gives it its default.
    """

    changed = Signal(str, object)

    def __init__(self, setting: Setting, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting = setting
        self.editor = editor
        name = setting_words.title(setting)
        help_ = QCoreApplication.translate("Setting", setting.help)
        named = QLabel(name, wordWrap=True)
        named.setBuddy(editor.widget)
        editor.widget.setAccessibleName(name)
        for inner in editor.widget.findChildren(QLineEdit):  # a screen reader meets the field within the field
            inner.setAccessibleName(name)
        editor.widget.setAccessibleDescription(help_)
        editor.widget.setToolTip(setting.key)
        self.reset = QToolButton()
        self.reset.setObjectName("quiet_tool")
        self.reset.setText("↺")
        self.reset.setToolTip(self.tr("Back to the default: {0}").format(self._written(setting.default)))
        self.reset.setAccessibleName(self.tr("{0}: back to the default").format(name))
        kept = self.reset.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(kept)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(named)
        bounds = self._bounds()
        words.addWidget(faint(f"{help_} {bounds}".strip()))
        field = QHBoxLayout()
        field.setSpacing(4)
        field.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignVCenter)
        field.addWidget(editor.widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._field = field
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 2, 0, 2)
        self._line.setSpacing(8)
        self._line.addLayout(words, 1)
        self._line.addLayout(field)
        if editor.wide:
            editor.widget.setFixedWidth(self.fontMetrics().height() * _FIELD_EM)
        self._said = " ".join((setting.key, name, help_, setting_words.group(setting.key.partition(".")[0]))).lower()
        editor.changed.connect(self._changed)
        self.reset.clicked.connect(self._reset)

    def show_value(self, value: Value) -> None:
        """Show the value that holds."""
        self.editor.show_value(value)
        self.reset.setVisible(value != self.setting.default)

    def tells_of(self, words: str) -> bool:
        """Tell whether every one of `words` (lower case) is said of this setting."""
        return all(word in self._said for word in words.split())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the field below the words where there is little room."""
        super().resizeEvent(event)
        beside = self.width() > self.fontMetrics().height() * _BESIDE_EM or not self.editor.wide
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._line.direction() != way:
            self._line.setDirection(way)
            self._field.setAlignment(self.editor.widget, Qt.AlignmentFlag.AlignVCenter)

    def _bounds(self) -> str:
        one = self.setting
        if one.lowest is None or one.highest is None:
            return ""
        words = self.tr("{0} to {1} {2}").format(number(one.lowest), number(one.highest), one.unit).strip()
        return f"({words})"

    def _written(self, value: Value) -> str:
        if isinstance(value, bool):
            return self.tr("on") if value else self.tr("off")
        written = value if isinstance(value, str) else number(value)
        return f"{written} {self.setting.unit}".strip() or self.tr("empty")

    @Slot(object)
    def _changed(self, value: Value) -> None:
        self.changed.emit(self.setting.key, value)

    @Slot()
    def _reset(self) -> None:
        self.editor.widget.setFocus()
        self.changed.emit(self.setting.key, self.setting.default)
