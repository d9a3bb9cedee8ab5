"""Reads the conversations of a ChatGPT export (the ZIP file, or ``conversations.json`` in it) as experiences."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from mia_desktop.core.errors import InputError
from mia_desktop.core.memories import Experience
from mia_desktop.memory import foreign_file
from mia_desktop.memory.consolidate import LONGEST_CHARS

_OTHER: Final = "ChatGPT"
_FILE: Final = "conversations.json"


def read(path: Path, user: str) -> list[Experience]:
    """Return what was said, in order, by `user` and ChatGPT; raises InputError when it is no export.

    Answers of ChatGPT are somebody else's words: they are kept as untrusted. Of a conversation with several versions
    the last one counts.
    """
    found = foreign_file.content(path, f"a ChatGPT export, or the {_FILE} in it", _FILE)
    try:
        return [turn for _, turns in conversations(foreign_file.parsed(found), user) for turn in turns]
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, OSError):
        raise InputError(f"{path} is not {_FILE} of a ChatGPT export.") from None


def conversations(untrusted: Any, user: str) -> Iterator[tuple[str, list[Experience]]]:
    """Yield the title of each conversation in which something was said, and what it was; see `read`.

    Raises ValueError, TypeError, KeyError, AttributeError, ArithmeticError or OSError when `untrusted` is none.
    """
    for one in untrusted:
        if turns := list(_turns(one, user)):
            yield str(one.get("title") or ""), turns


def _turns(untrusted: dict[str, Any], user: str) -> Iterator[Experience]:
    nodes, node = untrusted["mapping"], untrusted.get("current_node")
    path: list[dict[str, Any]] = []
    while node in nodes and len(path) <= len(nodes):
        path.append(nodes[node].get("message") or {})
        node = nodes[node].get("parent")
    name = str(untrusted.get("id") or untrusted.get("conversation_id") or untrusted.get("title"))
    for message in reversed(path):
        role = (message.get("author") or {}).get("role")
        parts = (message.get("content") or {}).get("parts") or ()
        text = "\n".join(part for part in parts if isinstance(part, str)).strip()
        if role in ("user", "assistant") and text:
            seconds = message.get("create_time") or untrusted["create_time"]
            at = datetime.fromtimestamp(float(seconds), UTC)
            for piece in _pieces(text):
                yield Experience(
                    text=piece,
                    at=at,
                    speaker=user if role == "user" else _OTHER,
                    source="import",
                    trust="user" if role == "user" else "untrusted",
                    conversation=f"chatgpt/{name}",
                    reference=str(message.get("id") or ""),
                )


def _pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces that are short enough for a memory."""
    for start in range(0, len(text), LONGEST_CHARS):
        yield text[start : start + LONGEST_CHARS]
