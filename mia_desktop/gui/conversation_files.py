"""Writes a conversation into a file, and takes conversations in from one."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from mia_desktop.core import whole_file
from mia_desktop.core.commands import ImportConversations
from mia_desktop.core.conversations import ConversationInfo
from mia_desktop.gui.background import in_background
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.household import Household

_LONGEST_FILE = 200_000_000


class ConversationFiles(QObject):
    """Asks for a file above a widget, and reads or writes it beside the window.

    Attributes:
        told: a sentence for the user.
    """

    told = Signal(str)

    def __init__(self, bridge: Bridge, household: Household | None, over: QWidget) -> None:
        super().__init__(over)
        self._bridge = bridge
        self._household = household
        self._over = over

    def choose_place(self, info: ConversationInfo) -> None:
        """Ask for a file and write a conversation into it."""
        plain = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in info.title)
        suggested = " ".join(plain.split())[:60] or "MIA"
        kinds = (self.tr("Markdown, for people") + " (*.md)", self.tr("JSON, for another MIA") + " (*.json)")
        name, kind = QFileDialog.getSaveFileName(
            self._over, self.tr("Export the conversation"), f"{suggested}.md", ";;".join(kinds)
        )
        if name:
            file = Path(name)
            if kind == kinds[1] and file.suffix.lower() != ".json":
                file = file.with_suffix(".json")
            self.export(info, file)

    @Slot()
    def choose_file(self) -> None:
        """Ask for a file and take in the conversations in it."""
        kinds = self.tr("Conversations of MIA or ChatGPT") + " (*.json)"
        name, _ = QFileDialog.getOpenFileName(self._over, self.tr("Take conversations in"), "", kinds)
        if name:
            self.take_in(Path(name))

    def export(self, info: ConversationInfo, file: Path) -> None:
        """Write a conversation into a file: JSON where its name says so, else Markdown."""
        household = self._household
        if household is None or household.memory is None:
            return
        memory, user = household.memory, self.tr("You")

        def work() -> None:
            from mia_desktop.memory.conversation_files import as_json, as_markdown

            turns = memory.conversation(info.name)
            text = as_json(info, turns) if file.suffix.lower() == ".json" else as_markdown(info, turns, user)
            whole_file.write(file, text)

        told = self.tr("The conversation is in {0} now. That file is not encrypted.").format(file.name)
        in_background(self, work, lambda _: self.told.emit(told), self.told.emit)

    def take_in(self, file: Path) -> None:
        """Take conversations in from a file."""

        def content() -> str:
            with file.open(encoding="utf-8") as opened:
                return opened.read(_LONGEST_FILE)

        in_background(
            self, content, lambda text: self._bridge.submit(ImportConversations(untrusted_text=text)), self.told.emit
        )
