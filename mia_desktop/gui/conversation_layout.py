"""Lays the messages of a conversation out below each other: exactly where one looks, by estimate elsewhere."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence

import numpy as np
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFont, QFontMetrics

from mia_desktop.gui.bubble import PAD_X_PX, PAD_Y_PX, Bubble
from mia_desktop.gui.conversation_heights import Heights, estimated
from mia_desktop.gui.look import Look
from mia_desktop.gui.message import Message

_MARGIN_PX = 18
_SHARE = 0.86
_WIDEST_EM = 62
_STRIP_EM = 1.75
_AHEAD = 8
_KEPT = 240
"""Bubbles that stay laid out; more are in no window at once."""


class ConversationLayout:
    """Knows where each message lies in a view that shows a part of them.

    Attributes:
        offset: how far the view is scrolled, pixels.
    """

    def __init__(self, look: Look, font: QFont) -> None:
        self.offset = 0
        self._look = look
        self._font = font
        self._messages: Sequence[Message] = ()
        self._heights = Heights()
        self._bubbles: OrderedDict[Message, Bubble] = OrderedDict()
        self._view = QSize(100, 100)
        self._right_to_left = False

    @property
    def strip_px(self) -> int:
        """Height of the room below each bubble, pixels."""
        return int(QFontMetrics(self._font).height() * _STRIP_EM)

    @property
    def total_px(self) -> int:
        """Height of everything, pixels."""
        return self._heights.total + 2 * _MARGIN_PX

    @property
    def most_offset(self) -> int:
        """The offset at which the end is shown."""
        return max(0, self.total_px - self._view.height())

    def dress(self, look: Look) -> None:
        """Take the colours of `look`."""
        self._look = look
        self._bubbles.clear()

    def take_room(self, view: QSize, font: QFont, *, right_to_left: bool) -> bool:
        """Fit into a view; tell whether that moves things, so that all is estimated anew."""
        wider = view.width() != self._view.width()
        other = font != self._font or right_to_left != self._right_to_left
        self._view, self._font, self._right_to_left = QSize(view), QFont(font), right_to_left
        if other:
            self._bubbles.clear()
        if wider or other:
            self._estimate_all()
        return wider or other

    def show(self, messages: Sequence[Message]) -> None:
        """Show other messages; the list may be changed later when that is told."""
        self._messages = messages
        self._bubbles.clear()
        self.offset = 0
        self._estimate_all()

    def inserted(self, first: int, last: int) -> None:
        """Take note of messages that came."""
        self._heights.insert(first, self._estimates(self._messages[first : last + 1]))

    def removed(self, first: int, last: int) -> None:
        """Take note of messages that went."""
        self._heights.remove(first, last)

    def bubble(self, row: int) -> Bubble:
        """Return a message laid out."""
        message = self._messages[row]
        bubble = self._bubbles.get(message)
        if bubble is None:
            bubble = Bubble(message, self._look, self._font, right_to_left=self._right_to_left)
            bubble.fit(self._most_px())
            self._bubbles[message] = bubble
            if len(self._bubbles) > _KEPT:
                self._bubbles.popitem(last=False)
        else:
            self._bubbles.move_to_end(message)
        return bubble

    def settle(self, row: int, y: int) -> None:
        """Scroll so that `row` begins at `y` in the view, and lay out exactly what is seen then."""
        for _ in range(4):  # what comes into sight at an end may move things once more
            self._measure_around(row, y)
            offset = _MARGIN_PX + self._heights.top(row) - y
            self.offset = max(0, min(offset, self.most_offset))
            if self.offset == offset:
                return
            y += offset - self.offset

    def settle_at_end(self) -> None:
        """Show the end."""
        last = len(self._heights) - 1
        if last >= 0:
            self._measure(last)
            self.settle(last, self._view.height() - _MARGIN_PX - self._heights.height(last))

    def measure_ahead(self) -> bool:
        """Lay out the nearest message out of sight that one may scroll to next; tell whether there was one."""
        seen = list(self.visible_rows())
        if not seen:
            return False
        near = [row for by in range(1, _AHEAD + 1) for row in (seen[0] - by, seen[-1] + by)]
        for row in near:
            if 0 <= row < len(self._heights) and not self._heights.exact[row]:
                first, y = seen[0], self._place(seen[0], self.offset)
                self._measure(row)
                self.settle(first, y)
                return True
        return False

    def pivot(self, offset: int) -> tuple[int, int]:
        """Return a row and its place in the view at `offset`, measured already if any in sight is."""
        first = row = self._heights.row_at(offset - _MARGIN_PX)
        while 0 <= row < len(self._heights) and self._place(row, offset) < self._view.height():
            if self._heights.exact[row]:
                return row, self._place(row, offset)
            row += 1
        return first, self._place(first, offset) if first >= 0 else 0

    def visible_rows(self) -> Iterator[int]:
        """Yield the rows in sight."""
        row = self._heights.row_at(self.offset - _MARGIN_PX)
        while 0 <= row < len(self._heights) and self._place(row, self.offset) < self._view.height():
            yield row
            row += 1

    def row_at(self, y: int) -> int:
        """Return the row at a height of the view, or the nearest; -1 when there is none."""
        return self._heights.row_at(y + self.offset - _MARGIN_PX)

    def row_rect(self, row: int) -> QRect:
        """Return where a row lies in the view: all its width, with the strip below the bubble."""
        return QRect(0, self._place(row, self.offset), self._view.width(), self._heights.height(row))

    def bubble_rect(self, row: int) -> QRect:
        """Return where a bubble lies in the view; estimated for a row that was not seen yet."""
        column = self._column_px()
        left = (self._view.width() - column) // 2
        exact = bool(self._heights.exact[row])
        size = self.bubble(row).size if exact else QSize(self._most_px(), self._heights.height(row) - self.strip_px)
        at_left = self._messages[row].of_mia != self._right_to_left
        x = left if at_left else left + column - size.width()
        return QRect(x, self._place(row, self.offset), size.width(), size.height())

    def _place(self, row: int, offset: int) -> int:
        return _MARGIN_PX + self._heights.top(row) - offset

    def _measure_around(self, row: int, y: int) -> None:
        below, bottom = row, y
        while below < len(self._heights) and bottom < self._view.height():
            bottom += self._measure(below)
            below += 1
        above, top = row, y
        while above > 0 and top > 0:
            above -= 1
            top -= self._measure(above)

    def _measure(self, row: int) -> int:
        bubble = self.bubble(row)
        bubble.fit(self._most_px())
        height = bubble.size.height() + self.strip_px
        self._heights.measure(row, height)
        return height

    def _column_px(self) -> int:
        return max(120, min(self._view.width() - 2 * _MARGIN_PX, QFontMetrics(self._font).height() * _WIDEST_EM))

    def _most_px(self) -> int:
        return max(110, int(self._column_px() * _SHARE))

    def _estimate_all(self) -> None:
        self._heights.estimate_all(self._estimates(self._messages))

    def _estimates(self, messages: Sequence[Message]) -> "np.typing.NDArray[np.int64]":
        metrics = QFontMetrics(self._font)
        texts = [message.text for message in messages]
        return estimated(
            np.fromiter(map(len, texts), np.int64, len(texts)),
            np.fromiter((text.count("\n") for text in texts), np.int64, len(texts)),
            letters_a_line=(self._most_px() - 2 * PAD_X_PX) / max(1, metrics.averageCharWidth()),
            line_px=metrics.height() * 1.2,
            around_px=2 * PAD_Y_PX + self.strip_px,
        )
