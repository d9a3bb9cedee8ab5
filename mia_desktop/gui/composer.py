"""Where the user writes and shows: the field, what is attached, the camera."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mia_desktop.core.commands import LookThroughCamera
from mia_desktop.core.errors import RefusedError
from mia_desktop.core.events import CameraClosed, CameraOpened, Event, SightFailed, SightSeen
from mia_desktop.gui.attachments import Attachments
from mia_desktop.gui.bridge import Bridge
from mia_desktop.gui.camera_view import CameraView
from mia_desktop.gui.consent_question import allowed
from mia_desktop.gui.glyphs import glyph
from mia_desktop.gui.household import Household
from mia_desktop.gui.look import Look
from mia_desktop.gui.message import Message
from mia_desktop.gui.text_field import TextField
from mia_desktop.gui.way_out import in_window

_SCREEN_AFTER_MS = 350  # the window is gone from the screen by then


class Composer(QWidget):
    """Takes what the user types and shows.

    Attributes:
        asked: what was typed, and the message in whose place it is to be asked, or None.
        trouble: a sentence for the user.
    """

    asked = Signal(str, object)
    trouble = Signal(str)

    def __init__(self, bridge: Bridge, household: Household | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._household = household
        self._edited: Message | None = None
        self._draft = ""
        self.attachments = Attachments(bridge)
        self.camera = CameraView(bridge)
        self.text = TextField()
        self.editing = _EditBar()
        self.attach = _tool(self.tr("Attach"), self.tr("Show MIA a picture, a document or the screen"))
        self.look_button = _tool(self.tr("Camera"), self.tr("Let MIA look through the camera (Ctrl+Shift+C)"))
        self.look_button.setCheckable(True)
        self.send = _tool(self.tr("Send"), self.tr("Send the text (Enter)"))
        self.send.setObjectName("send")
        typing = QHBoxLayout()
        typing.setSpacing(8)
        for tool in (self.attach, self.look_button):
            typing.addWidget(tool, 0, Qt.AlignmentFlag.AlignBottom)
        typing.addWidget(self.text, 1)
        typing.addWidget(self.send, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self.camera, self.attachments, self.editing):
            column.addWidget(widget)
        column.addLayout(typing)
        self.text.sent.connect(self._sent)
        self.text.pictures_given.connect(lambda data: self.attachments.take_in(data, "paste"))
        self.attachments.trouble.connect(self.trouble)
        self.send.clicked.connect(self.text.send)
        self.editing.given_up.connect(self.give_up_editing)
        self.look_button.clicked.connect(self._set_camera)
        QShortcut(QKeySequence("Ctrl+Shift+C"), self).activated.connect(self.look_button.click)
        self._make_menu()

    @property
    def editing_message(self) -> bool:
        """Whether something that was said is being written in other words."""
        return self._edited is not None

    def open_files(self, files: Sequence[Path]) -> None:
        """Show files to MIA."""
        self.attachments.open_files(files)

    def see(self, event: Event) -> None:
        """Show what an event tells of pictures and the camera."""
        match event:
            case SightSeen():
                self.attachments.seen(event.key, event.sight)
            case SightFailed():
                self.attachments.failed(event.key, in_window(str(event.error)))
            case CameraOpened():
                self.look_button.setChecked(True)
                self.camera.show_open(event.name)
            case CameraClosed():
                self.look_button.setChecked(False)
                self.camera.hide()
                if event.why:
                    self.trouble.emit(event.why)
            case _:
                pass

    def edit(self, message: Message, *, last: bool) -> None:
        """Let the user say something of before in other words."""
        if self._edited is None:
            self._draft = self.text.toPlainText()
        self._edited = message
        self.editing.open_bar(last=last)
        self.text.setPlainText(message.text)
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        self.text.setFocus()

    @Slot()
    def give_up_editing(self) -> None:
        """Leave what was said as it is, and put back what was being typed."""
        if self._edited is not None:
            self._edited = None
            self.editing.hide()
            self.text.setPlainText(self._draft)
            self.text.setFocus()

    def set_engine(self, *, there: bool) -> None:
        """Let the user write and show, or not."""
        for one in (self.text, self.send, self.attach, self.look_button):
            one.setEnabled(there)

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        side = int(self.fontMetrics().height() * 1.15)
        for button in (self.attach, self.look_button, self.send):
            button.setIconSize(QSize(side, side))
        self.attach.setIcon(glyph("attach", look.ink))
        self.look_button.setIcon(glyph("camera", look.ink, look.listening))
        self.send.setIcon(glyph("send", look.on_accent))

    def _make_menu(self) -> None:
        menu = QMenu(self.attach)
        menu.addAction(self.tr("Pictures or documents..."), QKeySequence.StandardKey.Open, self._choose_files)
        menu.addAction(self.tr("The screen"), QKeySequence("Ctrl+Shift+S"), self._show_screen)
        self.attach.setMenu(menu)
        self.attach.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.addActions(menu.actions())

    @Slot(str)
    def _sent(self, text: str) -> None:
        edited, self._edited = self._edited, None
        self.editing.hide()
        self.asked.emit(text, edited)
        if edited is not None:
            self.text.setPlainText(self._draft)

    @Slot()
    def _choose_files(self) -> None:
        kinds = self.tr("Pictures and documents") + " (*.png *.jpg *.jpeg *.webp *.gif *.bmp *.tif *.tiff *.heic *.pdf)"
        rest = self.tr("All files") + " (*)"
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Show to MIA"), "", f"{kinds};;{rest}")
        self.open_files([Path(name) for name in names])

    @Slot()
    def _show_screen(self) -> None:
        if self._may("screen.look"):
            self.window().setWindowOpacity(0.0)
            QTimer.singleShot(_SCREEN_AFTER_MS, self, self._grab_screen)

    @Slot()
    def _grab_screen(self) -> None:
        screen = self.screen() or QGuiApplication.primaryScreen()
        picture = screen.grabWindow(0)
        self.window().setWindowOpacity(1.0)
        if picture.isNull():
            self.trouble.emit(
                self.tr("This desktop does not let programs see the screen. Take a screenshot and paste it here.")
            )
        else:
            self.attachments.give(picture.toImage(), self.tr("the screen"), "screen")

    @Slot(bool)
    def _set_camera(self, on: bool) -> None:
        self.look_button.setChecked(False)  # until it is really open
        if not on or self._may("camera.look"):
            self._bridge.submit(LookThroughCamera(on=on))

    def _may(self, use: str) -> bool:
        try:
            return allowed(use, self._household, self)
        except RefusedError as refused:
            self.trouble.emit(str(refused))
            return False


class _EditBar(QFrame):
    """Says that something of before is being said in other words."""

    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("chip")
        self.hide()
        self._words = QLabel(wordWrap=True)
        no = QPushButton(self.tr("Leave it"))
        no.setAccessibleName(no.text())
        no.setToolTip(self.tr("Leave what you said as it is (Esc)"))
        no.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        no.clicked.connect(self.given_up)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.addWidget(self._words, 1)
        row.addWidget(no)

    def open_bar(self, *, last: bool) -> None:
        """Show what will happen."""
        self._words.setText(
            self.tr("Say it differently: MIA answers anew.")
            if last
            else self.tr("Say it differently: MIA answers anew, and what came after it is deleted.")
        )
        self.show()


def _tool(name: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName("tool")
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(name)
    return button
