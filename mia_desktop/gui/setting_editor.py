"""Fields in which a setting is changed, each after the setting's kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QKeySequenceEdit,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from mia_desktop.core.config import Setting, Value

_MOST = 2**31 - 1
_FINE_BELOW = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value that can be chosen.

    Attributes:
        value: what is written into the settings.
        words: what the user reads.
    """

    value: str
    words: str


class Editor(QObject):
    """Shows a value and tells when the user gave another one.

    Attributes:
        changed: the new value.
        widget: the field.
        wide: whether it needs room to be read.
    """

    changed = Signal(object)
    wide: ClassVar[bool] = True

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.widget = widget
        if isinstance(widget, QComboBox | QAbstractSpinBox):  # the wheel scrolls the page, not what lies under it
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            widget.installEventFilter(self)

    def show_value(self, value: Value) -> None:
        """Show `value` without telling of it."""
        blocked = self.widget.blockSignals(True)
        self._show(value)
        self.widget.blockSignals(blocked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Leave the wheel to the page unless the field has the focus."""
        if event.type() == QEvent.Type.Wheel and not self.widget.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _show(self, value: Value) -> None:
        raise NotImplementedError


class SwitchEditor(Editor):
    """On or off."""

    wide = False

    def __init__(self) -> None:
        self._box = QCheckBox()
        self._box.setObjectName("switch")
        super().__init__(self._box)
        self._box.toggled.connect(self._tell)

    @Slot(bool)
    def _tell(self, on: bool) -> None:
        self.changed.emit(on)

    def _show(self, value: Value) -> None:
        self._box.setChecked(bool(value))


class NumberEditor(Editor):
    """A number within its bounds, with its unit."""

    def __init__(self, setting: Setting) -> None:
        whole = isinstance(setting.default, int)
        low = setting.lowest if setting.lowest is not None else -_MOST
        high = setting.highest if setting.highest is not None else _MOST
        self._box: QSpinBox | QDoubleSpinBox
        if whole:
            number = QSpinBox(minimum=round(low), maximum=round(high))
            number.valueChanged.connect(self._tell)
            self._box = number
        else:
            real = QDoubleSpinBox(minimum=low, maximum=high, decimals=2)
            real.setSingleStep(0.05 if high < _FINE_BELOW else 0.5)
            real.valueChanged.connect(self._tell)
            self._box = real
        super().__init__(self._box)
        self._box.lineEdit().setTextMargins(self._box.fontMetrics().height() // 2, 0, 0, 0)
        self._box.setKeyboardTracking(False)
        self._box.setGroupSeparatorShown(True)
        if setting.unit:
            self._box.setSuffix(f" {setting.unit}")

    @Slot()
    def _tell(self) -> None:
        value = self._box.value()
        self.changed.emit(round(value, 4) if isinstance(value, float) else value)

    def _show(self, value: Value) -> None:
        if isinstance(self._box, QSpinBox):
            self._box.setValue(int(value))
        else:
            self._box.setValue(float(value))


class WordsEditor(Editor):
    """Free text."""

    def __init__(self) -> None:
        self._field = QLineEdit()
        super().__init__(self._field)
        self._shown = ""
        self._field.editingFinished.connect(self._tell)

    @Slot()
    def _tell(self) -> None:
        if self._field.text() != self._shown:
            self._shown = self._field.text()
            self.changed.emit(self._shown)

    def _show(self, value: Value) -> None:
        self._shown = str(value)
        self._field.setText(self._shown)


class KeysEditor(Editor):
    """A key with its modifiers, given by pressing it."""

    def __init__(self) -> None:
        self._field = QKeySequenceEdit(clearButtonEnabled=True, maximumSequenceLength=1)
        super().__init__(self._field)
        self._field.editingFinished.connect(self._tell)
        self._field.keySequenceChanged.connect(self._cleared)

    @Slot()
    def _tell(self) -> None:
        self.changed.emit(self._field.keySequence().toString(QKeySequence.SequenceFormat.PortableText))

    @Slot(QKeySequence)
    def _cleared(self, keys: QKeySequence) -> None:
        if keys.isEmpty():
            self._tell()

    def _show(self, value: Value) -> None:
        self._field.setKeySequence(QKeySequence.fromString(str(value), QKeySequence.SequenceFormat.PortableText))


class ChoiceEditor(Editor):
    """One of several; a value that is none of them stays chosen until another is."""

    def __init__(self, choices: Sequence[Choice] = ()) -> None:
        self._box = QComboBox()
        super().__init__(self._box)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setMinimumContentsLength(12)
        self._value = ""
        self.offer(choices)
        self._box.activated.connect(self._tell)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Take other choices; the value stays."""
        self._box.clear()
        for one in choices:
            self._box.addItem(one.words, one.value)
        self._choose()

    @property
    def choices(self) -> list[str]:
        """The values that can be chosen now."""
        return [self._box.itemData(row) for row in range(self._box.count())]

    @Slot(int)
    def _tell(self, row: int) -> None:
        self._value = str(self._box.itemData(row))
        self.changed.emit(self._value)

    def _show(self, value: Value) -> None:
        self._value = str(value)
        self._choose()

    def _choose(self) -> None:
        row = self._box.findData(self._value)
        if row < 0 and self._value:
            self._box.addItem(self._value, self._value)
            row = self._box.count() - 1
        self._box.setCurrentIndex(row)
