"""Memories: what is remembered, how it is asked for, and what comes back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["episode", "fact", "procedure"]
Source = Literal["voice", "typed", "image", "document", "screen", "import", "mia"]
Trust = Literal["user", "mia", "untrusted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """Something that is to be remembered.

    Attributes:
        text: verbatim.
        at: when it happened; has a time zone, which is the one that "yesterday" in it refers to.
        speaker: whose words they are.
        kind: an episode (what happened), a fact (what was told to be so) or a procedure (how the user wants things
        done). source: the way it came in.
        trust: the user's own words, MIA's, or anybody else's.
        conversation: name of the conversation that it belongs to; empty for none.
        reference: what its origin calls it, e.g. a message's id; empty for none.
        consent: name of the consent under which it is kept; empty for none.
        expires_at: when it is to be forgotten by itself, or None.
        attachment: name of the sealed file that belongs to it; empty for none.
        recalled: ids of the memories that were shown to whoever said it.
        holds: whether recall may give it; else it is kept for its conversation alone, as it was said.
    """

    text: str
    at: datetime
    speaker: str
    kind: Kind = "episode"
    source: Source = "typed"
    trust: Trust = "user"
    conversation: str = ""
    reference: str = ""
    consent: str = ""
    expires_at: datetime | None = None
    attachment: str = ""
    recalled: tuple[int, ...] = ()
    holds: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Recollection:
    """A stored memory.

    Attributes:
        id: its number in this vault; never used twice.
        uid: its name in every vault and export.
        kind: episode, fact or procedure.
        text: verbatim.
        at: when it happened, in the time zone where it happened.
        speaker: whose words they are.
        source: the way it came in.
        trust: the user's own words, MIA's, or anybody else's.
        conversation: name of its conversation; empty for none.
        place: position in that conversation, from 0.
        reference: what its origin calls it; empty for none.
        valid_from: since when it holds.
        valid_to: until when it held, or None while it holds.
        superseded_by: id of the memory that took its place, or None.
        quarantined: whether it is kept out of recall until the user confirms it.
        seen: how often it was told; duplicates are merged.
        consent: name of the consent under which it is kept; empty for none.
        expires_at: when it is to be forgotten by itself, or None.
        attachment: name of the sealed file that belongs to it; empty for none.
    """

    id: int
    uid: str
    kind: Kind
    text: str
    at: datetime
    speaker: str
    source: Source
    trust: Trust
    conversation: str
    place: int
    reference: str
    valid_from: datetime
    valid_to: datetime | None
    superseded_by: int | None
    quarantined: bool
    seen: int
    consent: str
    expires_at: datetime | None
    attachment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreParts:
    """What each way of finding added to a score; all without unit, together they are the score.

    Attributes:
        words: the question's words in it.
        neighbours: the question's words in the turns around it and in its conversation.
        answer: that it follows a question like this one.
        meaning: likeness of the vectors.
        speaker: that the question names who said it.
        graph: that it is tied to a concept of the question.
        time: that it lies in, or names, the time asked about.
        form: that it tells something, rather than asking.
    """

    words: float
    neighbours: float
    answer: float
    meaning: float
    speaker: float
    graph: float
    time: float
    form: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A memory that was found.

    Attributes:
        memory: the memory.
        score: the sum of its parts.
        parts: where the score comes from.
        why: the strongest reasons, in words.
    """

    memory: Recollection
    score: float
    parts: ScoreParts
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A memory whose picture is like another picture, or like a text.

    Attributes:
        memory: the memory; its text may be somebody else's words, see `trust` and `quarantined`.
        likeness: how like, by the measure of the collection; the greater the more alike.
    """

    memory: Recollection
    likeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ById:
    """Selects memories by their ids.

    Attributes:
        ids: which.
    """

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """Selects what happened in a time.

    Attributes:
        start: from then on.
        end: until before then.
    """

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutPerson:
    """Selects what a person said and what names them.

    Attributes:
        name: the person's.
    """

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FromSource:
    """Selects what came in one way.

    Attributes:
        source: the way.
    """

    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class OfConversation:
    """Selects what was said and shown in a conversation.

    Attributes:
        name: the conversation's.
    """

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    """Selects all memories."""


Selector = ById | Between | AboutPerson | FromSource | OfConversation | Everything


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryStats:
    """How much is remembered.

    Attributes:
        memories: how many there are, quarantined and superseded ones included.
        episodes: of them, what happened.
        facts: of them, what was told to be so.
        procedures: of them, how things are to be done.
        quarantined: of them, those that wait for the user's word.
        superseded: of them, those whose place another took.
        vectors: how many have a vector of the present model.
        concepts: nodes of the graph.
        relations: edges of the graph.
        model: the embedding model; empty for none.
        index: what serves searches by meaning: ``exact``, ``chroma`` or ``none``.
    """

    memories: int
    episodes: int
    facts: int
    procedures: int
    quarantined: int
    superseded: int
    vectors: int
    concepts: int
    relations: int
    model: str
    index: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What a request to forget removed.

    Attributes:
        ids: the memories.
        derived: how many facts, links and relations went with them.
        attachments: names of the sealed files that are to be destroyed.
    """

    ids: tuple[int, ...]
    derived: int
    attachments: tuple[str, ...]
