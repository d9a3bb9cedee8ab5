"""Short ways to say what was said."""

from datetime import datetime, timedelta
from typing import Any

from mia_desktop.core.memories import Experience
from tests.memory.conftest import NOW


def told(text: str, *, days_ago: float = 1, speaker: str = "Anna", **more: Any) -> Experience:
    at: datetime = NOW - timedelta(days=days_ago)
    return Experience(text=text, at=at, speaker=speaker, **more)
