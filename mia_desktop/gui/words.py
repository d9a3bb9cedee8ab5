"""The text of a message, laid out: plain for the user, markdown for MIA, and nothing that reaches outside."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QImage,
    QPainter,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
    QTextTable,
)

from mia_desktop.gui.look import Look

_DIALECT = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_NEEDS_MENDING = re.compile(r"[`#\[|>~]|://|www\.|@|\t| {4}")
_LINE_PERCENT = 126.0
_HEADINGS = {1: 1.35, 2: 1.2, 3: 1.1}
_CODE_PAD_PX = 10
_CODE_RADIUS_PX = 8.0
_ADDRESS = int(QTextFormat.Property.UserProperty.value) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A block of code in a text.

    Attributes:
        first: number of its first line among the text's blocks.
        last: that of its last one.
        language: what it is written in, as the writer called it; may be empty.
        text: the code.
    """

    first: int
    last: int
    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A range of letters that is drawn in its own way.

    Attributes:
        start: the first letter.
        end: after the last letter.
        letters: the way.
    """

    start: int
    end: int
    letters: QTextCharFormat


class SealedDocument(QTextDocument):
    """A document that loads nothing: no picture of the network and no file of the disk."""

    def loadResource(self, kind: int, untrusted_name: QUrl | str) -> object:  # noqa: N802 - Qt's name
        """Give an empty thing; with nothing at all Qt would look for a file of that name."""
        if kind == QTextDocument.ResourceType.ImageResource.value:
            empty = QImage(1, 1, QImage.Format.Format_ARGB32)
            empty.fill(Qt.GlobalColor.transparent)
            return empty
        return b""


class Words(SealedDocument):
    """Text that knows its size and draws itself. Addresses of links are shown; whether one is followed is asked.

    Attributes:
        codes: the blocks of code in it.
    """

    def __init__(self, look: Look, font: QFont) -> None:
        super().__init__()
        self._look = look
        self.codes: list[Code] = []
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(0)
        self.setDefaultFont(font)
        self.setIndentWidth(QFontInfo(font).pixelSize() * 1.7)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setDefaultTextOption(option)

    @property
    def header_px(self) -> int:
        """Height of what stands above a block of code: its language and the button that copies it, pixels."""
        return int(QFontInfo(self.defaultFont()).pixelSize() * 1.9)

    def show_plain(self, text: str) -> None:
        """Show `text` as it is."""
        self.codes = []
        self.setPlainText(text)
        self._space_lines()

    def show_markdown(self, untrusted_text: str) -> None:
        """Show `untrusted_text` as GitHub markdown; HTML in it stays visible text."""
        self.codes = []
        self.setMarkdown(untrusted_text, _DIALECT)
        self._space_lines()
        if _NEEDS_MENDING.search(untrusted_text):
            self._mend_blocks()
            self._mend_tables()
            self._name_pictures()
            self._spell_out_links()

    def fit(self, most_px: int) -> QSize:
        """Take the size that the text needs at a width of at most `most_px`, and return it."""
        self.setTextWidth(most_px)
        width = most_px if self.codes else min(most_px, math.ceil(self.idealWidth()) + 1)
        self.setTextWidth(width)
        return QSize(width, math.ceil(self.size().height()))

    def draw(self, painter: QPainter, ink: QColor, marks: Sequence[Mark] = (), clip: QRectF | None = None) -> None:
        """Draw the text with its upper left corner at the painter's origin."""
        for code in self.codes:
            self._draw_code_ground(painter, code)
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, ink)
        context.palette = palette
        if clip is not None:
            context.clip = clip
        context.selections = [self._selection(mark) for mark in marks if mark.start < mark.end]
        self.documentLayout().draw(painter, context)

    def letters(self) -> int:
        """Return how many letters there are."""
        return max(0, self.characterCount() - 1)

    def place_at(self, point: QPointF) -> int:
        """Return the gap between letters that is nearest to a point."""
        return max(0, self.documentLayout().hitTest(point, Qt.HitTestAccuracy.FuzzyHit))

    def text_between(self, start: int, end: int) -> str:
        """Return the text from one gap to another."""
        return self.toPlainText()[start:end]

    def word_at(self, place: int) -> tuple[int, int]:
        """Return the gaps around the word at a gap."""
        return self._around(place, QTextCursor.SelectionType.WordUnderCursor)

    def link_at(self, point: QPointF) -> str:
        """Return the address at a point, or empty."""
        place = self.documentLayout().hitTest(point, Qt.HitTestAccuracy.ExactHit)
        if place < 0:
            return ""
        cursor = QTextCursor(self)
        cursor.setPosition(min(place + 1, self.letters()))
        return str(cursor.charFormat().property(_ADDRESS) or "")

    def code_rect(self, code: Code) -> QRectF:
        """Return where a block of code lies, with its header."""
        layout = self.documentLayout()
        first = layout.blockBoundingRect(self.findBlockByNumber(code.first))
        last = layout.blockBoundingRect(self.findBlockByNumber(code.last))
        top, bottom = first.top() - self.header_px, last.bottom() + _CODE_PAD_PX
        return QRectF(0, top, self.textWidth(), bottom - top)

    def copy_rect(self, code: Code) -> QRectF:
        """Return where one clicks to copy a block of code."""
        whole = self.code_rect(code)
        side = float(self.header_px)
        left = whole.left() if self._right_to_left() else whole.right() - side
        return QRectF(left, whole.top(), side, side)

    def _draw_code_ground(self, painter: QPainter, code: Code) -> None:
        whole = self.code_rect(code)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.code)
        painter.drawRoundedRect(whole, _CODE_RADIUS_PX, _CODE_RADIUS_PX)
        if code.language:
            small = QFont(self.defaultFont())
            small.setPixelSize(max(9, int(QFontInfo(small).pixelSize() * 0.85)))
            painter.setFont(small)
            painter.setPen(self._look.faint)
            side = Qt.AlignmentFlag.AlignRight if self._right_to_left() else Qt.AlignmentFlag.AlignLeft
            header = QRectF(whole.left() + _CODE_PAD_PX, whole.top(), whole.width() - 2 * _CODE_PAD_PX, self.header_px)
            painter.drawText(header, side | Qt.AlignmentFlag.AlignVCenter, code.language)

    def _right_to_left(self) -> bool:
        return self.defaultTextOption().textDirection() == Qt.LayoutDirection.RightToLeft

    def _selection(self, mark: Mark) -> QAbstractTextDocumentLayout.Selection:
        selection = QAbstractTextDocumentLayout.Selection()
        cursor = QTextCursor(self)
        cursor.setPosition(min(mark.start, self.letters()))
        cursor.setPosition(min(mark.end, self.letters()), QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor
        selection.format = mark.letters
        return selection

    def _around(self, place: int, what: QTextCursor.SelectionType) -> tuple[int, int]:
        cursor = QTextCursor(self)
        cursor.setPosition(min(place, self.letters()))
        cursor.select(what)
        return cursor.selectionStart(), cursor.selectionEnd()

    def _space_lines(self) -> None:
        airy = QTextBlockFormat()
        airy.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(airy)

    def _mend_blocks(self) -> None:
        """Give code a card of its own, headings a calm size and quotations a faint ink."""
        lines: list[QTextBlock] = []
        block = self.begin()
        while block.isValid():
            form = block.blockFormat()
            if form.hasProperty(QTextFormat.Property.BlockCodeLanguage) or form.nonBreakableLines():
                lines.append(block)
            else:
                self._end_code(lines)
                if form.headingLevel():
                    self._mend_heading(block, form.headingLevel())
                elif form.hasProperty(QTextFormat.Property.BlockQuoteLevel):
                    quoted = QTextCharFormat()
                    quoted.setForeground(self._look.faint)
                    self._letters_of(block, quoted)
                self._mend_code_within(block)
            block = block.next()
        self._end_code(lines)

    def _end_code(self, lines: list[QTextBlock]) -> None:
        if not lines:
            return
        mono = QTextCharFormat()
        mono.setFontFamilies([_mono()])
        for number, line in enumerate(lines):
            form = QTextBlockFormat()
            form.setNonBreakableLines(False)
            form.setLeftMargin(_CODE_PAD_PX)
            form.setRightMargin(_CODE_PAD_PX)
            form.setTopMargin(self.header_px + 4 if number == 0 else 0)
            form.setBottomMargin(_CODE_PAD_PX + 6 if number == len(lines) - 1 else 0)
            QTextCursor(line).mergeBlockFormat(form)
            self._letters_of(line, mono)
        language = str(lines[0].blockFormat().property(QTextFormat.Property.BlockCodeLanguage) or "")
        text = "\n".join(line.text() for line in lines)
        first, last = lines[0].blockNumber(), lines[-1].blockNumber()
        self.codes.append(Code(first=first, last=last, language=language, text=text))
        lines.clear()

    def _letters_of(self, block: QTextBlock, letters: QTextCharFormat) -> None:
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(letters)

    def _mend_heading(self, block: QTextBlock, level: int) -> None:
        letters = QTextCharFormat()
        letters.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
        letters.setFontPointSize(QFontInfo(self.defaultFont()).pointSizeF() * _HEADINGS.get(level, 1.0))
        self._letters_of(block, letters)
        form = QTextBlockFormat()
        form.setTopMargin(0 if block.blockNumber() == 0 else QFontInfo(self.defaultFont()).pixelSize() * 0.7)
        form.setBottomMargin(2)
        QTextCursor(block).mergeBlockFormat(form)

    def _mend_code_within(self, block: QTextBlock) -> None:
        """Put a ground behind code that stands within a line."""
        code = QTextCharFormat()
        code.setFontFamilies([_mono()])
        code.setBackground(self._look.code)
        pieces = block.begin()
        spans = []
        while not pieces.atEnd():
            piece = pieces.fragment()
            if piece.charFormat().fontFixedPitch():
                spans.append((piece.position(), piece.position() + piece.length()))
            pieces += 1
        for start, end in spans:
            cursor = QTextCursor(self)
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(code)

    def _mend_tables(self) -> None:
        for frame in self.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                form = frame.format()
                form.setBorderCollapse(True)
                form.setBorder(1)
                form.setBorderBrush(self._look.line)
                form.setCellPadding(4)
                form.setCellSpacing(0)
                frame.setFormat(form)

    def _name_pictures(self) -> None:
        cursor = self.find("\N{OBJECT REPLACEMENT CHARACTER}")
        while not cursor.isNull():
            alt = cursor.charFormat().property(QTextFormat.Property.ImageAltText)
            cursor.insertText(f"[picture: {alt}]" if alt else "[picture]", QTextCharFormat())
            cursor = self.find("\N{OBJECT REPLACEMENT CHARACTER}", cursor)

    def _spell_out_links(self) -> None:
        """Put the address behind each link, so that nothing hides behind its words."""
        for start, end, address in reversed(self._links()):
            cursor = QTextCursor(self)
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            words = cursor.selectedText()
            letters = QTextCharFormat()
            letters.setAnchor(False)
            letters.setForeground(self._look.states["speaking"])
            letters.setProperty(_ADDRESS, address)
            cursor.mergeCharFormat(letters)
            if words not in address:
                cursor.setPosition(end)
                cursor.insertText(f" ({address})", letters)

    def _links(self) -> list[tuple[int, int, str]]:
        links: list[tuple[int, int, str]] = []
        block = self.begin()
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


def _mono() -> str:
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
