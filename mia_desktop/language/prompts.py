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
    wishes = ". ".join(one.rstrip(" .") for one in rules)
    return f"{system} Above all, do what the user has asked of you for every answer: {wishes}."
