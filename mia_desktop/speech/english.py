"""How numbers, dates, units and signs are said in English, where the phonemizer would misread them. Pure.

What espeak reads well by itself (plain and decimal numbers, percent, most signs) is not touched.
"""

import functools
import re
from collections.abc import Callable

from mia_desktop.speech import english_units as units

_Match = re.Match[str]
_YEAR = "January February March April May June July August September October November December"
_MONTHS = _YEAR.split()
_MONTH = r"(Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
_MONTH += r"|Sep(?:t(?:ember|\.)?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_TENS = {2: "twenties", 3: "thirties", 4: "forties", 5: "fifties", 6: "sixties", 7: "seventies", 8: "eighties"}
_TENS |= {0: "hundreds", 1: "tens", 9: "nineties"}  # "nineteen hundreds"
_PARTS = {2: "half", 4: "quarter"}
_KINGS = (
    "Albert Alexander Alfonso Benedict Catherine Charles Christian Edward Elizabeth Ferdinand Francis Frederick George"
    " Gustav Harald Haakon Henry Innocent Isabella Ivan James John Joseph Leo Leopold Louis Ludwig Margaret Mary"
    " Maximilian Mehmed Napoleon Nicholas Otto Paul Peter Philip Pius Pope Ramesses Ramses Richard Rudolf Urban"
    " Victor Wilhelm William"
)
_ABBREVIATIONS = {
    "i.e.": "that is",
    "vs.": "versus",
    "approx.": "approximately",
    "etc.": "etcetera",
    "a.k.a.": "also known as",
    "et al.": "and others",
    "cf.": "compare",
    "ca.": "circa",
    "incl.": "including",
    "Mr.": "Mister",
    "Mrs.": "Missus",
    "Ms.": "Miz",
    "Dr.": "Doctor",
    "Prof.": "Professor",
    "St.": "Saint",
    "Mt.": "Mount",
    "Gen.": "General",
    "Capt.": "Captain",
    "Sgt.": "Sergeant",
    "Gov.": "Governor",
    "Sen.": "Senator",
    "Jr.": "Junior",
    "Sr.": "Senior",
    "Ltd.": "Limited",
    "Inc.": "Incorporated",
    "Ph.D.": "PhD",
    "Ave.": "Avenue",
    "dept.": "department",
    "Dept.": "Department",
    "w/o": "without",
    "w/": "with",
    "vs": "versus",
}
_BEFORE_NUMBERS = {"No.": "number", "no.": "number", "Fig.": "figure", "fig.": "figure", "Vol.": "volume"}
_BEFORE_NUMBERS |= {"vol.": "volume", "p.": "page", "pp.": "pages", "Ch.": "chapter", "ch.": "chapter", "#": "number"}


@functools.lru_cache(256)
def _words(number: int, to: str) -> str:
    from num2words import num2words

    return str(num2words(number, to=to)).replace(",", "")


def _ordinal(number: int) -> str:
    return _words(number, "ordinal")


def _year(number: int) -> str:
    # "two thousand and five" is what espeak says by itself.
    return str(number) if 2000 <= number <= 2009 else _words(number, "year")


def _month(name: str) -> str:
    return next(month for month in _MONTHS if month.startswith(name[:3]))


def _date(day: int, month: int, year: int) -> str:
    return f"{_MONTHS[month - 1]} {_ordinal(day)}, {_year(year)}"


def _iso_date(match: _Match) -> str:
    year, month, day = (int(one) for one in match.groups())
    return _date(day, month, year) if 1 <= month <= 12 and 1 <= day <= 31 else match.group()


def _slash_date(match: _Match) -> str:
    month, day, year = (int(one) for one in match.groups())
    if month > 12:
        month, day = day, month
    return _date(day, month, year) if 1 <= month <= 12 and 1 <= day <= 31 else match.group()


def _month_day(match: _Match) -> str:
    name, first, last, year = match.groups()
    days = _ordinal(int(first)) + (f" to {_ordinal(int(last))}" if last else "")
    return f"{_month(name)} {days}" + (f", {_year(int(year))}" if year else "")


def _day_month(match: _Match) -> str:
    day, name, year = match.groups()
    return f"the {_ordinal(int(day))} of {_month(name)}" + (f" {_year(int(year))}" if year else "")


def _time(match: _Match) -> str:
    hour, minute, second, half = int(match[1]), int(match[2]), match[3], (match[4] or "").replace(".", "").lower()
    if hour > 24 or minute > 59:
        return f"{hour} to {minute}"
    ends = "." if (match[4] or "").endswith(".") and match.end() == len(match.string) else ""
    if minute:
        said = f"{hour} oh {minute}" if minute < 10 else f"{hour} {minute}"
    else:
        said = str(hour) if half else f"{hour} o'clock" if 1 <= hour <= 12 else f"{hour} hundred"
    if second:
        said += f" and {int(second)} seconds"
    return f"{said} {half}{ends}" if half else said


def _digits(match: _Match) -> str:
    said = ", ".join(" ".join(group) for group in re.findall(r"\d+", match.group()))
    return f"plus {said}" if match.group().startswith("+") else said


def _fraction(match: _Match) -> str:
    whole, over, under = match[1], int(match[2]), int(match[3])
    if (over, under) in ((24, 7), (9, 11)):
        return f"{over} {under}"
    if under in (10, 20, 50, 100) and over <= under and not whole:
        return f"{over} out of {under}"
    if not (0 < over < under <= 16):
        return f"{match[1] + ' ' if whole else ''}{over} over {under}"
    part = _PARTS.get(under) or _ordinal(under)
    many = f"{over} {'halves' if under == 2 else part + 's'}" if over > 1 else f"{'a' if whole else 'one'} {part}"
    return f"{whole} and {many}" if whole else many


def _decade(match: _Match) -> str:
    if match.group().startswith("2000"):
        return "two thousands"
    decade = _TENS[int(match[2]) // 10]
    return f"{_words(int(match[1]), 'cardinal')} {decade}" if match[1] else decade


def _roman(match: _Match) -> str:
    name, numeral = match.groups()
    values = [{"I": 1, "V": 5, "X": 10, "L": 50}[letter] for letter in numeral]
    number = sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    return f"{name} the {_ordinal(number)}" if name in _KINGS.split() else f"{name} {number}"


def _range(match: _Match) -> str:
    first, dash, last = match.groups()
    spaced_hyphen = " - " in dash
    numbers = [float(re.sub(r"[^\d.]", "", one).strip(".") or 0) for one in (first, last)]
    return f"{first} {'minus' if spaced_hyphen and numbers[0] >= numbers[1] else 'to'} {last}"


def _abbreviation(match: _Match) -> str:
    ends = match[1].endswith(".") and match.end() == len(match.string)
    return _ABBREVIATIONS[match[1]] + ("." if ends else "")


def _rules() -> tuple[tuple[re.Pattern[str], str | Callable[[_Match], str]], ...]:
    number = units.NUMBER
    alternatives = "|".join(re.escape(one) for one in sorted(_ABBREVIATIONS, key=len, reverse=True))
    rules: tuple[tuple[str, str | Callable[[_Match], str]], ...] = (
        # Long numbers with a meaning of their own come first.
        (r"(?<![\w.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\w]|\.\d)", r"\1 dot \2 dot \3 dot \4"),
        (r"\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5}(?!\d)|\(\d{3}\) ?\d{3}[ -]\d{4}(?!\d)", _digits),
        (r"(?<![\w.-])\d{3}[.-](?:\d{3}[.-])?\d{4}(?![\w-]|\.\d)|(?<![\w.,])0\d{8,12}(?![\w.,]\d)", _digits),
        (r"(?<![\w.-])\d+(?:-\d+){3,}(?![\w-])", _digits),
        (r"(?<![\w.-])(\d{4})-(\d{2})-(\d{2})(?![\w-])", _iso_date),
        (r"(?<![\w./])(\d{1,2})/(\d{1,2})/(\d{4})(?![\w/])", _slash_date),
        (
            r"(?<![\w.,:/-])(?:the )?(\d{1,2})(?:st|nd|rd|th)? (?:of )?" + _MONTH + r"\b(?:,? (\d{4}))?(?![\w-])",
            _day_month,
        ),
        (
            r"\b"
            + _MONTH
            + r" (\d{1,2})(?:st|nd|rd|th)?(?:\s?[–-]\s?(\d{1,2}))?(?:,? (\d{4})(?![\w,.:]\d))?(?![\w%:]|[.,]\d)",
            _month_day,
        ),
        (rf"([$€£])({number})\s?[–-]\s?[$€£]?({number})(?![\d–-])", r"\2 to \1\3"),
        (
            rf"(?<![\w.,:/–-])([$€£]?{number}(?::\d\d)?(?:\s?[ap]m|%)?)(\s?[–-]\s?|\s[–-]\s)([$€£]?{number})(?![\d–/-]|:\d{{3}})",
            _range,
        ),
        (r"(?<![\w.,:])(\d{1,2}):(\d{2})(?::(\d{2}))?(?!\d|:\d)(?:\s?([AaPp]\.m\.|(?:[ap]m|[AP]M)\b))?", _time),
        (rf"(?<![\w.,:])({number}):({number})(?![\d:])", r"\1 to \2"),
        (r"(\d)\s?([ap])\.m\.(?=.)", r"\1 \2m"),
        (r"(\d)\s?([AaPp])[Mm]\b", lambda match: f"{match[1]} {match[2].lower()}m"),
        (r"(?<![\w'-])-(?=[$€£]?\d)", "minus "),
        (r"(?<![\w.,])(1[1-9]|20)(\d0)['’]?s\b", _decade),
        (r"(?:(?<=['’])|(?<=the )|(?<=mid-))()([2-9]0)['’]?s\b", _decade),
        *units.RULES,
        (r"(?<![\w./,])(?:(\d+) )?(\d{1,3})/(\d{1,3})(?![\w/]|\.\d)", _fraction),
        (r"(\d)\s?½", r"\1 and a half"),
        (r"(\d)\s?¼", r"\1 and a quarter"),
        (r"(\d)\s?¾", r"\1 and three quarters"),
        # Places and years.
        (
            r"(?<![\w.,])(\d{1,3}(?:,\d{3})*|\d+)(?:st|nd|rd|th)\b",
            lambda match: _ordinal(int(match[1].replace(",", ""))),
        ),
        (
            r"(?<![\w.,:$€£#/+=×-])(?<![+=×÷<>] )"
            r"(10[1-9]\d|1[1-9]\d\d|20\d\d)(?![\w%/]|[.,:]\d|-[\w]|\s?[+=×÷<>*]"
            r"| (?!was\b|is\b|has\b|as\b|its\b|this\b|his\b|les)[a-z]+s\b| (?:people|men|women|children|feet|thousand"
            r"|million|billion|percent|more|other|different))",
            lambda match: _year(int(match[1])),
        ),
        (r"\b(mid|pre|post|early|late)-(1[1-9]\d\d|20\d\d)(?![\w.,]\d|\w)", lambda m: f"{m[1]} {_year(int(m[2]))}"),
        # Words.
        (rf"(?<![\w.])({alternatives})(?![\w])", _abbreviation),
        (
            r"(?<![\w.])(No\.|no\.|Fig\.|fig\.|Vol\.|vol\.|pp?\.|[Cc]h\.|#)\s?(?=\d)",
            lambda m: _BEFORE_NUMBERS[m[1]] + " ",
        ),
        (r"\b([CFAJ])#(?!\w)", r"\1 sharp"),
        (r"\bCO(?:2|₂)(?!\w)", "C O 2"),
        (r"\b([A-Z][a-z]+) ((?:X{1,3}|L)?(?:IX|IV|V?I{2,3}|VI)|X{1,2}[IV])(?![\w'-])", _roman),
        (rf"\b({'|'.join(_KINGS.split())}) ([VX])(?![\w'.-])", _roman),
        (r"\band/or\b", "and or"),
        (r"(?<![\w./-])([A-Z]{1,4})/([A-Z]{1,4})(?![\w./-])", r"\1 \2"),
        (r"(?<![\w./-])([a-z]{2,})/([a-z]{2,})(?![\w./-])", r"\1 or \2"),
        # Signs.
        (r"(\w)\s?(?:\^2\b|²)", r"\1 squared"),
        (r"(\w)\s?(?:\^3\b|³)", r"\1 cubed"),
        (r"(\w)\s?\^\s?[({]?(-?\w+)[)}]?", r"\1 to the power of \2"),
        (r"(?<=\d)\s?x\s?(?=\d)|(?<=\d{3})×(?=\d{3})", " by "),
        (r"(?<=\d)x\b", " times"),
        (r"(?<=\d) / (?=\d)", " divided by "),
        (r"\s?(?:=>|->|→|⇒)\s?", " to "),
        (r"\s?<=\s?", " less than or equal to "),
        (r"\s?>=\s?", " greater than or equal to "),
        (r"(?<=\w) < (?=\S)|(?<!\S)< ?(?=\d)", " less than "),
        (r"(?<=\w) > (?=\S)|(?<!\S)> ?(?=\d)", " greater than "),
        (r"\s?==\s?", " equals "),
        (r"(?<!\w)[~∼]\s?(?=[\d$€£])", "about "),
        (r" {2,}", " "),
    )
    return tuple((re.compile(pattern), said) for pattern, said in rules)


_RULES = _rules()


def as_said(text: str) -> str:
    """Return `text` (no markup) with spelled out what would be misread."""
    for pattern, said in _RULES:
        text = pattern.sub(said, text)
    return text.strip()
