"""Prompts that ship with MIA."""

from collections.abc import Sequence

from mia_desktop.core.paths import shipped


def system() -> str:
    """Return the system prompt; the same bytes every time."""
    return (shipped("resources") / "prompts" / "system.txt").read_text("utf-8").strip()


def with_rules(system: str, rules: Sequence[str]) -> str:
    """Return the system prompt with the user's confirmed wishes; the same bytes as long as these are the same."""
    if not rules:
        return system
    listed = "\n".join(f"- {one}" for one in rules)
    return f"{system}\nThe user has asked you to do this in every answer:\n{listed}"
