"""Times in words: "two weeks ago", "last spring", "in March", "on 8 May 2023", as spans of a calendar. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTH_NAMES: Final = tuple(month.capitalize() for month in _MONTHS)
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_COUNTED: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_NUMBERS: Final = {
    **{word: n for n, word in enumerate(_COUNTED, 1)},
    "a": 1,
    "an": 1,
    "a couple of": 2,
    "a few": 3,
}
_COUNT: Final = rf"(?P<count>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_MONTH: Final = rf"(?P<month>{'|'.join(_MONTHS)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of time.

    Attributes:
        start: its first moment.
        end: the first moment after it.
        words: how it was said.
    """

    start: datetime
    end: datetime
    words: str


def find_time(text: str, now: datetime) -> Span | None:
    """Return the time that `text` speaks of, seen from `now` (its time zone counts), or None.

    A month, season or weekday without a year is the last one that has begun before `now`.
    """
    for pattern, resolve in _RULES:
        match = pattern.search(text)
        if match:
            ends = resolve(match, now.replace(hour=0, minute=0, second=0, microsecond=0))
            if ends is not None and ends[0] < ends[1]:
                return Span(start=ends[0], end=ends[1], words=match[0])
    return None


_Ends = tuple[datetime, datetime] | None


def _date(match: re.Match[str], today: datetime) -> _Ends:
    month = _MONTHS.index(match["month"].lower()) + 1
    year = int(match["year"]) if match["year"] else today.year
    try:
        start = today.replace(year=year, month=month, day=int(match["day"]))
        if not match["year"] and start > today:
            start = start.replace(year=year - 1)
    except ValueError:  # 30 February
        return None
    return start, start + timedelta(days=1)


def _month(match: re.Match[str], today: datetime) -> _Ends:
    month = _MONTHS.index(match["month"].lower()) + 1
    year = int(match["year"]) if match["year"] else today.year - (month > today.month)
    start = today.replace(year=year, month=month, day=1)
    return start, add_months(start, 1)


def _season(match: re.Match[str], today: datetime) -> _Ends:
    start = today.replace(month=_SEASONS[match["season"].lower()], day=1)
    if match["year"]:
        start = start.replace(year=int(match["year"]))
    else:
        ended = add_months(start, 3) <= today
        if start > today or (match["last"] and not ended):
            start = start.replace(year=start.year - 1)
    return start, add_months(start, 3)


def _ago(match: re.Match[str], today: datetime) -> _Ends:
    count = int(match["count"]) if match["count"].isdigit() else _NUMBERS[match["count"].lower()]
    match match["unit"].lower():
        case "day":
            start = today - timedelta(days=count)
            return start, start + timedelta(days=1)
        case "week":
            start = _monday(today) - timedelta(weeks=count)
            return start, start + timedelta(weeks=1)
        case "month":
            start = add_months(today.replace(day=1), -count)
            return start, add_months(start, 1)
        case _:
            start = today.replace(year=today.year - count, month=1, day=1)
            return start, start.replace(year=start.year + 1)


def _last(match: re.Match[str], today: datetime) -> _Ends:
    back = 1 if match["which"].lower() in ("last", "previous") else 0
    match match["unit"].lower():
        case "night":
            return today - timedelta(hours=6 * back), today + timedelta(hours=6)
        case "week":
            start = _monday(today) - timedelta(weeks=back)
            return start, start + timedelta(weeks=1)
        case "weekend":
            start = _monday(today) - timedelta(days=2) if back else _monday(today) + timedelta(days=5)
            return start, start + timedelta(days=2)
        case "month":
            start = add_months(today.replace(day=1), -back)
            return start, add_months(start, 1)
        case _:
            start = today.replace(year=today.year - back, month=1, day=1)
            return start, start.replace(year=start.year + 1)


def _weekday(match: re.Match[str], today: datetime) -> _Ends:
    back = (today.weekday() - _DAYS.index(match["day"].lower())) % 7 or 7
    start = today - timedelta(days=back)
    return start, start + timedelta(days=1)


def _near(match: re.Match[str], today: datetime) -> _Ends:
    match match[0].lower():
        case "yesterday":
            return today - timedelta(days=1), today
        case "the day before yesterday":
            return today - timedelta(days=2), today - timedelta(days=1)
        case _:
            return today, today + timedelta(days=1)


def _year(match: re.Match[str], today: datetime) -> _Ends:
    start = today.replace(year=int(match["year"]), month=1, day=1)
    return start, start.replace(year=start.year + 1)


_YEAR: Final = r"(?P<year>(?:19|20)\d\d)"
_RULES: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], datetime], _Ends]], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), resolve)
    for pattern, resolve in (
        (rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? {_YEAR})?\b", _date),
        (rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? {_YEAR})?\b", _date),
        (rf"\b{_COUNT} (?P<unit>day|week|month|year)s? ago\b", _ago),
        (r"\b(?P<which>last|previous|this) (?P<unit>night|weekend|week|month|year)\b", _last),
        (
            rf"\b(?:(?P<last>last) )?(?P<season>{'|'.join(_SEASONS)})(?: (?:of )?{_YEAR})?\b(?! (?:in|on|off|for)\b)",
            _season,
        ),
        (rf"\b(?:last |on )(?P<day>{'|'.join(_DAYS)})\b", _weekday),
        (rf"\b(?:in|since|during|last|early|late|mid) {_MONTH}(?:,? (?:of )?{_YEAR})?\b", _month),
        (rf"\b{_MONTH},? (?:of )?{_YEAR}\b", _month),
        (r"\bthe day before yesterday\b|\byesterday\b|\btoday\b", _near),
        (rf"\b(?:in|during|of|since) {_YEAR}\b", _year),
    )
)


def add_months(day: datetime, months: int) -> datetime:
    """Return the first of the month that lies `months` after the month of `day` (a first of a month)."""
    count = day.year * 12 + day.month - 1 + months
    return day.replace(year=count // 12, month=count % 12 + 1, day=1)


def _monday(day: datetime) -> datetime:
    return day - timedelta(days=day.weekday())
