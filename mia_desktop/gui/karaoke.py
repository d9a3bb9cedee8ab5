"""Which of the words on the screen have been spoken. Pure."""

_REACH = 160
"""How far markup may separate two letters that stand side by side on the screen, such as a long address."""


def spoken_place(source: str, shown: str, up_to_char: int) -> int:
    """Return how much of a text was spoken, as it is shown.

    Args:
        source: the text as it was written, with its markup.
        shown: the same text as it stands on the screen, without markup; addresses of links may stand there twice.
        up_to_char: characters of `source` that were spoken.

    Returns:
        Characters of `shown` that were spoken.
    """
    at = 0
    for place, letter in enumerate(shown):
        if letter.isspace():
            continue
        found = source.find(letter, at, at + _REACH)
        if found < 0:
            continue
        if found >= up_to_char:
            return place
        at = found + 1
    return len(shown)
