"""How amounts of money and of physical quantities are said in English. Pure."""

import re
from collections.abc import Callable

_Match = re.Match[str]

NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
"""Regular expression of a number as it is written in English."""

_MONEY = {
    "$": ("dollar", "dollars", "cent", "cents"),
    "€": ("euro", "euros", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"),
    "¥": ("yen", "yen", "sen", "sen"),
    "₹": ("rupee", "rupees", "paisa", "paise"),
}
_CODES = {"USD": "US dollars", "EUR": "euros", "GBP": "pounds", "JPY": "yen", "CHF": "Swiss francs"}
_SCALES = {"k": "thousand", "K": "thousand", "m": "million", "M": "million", "mn": "million", "bn": "billion"}
_SCALES |= {"b": "billion", "B": "billion", "tn": "trillion", "T": "trillion"}

# Metres and litres are spelled as the starter voice, an American, learnt them.
_UNITS = {
    "km": "kilometer",
    "m": "meter",
    "cm": "centimeter",
    "mm": "millimeter",
    "µm": "micrometer",
    "μm": "micrometer",
    "nm": "nanometer",
    "mi": "mile",
    "yd": "yard",
    "ft": "foot",
    "kg": "kilogram",
    "g": "gram",
    "mg": "milligram",
    "µg": "microgram",
    "μg": "microgram",
    "lb": "pound",
    "lbs": "pound",
    "oz": "ounce",
    "mph": "mile per hour",
    "°C": "degree Celsius",
    "℃": "degree Celsius",
    "°F": "degree Fahrenheit",
    "kB": "kilobyte",
    "KB": "kilobyte",
    "MB": "megabyte",
    "GB": "gigabyte",
    "TB": "terabyte",
    "PB": "petabyte",
    "KiB": "kibibyte",
    "MiB": "mebibyte",
    "GiB": "gibibyte",
    "Kbps": "kilobit per second",
    "kbps": "kilobit per second",
    "Mbps": "megabit per second",
    "Gbps": "gigabit per second",
    "Mbit": "megabit",
    "Gbit": "gigabit",
    "h": "hour",
    "hr": "hour",
    "hrs": "hour",
    "min": "minute",
    "mins": "minute",
    "s": "second",
    "sec": "second",
    "secs": "second",
    "ms": "millisecond",
    "µs": "microsecond",
    "μs": "microsecond",
    "ns": "nanosecond",
    "W": "watt",
    "kW": "kilowatt",
    "MW": "megawatt",
    "GW": "gigawatt",
    "Wh": "watt hour",
    "kWh": "kilowatt hour",
    "MWh": "megawatt hour",
    "V": "volt",
    "kV": "kilovolt",
    "mV": "millivolt",
    "mA": "milliampere",
    "mAh": "milliampere hour",
    "L": "liter",
    "l": "liter",
    "ml": "milliliter",
    "mL": "milliliter",
    "cl": "centiliter",
    "dl": "deciliter",
    "gal": "gallon",
    "ha": "hectare",
    "m²": "square meter",
    "m2": "square meter",
    "cm²": "square centimeter",
    "km²": "square kilometer",
    "km2": "square kilometer",
    "m³": "cubic meter",
    "m3": "cubic meter",
    "cm³": "cubic centimeter",
    "s²": "second squared",
    "kcal": "kilocalorie",
    "kJ": "kilojoule",
    "Pa": "pascal",
    "hPa": "hectopascal",
    "kPa": "kilopascal",
    "px": "pixel",
    "tsp": "teaspoon",
    "tbsp": "tablespoon",
    "dB": "decibel",
    "year": "year",
    "yr": "year",
    "month": "month",
    "week": "week",
    "day": "day",
    "hour": "hour",
    "minute": "minute",
    "second": "second",
    "person": "person",
}
_ONLY_AFTER_PER = {"year", "yr", "month", "week", "day", "hour", "minute", "second", "person"}


def _any(words: object) -> str:
    return "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))  # type: ignore[call-overload]


def _plural(name: str, number: str) -> str:
    if number == "1":
        return name
    head, per, rest = name.partition(" per ")
    first, _, second = head.partition(" ")
    if first in ("degree", "second") and second:
        head = f"{first}s {second}"
    else:
        head = head[: -len("foot")] + "feet" if head.endswith("foot") else f"{head}s"
    return head + per + rest


def _quantity(match: _Match) -> str:
    number, joint, unit, under = match.groups()
    name = _UNITS[unit]
    said = name if joint == "-" else _plural(name, number)
    return f"{number} {said}" + (f" per {_UNITS[under]}" if under else "")


def _money(match: _Match) -> str:
    sign, number, scale = match.groups()
    return _amount(sign, number, scale)


def _money_after(match: _Match) -> str:
    number, scale, sign = match.groups()
    return _amount(sign, number, scale)


def _amount(sign: str, number: str, scale: str | None) -> str:
    one, many, small, smalls = _MONEY[sign]
    if scale:
        return f"{number} {_SCALES.get(scale, scale)} {many}"
    whole, _, part = number.partition(".")
    if len(part) != 2:
        return f"{number} {one if number == '1' else many}"
    cents = int(part)
    said = [f"{whole} {one if whole == '1' else many}"] if int(whole.replace(",", "")) or not cents else []
    if cents:
        said.append(f"{cents} {small if cents == 1 else smalls}")
    return " and ".join(said)


_SCALE = r"(k|K|m|M|mn|bn|b|B|tn|T|thousand|million|billion|trillion)"
_SIGNS = "[" + "".join(_MONEY) + "]"
_AFTER_NUMBERS = _any(set(_UNITS) - _ONLY_AFTER_PER)

RULES: tuple[tuple[str, str | Callable[[_Match], str]], ...] = (
    (rf"(?:\bUS|\bA|\bC)?({_SIGNS})\s?({NUMBER})(?:\s?{_SCALE}(?!\w))?", _money),
    (rf"(?<![\w.,])({NUMBER})(?:\s?{_SCALE})?\s?({_SIGNS})(?!\d)", _money_after),
    (rf"(?<=\d) ?({_any(_CODES)})\b", lambda match: " " + _CODES[match[1]]),
    (
        rf"\b(dollars?|cents?|euros?|pounds?|pence|yen|rupees?)\s?/\s?({_any(_UNITS)})(?!\w)",
        lambda match: f"{match[1]} per {_UNITS[match[2]]}",
    ),
    (r"\b(dollars?|cents?|euros?|pounds?|pence|yen|rupees?)\s?/\s?(?=[a-z])", r"\1 per "),
    (r"(?<=\d)['′]\s?(\d{1,2})(?:[\"″]|'')", r" foot \1"),
    (rf"(?<![\w.,])({NUMBER})([ -]?)({_AFTER_NUMBERS})(?:/({_any(_UNITS)}))?(?![\w°]|/\w)", _quantity),
)
"""Patterns and what is said for them, in the order in which they apply."""
