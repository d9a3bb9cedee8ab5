"""How far a long operation is, and how it is stopped."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from mia_desktop.core.errors import CancelledError

Stage = Literal["waiting", "downloading", "assembling", "verifying", "done"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A moment of a fetch or a check.

    Attributes:
        model: name of the model.
        stage: what is being done; "waiting" means that another MIA fetches the same model.
        item: file or carrier that it is done to.
        done_bytes: how much of the item is done.
        total_bytes: size of the item, 0 when unknown.
    """

    model: str
    stage: Stage
    item: str = ""
    done_bytes: int = 0
    total_bytes: int = 0


Report = Callable[[Progress], None]


class Watch:
    """Passes progress of one model on and stops the work when the user wants so.

    Args:
        model: name of the model.
        report: who wants to know, or None.
        cancel: set by whoever wants it stopped, or None.
    """

    def __init__(self, model: str, report: Report | None = None, cancel: threading.Event | None = None) -> None:
        self.model = model
        self._report = report
        self._cancel = cancel or threading.Event()

    def tell(self, stage: Stage, item: str = "", done_bytes: int = 0, total_bytes: int = 0) -> None:
        """Report, and raise CancelledError when the work is to stop."""
        self.check()
        if self._report is not None:
            self._report(
                Progress(model=self.model, stage=stage, item=item, done_bytes=done_bytes, total_bytes=total_bytes)
            )

    def check(self) -> None:
        """Raise CancelledError when the work is to stop."""
        if self._cancel.is_set():
            raise CancelledError(f"Stopped. What was fetched of {self.model} is kept for the next time.")

    def pause(self, seconds: float) -> None:
        """Wait, but not past a cancel, which raises CancelledError."""
        self._cancel.wait(seconds)
        self.check()
