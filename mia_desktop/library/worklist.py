"""What the user wants done to models: one thing after the other, beside the window."""

import dataclasses
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from mia_desktop.core.clock import Clock, SystemClock
from mia_desktop.core.errors import CancelledError, MiaError, ModelDamagedError
from mia_desktop.core.worker import explain
from mia_desktop.library.progress import Progress
from mia_desktop.library.store import Store
from mia_desktop.library.tally import Standing, Tally

Deed = Literal["fetch", "verify", "remove", "add", "clear"]
Phase = Literal["queued", "running", "paused", "failed", "done", "dropped"]

_TELL_EVERY_S: Final = 0.1
_END_S: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Something that is to be done to a model, and how far it is.

    Attributes:
        deed: what; "clear" deletes what a fetch has left.
        model: the model's name; while it is added, that of its file.
        phase: where it is; "dropped" means that the user no longer wants it.
        standing: how far a running one is, or how far a paused one was.
        sentence: why it failed, else empty.
        path: what is added, else None.
    """

    deed: Deed
    model: str
    phase: Phase = "queued"
    standing: Standing | None = None
    sentence: str = ""
    path: Path | None = None

    @property
    def open(self) -> bool:
        """Whether it waits or runs."""
        return self.phase in ("queued", "running")


class Worklist:
    """Does errands in a thread of its own, in the order in which they came; each model has at most one.

    Args:
        store_of: opens the store; called in that thread, before each errand, so that its catalogue is fresh.
        tell: hears of every change, in any thread; of progress ten times a second.
        clock: tells how fast it goes.
    """

    def __init__(
        self, store_of: Callable[[], Store], tell: Callable[[Errand], None], clock: Clock | None = None
    ) -> None:
        self._store_of = store_of
        self._tell = tell
        self._clock = clock or SystemClock()
        self._lock = threading.Lock()
        self._errands: dict[str, Errand] = {}
        self._wanted: Phase = "paused"
        self._cancel = threading.Event()
        self._thread: threading.Thread | None = None
        self._closed = False

    def errand(self, model: str) -> Errand | None:
        """Return what is or was last done to a model."""
        return self._errands.get(model)

    def errands(self) -> list[Errand]:
        """Return all that waits, runs, is paused or failed."""
        with self._lock:
            return [one for one in self._errands.values() if one.phase not in ("done", "dropped")]

    @property
    def busy(self) -> bool:
        """Whether anything waits or runs."""
        with self._lock:
            return any(one.open for one in self._errands.values())

    def want(self, deed: Deed, model: str, path: Path | None = None) -> None:
        """Queue an errand; nothing when the model has one that waits or runs."""
        before = self._errands.get(model)
        if self._closed or (before is not None and before.open):
            return
        standing = before.standing if before is not None and before.phase == "paused" else None
        self._change(Errand(deed=deed, model=model, standing=standing, path=path), at_the_end=True)
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="mia-worklist", daemon=True)
                self._thread.start()

    def resume(self, model: str) -> None:
        """Go on with an errand that is paused, or try one again that failed."""
        errand = self._errands.get(model)
        if errand is not None and errand.phase in ("paused", "failed"):
            self.want(errand.deed, model, errand.path)

    def pause(self, model: str) -> None:
        """Hold an errand; what was fetched is kept."""
        self._stop(model, "paused")

    def drop(self, model: str) -> None:
        """Give an errand up; what was fetched of the model is deleted, unless the errand failed by itself."""
        self._stop(model, "dropped")

    def close(self) -> None:
        """Stop; what was fetched is kept. Returns within a second."""
        self._closed = True
        with self._lock:
            thread = self._thread
        self._cancel.set()
        if thread is not None:
            thread.join(_END_S)

    def _stop(self, model: str, phase: Phase) -> None:
        with self._lock:
            errand = self._errands.get(model)
            if errand is None or errand.phase in ("done", "dropped"):
                return
            if errand.phase == "running":
                self._wanted = phase
                self._cancel.set()
                return
        if phase == "dropped" and errand.deed == "fetch" and errand.phase != "failed":
            # What is on the disk goes in the one thread that touches it.
            self._change(dataclasses.replace(errand, phase="dropped"))
            self.want("clear", model)
        else:
            self._change(dataclasses.replace(errand, phase=phase))

    def _run(self) -> None:
        while True:
            with self._lock:
                errand = next((one for one in self._errands.values() if one.phase == "queued"), None)
                if errand is None or self._closed:
                    self._thread = None
                    return
                self._cancel.clear()
                self._wanted = "paused"
                errand = self._errands[errand.model] = dataclasses.replace(errand, phase="running")
            self._tell(errand)
            self._change(self._done(errand))

    def _done(self, errand: Errand) -> Errand:
        """Do an errand and return how it ended."""
        try:
            self._do(errand)
        except CancelledError:
            errand = self._errands[errand.model]
            if self._wanted == "dropped" and errand.deed == "fetch":
                try:
                    self._store_of().drop_kept(errand.model)
                except MiaError as error:
                    return dataclasses.replace(errand, phase="failed", sentence=str(error))
            return dataclasses.replace(errand, phase=self._wanted)
        except (MiaError, OSError, RuntimeError, ValueError, ImportError, MemoryError) as error:
            return dataclasses.replace(self._errands[errand.model], phase="failed", sentence=str(explain(error)))
        return dataclasses.replace(errand, phase="done")

    def _do(self, errand: Errand) -> None:
        store = self._store_of()
        if errand.deed == "add":
            assert errand.path is not None
            store.add(errand.path, progress=self._follow(errand, None), cancel=self._cancel)
        elif errand.deed == "fetch":
            store.pull(errand.model, self._follow(errand, Tally(store.catalog[errand.model])), self._cancel)
        elif errand.deed == "verify":
            follow = self._follow(errand, Tally(store.catalog[errand.model]))
            damaged = store.verify(errand.model, follow, self._cancel)
            if damaged:
                raise ModelDamagedError(f"Missing or damaged: {', '.join(damaged)}. Fetch the model again.")
        elif errand.deed == "clear":
            store.drop_kept(errand.model)
        else:
            store.remove(errand.model)

    def _follow(self, errand: Errand, tally: Tally | None) -> Callable[[Progress], None]:
        told_s = -_TELL_EVERY_S

        def report(progress: Progress) -> None:
            nonlocal told_s
            now_s = self._clock.now_s()
            if tally is not None:
                standing = tally.hear(progress, now_s)
            else:
                standing = Standing(
                    stage=progress.stage, done_bytes=progress.done_bytes, total_bytes=progress.total_bytes
                )
            if now_s - told_s >= _TELL_EVERY_S:
                told_s = now_s
                self._change(dataclasses.replace(errand, standing=standing))

        return report

    def _change(self, errand: Errand, *, at_the_end: bool = False) -> None:
        with self._lock:
            if at_the_end:
                self._errands.pop(errand.model, None)
            self._errands[errand.model] = errand
        self._tell(errand)
