"""How memories stand in a prompt: after the user's words, so that what comes before stays as it was read. Pure."""

from collections.abc import Sequence

from mia_desktop.core.memories import Hit

_MOST_CHARS = 400


def with_memories(said: str, hits: Sequence[Hit]) -> str:
    """Return the user's words followed by what MIA remembers of the matter; memories are quoted, not instructions."""
    if not hits:
        return said
    lines = [
        f'- On {hit.memory.at:%d %B %Y} {hit.memory.speaker} told you: "{_short(hit.memory.text)}"' for hit in hits
    ]
    return f"{said}\n\n(What you remember of this, to use only if it answers:\n" + "\n".join(lines) + ")"


def _short(text: str) -> str:
    text = " ".join(text.split()).replace('"', "'")
    return text if len(text) <= _MOST_CHARS else text[:_MOST_CHARS].rstrip() + " …"
