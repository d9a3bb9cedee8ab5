"""Text in a bubble: plain for the user, markdown for MIA, and nothing that reaches outside."""

import math

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontDatabase,
    QImage,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

_DIALECT = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class SealedDocument(QTextDocument):
    """A document that loads nothing: no picture of the network and no file of the disk."""

    def loadResource(self, kind: int, untrusted_name: QUrl | str) -> object:  # noqa: N802 - Qt's name
        """Give an empty thing; with nothing at all Qt would look for a file of that name."""
        if kind == QTextDocument.ResourceType.ImageResource.value:
            empty = QImage(1, 1, QImage.Format.Format_ARGB32)
            empty.fill(Qt.GlobalColor.transparent)
            return empty
        return b""


class Words(QTextEdit):
    """Read-only text that is as high as it needs to be. Links are shown and never followed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocument(SealedDocument(self))
        self.document().setDocumentMargin(0)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("background: transparent; border: none; padding: 0;")
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleName(name)
        self._code = self._link = QColor()

    def dress(self, *, ink: QColor, code: QColor, link: QColor) -> None:
        """Set the colours of text, of the ground of code and of links, for what is shown from now on."""
        palette = self.palette()
        palette.setColor(palette.ColorRole.Text, ink)
        self.setPalette(palette)
        self._code, self._link = code, link

    def show_plain(self, text: str) -> None:
        """Show `text` as it is."""
        self.setPlainText(text)

    def show_markdown(self, untrusted_text: str) -> None:
        """Show `untrusted_text` as GitHub markdown; HTML in it stays visible text."""
        self.document().setMarkdown(untrusted_text, _DIALECT)
        self._mend_code()
        self._name_pictures()
        self._spell_out_links()

    def fit(self, most_px: int) -> QSize:
        """Take the size that the text needs at a width of at most `most_px`, and return it."""
        document = self.document()
        document.setDefaultFont(self.font())
        document.setTextWidth(most_px)
        width = min(most_px, math.ceil(document.idealWidth()) + 1)
        document.setTextWidth(width)
        self.setFixedSize(width, math.ceil(document.size().height()))
        return self.size()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave scrolling to the conversation."""
        event.ignore()

    def _mend_code(self) -> None:
        """Let code wrap instead of being cut off, and put a ground behind it."""
        mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        block = self.document().begin()
        while block.isValid():
            cursor = QTextCursor(block)
            if block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeLanguage) or (
                block.blockFormat().nonBreakableLines()
            ):
                wrapping = QTextBlockFormat()
                wrapping.setNonBreakableLines(False)
                wrapping.setBackground(QBrush(self._code))
                cursor.mergeBlockFormat(wrapping)
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                letters = QTextCharFormat()
                letters.setFontFamilies([mono.family()])
                cursor.mergeCharFormat(letters)
            block = block.next()

    def _name_pictures(self) -> None:
        cursor = self.document().find("\N{OBJECT REPLACEMENT CHARACTER}")
        while not cursor.isNull():
            alt = cursor.charFormat().property(QTextFormat.Property.ImageAltText)
            cursor.insertText(f"[picture: {alt}]" if alt else "[picture]", QTextCharFormat())
            cursor = self.document().find("\N{OBJECT REPLACEMENT CHARACTER}", cursor)

    def _spell_out_links(self) -> None:
        """Put the address behind each link, so that nothing hides behind its words."""
        for start, end, address in reversed(self._links()):
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            words = cursor.selectedText()
            letters = QTextCharFormat()
            letters.setAnchor(False)
            letters.setForeground(self._link)
            cursor.mergeCharFormat(letters)
            if words not in address:
                cursor.setPosition(end)
                cursor.insertText(f" ({address})", letters)

    def _links(self) -> list[tuple[int, int, str]]:
        links: list[tuple[int, int, str]] = []
        block = self.document().begin()
        while block.isValid():
            pieces = block.begin()
            while not pieces.atEnd():
                piece = pieces.fragment()
                address = piece.charFormat().anchorHref()
                start, end = piece.position(), piece.position() + piece.length()
                if address and links and links[-1][1:] == (start, address):
                    links[-1] = (links[-1][0], end, address)
                elif address:
                    links.append((start, end, address))
                pieces += 1
            block = block.next()
        return links
