"""Ports: what the rooms need of each other, as protocols. Each has one contract suite under ``tests/contracts``."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from mia_desktop.core.conversations import ConversationInfo, KeptTurn
from mia_desktop.core.frames import CleanFrame, Speech
from mia_desktop.core.items import Hearing, Message
from mia_desktop.core.memories import Alike, Experience, Forgotten, Hit, Recollection, Selector
from mia_desktop.core.played import Played
from mia_desktop.core.ring import Samples
from mia_desktop.core.sights import Face, Label, Picture, Pixels, Sight, SightSource, TextLine

HEARING_RATE_HZ = 16_000
"""Sample rate of everything between the microphone and the audio encoder."""

Vectors = npt.NDArray[np.float32]
"""Vectors as rows: float32, shape (n, dimensions)."""


class SoundInput(Protocol):
    """A microphone: gives 16 kHz mono samples while it is open."""

    name: str

    def open(self) -> None:
        """Begin to listen. Raises DeviceError when there is no such device."""
        ...

    def read(self) -> Samples:
        """Return what has come since the last call (float32, shape (n,), maybe empty), without waiting.

        Raises DeviceError when the device died.
        """
        ...

    def heard_until_s(self) -> float:
        """Return the clock time at which the last sample that `read` returned was in the air."""
        ...

    def lost(self) -> int:
        """Return how many samples are missing because nobody read for seconds."""
        ...

    def xruns(self) -> int:
        """Return how often the device itself dropped samples."""
        ...

    def close(self) -> None:
        """Let the device go. Closing twice is fine."""
        ...


class SoundOutput(Protocol):
    """A speaker: plays mono samples in order and knows how far it got."""

    name: str

    @property
    def played(self) -> Played:
        """What it put into the air lately; the same object however often it is opened."""
        ...

    def open(self) -> None:
        """Make ready to play. Raises DeviceError when there is no such device."""
        ...

    def write(self, samples: Samples, sample_rate_hz: int, *, last: bool = False) -> int:
        """Queue as many of `samples` as there is room for, without waiting; return how many were taken.

        `last` says that speech ends with them, so that nothing is held back for what would follow.
        """
        ...

    def pending_s(self) -> float:
        """Return how much of what was queued has not been heard, seconds. Raises DeviceError when the device died."""
        ...

    def flush(self) -> float:
        """Be silent at once, drop what was queued and return how much of it will not be heard, seconds."""
        ...

    def pause(self) -> None:
        """Be silent at once and keep what was not heard."""
        ...

    def resume(self) -> None:
        """Go on where `pause` stopped."""
        ...

    def set_gain(self, gain: float) -> None:
        """Play what is not in the device yet at `gain` (0 to 1), without a click."""
        ...

    def xruns(self) -> int:
        """Return how often the device ran dry because the program was late."""
        ...

    def close(self) -> None:
        """Let the device go. Closing twice is fine."""
        ...


class EchoCanceller(Protocol):
    """Takes out of what the microphone hears what the speaker plays."""

    active: bool
    """Whether it takes anything out."""

    def clean(self, captured: Samples, until_s: float) -> CleanFrame:
        """Return `captured` (float32, 16 kHz, shape (n,)) without echo, in whole blocks of 10 ms.

        What is left over of a block comes with the next call. `until_s` is the clock time at which the last of the
        samples was in the air.
        """
        ...

    def let_pass(self, captured: Samples, until_s: float) -> Samples:
        """Return `captured` as it is, in whole blocks; for when nothing is played that could be in it.

        It costs next to nothing and keeps what was learned of the room. The arguments are those of `clean`.
        """
        ...

    def held_back(self) -> Samples:
        """Return what was captured and has not come out of `clean` yet, as it came: under 20 ms."""
        ...

    def reset(self) -> None:
        """Forget the room and what is left over."""
        ...


class VoiceDetector(Protocol):
    """Tells speech from everything else, block by block."""

    block_samples: int

    def probability(self, block: Samples) -> float:
        """Return the probability (0 to 1) that `block` (float32, `block_samples` at 16 kHz) holds speech."""
        ...

    def reset(self) -> None:
        """Forget the blocks heard so far."""
        ...


class TurnDetector(Protocol):
    """Tells a finished turn from a pause for thought."""

    model: str

    def probability(self, samples: Samples) -> float:
        """Return the probability (0 to 1) that the turn in `samples` is complete.

        `samples` is all of the turn so far (float32, 16 kHz, mono, in [-1, 1]), the pause after it included.
        """
        ...


class AudioEncoder(Protocol):
    """Turns speech into text."""

    model: str

    def transcribe(self, samples: Samples, language: str | None, *, quick: bool = False) -> Hearing:
        """Return what is said in `samples` (float32, 16 kHz, mono); `language` None means: find out.

        `quick` asks for a first idea, for less work; asked again for the same array, the encoder goes on from there.
        """
        ...


class LanguageModel(Protocol):
    """Continues a conversation."""

    model: str
    context_tokens: int

    def count_tokens(self, text: str) -> int:
        """Return how many tokens `text` has."""
        ...

    def read(self, messages: Sequence[Message]) -> float:
        """Read `messages`, of which the last may be unfinished or empty; a prompt beginning with them starts sooner.

        Return the probability (0 to 1) that a sentence ends after the last message's text.
        """
        ...

    def reply(self, messages: Sequence[Message], most_tokens: int) -> Iterator[str]:
        """Yield the reply piece by piece; closing the iterator stops the work."""
        ...

    def stop(self) -> None:
        """Break off what is being read or written now; from any thread. Whoever waits for it gets ModelError."""
        ...


class Synthesizer(Protocol):
    """Turns text into speech.

    `speed` (1 is the voice's own) and `volume` (0 to 1) may be set at any time and hold from the next piece on.
    """

    model: str
    language: str
    sample_rate_hz: int
    speed: float
    volume: float

    def synthesize(self, text: str, *, soon: bool = False) -> Iterator[Speech]:
        """Yield the speech of `text` (no markup, in `language`, ISO 639-1) in parts; nothing for nothing sayable.

        Parts are sentences; with `soon` they may be less, so that the first comes early.
        """
        ...


class Cursor(Protocol):
    """One transaction on a database. It ends with the block that it was opened for."""

    lastrowid: int | None
    rowcount: int

    def execute(self, sql: str, values: Sequence[object] = ()) -> "Cursor":
        """Carry out one statement; `values` fill its question marks."""
        ...

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> "Cursor":
        """Carry out one statement for each of `rows`."""
        ...

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return the rows of the last statement."""
        ...


class Database(Protocol):
    """Rows behind a lock and, in the real part, behind encryption. SQL is SQLite's (with FTS5); foreign keys hold.

    Both methods raise VaultLockedError while it is locked, RowConflictError for a broken constraint, StatementError for
    wrong SQL, VaultDiskError when the disk is full or fails, VaultDamagedError for changed bytes. No message quotes a
    value. Tables whose names begin with ``vault_``, and ``PRAGMA user_version``, belong to the vault itself.
    """

    def read(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query over what is committed; from any thread, never waiting for a writer."""
        ...

    def write(self) -> AbstractContextManager[Cursor]:
        """Open a transaction: on disk when the block is left, undone when it raises. One at a time, others wait.

        Raises VaultOlderError while the vault may only be read.
        """
        ...


class Embedder(Protocol):
    """Turns texts into unit vectors whose dot product is their likeness."""

    @property
    def model(self) -> str:
        """Its name; vectors are tagged with it."""
        ...

    @property
    def dimensions(self) -> int:
        """Numbers in a vector."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector for each text: float32, shape (len(texts), dimensions), in [-1, 1]."""
        ...


class PictureMemory(Protocol):
    """What is remembered of pictures beyond a conversation."""

    def keep_picture(self, experience: Experience, vector: Vectors, space: str, image: bytes = b"") -> int | None:
        """Keep that a picture was shown: what was seen in it, its place among other pictures, the picture itself.

        Args:
            experience: what was seen, as text; its source is ``image`` or ``screen``, so it is never trusted.
            vector: float32, shape (dimensions,); any length, as the measure of likeness wants it.
            space: name of the vector's space, as in `Sight`; only vectors of one space are compared.
            image: the picture's file, which is sealed; empty: it is not kept.

        Returns:
            The memory's id once all of it is durable; None when the user does not allow it to be kept.

        Raises an error of the vault when it could not be written.
        """
        ...

    def pictures_like(self, vector: Vectors, space: str, most: int = 5, least: float = 0.0) -> list[Alike]:
        """Return at most `most` memories of pictures whose cosine with `vector` is `least` or more, likest first.

        `vector` is a picture's or a text's, of the space of that name; `least` depends on the space: ask its encoder.
        """
        ...


class LongTermMemory(PictureMemory, Protocol):
    """What is remembered beyond a conversation."""

    def recall(self, question: str, now: datetime, most: int = 10) -> list[Hit]:
        """Return at most `most` memories that answer `question`, asked at `now` (with a time zone), best first.

        Never waits for `remember_all`.
        """
        ...

    def remember_all(self, experiences: Sequence[Experience]) -> list[int | None]:
        """Keep `experiences`; return their ids once they are durable, None for what need not be kept.

        Raises an error of the vault when they could not be written.
        """
        ...

    def learn(self, procedure: Experience) -> int | None:
        """Keep how the user wants things done, confirmed by them, in the place of an older wish about the same."""
        ...

    def procedures(self) -> list[Recollection]:
        """Return how the user wants things done: what was confirmed and holds, oldest first."""
        ...

    def confirm(self, memory: int) -> None:
        """Let a memory that was held back be used. Raises InputError when there is none of that id."""
        ...

    def edit(self, memory: int, text: str, now: datetime) -> int:
        """Put `text` in the place of what a memory says, from `now` on; return the new memory's id.

        Raises InputError when there is none of that id, or no words.
        """
        ...

    def selected(self, selector: Selector) -> list[Recollection]:
        """Return the memories that `forget` would erase for good, as far as they can be put back."""
        ...

    def forget(self, selector: Selector) -> Forgotten:
        """Erase memories for good, and what was made from them."""
        ...

    def conversation_info(self, name: str) -> ConversationInfo:
        """Return what the list of conversations says of one; raises InputError when there is none of that name."""
        ...

    def conversation(self, name: str) -> list[KeptTurn]:
        """Return the turns of a conversation, oldest first; none when there is no such conversation."""
        ...

    def name_conversation(self, name: str, title: str) -> None:
        """Give a conversation a title of the user's own, or none. Raises InputError as `conversation_info`."""
        ...

    def pin_conversation(self, name: str, *, on: bool) -> None:
        """Keep a conversation at the top of the list, or do so no longer. Raises InputError as `conversation_info`."""
        ...

    def import_conversations(self, untrusted_text: str, user: str) -> list[int]:
        """Take in the conversations of a file, as `user` held them; return the ids of what is new.

        Raises InputError when it is no such file.
        """
        ...

    def without_vector(self) -> int:
        """Return how many memories cannot be found by their meaning yet, because the embedding model is a new one."""
        ...

    def embed_some(self, most: int) -> int:
        """Embed at most `most` of these, newest first; return how many were. Recall goes on meanwhile."""
        ...

    def tidy(self) -> None:
        """Do what can wait until nobody talks; raises an error of the vault when that cannot be done now.

        It forgets what is over its time, and renews backups that hold what was forgotten.
        """
        ...

    @property
    def locked(self) -> bool:
        """Whether it cannot be used now; everything else then raises VaultLockedError."""
        ...

    @property
    def opens_alone(self) -> bool:
        """Whether `unlock` needs no passphrase."""
        ...

    def lock(self) -> None:
        """Let everything in memory go and lock the vault. Fine when it is locked."""
        ...

    def unlock(self, passphrase: str | None) -> None:
        """Open the vault; raises an error of the vault or keyring when that is not possible."""
        ...

    def close(self) -> None:
        """Let everything in memory go."""
        ...


class Camera(Protocol):
    """Something that gives pictures while it is open: a webcam, a screen, a recording."""

    name: str

    def open(self) -> None:
        """Begin to look. Raises DeviceError when there is no such device."""
        ...

    def newest(self) -> Picture | None:
        """Return the newest picture, without waiting; None before the first. Raises DeviceError when it died."""
        ...

    def close(self) -> None:
        """Let the device go. Closing twice is fine."""
        ...


class VisionEncoder(Protocol):
    """Tells what a picture shows, and gives it a place among the meanings of words."""

    model: str
    space: str
    dimensions: int

    def labels(self, pixels: Pixels, most: int = 5) -> tuple[Label, ...]:
        """Return at most `most` things that the picture may show, likeliest first."""
        ...

    def embed(self, pictures: Sequence[Pixels]) -> Vectors:
        """Return one unit vector for each picture: float32, shape (len(pictures), dimensions)."""
        ...

    def embed_texts(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector for each text in the same space: float32, shape (len(texts), dimensions)."""
        ...


class TextReader(Protocol):
    """Reads what is written in a picture."""

    model: str

    def read(self, pixels: Pixels) -> tuple[TextLine, ...]:
        """Return the lines of text in reading order; empty when there is none."""
        ...


class FaceDetector(Protocol):
    """Tells where faces are, and nothing else about them."""

    model: str

    def find(self, pixels: Pixels) -> tuple[Face, ...]:
        """Return the faces from left to right; empty when there is none."""
        ...


class Eyesight(Protocol):
    """All that can be found in one picture, by the best parts that are installed."""

    encoder: VisionEncoder | None
    """What gives pictures and words their vectors, if there is one."""

    def look(self, picture: Picture) -> Sight:
        """Return what is found in `picture`."""
        ...


class PictureOpener(Protocol):
    """Opens pictures of any kind, apart from this process."""

    def warm_up(self) -> None:
        """Make ready, so that the first picture waits less."""
        ...

    def read_bytes(self, content: bytes, name: str, *, source: SightSource) -> Picture:
        """Return the picture. Raises InputError when it is none, or too much."""
        ...

    def close(self) -> None:
        """Let everything go. Closing twice is fine."""
        ...


class PictureTalker(Protocol):
    """A language model that sees pictures itself."""

    model: str

    def reply(self, messages: Sequence[Message], pictures: Sequence[Pixels], most_tokens: int) -> Iterator[str]:
        """Yield the reply to `messages` about `pictures` piece by piece; closing the iterator stops the work."""
        ...
