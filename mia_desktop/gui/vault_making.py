"""Makes a vault with the user: what opens it, and the recovery kit, which is shown once."""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from mia_desktop.gui.background import in_background
from mia_desktop.gui.household import Household
from mia_desktop.security import recovery, system_keyring
from mia_desktop.security.making import create
from mia_desktop.security.system_keyring import SecretStore
from mia_desktop.security.vault import Vault
from mia_desktop.security.ways_in import LEAST_LETTERS

_PRINTED_PT = 11
_UNDER_PX = 28


class VaultMaking(QWidget):
    """Asks what shall open the vault, makes it, and hands over its recovery kit.

    The vault that it made is unlocked and the household's at once; whoever shows this widget lets the engine be made
    anew (`Bridge.engine_wanted`) when `finished` comes.

    Attributes:
        made: there is a vault now; its recovery kit is on the screen.
        finished: the user has put the kit away.
    """

    made = Signal()
    finished = Signal()

    def __init__(
        self,
        household: Household,
        parent: QWidget | None = None,
        *,
        find: Callable[[], SecretStore | None] = system_keyring.find,
    ) -> None:
        """Take the household, and what finds the system's keyring."""
        super().__init__(parent)
        self._household = household
        self._find = find
        self._store: SecretStore | None = None
        self._kit = ""
        self.setAccessibleName(self.tr("Make a vault"))
        self.trouble = QLabel(wordWrap=True)
        self.trouble.hide()
        self.trouble.setObjectName("trouble")
        self._steps = QStackedWidget()
        self._steps.addWidget(self._ways())
        self._steps.addWidget(self._kit_page())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._steps)
        column.addWidget(self.trouble)
        in_background(self, self._find, self._found, self._no_keyring)

    @property
    def kit(self) -> str:
        """The recovery kit as a page of text; empty before there is one and after it was put away."""
        return self._kit

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Take the room of the step that is shown."""
        shown = self._steps.currentWidget()
        return super().sizeHint() if shown is None else shown.sizeHint()

    # The way in.

    def _ways(self) -> QWidget:
        page = QWidget()
        self.by_itself = QRadioButton(self.tr("Open by itself while I am logged in"))
        self.by_passphrase = QRadioButton(self.tr("Ask me for a passphrase each time"))
        self.by_itself.setEnabled(False)
        self.by_passphrase.setChecked(True)
        self._keyring_words = _quiet(self.tr("Looking for this system's keyring…"))
        self._keyring_words.setContentsMargins(_UNDER_PX, 0, 0, 0)
        self.passphrase = self._secret(self.tr("Passphrase"), self.tr("Passphrase, a few random words"))
        self.again = self._secret(self.tr("Passphrase, once more"), self.tr("Once more"))
        self.shown = QCheckBox(self.tr("Show what I type"))
        self.shown.toggled.connect(self._show_typed)
        self.bound = QCheckBox(self.tr("Let it open on this computer only"))
        self.bound.setToolTip(self.tr("A key in the system's keyring is needed as well; elsewhere the kit opens it."))
        self.bound.setEnabled(False)
        self.hint = _quiet("")
        self._secrets = QFrame()
        typed = QVBoxLayout(self._secrets)
        typed.setContentsMargins(_UNDER_PX, 0, 0, 0)
        for one in (self.passphrase, self.again, self.hint, self.shown, self.bound):
            typed.addWidget(one)
        self.make = QPushButton(self.tr("Make the vault"))
        self.make.setObjectName("first")
        self.make.clicked.connect(self.begin)
        self.busy = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.busy.hide()
        self.busy.setAccessibleName(self.tr("The vault is being made"))
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.by_itself, self._keyring_words, self.by_passphrase, self._secrets, self.busy):
            column.addWidget(widget)
        column.addWidget(self.make, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        for way in (self.by_itself, self.by_passphrase):
            way.toggled.connect(self._ready)
        for field in (self.passphrase, self.again):
            field.textChanged.connect(self._ready)
            field.returnPressed.connect(self.begin)
        self._ready()
        return page

    def _secret(self, name: str, placeholder: str) -> QLineEdit:
        field = QLineEdit(placeholderText=placeholder, echoMode=QLineEdit.EchoMode.Password)
        field.setAccessibleName(name)
        return field

    @Slot(bool)
    def _show_typed(self, on: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        self.passphrase.setEchoMode(mode)
        self.again.setEchoMode(mode)

    def _found(self, store: SecretStore | None) -> None:
        self._store = store
        if store is None:
            self._keyring_words.setText(self.tr("This system has no keyring that MIA may use."))
            return
        self._keyring_words.setText(
            self.tr("Its key is kept in this system's keyring ({name}).").format(name=store.name)
        )
        for one in (self.by_itself, self.bound):
            one.setEnabled(True)
        self.bound.setChecked(True)
        if not self.passphrase.text():
            self.by_itself.setChecked(True)

    def _no_keyring(self, sentence: str) -> None:
        self._keyring_words.setText(sentence)

    @Slot()
    def _ready(self) -> None:
        typed, again = self.passphrase.text(), self.again.text()
        self._secrets.setVisible(self.by_passphrase.isChecked())
        if len(typed) < LEAST_LETTERS:
            self.hint.setText(self.tr("At least {count} letters.").format(count=LEAST_LETTERS))
        elif typed != again:
            self.hint.setText(self.tr("Type the same once more.") if again else self.tr("Now type it once more."))
        else:
            self.hint.setText(self.tr("Nobody can look it up for you: only the recovery kit helps when it is lost."))
        good = len(typed) >= LEAST_LETTERS and typed == again
        self.make.setEnabled(self.by_itself.isChecked() or good)
        self.updateGeometry()

    @Slot()
    def begin(self) -> None:
        """Make the vault as chosen."""
        if not self.make.isEnabled():
            return
        by_itself = self.by_itself.isChecked()
        secret = None if by_itself else self.passphrase.text()
        store = self._store if by_itself or self.bound.isChecked() else None
        vault = Vault(self._household.paths.vault, store)

        def work() -> str:
            code = create(vault, secret)
            status = vault.status()
            vault.unlock(secret)
            return recovery.page(code, status.vault, status.made)

        self._working(True)
        self.trouble.hide()
        in_background(self, work, lambda kit: self._is_made(vault, kit), self._failed)

    def _working(self, on: bool) -> None:
        self.busy.setVisible(on)
        for widget in (self.by_itself, self.by_passphrase, self._secrets, self.make):
            widget.setDisabled(on)
        if not on:
            self.by_itself.setEnabled(self._store is not None)

    def _failed(self, sentence: str) -> None:
        self._working(False)
        self._tell(sentence)

    def _tell(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.show()

    def _is_made(self, vault: Vault, kit: str) -> None:
        self._household.vault = vault
        self._kit = kit
        for field in (self.passphrase, self.again):
            field.clear()
        self._code.setText("\n".join(line for line in kit.splitlines() if recovery.is_code_line(line)))
        self._steps.setCurrentIndex(1)
        self.updateGeometry()
        self.copy.setFocus()
        self.made.emit()

    # The kit.

    def _kit_page(self) -> QWidget:
        page = QWidget()
        title = QLabel(self.tr("Your recovery kit"))
        title.setObjectName("section_title")
        about = _quiet(
            self.tr(
                "It opens the vault when keyring or passphrase are lost, and there is no other way then. It is shown "
                "only now. Keep it apart from this computer: whoever has it and this computer's files can read all."
            )
        )
        self._code = QLabel(textInteractionFlags=Qt.TextInteractionFlag.TextSelectableByMouse)
        self._code.setObjectName("kit")
        self._code.setAccessibleName(self.tr("Recovery code"))
        mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        mono.setPointSizeF(self.font().pointSizeF() * 1.1)
        self._code.setFont(mono)
        self._code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.copy = QPushButton(self.tr("Copy"))
        self.save = QPushButton(self.tr("Save…"))
        self.print_ = QPushButton(self.tr("As a page to print…"))
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._ask_save)
        self.print_.clicked.connect(self._ask_print)
        ways = QHBoxLayout()
        for button in (self.copy, self.save, self.print_):
            ways.addWidget(button)
        ways.addStretch(1)
        self.kept_words = _quiet("")
        self.kept = QCheckBox(self.tr("I have put the kit in a safe place"))
        self.done = QPushButton(self.tr("Done"))
        self.done.setEnabled(False)
        self.done.setObjectName("first")
        self.kept.toggled.connect(self.done.setEnabled)
        self.done.clicked.connect(self._put_away)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (title, about, self._code):
            column.addWidget(widget)
        column.addLayout(ways)
        column.addWidget(self.kept_words)
        column.addWidget(self.kept)
        column.addWidget(self.done, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return page

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._kit)
        self.kept_words.setText(self.tr("Copied. Paste it somewhere safe, then copy something else."))

    @Slot()
    def _ask_save(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save the recovery kit"), "mia-recovery-kit.txt")
        if path:
            self.save_to(Path(path))

    @Slot()
    def _ask_print(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Recovery kit as a page to print"), "mia-recovery-kit.pdf")
        if path:
            self.print_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the kit as text into a file that only this user may read."""
        try:
            path.unlink(missing_ok=True)  # the file dialog has asked
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
                file.write(self._kit)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            self._tell(self.tr("The kit cannot be written there. Choose another folder."))
            return
        self._written()

    def print_to(self, path: Path) -> None:
        """Write the kit as a PDF page into a file that only this user may read."""
        try:
            path.unlink(missing_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            writer = QPdfWriter(str(path))
            writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
            document = QTextDocument()
            font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
            font.setPointSize(_PRINTED_PT)
            document.setDefaultFont(font)
            document.setPlainText(self._kit)
            document.print_(writer)
            if not path.stat().st_size:
                raise OSError
        except OSError:
            self._tell(self.tr("The page cannot be written there. Choose another folder."))
            return
        self._written()

    def _written(self) -> None:
        self.trouble.hide()
        self.kept_words.setText(self.tr("Written. Print it or move it away from this computer."))

    @Slot()
    def _put_away(self) -> None:
        self._kit = ""
        self._code.clear()
        self.finished.emit()


def _quiet(words: str) -> QLabel:
    label = QLabel(words, wordWrap=True)
    label.setObjectName("faint")
    return label
