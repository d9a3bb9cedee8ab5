"""What was found in a picture in plain sentences that claim no more than is known. Pure."""

from collections.abc import Sequence

from mia_desktop.core.sights import Code, Face, Label, Look, TextLine
from mia_desktop.perception.text_reader import rows

SURE = 0.5
"""Confidence, calibrated as docs/vision.md tells, from which a thing is said to be there."""
_PERHAPS = 0.15
_BLURRED = 0.25
_DARK = 0.12
_MOST_CHARS = 1500


def description(
    labels: Sequence[Label], lines: Sequence[TextLine], faces: Sequence[Face], codes: Sequence[Code], look: Look
) -> str:
    """Return sentences on what is in the picture and how sure that is; what is written in it stands in quotes."""
    sentences = [_shows(labels, bool(lines), bool(faces), bool(codes))]
    if faces:
        sentences.append("There is one face." if len(faces) == 1 else f"There are {len(faces)} faces.")
    if look.sharpness < _BLURRED and not lines and not codes:
        sentences.append("It is blurred.")
    if look.brightness < _DARK:
        sentences.append("It is very dark.")
    if look.colours:
        sentences.append(f"Main colours: {', '.join(look.colours)}.")
    sentences += [f'A {one.kind.replace("_", "-")} code in it says "{quoted(one.text)}".' for one in codes]
    if lines:
        sentences.append(f'The words written in it: "{quoted(rows(lines))}".')
    return " ".join(sentences)


def quoted(untrusted: str) -> str:
    """Return text of a picture as it may stand between double quotes."""
    text = untrusted.replace('"', "'").strip()
    return text if len(text) <= _MOST_CHARS else text[:_MOST_CHARS].rstrip() + " …"


def _shows(labels: Sequence[Label], written: bool, face: bool, code: bool) -> str:
    sure = [one for one in labels if one.confidence >= SURE]
    perhaps = [one for one in labels if _PERHAPS <= one.confidence < SURE]
    if sure:
        more = "".join(f", perhaps {_with_article(one.name)} ({_percent(one)})" for one in sure[1:2])
        return f"It shows {_with_article(sure[0].name)} ({_percent(sure[0])} sure){more}."
    if face:
        return "It shows a person."
    if code:
        return "It shows a code to scan."
    if written:
        return "It shows something written."
    if perhaps:
        named = " or ".join(_with_article(one.name) for one in perhaps[:2])
        return f"It may show {named}, but that is not sure ({_percent(perhaps[0])})."
    return "It is not clear what it shows."


def _with_article(name: str) -> str:
    if name.endswith("s") and not name.endswith("ss"):
        return name
    return f"{'an' if name[0].lower() in 'aeio' else 'a'} {name}"


def _percent(label: Label) -> str:
    return f"{round(100 * label.confidence)} %"
