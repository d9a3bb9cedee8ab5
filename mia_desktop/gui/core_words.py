"""What core says to a user, in the window's language: sentence by sentence, what a sentence names put in again."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

SENTENCES: Final = tuple(
    map(
        str,
        (
            QT_TRANSLATE_NOOP("Core", "The model {0} is not on this machine."),
            QT_TRANSLATE_NOOP("Core", "The model {0} cannot be loaded."),
            QT_TRANSLATE_NOOP("Core", "The voice {0} cannot be loaded."),
            QT_TRANSLATE_NOOP("Core", "Missing or damaged: {0}."),
            QT_TRANSLATE_NOOP("Core", "Fetch the model again."),
            QT_TRANSLATE_NOOP("Core", "{0} arrived damaged."),
            QT_TRANSLATE_NOOP("Core", "Try again: it will be fetched anew."),
            QT_TRANSLATE_NOOP("Core", "The disk of {0} is full: {1} needed, {2} free."),
            QT_TRANSLATE_NOOP(
                "Core", "Free some room, or choose another folder with MIA_MODELS; what was fetched is kept."
            ),
            QT_TRANSLATE_NOOP("Core", "The {0} cannot be used."),
            QT_TRANSLATE_NOOP("Core", "Plug one in or choose another."),
            QT_TRANSLATE_NOOP("Core", "The {0} stopped playing."),
            QT_TRANSLATE_NOOP("Core", "The {0} stopped sending sound."),
            QT_TRANSLATE_NOOP("Core", "The {0} stopped sending pictures."),
            QT_TRANSLATE_NOOP("Core", "Check that it is plugged in."),
            QT_TRANSLATE_NOOP("Core", "There is no camera."),
            QT_TRANSLATE_NOOP("Core", "Plug one in."),
            QT_TRANSLATE_NOOP("Core", "I heard no speech."),
            QT_TRANSLATE_NOOP("Core", "Hold the key while you talk."),
            QT_TRANSLATE_NOOP("Core", "The vault is locked."),
            QT_TRANSLATE_NOOP("Core", "Unlock it first."),
            QT_TRANSLATE_NOOP(
                "Core",
                "The vault does not open with what this machine's keyring holds and what you gave: a key is missing or "
                "wrong, or the vault's files were changed.",
            ),
            QT_TRANSLATE_NOOP("Core", "Nothing was altered."),
            QT_TRANSLATE_NOOP("Core", "Too many wrong passphrases."),
            QT_TRANSLATE_NOOP("Core", "Try again in {0} s."),
            QT_TRANSLATE_NOOP("Core", "The export does not open with that passphrase, or it is damaged."),
            QT_TRANSLATE_NOOP("Core", "Try again, or export it again."),
            QT_TRANSLATE_NOOP("Core", "Another MIA has the vault open."),
            QT_TRANSLATE_NOOP("Core", "Close it, or lock the vault there."),
            QT_TRANSLATE_NOOP("Core", "The vault's disk is full or failing ({0})."),
            QT_TRANSLATE_NOOP("Core", "Free some space and try again."),
            QT_TRANSLATE_NOOP("Core", "The file {0} cannot be read."),
            QT_TRANSLATE_NOOP("Core", "Check that you may open it."),
            QT_TRANSLATE_NOOP("Core", "The vault is damaged: bytes of it were changed or lost."),
            QT_TRANSLATE_NOOP("Core", "Restore a backup."),
            QT_TRANSLATE_NOOP("Core", "The backup is damaged."),
            QT_TRANSLATE_NOOP("Core", "The backup is not whole."),
            QT_TRANSLATE_NOOP("Core", "Use another one."),
            QT_TRANSLATE_NOOP("Core", "This vault needs its passphrase."),
            QT_TRANSLATE_NOOP(
                "Core", "This vault's key is in the system's keyring, which cannot be reached from here."
            ),
            QT_TRANSLATE_NOOP("Core", "Try again, or use the recovery kit."),
            QT_TRANSLATE_NOOP("Core", "{0} cannot be read."),
            QT_TRANSLATE_NOOP("Core", "{0} is damaged."),
            QT_TRANSLATE_NOOP("Core", "Make or fetch it again."),
            QT_TRANSLATE_NOOP("Core", "{0} is larger than {1} MB."),
            QT_TRANSLATE_NOOP("Core", "{0} is too large: {1} x {2} pixels."),
            QT_TRANSLATE_NOOP("Core", "Scale it down to {0} megapixels."),
            QT_TRANSLATE_NOOP("Core", "Scale it down."),
            QT_TRANSLATE_NOOP("Core", "That is too long to remember in one piece."),
            QT_TRANSLATE_NOOP("Core", "Split it into pieces of {0} characters."),
        ),
    )
)
NAMES: Final = tuple(
    map(
        str,
        (
            QT_TRANSLATE_NOOP("Core", "microphone"),
            QT_TRANSLATE_NOOP("Core", "speaker"),
            QT_TRANSLATE_NOOP("Core", "camera"),
        ),
    )
)
"""What sentences call a device that has no name."""
_PLACE = re.compile(r"\\{\d\\}")


def in_window_language(sentences: Sequence[str]) -> list[str]:
    """Return core's sentences as the window says them; others as they are.

    A name in a sentence may look like the end of one: what is no sentence of core's alone may be one with what follows.
    """
    said: list[str] = []
    at = 0
    while at < len(sentences):
        for end in range(at + 1, len(sentences) + 1):
            found = _translated(" ".join(sentences[at:end]))
            if found is not None:
                break
        else:
            found, end = sentences[at], at + 1
        said.append(found)
        at = end
    return said


def _translated(sentence: str) -> str | None:
    for template, form in _forms():
        named = form.fullmatch(sentence)
        if named is not None:
            names = (QCoreApplication.translate("Core", one) if one in NAMES else one for one in named.groups())
            return QCoreApplication.translate("Core", template).format(*names)
    return None


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((one, re.compile(_PLACE.sub("(.+?)", re.escape(one)))) for one in SENTENCES)
