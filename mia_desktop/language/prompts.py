"""Prompts that ship with MIA."""

from mia_desktop.core.paths import shipped


def system() -> str:
    """Return the system prompt; the same bytes every time."""
    return (shipped("resources") / "prompts" / "system.txt").read_text("utf-8").strip()
