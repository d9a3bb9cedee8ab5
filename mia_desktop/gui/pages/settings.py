"""The settings, built from what `core/config.py` says of each."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from mia_desktop.core import config
from mia_desktop.core.config import SETTINGS, Setting, Settings, Value
from mia_desktop.core.errors import MiaError
from mia_desktop.gui import setting_choices, setting_words
from mia_desktop.gui.background import in_background
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.household import Household
from mia_desktop.gui.pages import TITLES
from mia_desktop.gui.pages.page import Page, Section, faint
from mia_desktop.gui.pages.question import Question
from mia_desktop.gui.pages.setting_row import SettingRow
from mia_desktop.gui.setting_editor import (
    Choice,
    ChoiceEditor,
    Editor,
    KeysEditor,
    NumberEditor,
    SwitchEditor,
    WordsEditor,
)

_WINDOWS_OWN = "desktop."


class ApplyBar(QFrame):
    """Says that saved settings wait for another engine, and makes it when asked."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("apply")
        self._bridge = bridge
        self._words = QLabel(wordWrap=True)
        self.now = QPushButton(self.tr("Apply now"))
        self.now.setObjectName("first")
        self.now.setToolTip(self.tr("The models are loaded anew, which takes a few seconds"))
        self.now.clicked.connect(self._apply)
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 8, 8, 8)
        line.addWidget(self._words, 1)
        line.addWidget(self.now)
        self._engine = False
        self.hide()

    def saved(self, key: str) -> None:
        """Tell when the new value of `key` holds."""
        self._engine = self._engine or not key.startswith(_WINDOWS_OWN)
        self._words.setText(
            self.tr("Saved. It holds when the models are loaded anew.")
            if self._engine
            else self.tr("Saved. It holds from the next start of MIA.")
        )
        self.setAccessibleName(self._words.text())
        self.now.setVisible(self._engine)
        self.show()

    @Slot()
    def _apply(self) -> None:
        self._engine = False
        self.hide()
        self._bridge.engine_wanted.emit()


class SettingsPage(Page):
    """Every setting with its field; a change is saved at once.

    Attributes:
        rows: the settings by their keys.
        search: finds settings by words.
        apply: what is to be done after a change.
    """

    title = TITLES["settings"]

    def __init__(self, bridge: Bridge, household: Household, parent: QWidget | None = None) -> None:
        super().__init__(bridge, household, parent)
        self.search = QLineEdit(placeholderText=self.tr("Find a setting"), clearButtonEnabled=True)
        self.search.setAccessibleName(self.tr("Find a setting"))
        self.search.textChanged.connect(self._find)
        self.apply = ApplyBar(bridge)
        self._nothing = faint(self.tr("No setting is called so."))
        self._nothing.hide()
        self.question = Question()
        self.column.addWidget(self.search)
        self.column.addWidget(self.apply)
        self.column.addWidget(self._nothing)
        self.rows: dict[str, SettingRow] = {}
        self._sections: dict[str, Section] = {}
        for key, setting in SETTINGS.items():
            self._add(key, setting)
        self._sections["desktop"].rows.addWidget(faint(self.tr("Light or dark: as the system has it.")))
        self.reset_all = QPushButton(self.tr("Everything back to its default…"))
        self.reset_all.clicked.connect(self._ask_reset)
        self.set_up = QPushButton(self.tr("Set MIA up again…"))
        self.set_up.clicked.connect(lambda: self.wants_page.emit("first run"))
        last = QHBoxLayout()
        last.addWidget(self.set_up)
        last.addWidget(self.reset_all)
        last.addStretch(1)
        self.column.addWidget(self.question)
        self.column.addLayout(last)
        self.column.addStretch(1)

    def enter(self) -> None:
        """Show the settings as they are on disk, and look up what can be chosen."""
        self._show(self._settings())
        for key in setting_choices.SLOW:
            self._look_up(key)

    def _add(self, key: str, setting: Setting) -> None:
        group = key.partition(".")[0]
        if group not in self._sections:
            self._sections[group] = Section(setting_words.group(group))
            self.column.addWidget(self._sections[group])
        row = SettingRow(setting, _editor(setting))
        row.changed.connect(self._change)
        self.rows[key] = row
        self._sections[group].rows.addWidget(row)

    def _look_up(self, key: str) -> None:
        editor = self.rows[key].editor
        assert isinstance(editor, ChoiceEditor)

        def offer(choices: list[Choice]) -> None:
            editor.offer(choices)

        in_background(self, lambda: setting_choices.slow(key, self.household.paths), offer, self.tell)

    def _settings(self) -> Settings:
        try:
            return self.household.settings
        except MiaError as error:
            self.tell(str(error))
            return Settings()

    def _show(self, settings: Settings) -> None:
        for key, row in self.rows.items():
            row.show_value(config.get(settings, key))
        self.reset_all.setEnabled(settings != Settings())

    @Slot(str, object)
    def _change(self, key: str, value: Value) -> None:
        try:
            before = self.household.settings
            settings = config.with_value(before, key, value)
            if settings != before:
                config.save(settings, self.household.paths.settings)
                self.apply.saved(key)
        except MiaError as error:
            self.tell(str(error))
        except OSError:
            self.tell(self.tr("The settings cannot be written. Check the disk, and who may write in MIA's folder."))
        self._show(self._settings())

    @Slot()
    def _ask_reset(self) -> None:
        words = self.tr("All settings go back to their defaults. What MIA remembers stays as it is.")
        self.question.ask(words, self.tr("Reset all"), self._reset_everything)

    def _reset_everything(self) -> None:
        try:
            config.save(Settings(), self.household.paths.settings)
            self.apply.saved("")
        except OSError:
            self.tell(self.tr("The settings cannot be written. Check the disk, and who may write in MIA's folder."))
        self._show(self._settings())

    @Slot(str)
    def _find(self, words: str) -> None:
        found = False
        for name, section in self._sections.items():
            some = False
            for key, row in self.rows.items():
                if key.partition(".")[0] == name:
                    fits = row.tells_of(words.lower())
                    row.setVisible(fits)
                    some = some or fits
            section.setVisible(some)
            found = found or some
        self._nothing.setVisible(not found)


def _editor(setting: Setting) -> Editor:
    choices = setting_choices.quick(setting.key)
    if choices is not None:
        return ChoiceEditor(choices())
    if setting.key in setting_choices.SLOW:
        return ChoiceEditor()
    if setting.choices:
        return ChoiceEditor([Choice(value=word, words=word) for word in setting.choices])
    if isinstance(setting.default, bool):
        return SwitchEditor()
    if isinstance(setting.default, int | float):
        return NumberEditor(setting)
    return KeysEditor() if setting.key == "desktop.hotkey" else WordsEditor()
