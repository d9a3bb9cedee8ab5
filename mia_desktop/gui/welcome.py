"""What stands where a conversation has not begun."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mia_desktop.gui.icon import mia_icon


class Welcome(QWidget):
    """MIA's sign and how one begins."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        picture.setPixmap(mia_icon().pixmap(72, 72))
        picture.setAccessibleName("MIA")
        words = QLabel(
            self.tr("Hold F4 and speak, or type below.\nEverything stays on this machine."),
            alignment=Qt.AlignmentFlag.AlignCenter,
            wordWrap=True,
        )
        words.setObjectName("welcome")
        column = QVBoxLayout(self)
        column.setSpacing(14)
        column.addStretch(1)
        column.addWidget(picture)
        column.addWidget(words)
        column.addStretch(1)
