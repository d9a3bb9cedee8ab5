"""What there is to say of memories, in the user's language."""

from PySide6.QtCore import QObject

from mia_desktop.core.events import MemoryChanged
from mia_desktop.core.memories import MemoryStats, Recollection


class MemoryWords(QObject):
    """Sentences about memories."""

    def about(self, one: Recollection) -> str:
        """Return what a memory is, when and whose, in a line."""
        kinds = {"fact": self.tr("Fact"), "procedure": self.tr("Rule"), "episode": one.speaker or self.tr("Somebody")}
        about = [kinds[one.kind], f"{one.at.astimezone():%Y-%m-%d %H:%M}"]
        sources = {
            "voice": self.tr("spoken"),
            "image": self.tr("from a picture"),
            "document": self.tr("from a document"),
            "screen": self.tr("from the screen"),
            "import": self.tr("taken in"),
        }
        about += [sources[one.source]] if one.source in sources else []
        about += [self.tr("waits for your word")] if one.quarantined else []
        about += [self.tr("held until {0}").format(f"{one.valid_to:%Y-%m-%d}")] if one.valid_to else []
        about += [self.tr("told {0} times").format(one.seen)] if one.seen > 1 else []
        about += [self.tr("goes on {0}").format(f"{one.expires_at:%Y-%m-%d}")] if one.expires_at else []
        return " · ".join(about)

    def counted(self, counted: MemoryStats) -> str:
        """Return how many there are of each kind."""
        words = self.tr("{0} memories: {1} of conversations, {2} facts, {3} rules").format(
            f"{counted.memories:,}", f"{counted.episodes:,}", f"{counted.facts:,}", f"{counted.procedures:,}"
        )
        if counted.quarantined:
            words += self.tr("; waiting for your word: {0}").format(f"{counted.quarantined:,}")
        if counted.superseded:
            words += self.tr("; older versions: {0}").format(f"{counted.superseded:,}")
        return f"{words}."

    def done(self, event: MemoryChanged) -> str:
        """Return what was done to memory; empty for what needs no words."""
        return {
            "remembered": self.tr("Remembered."),
            "edited": self.tr("Changed. The old words stay for questions about that time."),
            "forgotten": self._forgotten(event),
            "taken back": self.tr("Taken back."),
            "confirmed": self.tr("MIA will use it."),
        }.get(event.did, "")

    def _forgotten(self, event: MemoryChanged) -> str:
        if not event.ids:
            return self.tr("There was nothing of that.")
        if event.undoable:
            return self.tr("{0} forgotten. For a minute it can be taken back.").format(len(event.ids))
        return self.tr("{0} forgotten for good.").format(len(event.ids))
