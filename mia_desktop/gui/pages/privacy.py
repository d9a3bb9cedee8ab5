"""What MIA may do, how long she keeps what, what was done with it, and how to take all of it away."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from mia_desktop.core.commands import Forget, Lock
from mia_desktop.core.events import Event, MemoryChanged
from mia_desktop.core.memories import ById, Forgotten
from mia_desktop.engine.remembering import RuledMemory
from mia_desktop.gui.background import in_background
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.household import Household
from mia_desktop.gui.pages import TITLES
from mia_desktop.gui.pages.memory_files import ExportPanel
from mia_desktop.gui.pages.page import Page, Section, faint
from mia_desktop.gui.pages.question import Question
from mia_desktop.gui.setting_editor import Choice, ChoiceEditor
from mia_desktop.security import erasure, retention
from mia_desktop.security.audit import Entry
from mia_desktop.security.consent import USES, Consent
from mia_desktop.security.vault import Vault

SURE: Final = "erase everything"
_SHOWN: Final = ("microphone.keep", "keyboard.keep", "files.keep", "screen.keep", "camera.look", "screen.look")
"""Uses that something in MIA asks about; the others are refused, or come with a later sense."""
_ASKING: Final = ("camera.look", "screen.look")
_ENTRIES: Final = 12
_FIELD_EM: Final = 12


class PrivacyPage(Page):
    """Consents, retention, the audit, export and erasing.

    Attributes:
        consents: the field of each use.
        kept: the field of each source.
        entries: the newest entries of the audit, as text.
        verified: what became of proving the audit.
        sure: where the user types that they are.
        erase: erases everything.
    """

    title = TITLES["privacy"]

    def __init__(self, bridge: Bridge, household: Household, parent: QWidget | None = None) -> None:
        super().__init__(bridge, household, parent)
        self.question = Question()
        self.column.addWidget(self.question)
        self.column.addWidget(self._leaves())
        self.column.addWidget(self._conversation())
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        self.consents: dict[str, ChoiceEditor] = {}
        self._since: dict[str, QLabel] = {}
        self.kept: dict[str, ChoiceEditor] = {}
        for section in (self._consents(), self._retention(), self._audit(), self._export(), self._erasing()):
            column.addWidget(section)
        self.column.addWidget(self._inside)
        self.column.addStretch(1)
        bridge.happened.connect(self._on_event)

    def enter(self) -> None:
        """Show what holds now."""
        memory = self._memory()
        self._inside.setVisible(memory is not None)
        self.sure.clear()
        self._say_guest()
        if memory is not None:
            vault = self.household.vault
            in_background(self, lambda: _read(memory, vault), self._show, self.tell)

    def _memory(self) -> RuledMemory | None:
        memory = self.household.memory
        return memory if memory is not None and not memory.locked else None

    # What needs no vault.

    def _leaves(self) -> Section:
        section = Section(
            self.tr("Nothing leaves this computer"),
            self.tr(
                "MIA hears, sees, thinks and speaks on this machine. The network is used for one thing only: to fetch "
                "a model when you ask for it on the Models page. There is no account and no telemetry."
            ),
        )
        folder = self.household.paths.home
        show = QPushButton(self.tr("Open the folder"))
        show.clicked.connect(lambda: self._open(folder))
        section.row(self.tr("All that MIA keeps lies in one folder"), show, about=str(folder))
        return section

    def _open(self, folder: Path) -> None:
        if not folder.exists() or not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.tell(self.tr("The folder cannot be shown here. It is {0}").format(folder))

    def _conversation(self) -> Section:
        section = Section(self.tr("This conversation"))
        self._guest = faint("")
        self.be_guest = QPushButton(self.tr("Keep nothing from now on"))
        self.be_guest.clicked.connect(self._lock)
        self.to_memory = QPushButton(self.tr("Make or open the vault…"))
        self.to_memory.clicked.connect(lambda: self.wants_page.emit("memory"))
        line = QHBoxLayout()
        line.addWidget(self._guest, 1)
        line.addWidget(self.be_guest)
        line.addWidget(self.to_memory)
        section.rows.addLayout(line)
        return section

    def _say_guest(self) -> None:
        guest = self._memory() is None
        self._guest.setText(
            self.tr("You are a guest: nothing of what you say is kept, and it is gone when MIA is closed.")
            if guest
            else self.tr("What you allow below is kept, encrypted, in your vault. As a guest nothing is kept.")
        )
        self.be_guest.setVisible(not guest)
        self.to_memory.setVisible(guest)

    @Slot()
    def _lock(self) -> None:
        self.bridge.submit(Lock())

    # Consents.

    def _consents(self) -> Section:
        section = Section(self.tr("What MIA may do"), self.tr("Each change holds at once and stands in the audit."))
        yes, ask, no = self.tr("Allowed"), self.tr("Ask each time"), self.tr("Refused")
        for use in _SHOWN:
            choices = [Choice(value="allowed", words=yes)]
            choices += [Choice(value="asks", words=ask)] if use in _ASKING else []
            editor = ChoiceEditor([*choices, Choice(value="refused", words=no)])
            words = QCoreApplication.translate("Consent", USES[use].help)
            if use == "files.keep":  # its help follows that of looking at them
                words = self.tr("Remember what was found in pictures and documents that you give.")
            self._field(editor, words)
            editor.changed.connect(lambda answer, use=use: self._answer(use, answer))
            since = faint("")
            since.hide()
            section.row(words, editor.widget)
            section.rows.addWidget(since)
            self.consents[use], self._since[use] = editor, since
        return section

    def _answer(self, use: str, answer: str) -> None:
        memory = self._memory()
        if memory is None:
            return

        def work() -> tuple[int, ...]:
            memory.consents.set(use, answer)  # type: ignore[arg-type] # one of the choices
            return memory.memory.kept_under(use) if answer == "refused" else ()

        def done(kept: tuple[int, ...]) -> None:
            self.enter()
            if kept:
                words = self.tr("{0} memories were kept under this consent. Forget them too?").format(f"{len(kept):,}")
                self.question.ask(
                    words,
                    self.tr("Forget them"),
                    lambda: self.bridge.submit(Forget(what=ById(ids=kept))),
                    no=self.tr("Keep them"),
                )

        in_background(self, work, done, self._failed)

    # Retention.

    def _retention(self) -> Section:
        section = Section(
            self.tr("How long it is kept"), self.tr("What is older is forgotten by itself, for good, backups included.")
        )
        names = {
            "for good": self.tr("Until I forget it"),
            "a year": self.tr("A year"),
            "90 days": self.tr("90 days"),
            "30 days": self.tr("30 days"),
            "a week": self.tr("A week"),
            "a day": self.tr("A day"),
        }
        sources = {
            "voice": self.tr("What you said"),
            "typed": self.tr("What you typed"),
            "image": self.tr("What was found in pictures"),
            "document": self.tr("What was found in documents"),
            "screen": self.tr("What was seen on the screen"),
            "mia": self.tr("What MIA answered"),
            "import": self.tr("What was taken in from files"),
        }
        for source, words in sources.items():
            editor = ChoiceEditor([Choice(value=name, words=names[name]) for name in retention.CLASSES])
            self._field(editor, words)
            editor.changed.connect(lambda name, source=source: self._ask_keep(source, name))
            section.row(words, editor.widget)
            self.kept[source] = editor
        return section

    def _ask_keep(self, source: str, name: str) -> None:
        memory, length = self._memory(), retention.CLASSES[name]
        if memory is None:
            return
        if length is None:
            self._keep(memory, source, name)
            return
        until = datetime.now(UTC) - length

        def ask(older: int) -> None:
            if not older:
                self._keep(memory, source, name)
                return
            words = self.tr("{0} memories are older than that and go at once, for good.").format(f"{older:,}")
            self.question.ask(
                words, self.tr("Forget them"), lambda: self._keep(memory, source, name), otherwise=self.enter
            )

        in_background(self, lambda: memory.memory.count_until(source, until), ask, self._failed)  # type: ignore[arg-type]

    def _keep(self, memory: RuledMemory, source: str, name: str) -> None:
        def done(gone: Forgotten) -> None:
            if gone.ids:
                self.tell(self.tr("{0} forgotten for good.").format(f"{len(gone.ids):,}"))
            self.enter()

        in_background(self, lambda: memory.retain(source, name), done, self._failed)

    # The audit.

    def _audit(self) -> Section:
        section = Section(
            self.tr("What was done with it"),
            self.tr("Every entry is sealed by the next, and none holds what was said: only who, what and how many."),
        )
        self.verify = QPushButton(self.tr("Prove that none is missing"))
        self.verify.clicked.connect(self._verify)
        self.verified = faint("")
        line = QHBoxLayout()
        line.addWidget(self.verified, 1)
        line.addWidget(self.verify)
        self.entries = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.entries.setObjectName("faint")
        self.entries.setAccessibleName(self.tr("The newest entries"))
        self.entries.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        section.rows.addWidget(self.entries)
        section.rows.addLayout(line)
        return section

    @Slot()
    def _verify(self) -> None:
        vault = self.household.vault
        if vault is None:
            return
        self.verify.setDisabled(True)
        self.verified.setText(self.tr("Proving…"))

        def done(count: int) -> None:
            self.verify.setDisabled(False)
            self.verified.setText(self.tr("{0} entries, each in its place.").format(f"{count:,}"))

        def failed(sentence: str) -> None:
            self.verify.setDisabled(False)
            self.verified.setText("")
            self.tell(sentence)

        in_background(self, vault.audit.verify, done, failed)

    # Taking it along, and away.

    def _export(self) -> Section:
        section = Section(self.tr("Take it along"))
        self.export = ExportPanel(self.household)
        self.export.told.connect(self.tell)
        self.export.hide()
        begin = QPushButton(self.tr("Export everything…"))
        begin.clicked.connect(self.export.show)
        self.export.closed.connect(self.export.hide)
        section.row(self.tr("All memories and their pictures, in a file that a passphrase opens"), begin)
        section.rows.addWidget(self.export)
        return section

    def _erasing(self) -> Section:
        section = Section(
            self.tr("Erase everything"),
            self.tr(
                "The vault, its keys, its recovery and every backup in reach are destroyed. Nobody can bring "
                "them back, and the recovery kit opens nothing any more. Models and settings stay."
            ),
        )
        self.sure = QLineEdit(placeholderText=self.tr("Type: {0}").format(SURE))
        self.sure.setAccessibleName(self.tr("Type “{0}” to be able to erase").format(SURE))
        self.erase = QPushButton(self.tr("Erase everything"))
        self.erase.setObjectName("danger")
        self.erase.setEnabled(False)
        self.sure.textChanged.connect(lambda words: self.erase.setEnabled(words.strip().lower() == SURE))
        self.erase.clicked.connect(self._erase)
        self.busy = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.busy.setAccessibleName(self.tr("Everything is being erased"))
        self.busy.hide()
        line = QHBoxLayout()
        line.addWidget(self.sure, 1)
        line.addWidget(self.erase)
        section.rows.addLayout(line)
        section.rows.addWidget(self.busy)
        return section

    @Slot()
    def _erase(self) -> None:
        memory, vault = self._memory(), self.household.vault
        if memory is None or vault is None:
            return
        self.erase.setEnabled(False)
        self.busy.show()

        def work() -> tuple[list[Path], list[Path]]:
            memory.close()
            return erasure.destroy(vault)

        in_background(self, work, self._erased, self._not_erased)

    def _erased(self, backups: tuple[list[Path], list[Path]]) -> None:
        done, missed = backups
        self.busy.hide()
        self.household.memory = self.household.vault = None
        self.bridge.engine_wanted.emit()
        words = self.tr("The vault, its keys and its recovery are erased.")
        if done:
            words += " " + self.tr("So are {0} backups.").format(len(done))
        if missed:
            places = ", ".join(map(str, missed))
            words += " " + self.tr("These backups could not be reached; destroy them yourself: {0}").format(places)
        self.tell(words)
        self.enter()

    def _not_erased(self, sentence: str) -> None:
        self.busy.hide()
        self.tell(sentence)
        self.enter()

    # Showing.

    def _field(self, editor: ChoiceEditor, words: str) -> None:
        editor.widget.setAccessibleName(words)
        editor.widget.setFixedWidth(self.fontMetrics().height() * _FIELD_EM)

    def _show(self, held: tuple[list[Consent], dict[str, str], list[Entry]]) -> None:
        consents, classes, entries = held
        for one in consents:
            if one.use in self.consents:
                self.consents[one.use].show_value(one.answer)
                self._since[one.use].setVisible(one.since_s is not None)
                if one.since_s is not None:
                    self._since[one.use].setText(self.tr("Your word since {0}.").format(_time(one.since_s)))
        for source, editor in self.kept.items():
            editor.show_value(classes[source])
        self.entries.setText(
            "\n".join(
                f"{one.number}  {_time(one.at_s)}  {one.who}: {one.action}, {one.object_class} ({one.count})"
                for one in reversed(entries)
            )
        )

    def _failed(self, sentence: str) -> None:
        self.tell(sentence)
        self.enter()

    @Slot(object)
    def _on_event(self, event: Event) -> None:
        if self.isVisible() and isinstance(event, MemoryChanged):
            if event.did == "refused":
                self.tell(event.why)
            else:
                self.enter()


def _read(memory: RuledMemory, vault: Vault | None) -> tuple[list[Consent], dict[str, str], list[Entry]]:
    entries = vault.audit.entries(_ENTRIES) if vault is not None else []
    return memory.consents.all(), memory.retention.all(), entries


def _time(at_s: float) -> str:
    return f"{datetime.fromtimestamp(at_s, UTC).astimezone():%Y-%m-%d %H:%M}"
