"""What core says to a user, in the window's words: sentence by sentence, what a sentence names put in again."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from PySide6.QtCore import QCoreApplication

from mia_desktop.core.config import SETTINGS
from mia_desktop.gui import setting_words
from mia_desktop.gui.core_sentences import OF_HOUSE, OF_MODELS, OF_SENSES
from mia_desktop.gui.vault_sentences import OF_VAULT

SENTENCES: Final = (*OF_MODELS, *OF_SENSES, *OF_VAULT, *OF_HOUSE)
INSTEAD: Final = {
    "If you meant to change it, `mia models add` it again; `mia models remove {0}` forgets it.": (
        "If you meant to change it, add it again on the models page."
    ),
    "Free some room, or choose another folder with MIA_MODELS; what was fetched is kept.": (
        "Free some room, then try again; what was fetched is kept."
    ),
    "Choose another name with --name.": "Give the file another name.",
    "On Debian or Ubuntu: apt install libportaudio2.": "On Debian or Ubuntu it is the package libportaudio2.",
    "Switch hearing.echo_canceller off.": "Switch echo cancelling off in the settings.",
    "Open the window to use one.": "Plug one in.",
    "Type it in, or name the environment variable that has it: --passphrase-env NAME.": (
        "Type it in on the memory page."
    ),
    "`mia vault init` makes one.": "Make one on the memory page.",
    "Give the export's passphrase: --export-env NAME, or type it in a terminal.": "Type the export's passphrase.",
    "Give the path of a file that `mia memory export` wrote.": "Give a file that MIA exported.",
    "Do what the sentence says.": "The sentence says what to do.",
    "Choose another folder with --home.": "See that you may write there.",
    "Free at least 2 GB, or move the models with --models.": "Free at least 2 GB.",
    "mia models pull {0}": "Fetch it on the models page.",
    "mia vault recovery": "A kit is made where this vault was made, on the command line.",
}
"""What core says to somebody at a terminal, and what the window says in its place: where to click."""
_PLACE = re.compile(r"\\{\d\\}")


def instead(sentence: str) -> str:
    """Return what the window says in the place of a sentence for a terminal; another sentence as it is."""
    for core, form in _forms(tuple(INSTEAD)):
        named = form.fullmatch(sentence)
        if named is not None:
            return INSTEAD[core].format(*named.groups())
    return sentence


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


def reasons(why: str) -> str:
    """Return in the window's language why a memory came to mind."""
    return ", ".join(in_window_language(why.split(", ")))


def _translated(sentence: str) -> str | None:
    for core, form in _forms(SENTENCES):
        named = form.fullmatch(sentence)
        if named is not None:
            return QCoreApplication.translate("Core", core).format(*map(_word, named.groups()))
    return None


def _word(named: str) -> str:
    """Return what a sentence names: a device, a setting or another sentence in the window's words, a name as it is."""
    if named in SETTINGS:
        return setting_words.title(SETTINGS[named])
    return _translated(named) or named


@cache
def _forms(sentences: tuple[str, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the forms of sentences; those that say most come first: what one names may look like another's words."""
    told = sorted(sentences, key=lambda one: -len(_PLACE.sub("", re.escape(one))))
    return tuple((one, re.compile(_PLACE.sub("(.+?)", re.escape(one)))) for one in told)
