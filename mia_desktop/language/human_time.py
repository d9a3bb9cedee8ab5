"""Times as people say them. Pure; English."""

from datetime import datetime, timedelta

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""Not the system's: what surrounds them is English whatever the system speaks."""
_WEEK_DAYS = 7
_MONTH_DAYS = 31


def when(at: datetime, now: datetime) -> str:
    """Return when `at` was, said at `now` (whose time zone counts): "this morning", "on Monday", "in March 2024"."""
    at = at.astimezone(now.tzinfo)
    days = (now.date() - at.date()).days
    if days < 0:
        return f"on {_date(at)} {at.year}"
    if days == 0:
        return _today(at, now)
    if days == 1:
        return "yesterday evening" if at.hour >= 18 else "yesterday"
    if days < _WEEK_DAYS:
        return f"on {_DAYS[at.weekday()]}"
    monday = now.date() - timedelta(days=now.weekday())
    if at.date() >= monday - timedelta(weeks=1):
        return "last week"
    if days < _MONTH_DAYS:
        return f"on {_date(at)}"
    months = (now.year - at.year) * 12 + now.month - at.month
    return f"in {_MONTHS[at.month - 1]}" + (f" {at.year}" if months >= 12 else "")


def exactly(at: datetime, now: datetime) -> str:
    """Return `at` to the minute, in the time zone of `now`: "3 March 2026 at 14:03"."""
    at = at.astimezone(now.tzinfo)
    return f"{_date(at)} {at.year} at {at:%H:%M}"


def date(at: datetime) -> str:
    """Return the date of `at`: "3 March 2026"."""
    return f"{_date(at)} {at.year}"


def _today(at: datetime, now: datetime) -> str:
    if now - at < timedelta(minutes=2):
        return "just now"
    if now - at < timedelta(hours=1):
        return f"{(now - at) // timedelta(minutes=1)} minutes ago"
    part = "tonight" if at.hour < 5 else "this morning" if at.hour < 12 else "this afternoon"
    return part if at.hour < 18 else "this evening"


def _date(at: datetime) -> str:
    return f"{at.day} {_MONTHS[at.month - 1]}"
