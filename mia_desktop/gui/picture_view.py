"""A picture of the conversation, as large as the window allows."""

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mia_desktop.gui.attachments import Attached

_MARGIN_PX = 28
_DIM = 0.82


class PictureView(QWidget):
    """Lies over the window while a picture is looked at; a click beside it or Esc puts it away."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("picture_view")
        self.setAccessibleName(self.tr("Picture"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()
        self._picture: Attached | None = None
        self.copy_text = QPushButton(self.tr("Copy the text in it"))
        self.copy_picture = QPushButton(self.tr("Copy the picture"))
        self.shut = QPushButton(self.tr("Close"))
        for button, tip in (
            (self.copy_text, self.tr("Copy what MIA read in the picture")),
            (self.copy_picture, self.tr("Copy the picture itself")),
            (self.shut, self.tr("Back to the conversation (Esc)")),
        ):
            button.setToolTip(tip)
            button.setAccessibleName(button.text())
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.copy_text, self.copy_picture, self.shut):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN_PX, _MARGIN_PX, _MARGIN_PX, _MARGIN_PX // 2)
        column.addStretch(1)
        column.addLayout(row)
        self.copy_text.clicked.connect(self._copy_text)
        self.copy_picture.clicked.connect(self._copy_picture)
        self.shut.clicked.connect(self.close_view)

    def show_picture(self, picture: Attached) -> None:
        """Show a picture over the window."""
        self._picture = picture
        self.setAccessibleName(self.tr("Picture {0}").format(picture.name))
        self.setAccessibleDescription(picture.text)
        self.copy_text.setVisible(bool(picture.text))
        self.setGeometry(self.window().rect())
        self.show()
        self.raise_()
        self.shut.setFocus()

    @Slot()
    def close_view(self) -> None:
        """Put it away."""
        self.hide()
        self._picture = None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Put it away on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_view()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Put it away on a click beside it."""
        if not self._room().contains(event.position()):
            self.close_view()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the picture on a dark ground."""
        painter = QPainter(self)
        ground = QColor("black")
        ground.setAlphaF(_DIM)
        painter.fillRect(self.rect(), ground)
        if self._picture is not None and self._picture.image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._room(), self._picture.image)
        painter.end()

    def _room(self) -> QRectF:
        """Return where the picture lies."""
        high = self.height() - 2 * _MARGIN_PX - self.shut.height() - 8
        if self._picture is None or self._picture.image is None:
            return QRectF()
        most = QSize(max(1, self.width() - 2 * _MARGIN_PX), max(1, high))
        own = self._picture.image.size()
        fits = own.width() <= most.width() and own.height() <= most.height()
        size = own if fits else own.scaled(most, Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(
            (self.width() - size.width()) / 2, _MARGIN_PX + (high - size.height()) / 2, size.width(), size.height()
        )

    @Slot()
    def _copy_text(self) -> None:
        if self._picture is not None:
            QGuiApplication.clipboard().setText(self._picture.text)

    @Slot()
    def _copy_picture(self) -> None:
        if self._picture is not None and self._picture.image is not None:
            QGuiApplication.clipboard().setImage(self._picture.image)
