"""Personal data in text: labels for masking exports and for what may leave the machine. An aid, never a boundary.

Card numbers and IBANs are proven by their check digits (ISO/IEC 7812 Luhn, ISO 13616 MOD 97-10), addresses of machines
by the standard library. Telephone numbers are found by the numbering plans in ``phonenumbers`` and, as those know few
without a country code, by how groups of digits to call are written. Names of people are not found: what must stay
private stays encrypted, whatever is found here.
"""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_EMAIL: Final = re.compile(r"\b[\w.%+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}\b")
_CARD: Final = re.compile(r"(?<![\w-])(?:\d[ -]?){11,18}\d(?![\w-])")
_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{1,4}){3,8}\b", re.IGNORECASE)
_DIALLED: Final = re.compile(
    r"(?<![\w.,/:-])\+?\(?\d{1,4}\)?(?:[ .()-]{1,2}\d{1,10}){1,5}(?:x\d{1,5})?(?![\w/:]|[.,]\d)"
)
"""Groups of digits as numbers to call are written, whatever country they are of."""
_DATE: Final = re.compile(r"\d{4}[-. ]\d{1,2}[-. ]\d{1,2}|\d{1,2}[-. ]\d{1,2}[-. ]\d{2,4}")
_IP: Final = re.compile(r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*:[0-9A-Fa-f:]*)(?![\w:])")
_SSN: Final = re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])")
_REGION: Final = "US"
"""Numbering plan of telephone numbers that are written without a country's code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A piece of personal data.

    Attributes:
        kind: e-mail, card, IBAN, phone, IP address or social security number.
        start: where it begins in the text, characters.
        end: where it ends.
    """

    kind: str
    start: int
    end: int


def labels(text: str, region: str = _REGION) -> list[Label]:
    """Return the personal data in `text`, in order, none over another.

    Args:
        text: any text.
        region: ISO 3166 code of the country whose telephone numbers need no country code.
    """
    found: list[Label] = []
    for kind, start, end in _candidates(text, region):
        if all(end <= one.start or start >= one.end for one in found):
            found.append(Label(kind=kind, start=start, end=end))
    return sorted(found, key=lambda one: one.start)


def masked(text: str, region: str = _REGION) -> str:
    """Return `text` with each piece of personal data replaced by its kind in brackets."""
    for one in reversed(labels(text, region)):
        text = f"{text[: one.start]}[{one.kind}]{text[one.end :]}"
    return text


def _candidates(text: str, region: str) -> list[tuple[str, int, int]]:
    """Return what was proven, the surest kinds first."""
    import phonenumbers
    from stdnum import iban, luhn
    from stdnum.us import ssn

    proven: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
        ("e-mail", _EMAIL, lambda _: True),
        ("IBAN", _IBAN, iban.is_valid),
        ("card", _CARD, lambda found: luhn.is_valid(re.sub(r"[ -]", "", found))),
        ("social security number", _SSN, ssn.is_valid),
        ("IP address", _IP, _is_address),
        ("phone", _DIALLED, _is_dialled),
    )
    found = []
    for kind, pattern, valid in proven:
        for match in pattern.finditer(text):
            end = _valid_end(match.group(), valid, whole=pattern is _DIALLED)
            if end:
                found.append((kind, match.start(), match.start() + end))
    found += [("phone", one.start, one.end) for one in phonenumbers.PhoneNumberMatcher(text, region)]
    return found


def _valid_end(found: str, valid: Callable[[str], bool], *, whole: bool) -> int:
    """Return how much of `found`, from its beginning, is valid: words may follow a number; 0 for nothing.

    `whole`: all of it or nothing.
    """
    while found:
        if valid(found):
            return len(found)
        found = "" if whole else found.rpartition(" ")[0]
    return 0


def _is_dialled(text: str) -> bool:
    with_points = "." in text and not re.search(r"[ ()-]", text)
    if _DATE.fullmatch(text) or (with_points and text.count(".") < 3):  # 1.234.567 is rather an amount
        return False
    return 7 <= sum(one.isdigit() for one in text) <= 15


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
