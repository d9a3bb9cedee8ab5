"""What is told of a turn, and when."""

from mia_desktop.core.bus import Bus
from mia_desktop.core.clock import SystemClock
from mia_desktop.core.events import Event, ReplyGrew, TurnFinished
from mia_desktop.engine.ledger import Ledger


def _ledger() -> tuple[Ledger, list[Event]]:
    told: list[Event] = []
    bus = Bus()
    bus.subscribe(told.append)
    return Ledger(bus, SystemClock()), told


def _texts(events: list[Event]) -> list[str]:
    return [event.text for event in events if isinstance(event, ReplyGrew)]


def test_what_a_guess_brought_is_told_in_order_before_anything_is_certain() -> None:
    bus, told = Bus(), []
    ledger = Ledger(bus, SystemClock())
    turn = ledger.open()
    bus.subscribe(lambda event: told.append((event.text, ledger.is_certain(turn, 2))))  # type: ignore[union-attr]
    ledger.revise(turn, 2)
    for text in ("It", "is", "red"):
        ledger.tell(turn, 2, ReplyGrew(turn=turn, text=text))
    assert told == []
    ledger.settle(turn)
    assert told == [("It", False), ("is", False), ("red", False)]
    ledger.tell(turn, 2, ReplyGrew(turn=turn, text="."))
    assert told[-1] == (".", True)


def test_what_was_guessed_for_words_that_were_not_all_is_never_told() -> None:
    ledger, told = _ledger()
    turn = ledger.open()
    ledger.revise(turn, 2)
    ledger.tell(turn, 2, ReplyGrew(turn=turn, text="old"))
    ledger.revise(turn, 4)
    ledger.tell(turn, 2, ReplyGrew(turn=turn, text="late"))
    ledger.tell(turn, 4, ReplyGrew(turn=turn, text="new"))
    ledger.settle(turn)
    assert _texts(told) == ["new"]


def test_nothing_is_told_of_a_turn_that_is_over() -> None:
    ledger, told = _ledger()
    turn = ledger.open()
    ledger.tell(turn, 0, ReplyGrew(turn=turn, text="guess"))
    ledger.cancel()
    ledger.settle(turn)
    ledger.tell(turn, 0, ReplyGrew(turn=turn, text="late"))
    assert [type(event) for event in told] == [TurnFinished]
