"""Procedural memory: how the user wants things done. Pure. Nothing is used before the user has confirmed it."""

import re
from typing import Final

_WISHES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:from now on|in future|in the future)[, ]+(?P<how>.+)",
        r"\b(?P<how>(?:please )?(?:always|never) \w+ .+)",
        r"\b(?P<how>(?:please )?(?:don't|do not|stop) \w+ing .+|(?:don't|do not) .+ (?:again|any ?more))",
        r"\b(?P<how>(?:please )?call me [\w' -]+)",
        r"\bI(?:'d| would)? (?:prefer|rather|want|like) (?:it if |that )?(?P<how>you (?:to |would )?.+)",
        r"\b(?P<how>(?:please )?(?:be|speak|answer|reply|talk|keep it|make it|use|say it) (?:more |less |in )?"
        r"(?:brief|short|shorter|slow|slower|faster|formal|informal|concise|detailed|celsius|fahrenheit|metric|\w+er)\b.*)",
    )
)


def proposed_procedure(correction: str) -> str | None:
    """Return how the user wants things done, as said in `correction`, or None when it says nothing of the kind.

    Only for the user's own words. A question proposes nothing.
    """
    said = correction.strip()
    if said.endswith("?"):
        return None
    for wish in _WISHES:
        match = wish.search(said)
        if match:
            return match["how"].strip().rstrip(".!").strip()
    return None
