"""Pictures that the user gives: how they come in, and the strip of those that wait for words."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from mia_desktop.core.commands import PutAway, ShowPicture
from mia_desktop.core.errors import InputError
from mia_desktop.core.sights import PictureBytes, Pixels, Sight, SightSource
from mia_desktop.gui.background import in_background
from mia_desktop.gui.bridge import Bridge

_MOST_AT_ONCE = 16


@dataclass(slots=True, kw_only=True)
class Attached:
    """A picture that was given.

    Attributes:
        key: as the engine calls it.
        name: as the user calls it.
        image: the picture, once it was looked at.
        text: what is written in it.
    """

    key: str
    name: str
    image: QImage | None = None
    text: str = ""


class Attachments(QFrame):
    """Hands pictures to the engine and shows those that the user has said nothing about yet.

    Attributes:
        trouble: a sentence for the user.
    """

    trouble = Signal(str)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("attachments")
        self.setAccessibleName(self.tr("Pictures to talk about"))
        self.hide()
        self._bridge = bridge
        self._numbers = itertools.count(1)
        self._waiting: dict[str, tuple[Attached, _Chip]] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addStretch(1)

    @property
    def waiting(self) -> list[Attached]:
        """The pictures that wait, oldest first."""
        return [one for one, _ in self._waiting.values()]

    def open_files(self, files: Sequence[Path], source: SightSource = "file") -> None:
        """Read files beside the window and show them to MIA."""
        if len(files) > _MOST_AT_ONCE:
            self.trouble.emit(self.tr("MIA looks at {0} pictures at once. Give fewer.").format(_MOST_AT_ONCE))
            return
        for file in files:
            self._open(file, source)

    def _open(self, file: Path, source: SightSource) -> None:
        key = self._begin(file.name)
        in_background(
            self,
            lambda: _content(file),
            lambda content: self._show(key, file.name, content, source),
            lambda sentence: self.failed(key, sentence),
        )

    def give(self, image: QImage, name: str, source: SightSource) -> None:
        """Show a picture to MIA that is in memory already."""
        buffer = QBuffer()
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        if image.isNull() or not image.save(buffer, "PNG"):  # type: ignore[call-overload]
            self.trouble.emit(self.tr("That picture cannot be read. Save it as a file and drop the file here."))
            return
        self._show(self._begin(name), name, bytes(buffer.data().data()), source)

    def take_in(self, data: QMimeData, source: SightSource) -> bool:
        """Show what was dropped or pasted; tell whether there was a picture or file."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self.open_files(files, source)
        elif data.hasImage():
            self.give(QImage(data.imageData()), self.tr("pasted picture"), source)
        return bool(files) or data.hasImage()

    def seen(self, key: str, sight: Sight) -> Attached | None:
        """Show what a picture looks like; return it, or None when it is none of these."""
        if key not in self._waiting:
            return None
        attached, chip = self._waiting[key]
        attached.image = as_image(sight.picture.pixels)
        attached.text = "\n".join(line.text for line in sight.lines)
        chip.show_picture(attached.image)
        return attached

    def failed(self, key: str, sentence: str) -> None:
        """Take away a picture that could not be looked at, and say why."""
        if key in self._waiting:
            self._remove(key)
            self.trouble.emit(sentence)

    def take(self) -> list[Attached]:
        """Return the pictures that were looked at: words about them have come; they wait no longer."""
        taken = [one for one in self.waiting if one.image is not None]
        for one in taken:
            self._remove(one.key)
        return taken

    def clear(self) -> None:
        """Take all away."""
        for key in list(self._waiting):
            self._remove(key)

    def _begin(self, name: str) -> str:
        key = f"picture-{next(self._numbers)}"
        chip = _Chip(name, self)
        chip.dismiss.clicked.connect(lambda: self._put_away(key))
        self._row.insertWidget(self._row.count() - 1, chip)
        self._waiting[key] = (Attached(key=key, name=name), chip)
        self.show()
        return key

    def _show(self, key: str, name: str, content: bytes, source: SightSource) -> None:
        if key in self._waiting:
            self._bridge.submit(ShowPicture(key=key, picture=PictureBytes(content=content, source=source, name=name)))

    def _put_away(self, key: str) -> None:
        self._remove(key)
        self._bridge.submit(PutAway(keys=(key,)))

    def _remove(self, key: str) -> None:
        _, chip = self._waiting.pop(key)
        self._row.removeWidget(chip)
        chip.deleteLater()
        self.setVisible(bool(self._waiting))


class _Chip(QFrame):
    """A picture that waits: small, with its name and a cross."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self._picture = QLabel()
        self._words = QLabel(self.tr("Looking at {0}").format(name), textFormat=Qt.TextFormat.PlainText)
        self._words.setMaximumWidth(self.fontMetrics().height() * 12)
        self._name = name
        self.setAccessibleName(name)
        self.dismiss = QPushButton("\N{MULTIPLICATION SIGN}")
        self.dismiss.setObjectName("dismiss")
        self.dismiss.setAccessibleName(self.tr("Put {0} away").format(name))
        self.dismiss.setToolTip(self.tr("Put this picture away"))
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 4, 4, 4)
        row.addWidget(self._picture)
        row.addWidget(self._words)
        row.addWidget(self.dismiss)

    def show_picture(self, image: QImage) -> None:
        """Show it instead of that it is being looked at."""
        side = int(self.fontMetrics().height() * 2.6 * self.devicePixelRatioF())
        small = image.scaled(
            QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        small.setDevicePixelRatio(self.devicePixelRatioF())
        self._picture.setPixmap(QPixmap.fromImage(small))
        self._words.setText(self._name)


def as_image(pixels: Pixels) -> QImage:
    """Return pixels of the eyes as an image of Qt's."""
    height, width = pixels.shape[:2]
    return QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def _content(file: Path) -> bytes:
    from mia_desktop.senses.picture_decoder import MOST_BYTES

    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)  # the eyes say that it is too large
    except OSError:
        told = QCoreApplication.translate(
            "Attachments", "{0} cannot be read. Choose a file that is there and yours to read."
        )
        raise InputError(told.format(file.name)) from None


def gives_pictures(data: QMimeData) -> bool:
    """Tell whether something dragged or pasted is a picture or a file rather than text."""
    return any(url.isLocalFile() for url in data.urls()) or (data.hasImage() and not data.hasText())
