"""Whether a sentence can end here, as a language model sees it.

After the words heard so far, the model's next-token distribution holds how likely a full stop is. It costs nothing
where the words are read into the model anyway, and needs no model trained for it.
"""

import re
from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt

_ENDS = re.compile(r"\s*[.?!\n]")
_MARKS = " .,;:?!…-–—"


def words_only(text: str) -> str:
    """Return `text` without the marks at its end: the recogniser puts a full stop behind every breath."""
    return text.strip().rstrip(_MARKS)


class SentenceEnd:
    """The tokens of one model that end a sentence."""

    def __init__(self, vocabulary: int, piece: Callable[[int], str], end_of_message: Iterable[int]) -> None:
        """Ask `piece` for the text of each of `vocabulary` tokens; `end_of_message` are those that end a message."""
        ends = {token for token in range(vocabulary) if _ENDS.match(piece(token))}
        self._tokens = np.array(sorted(ends | set(end_of_message)), dtype=np.int64)

    def probability(self, logits: npt.NDArray[np.float32]) -> float:
        """Return the probability (0 to 1) of an end, from the next token's logits, shape (vocabulary,)."""
        shifted = np.exp(logits.astype(np.float64) - float(logits.max()))
        return float(shifted[self._tokens].sum() / shifted.sum())
