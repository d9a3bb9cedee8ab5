"""The sign that the camera is open, with what it sees."""

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from mia_desktop.core.commands import LookThroughCamera
from mia_desktop.gui.attachments import as_image
from mia_desktop.gui.bridge import Bridge

_FRAME_MS = 66
_HIGH_EM = 8


class CameraView(QFrame):
    """Is there exactly as long as the camera is open."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("camera")
        self.setAccessibleName(self.tr("Camera"))
        self.hide()
        self._bridge = bridge
        self.picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.picture.setAccessibleName(self.tr("What the camera sees"))
        self.sign = QLabel()
        self.sign.setObjectName("camera_sign")
        self.shut = QPushButton(self.tr("Close the camera"))
        self.shut.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.shut.setAccessibleName(self.shut.text())
        self.shut.setToolTip(self.tr("MIA sees nothing any more"))
        self.shut.clicked.connect(lambda: bridge.submit(LookThroughCamera(on=False)))
        words = QVBoxLayout()
        words.addWidget(self.sign)
        words.addWidget(QLabel(self.tr("Ask what you want to know; it closes after the answer."), wordWrap=True))
        words.addWidget(self.shut, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 10, 10, 10)
        row.setSpacing(12)
        row.addWidget(self.picture)
        row.addLayout(words, 1)
        self._frames = QTimer(self, interval=_FRAME_MS)
        self._frames.timeout.connect(self._show_frame)

    def show_open(self, name: str) -> None:
        """Show that the camera is open."""
        self.sign.setText(self.tr("● The camera is open: {0}").format(name))
        self.picture.clear()
        self.show()
        self._frames.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Keep nothing of what was seen."""
        super().hideEvent(event)
        self._frames.stop()
        self.picture.clear()

    @Slot()
    def _show_frame(self) -> None:
        frame = self._bridge.view()
        if frame is None:
            return
        pixels = frame.pixels
        high = int(self.fontMetrics().height() * _HIGH_EM * self.devicePixelRatioF())
        step = max(1, pixels.shape[0] // high)
        image = as_image(pixels[::step, ::step])  # what the eye of a preview needs, at a fraction of the work
        image = image.scaled(QSize(high * 2, high), Qt.AspectRatioMode.KeepAspectRatio)
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self.picture.setPixmap(QPixmap.fromImage(image))
