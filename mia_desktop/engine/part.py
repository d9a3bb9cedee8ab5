"""A model that may still be loading."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from mia_desktop.core.errors import MiaError, ModelError
from mia_desktop.core.worker import explain

T = TypeVar("T")


class Part(Generic[T]):
    """Holds what `load` makes; whoever needs it waits for it or gets the error that kept it from loading."""

    def __init__(self, load: Callable[[], T]) -> None:
        self._load = load
        self._loaded = threading.Event()
        self._value: T | None = None
        self._error: MiaError | None = None

    def load(self) -> T:
        """Load now; raises what kept it from loading."""
        try:
            self._value = self._load()
        except MiaError as error:
            self._error = error
            raise
        except (OSError, RuntimeError, ValueError, ImportError, MemoryError) as error:
            self._error = explain(error)
            raise self._error from error
        finally:
            self._loaded.set()
        return self._value

    def give_up(self) -> None:
        """Free everybody who waits: it will not be loaded any more."""
        if not self._loaded.is_set():
            self._error = ModelError("MIA is closing.")
            self._loaded.set()

    @property
    def loaded(self) -> bool:
        """Whether it can be used at once."""
        return self._value is not None

    def get(self) -> T:
        """Return it, waiting until it is loaded; raises the error that kept it from loading."""
        self._loaded.wait()
        if self._error is not None:
            raise self._error
        assert self._value is not None
        return self._value
