"""What becomes an experience of a turn. Pure."""

from typing import Final

from mia_desktop.core.items import Exchanged
from mia_desktop.core.memories import Experience, Source
from mia_desktop.core.sights import Sight, SightSource

_SENSE: Final[dict[SightSource, tuple[Source, str]]] = {
    "camera": ("image", "camera.keep"),
    "screen": ("screen", "screen.keep"),
    "file": ("image", "files.keep"),
    "paste": ("image", "files.keep"),
    "drop": ("image", "files.keep"),
}
"""As what a picture is kept, and under which consent."""


def picture(sight: Sight, one: Exchanged) -> Experience:
    """Return what is kept of a picture that a turn was about."""
    source, consent = _SENSE[sight.picture.source]
    name = f"{sight.picture.name}: " if sight.picture.name else ""
    return Experience(
        text=f"{name}{sight.description}",
        at=one.at,
        speaker=one.user,
        source=source,
        trust="untrusted",
        conversation=one.conversation,
        consent=consent,
    )


def experiences(one: Exchanged) -> list[Experience]:
    """Return what is kept of what was said in a turn: the user's words, and those of the answer that were heard."""
    source = "voice" if one.spoken else "typed"
    said = Experience(
        text=one.said,
        at=one.at,
        speaker=one.user,
        source=source,  # type: ignore[arg-type]
        conversation=one.conversation,
        recalled=one.recalled,
    )
    if not one.answered:
        return [said]
    answered = Experience(
        text=one.answered,
        at=one.at,
        speaker="MIA",
        source="mia",
        trust="mia",
        conversation=one.conversation,
        recalled=one.recalled,
    )
    return [said, answered]
