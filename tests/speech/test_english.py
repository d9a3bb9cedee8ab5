"""What is read aloud, against a table. What espeak makes of it was read through, phoneme by phoneme."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from piper.phonemize_espeak import EspeakPhonemizer

from mia_desktop.language.output_format import SentenceCutter
from mia_desktop.speech.spoken_text import spoken

SAID = [
    ("100th and 21st and 1,000th", "one hundredth and twenty-first and one thousandth"),
    ("in 1999", "in nineteen ninety-nine"),
    ("born in 1805, died 1900", "born in eighteen oh-five, died nineteen hundred"),
    ("by 2026", "by twenty twenty-six"),
    ("mid-2020", "mid twenty twenty"),
    ("the 1990s and the '80s", "the nineteen nineties and the 'eighties"),
    ("2000s", "two thousands"),
    ("at 7:05 pm", "at 7 oh 5 pm"),
    ("at 7:00", "at 7 o'clock"),
    ("at 7:00 am.", "at 7 am."),
    ("at 10:30 a.m. today", "at 10 30 am today"),
    ("14:00", "14 hundred"),
    ("09:15", "9 15"),
    ("10:30:15", "10 30 and 15 seconds"),
    ("16:9", "16 to 9"),
    ("3:2", "3 to 2"),
    ("2026-11-23", "November twenty-third, twenty twenty-six"),
    ("11/23/2026", "November twenty-third, twenty twenty-six"),
    ("23/11/2026", "November twenty-third, twenty twenty-six"),
    ("3/4", "3 quarters"),
    ("2/3 cup", "2 thirds cup"),
    ("1 1/2 cups", "1 and a half cups"),
    ("1½ cups", "1 and a half cups"),
    ("8/10", "8 out of 10"),
    ("24/7", "24 7"),
    ("11/23", "11 over 23"),
    ("$5.20", "5 dollars and 20 cents"),
    ("$1", "1 dollar"),
    ("$0.99", "99 cents"),
    ("$1,234.56", "1,234 dollars and 56 cents"),
    ("$5.00", "5 dollars"),
    ("$1.5 million", "1.5 million dollars"),
    ("€1m", "1 million euros"),
    ("£3bn", "3 billion pounds"),
    ("5€", "5 euros"),
    ("-$5", "minus 5 dollars"),
    ("$5-10", "5 to 10 dollars"),
    ("$5–$10", "5 to 10 dollars"),
    ("$20/month", "20 dollars per month"),
    ("20 EUR", "20 euros"),
    ("US$5", "5 dollars"),
    ("5 km", "5 kilometers"),
    ("1 km", "1 kilometer"),
    ("60 km/h", "60 kilometers per hour"),
    ("9.8 m/s²", "9.8 meters per second squared"),
    ("20 °C", "20 degrees Celsius"),
    ("20°C", "20 degrees Celsius"),
    ("-5°F", "minus 5 degrees Fahrenheit"),
    ("3 kg", "3 kilograms"),
    ("16 GB", "16 gigabytes"),
    ("100 ms", "100 milliseconds"),
    ("1h 30min", "1 hour 30 minutes"),
    ("5 lbs", "5 pounds"),
    ("6 ft", "6 feet"),
    ("5'10\"", "5 foot 10"),
    ("5 mph", "5 miles per hour"),
    ("5 m²", "5 square meters"),
    ("22.5 kWh", "22.5 kilowatt hours"),
    ("5-km run", "5 kilometer run"),
    ("100 Mbps", "100 megabits per second"),
    ("3-5", "3 to 5"),
    ("3–5 days", "3 to 5 days"),
    ("10-20 %", "10 to 20 %"),
    ("pages 10–20", "pages 10 to 20"),
    ("2019–2021", "twenty nineteen to twenty twenty-one"),
    ("10:30-11:00", "10 30 to 11 o'clock"),
    ("9am–5pm", "9 am to 5 pm"),
    ("5 - 3 = 2", "5 minus 3 = 2"),
    ("3 - 5", "3 to 5"),
    ("555-1234", "5 5 5, 1 2 3 4"),
    ("+1 555 123 4567", "plus 1, 5 5 5, 1 2 3, 4 5 6 7"),
    ("(555) 123-4567", "5 5 5, 1 2 3, 4 5 6 7"),
    ("555-123-4567", "5 5 5, 1 2 3, 4 5 6 7"),
    ("+44 20 7946 0958", "plus 4 4, 2 0, 7 9 4 6, 0 9 5 8"),
    ("07700900123", "0 7 7 0 0 9 0 0 1 2 3"),
    ("i.e. that", "that is that"),
    ("Dr. Smith vs. Mr. Jones", "Doctor Smith versus Mister Jones"),
    ("apples etc.", "apples etcetera."),
    ("apples, etc. and", "apples, etcetera and"),
    ("St. Louis", "Saint Louis"),
    ("Ph.D. student", "PhD student"),
    ("Jan. 5", "January fifth"),
    ("May 5, 2024", "May fifth, twenty twenty-four"),
    ("5 May 2024", "the fifth of May twenty twenty-four"),
    ("the 5th of May", "the fifth of May"),
    ("on November 23rd", "on November twenty-third"),
    ("Dec 24-26", "December twenty-fourth to twenty-sixth"),
    ("No. 5", "number 5"),
    ("Fig. 2", "figure 2"),
    ("#1", "number 1"),
    ("C# and F#", "C sharp and F sharp"),
    ("CO2", "C O 2"),
    ("World War II", "World War 2"),
    ("Henry VIII", "Henry the eighth"),
    ("Elizabeth II", "Elizabeth the second"),
    ("Charles V", "Charles the fifth"),
    ("Rocky IV", "Rocky 4"),
    ("and/or", "and or"),
    ("I/O", "I O"),
    ("input/output", "input or output"),
    ("x^2 + y^2 = z^2", "x squared + y squared = z squared"),
    ("10^6", "10 to the power of 6"),
    ("x < 3", "x less than 3"),
    ("x >= 3", "x greater than or equal to 3"),
    ("a -> b", "a to b"),
    ("~5 km", "about 5 kilometers"),
    ("1920x1080", "1920 by 1080"),
    ("3 x 4", "3 by 4"),
    ("1.5x", "1.5 times"),
    ("6 / 2", "6 divided by 2"),
    ("2*3*4", "2 × 3 × 4"),
    ("5 * 3", "5 × 3"),
    ("192.168.0.1", "192 dot 168 dot 0 dot 1"),
    ("www.example.org", "example.org"),
    ("Wait... what", "Wait, what"),
    ("Well… yes.", "Well, yes."),
    ("one - two", "one, two"),
    ("[[a]] b", "a b"),
    ("<b>bold</b>", "bold"),
    ("Hello :)", "Hello"),
    ("In 1 Corinthians 3:16", "In 1 Corinthians 3 16"),
    ("The year 1066", "The year ten sixty-six"),
    ("A 1-2 punch", "A 1 to 2 punch"),
    ("ISBN 978-3-16-148410-0", "ISBN 9 7 8, 3, 1 6, 1 4 8 4 1 0, 0"),
    ("12345-6789", "12345 to 6789"),
    ("2024-25", "twenty twenty-four to 25"),
    ("The 1990s and the '80s.", "The nineteen nineties and the 'eighties."),
    ("from the 2000s", "from the two thousands"),
    ("It was 1999 in Rome.", "It was nineteen ninety-nine in Rome."),
    ("the 80s", "the eighties"),
    ("80s", "80 seconds"),
    ("a 3–5 km walk", "a 3 to 5 kilometers walk"),
    ("$2.50/kg", "2 dollars and 50 cents per kilogram"),
    ("-40 °C = -40 °F", "minus 40 degrees Celsius = minus 40 degrees Fahrenheit"),
    ("ca. 1850", "circa eighteen fifty"),
    ("1500 km", "1500 kilometers"),
    ("E = mc²", "E = mc squared"),
    ("Mrs. Brown", "Missus Brown"),
    ("10:30 PM", "10 30 pm"),
    ("at 7:00 a.m.", "at 7 am."),
]
LEFT = [
    "It was 2005.",
    "1234 people",
    "1500 people",
    "2048 bytes",
    "2.4 GHz",
    "e.g. this",
    "No. I won't.",
    "Malcolm X",
    "v1.2.3",
    "Python 3.12",
    "me@example.org",
    "GPT-4",
    "COVID-19",
    "H2O",
    "50% off",
    "5G and 4K",
    'the "top 10"',
    "10 in a row",
    "I have 5 A grades",
    "room 101",
    "Boeing 747",
    "Route 66",
    "Version 2.0",
    "1e6",
]


@pytest.mark.parametrize(("written", "said"), SAID)
def test_what_the_phonemizer_would_misread_is_spelled(written: str, said: str) -> None:
    assert spoken(written) == said


@pytest.mark.parametrize("written", LEFT)
def test_what_it_reads_well_is_left_alone(written: str) -> None:
    assert spoken(written) == written


def test_other_languages_are_left_to_the_phonemizer() -> None:
    assert spoken("Am 5. Mai 1999 kostete es **5,20 €**.", "de") == "Am 5. Mai 1999 kostete es 5,20 €."


def test_nothing_said_is_broken_into_sentences_by_the_phonemizer() -> None:
    phonemizer = EspeakPhonemizer()
    broken = [said for _, said in SAID if len(phonemizer.phonemize("en-us", f"It was {said} then")) != 1]
    assert broken == []


def test_symbols_are_not_read_by_name() -> None:
    phonemizer = EspeakPhonemizer()
    said = " ".join("".join(one) for _, text in SAID for one in phonemizer.phonemize("en-us", text))
    for word in ("slˈæʃ", "dˈæʃ", "hˈæʃ", "ˈæstɚɹˌɪsk", "kˈoʊlən", "tˈɪldə", "ɹˌoʊmən", "ˈæɹoʊ"):
        assert word not in said


@pytest.mark.parametrize("before", ["It is well known that", "We said", "The answer to it is, well,", "As"])
def test_cutting_a_reply_breaks_no_rule(before: str) -> None:
    broken = []
    for written in (one for one, _ in SAID if "..." not in one and "…" not in one):
        reply = f"{before} {written} and so it went on for a very long time."
        cutter = SentenceCutter()
        pieces = [text for text, _ in cutter.feed(reply)]
        said = " ".join(filter(None, map(spoken, [*pieces, cutter.rest()[0]])))
        if said.replace(". ", " ") != spoken(reply).replace(". ", " "):
            broken.append((pieces, said))
    assert broken == []


@given(st.text(alphabet="0123456789.,:/-–$€%°²³½ amkgCIVX'\"+<>=~#", max_size=60))
def test_any_jumble_of_signs_can_be_said(text: str) -> None:
    said = spoken(text)
    assert said == "" or any(c.isalnum() for c in said)
    assert len(said) < 40 * (len(text) + 1)
