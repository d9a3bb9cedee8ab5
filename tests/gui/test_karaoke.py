import pytest

from mia_desktop.gui.karaoke import spoken_place


@pytest.mark.parametrize(
    ("source", "shown", "spoken", "on_screen"),
    [
        ("plain words here", "plain words here", "plain", "plain "),
        ("**Bold** and `code` here", "Bold and code here", "**Bold** and `code`", "Bold and code "),
        ("- one\n- two\n- three", "one\ntwo\nthree", "- one\n- two", "one\ntwo\n"),
        (
            "See [my bank](https://bank.example) now, please",
            "See my bank (https://bank.example) now, please",
            "See [my bank](https://bank.example) now,",
            "See my bank (https://bank.example) now, ",
        ),
        ("Fish &amp; chips today", "Fish & chips today", "Fish &amp; chips", "Fish & chips "),
    ],
)
def test_what_was_spoken_is_found_on_the_screen(source, shown, spoken, on_screen):
    assert shown[: spoken_place(source, shown, len(spoken))] == on_screen


def test_nothing_and_everything():
    assert spoken_place("# Title\n\ntext", "Title\ntext", 0) == 0
    assert spoken_place("# Title\n\ntext", "Title\ntext", 13) == len("Title\ntext")
