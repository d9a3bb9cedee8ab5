"""Reads the conversations of a ChatGPT export (``conversations.json``) as experiences."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from mia_desktop.core.errors import InputError
from mia_desktop.core.memories import Experience

_OTHER: Final = "ChatGPT"


def read(path: Path, user: str) -> list[Experience]:
    """Return what was said, in order, by `user` and ChatGPT; raises InputError when it is no export.

    Answers of ChatGPT are somebody else's words: they are kept as untrusted. Of a conversation with several versions
    the last one counts.
    """
    try:
        untrusted = json.loads(path.read_text("utf-8"))
        return [turn for _, turns in conversations(untrusted, user) for turn in turns]
    except OSError:
        raise InputError(f"{path} cannot be read. Give the path of conversations.json.") from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise InputError(f"{path} is not conversations.json of a ChatGPT export.") from None


def conversations(untrusted: Any, user: str) -> Iterator[tuple[str, list[Experience]]]:
    """Yield the title of each conversation in which something was said, and what it was; see `read`.

    Raises ValueError, TypeError, KeyError or AttributeError when `untrusted` is not what an export holds.
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
            yield Experience(
                text=text,
                at=datetime.fromtimestamp(float(seconds), UTC),
                speaker=user if role == "user" else _OTHER,
                source="import",
                trust="user" if role == "user" else "untrusted",
                conversation=f"chatgpt/{name}",
                reference=str(message.get("id") or ""),
            )
