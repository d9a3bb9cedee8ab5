"""Puts pictures to the words that they came with: those of the user, and those that MIA looked at by herself."""

from mia_desktop.core.events import Event, SightsUsed, TranscriptReady
from mia_desktop.gui.attachments import Attached, Attachments, as_image
from mia_desktop.gui.conversation_model import ConversationModel


class ShownPictures:
    """Shows each picture once."""

    def __init__(self, attachments: Attachments, rows: ConversationModel) -> None:
        self._attachments = attachments
        self._rows = rows
        self._seen: set[str] = set()

    def see(self, event: Event) -> None:
        """Show the pictures that an event tells of."""
        match event:
            case TranscriptReady():
                self._show_waiting(event)
            case SightsUsed():
                self._show_sights(event)
            case _:
                pass

    def _show_waiting(self, event: TranscriptReady) -> None:
        """Put the pictures that waited to the words that came."""
        taken = self._attachments.take()
        self._seen.update(one.key for one in taken)
        self._rows.show_pictures(event.turn, taken)

    def _show_sights(self, event: SightsUsed) -> None:
        """Show pictures that MIA looked at and the user has not seen yet, such as the camera's."""
        new = [one for one in event.focus.percepts if one.key not in self._seen]
        self._seen.update(one.key for one in new)
        shown = [
            Attached(
                key=one.key,
                name=one.sight.picture.name,
                image=as_image(one.sight.picture.pixels),
                text="\n".join(line.text for line in one.sight.lines),
            )
            for one in new
        ]
        self._rows.show_pictures(event.turn, shown)
