"""Turns written text into what is to be said. Pure."""

import re

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"```.*?(?:```|\Z)", re.DOTALL), " (code shown on screen) "),
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),  # images: their description
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),  # links: their words
    (re.compile(r"<?https?://\S+>?"), "a link"),
    (re.compile(r"`([^`]*)`"), r"\1"),
    (re.compile(r"^\s{0,3}#{1,6}\s+", re.MULTILINE), ""),  # headings
    (re.compile(r"^\s*(?:[-*+]|>)\s+", re.MULTILINE), ""),  # bullets and quotes
    (re.compile(r"^\s*\|?[\s:|-]*-{3,}[\s:|-]*$", re.MULTILINE), ""),  # rules and table lines
    (re.compile(r"\*\*\*|\*\*|__|~~"), ""),
    (re.compile(r"(?<!\w)[*_]|[*_](?!\w)"), ""),  # emphasis, but not a_name or 2*3
    (re.compile(r"^\s*\|\s*|\s*\|\s*$", re.MULTILINE), "\n"),  # edges of table lines
    (re.compile(r"\s*\|\s*"), ", "),  # table cells
    (re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3]"), ""),  # emoji
    (re.compile(r"\s+"), " "),
)


def spoken(text: str) -> str:
    """Return `text` without markdown, links, code and emoji; empty when nothing sayable is left."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    text = text.strip(" ,")
    return text if any(c.isalnum() for c in text) else ""
