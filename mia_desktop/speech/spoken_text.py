"""Turns written text into what is to be said. Pure."""

import re

from mia_desktop.speech.english import as_said

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"```.*?(?:```|\Z)", re.DOTALL), " (code shown on screen) "),
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),  # images: their description
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),  # links: their words
    (re.compile(r"<?https?://[^\s<>]*[^\s<>.,;:!?)'\"]>?"), "a link"),
    (re.compile(r"\bwww\.(?=\w)"), ""),
    (re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>"), " "),  # HTML
    (re.compile(r"`([^`]*)`"), r"\1"),
    (re.compile(r"(?<=\d)\s?\*\s?(?=\d)"), " × "),
    (re.compile(r"^\s{0,3}#{1,6}\s+", re.MULTILINE), ""),  # headings
    (re.compile(r"^\s*(?:[-*+]|>)\s+(?:\[[ xX]\]\s)?", re.MULTILINE), ""),  # bullets and quotes
    (re.compile(r"^\s*\|?[\s:|-]*-{3,}[\s:|-]*$", re.MULTILINE), ""),  # rules and table lines
    (re.compile(r"\*\*\*|\*\*|__|~~"), ""),
    (re.compile(r"(?<!\w)[*_]|[*_](?!\w)"), ""),  # emphasis, but not a_name
    (re.compile(r"^\s*\|\s*|\s*\|\s*$", re.MULTILINE), "\n"),  # edges of table lines
    (re.compile(r"\s*\|\s*"), ", "),  # table cells
    (re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3]"), ""),  # emoji
    (re.compile(r"(?<!\w)[:;]-?[()DPp](?!\w)"), ""),  # emoticons
    (re.compile(r"\[\[|\]\]"), " "),  # Piper would take what is between for phonemes
    (re.compile(r"(?:\.{3,}|…)(?=\s*[^\W\d_])"), ", "),  # the phonemizer would join the words around
    (re.compile(r"(?<=[^\W\d_])\s+[–-]\s+(?=\w)"), ", "),
    (re.compile(r"\s*[–—-]\s*\Z"), ","),
    (re.compile(r"\s+"), " "),
)


def spoken(text: str, language: str = "en") -> str:
    """Return what a voice of `language` (ISO 639-1) is to say for `text`; empty when nothing sayable is left.

    Markdown, links, code and emoji go. English numbers, dates, units and signs are spelled where the phonemizer
    would misread them; what it reads well, and other languages, are left to it.
    """
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    text = text.strip().lstrip(" ,")
    if language == "en":
        text = as_said(text)
    return text if any(c.isalnum() for c in text) else ""
