import pytest

from mia_desktop.security.pii import labels, masked

FOUND = [
    ("Write to anna.berg+x@mail.example.org, please.", "e-mail", "anna.berg+x@mail.example.org"),
    ("My card is 4111 1111 1111 1111.", "card", "4111 1111 1111 1111"),
    ("Pay with 5555-5555-5555-4444 today", "card", "5555-5555-5555-4444"),
    ("378282246310005 is an old test number", "card", "378282246310005"),
    ("IBAN DE89 3704 0044 0532 0130 00 is mine", "IBAN", "DE89 3704 0044 0532 0130 00"),
    ("Send it to GB29NWBK60161331926819!", "IBAN", "GB29NWBK60161331926819"),
    ("Call +49 30 901820 tomorrow", "phone", "+49 30 901820"),
    ("reach me under 0490 75 40 81", "phone", "0490 75 40 81"),
    ("mein Anschluss: (37) 788-063", "phone", "(37) 788-063"),
    ("on a card of twelve digits, 630427373398", "card", "630427373398"),
    ("to gb29nwbk60161331926819", "IBAN", "gb29nwbk60161331926819"),
    ("my number is (650) 253-0000", "phone", "(650) 253-0000"),
    ("the router is 192.168.178.1", "IP address", "192.168.178.1"),
    ("it answers on 2001:db8::8a2e:370:7334 only", "IP address", "2001:db8::8a2e:370:7334"),
    ("SSN 536-90-4399", "social security number", "536-90-4399"),
]
NOTHING = [
    "The meeting is on 2026-11-24 at 10:30.",
    "4111 1111 1111 1112 fails its check digit.",
    "DE89 3704 0044 0532 0130 02 does too.",
    "Version 1.2.3 has 1,234,567 lines and 12345 tests.",
    "Order 1234567 at 3:45, table 12.",
    "It cost 1,299.00 dollars in 2019.",
    "The ratio was 16:9:4, or so.",
    "pi is 3.14159265358979",
    "They counted 1.234.567 of them on 24.11.2026.",
]


@pytest.mark.parametrize(("text", "kind", "data"), FOUND)
def test_personal_data_is_found_where_it_is(text: str, kind: str, data: str) -> None:
    (one,) = labels(text)
    assert (one.kind, text[one.start : one.end]) == (kind, data)


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert labels(text) == []


def test_masking_keeps_the_rest() -> None:
    text = "Anna: anna@example.org or +49 30 901820, IBAN GB29 NWBK 6016 1331 9268 19."
    assert masked(text) == "Anna: [e-mail] or [phone], IBAN [IBAN]."
    assert masked("Nothing here.") == "Nothing here."
