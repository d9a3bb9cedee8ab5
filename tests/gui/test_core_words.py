"""What other rooms say to a user, the window says in its own words; where it does not, there is a reason."""

import ast
import re
from collections.abc import Iterator

import pytest

from mia_desktop.core.config import SETTINGS
from mia_desktop.core.paths import shipped
from mia_desktop.gui.core_words import INSTEAD, SENTENCES, reasons
from mia_desktop.gui.way_out import in_window
from mia_desktop.security.consent import USES

MIA = shipped("resources").parent / "mia_desktop"
OWN_WORDS = ("gui", "cli", "bench")
"""Rooms that say nothing through the window's translator: it translates its own, a terminal speaks English."""
SPOKEN = "she says it, and her voice speaks English"
AT_A_TERMINAL = "only a command of the terminal leads there"
MISTAKE = "only a mistake in the program leads there"
NEVER_SHOWN = {
    "engine/errands.py": SPOKEN,
    "engine/shown_before.py": SPOKEN,
    "language/prompts.py": "the language model reads it",
    "language/recollection.py": SPOKEN,
    "language/sights.py": SPOKEN,
    "library/fit.py": "the page of models has words of its own for it",
    "memory/chatgpt.py": AT_A_TERMINAL,
    "memory/locomo.py": AT_A_TERMINAL,
    "perception/description.py": SPOKEN,
    "security/retention.py": "the page of privacy knows the sources and classes that there are",
    "senses/screen.py": AT_A_TERMINAL,
    "speech/recorder.py": AT_A_TERMINAL,
}
"""Files whose sentences the window does not show as they are, and why."""
UNSEEN = {
    "'12' is no role. The roles are: 12.": AT_A_TERMINAL,
    "There is no pack '12'. The packs are: 12.": AT_A_TERMINAL,
    "MIA cannot see here. Open the window, or name pictures with --image.": AT_A_TERMINAL,
    "There is no use 12. Known are: 12.": "the page of privacy knows the uses that there are",
    "That is no attachment's id.": MISTAKE,
    "A transaction is open on this thread already.": MISTAKE,
    "The block decides where a transaction begins and ends, and where its files are.": MISTAKE,
    "This statement would write, and here it may only read.": MISTAKE,
    "This transaction has ended. Open another.": MISTAKE,
    "Ready for the 1st word.": "it is spoken to nobody, to warm the voice up",
}
"""Sentences that the window never shows, and why."""
HELP = {one.help for one in (*SETTINGS.values(), *USES.values())}
"""What settings and consents are for: of contexts of their own (see test_translation)."""
SENTENCE = re.compile(r"(?![A-Z]{3,} )[A-Z'1].* .*\w['`)]*[.?!]")
"""What is a sentence, and no statement to a database; `NAMED` stands where something is put in."""
NAMED = "12"


def test_what_core_says_is_german_in_a_german_window(german):
    assert {told: where for told, where in said().items() if english(told)} == {}


def test_what_is_said_of_a_picture_is_german_in_a_german_window(german):
    nodes = list(texts("senses/picture_decoder.py"))
    told = [one for one, node in nodes if re.match(r"(is|has|needs) ", one)]
    assert len(told) > 10
    assert [one for one in told if english(f"{NAMED}.png {one}.")] == []


def test_what_diagnostics_checks_is_german_in_a_german_window(german):
    looks = [one for one, _ in texts("engine/checkup.py") if one not in UNSEEN and re.search("[a-z]{3} |mia ", one)]
    assert len(looks) > 20
    assert [one for one in looks if english(one)] == []


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_window_names_neither_commands_nor_their_options(language, request):
    if language == "de":
        request.getfixturevalue("german")
    named = re.compile(r"`mia|--[a-z]|\bMIA_[A-Z]|mia config")
    assert [shown for told in said() if named.search(shown := in_window(told))] == []


def test_why_a_memory_came_to_mind_is_german(german):
    assert reasons("has your words, fits the time you ask about") == (
        "enthält deine Worte, passt zu der Zeit, nach der du fragst"
    )
    found = [one for one, _ in texts("memory/recall.py") if re.match(r"(has|was|is|said|fits|means|answers) ", one)]
    assert len(found) >= 7
    assert [one for one in found if reasons(one) == one] == []


def test_why_a_vault_is_in_doubt_is_german(german):
    told = [one for one, _ in texts("security/anchor.py") if re.match(r"(its|it|parts) ", one)]
    assert len(told) == 4
    assert [one for one in told if english(one)] == []


def test_what_stands_in_the_place_of_a_command_is_the_windows():
    assert [one for one in INSTEAD.values() if one not in SENTENCES] == []


def test_what_is_never_shown_is_there():
    assert [name for name in NEVER_SHOWN if not (MIA / name).is_file()] == []
    there = {told for file in MIA.glob("*/*.py") for told, _ in texts(file.relative_to(MIA).as_posix())}
    assert [told for told in UNSEEN if told not in there] == []


def english(told: str) -> list[str]:
    """Return what of it the window would show as it is."""
    shown = in_window(told)
    return [one for one in re.split(r"(?<=[.!?]) +", told) if one in shown and re.search("[a-z]{2} [a-z]{2}", one)]


def said() -> dict[str, str]:
    """Return the sentences of other rooms, and where they are said."""
    files = [file for file in MIA.glob("*/*.py") if file.parent.name not in OWN_WORDS]
    names = sorted(file.relative_to(MIA).as_posix() for file in files)
    return {
        told: f"{name}:{node.lineno}"
        for name in names
        if name not in NEVER_SHOWN
        for told, node in texts(name)
        if SENTENCE.fullmatch(told) and told not in HELP and told not in UNSEEN
    }


def texts(name: str) -> Iterator[tuple[str, ast.expr]]:
    """Yield the texts in a file that are no documentation."""
    tree = ast.parse((MIA / name).read_text("utf-8"))
    apart: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            apart.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            apart.update(node.values)
            apart.update(
                one.format_spec for one in node.values if isinstance(one, ast.FormattedValue) if one.format_spec
            )
    for node in ast.walk(tree):
        if node in apart:
            continue
        if isinstance(node, ast.JoinedStr):
            parts = (one.value if isinstance(one, ast.Constant) else NAMED for one in node.values)
            yield "".join(map(str, parts)), node
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, node
