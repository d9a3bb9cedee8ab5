"""Memory as the rest of the house uses it: remember, recall, forget."""

import contextlib
import dataclasses
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

from mia_desktop.core.conversations import ConversationInfo, KeptTurn
from mia_desktop.core.errors import InputError, MiaError
from mia_desktop.core.memories import (
    Between,
    ById,
    Everything,
    Experience,
    Forgotten,
    Hit,
    MemoryStats,
    OfConversation,
    Recollection,
    Selector,
    Source,
)
from mia_desktop.core.ports import Cursor, Database, Embedder, Vectors
from mia_desktop.memory import consolidate, transfer
from mia_desktop.memory.collections import VectorCollection
from mia_desktop.memory.columns import Entry
from mia_desktop.memory.conversations import Conversations
from mia_desktop.memory.drafts import Drafts
from mia_desktop.memory.forgetting import forget
from mia_desktop.memory.graph import Graph, Known
from mia_desktop.memory.indexes import Indexes
from mia_desktop.memory.intake import taken_in
from mia_desktop.memory.keys import SINGULAR, keys
from mia_desktop.memory.matrix import Likeness
from mia_desktop.memory.procedural import topic
from mia_desktop.memory.recall import THRESHOLD, Recall
from mia_desktop.memory.store import TEXT, Prepared, Store

_BATCH = 64


class Memory:
    """Everything that is remembered. Safe to use from several threads; one of them, the keeper, should write.

    Args:
        database: the vault's.
        embedder: gives meaning; None: memories are found by their words alone.
    """

    def __init__(self, database: Database, embedder: Embedder | None = None) -> None:
        self.store = Store(database)
        self.graph = Graph(database)
        self._conversations = Conversations(database)
        self.drafts = Drafts(database)
        self._embedder = embedder
        self._writing = threading.RLock()  # held by whoever changes memory, while it embeds and waits for the disk
        self._indexes = Indexes(self.store, self.graph, embedder)

    @property
    def model(self) -> str:
        """The embedding model's name; empty for none."""
        return self._indexes.model

    # Writing.

    def remember(self, experience: Experience) -> int | None:
        """Keep `experience` and return its id once it is durable.

        None: there is nothing to keep, because the text is empty or only repeats what was recalled. What is told
        again is counted on the memory that is there.
        """
        return self.remember_all([experience])[0]

    def remember_all(self, experiences: Sequence[Experience]) -> list[int | None]:
        """Keep many at once: each `_BATCH` in one transaction; see `remember`."""
        ids: list[int | None] = []
        for start in range(0, len(experiences), _BATCH):
            ids += self._remember_batch(experiences[start : start + _BATCH])
        return ids

    def _remember_batch(self, experiences: Sequence[Experience]) -> list[int | None]:
        with self._writing:
            intake = taken_in(experiences, self.store)
            now = datetime.now(UTC)
            prepared = [
                consolidate.prepare(
                    one, vector, now, supersedes=self._superseded(one), parents=intake.parents.get(digest, ())
                )
                for (digest, one), vector in zip(
                    intake.new.items(), self._vectors(list(intake.new.values())), strict=True
                )
            ]
            if prepared:
                self._write(prepared, intake.tie)
            return intake.ids

    def remember_picture(
        self,
        experience: Experience,
        vector: Vectors,
        space: str,
        likeness: Likeness = "cosine",
        with_it: Callable[[Cursor], object] = lambda _: None,
    ) -> int:
        """Keep that a picture was shown, with its vector of a `space`, if it has one.

        `with_it` writes in the same transaction. The same picture shown again is another memory: when things were shown
        is what one asks about.
        """
        one = consolidate.judged(experience)
        collection = self.collection(space, likeness)
        with self._writing:
            prepared = consolidate.prepare(one, self._vectors([one])[0], datetime.now(UTC))

            def finish(cursor: Cursor, entries: list[Entry]) -> None:
                if len(vector):
                    collection.write(cursor, entries[0].id, prepared.digest, vector)
                with_it(cursor)

            (memory,) = self._write([prepared], finish)
            collection.forget()
            return memory

    def collection(self, space: str, likeness: Likeness = "cosine") -> VectorCollection:
        """Return the vectors of pictures that lie in `space`, compared by `likeness`."""
        return self._indexes.collection(space, likeness)

    def _write(
        self, prepared: list[Prepared], finish: Callable[[Cursor, list[Entry]], None] | None = None
    ) -> list[int]:
        entries = self.store.add(prepared, self.model, finish)
        if any(one.supersedes for one in prepared):
            self._indexes.reload()
        else:
            self._indexes.add(entries, prepared)
        with contextlib.suppress(MiaError):  # it is for the next time that the vault opens, and can wait
            self._indexes.pack()
        return [entry.id for entry in entries]

    def edit(self, memory: int, text: str, now: datetime) -> int:
        """Put `text` in the place of what a memory says, from `now` on; return the new memory's id.

        The old one is still there for "as of" questions, until it is forgotten.
        """
        old = self._one(memory)
        if not text.strip():
            raise InputError("A memory needs words. To remove it, forget it.")
        changed = consolidate.writable(
            dataclasses.replace(consolidate.as_experience(old), text=text, at=old.at, trust="user")
        )
        with self._writing:
            vector = self._vectors([changed])[0]
            prepared = consolidate.prepare(changed, vector, now, supersedes=(memory,), held=False)
            return self._write([dataclasses.replace(prepared, valid_from=now)])[0]

    def confirm(self, memory: int) -> None:
        """Let a memory that was held back be used: the user has said so."""
        one = self._one(memory)
        with self._writing:
            older = self._of_same_topic(one.text) if one.kind == "procedure" else ()
            self.store.confirm(memory, tuple(i for i in older if i != memory), datetime.now(UTC))
            self._indexes.reload()

    def learn(self, procedure: Experience) -> int | None:
        """Keep how the user wants things done, which they have confirmed; an older wish about the same gives way.

        None: there is nothing in it. Raises RefusedError when it does not come from the user.
        """
        one = consolidate.judged(dataclasses.replace(procedure, kind="procedure"))
        if not one.text.strip():
            return None
        with self._writing:
            same = self.store.same(consolidate.digest(one))
            if same:
                self.confirm(same[0].id)
                return same[0].id
            older = self._of_same_topic(one.text)
            vector = self._vectors([one])[0]
            prepared = consolidate.prepare(one, vector, datetime.now(UTC), supersedes=older, held=False)
            return self._write([prepared])[0]

    def _of_same_topic(self, procedure: str) -> tuple[int, ...]:
        about = topic(procedure)
        return tuple(one.id for one in self.procedures() if about is not None and topic(one.text) == about)

    def selected(self, selector: Selector) -> list[Recollection]:
        """Return the memories of those ids, that time or that talk, as far as `remember_all` could bring them back.

        Of all others (a person's, everything) nothing comes back, so none are returned.
        """
        match selector:
            case ById(ids=ids):
                return self.store.get(ids)
            case Between(start=start, end=end):
                return self.store.select("m.at >= ? AND m.at < ? ORDER BY m.id", (start.timestamp(), end.timestamp()))
            case OfConversation(name=name):
                return self.store.select("c.name = ? ORDER BY m.id", (name,))
        return []

    def name_conversation(self, name: str, title: str) -> None:
        """Give a conversation a title of the user's own; empty: the beginning of what was said first again."""
        with self._writing:
            self._conversations.name(name, title)

    def pin_conversation(self, name: str, *, on: bool) -> None:
        """Keep a conversation at the top of the list, or do so no longer."""
        with self._writing:
            self._conversations.pin(name, on=on)

    def forget(self, selector: Selector) -> Forgotten:
        """Erase memories for good: text, words, vectors, graph, what was derived from them, and every index."""
        with self._writing:
            gone = forget(self.store.database, selector)
            if isinstance(selector, Everything):
                self.drafts.forget_all()
            self.store.database.read("PRAGMA wal_checkpoint(TRUNCATE)")  # else the journal would still have it
            self._indexes.reload()
            return gone

    def expire(self, now: datetime) -> Forgotten:
        """Forget what was to be kept until `now` or earlier."""
        sql = "SELECT id FROM memory WHERE expires <= ?"
        ids = tuple(row[0] for row in self.store.database.read(sql, (now.timestamp(),)))
        return self.forget(ById(ids=ids)) if ids else Forgotten(ids=(), derived=0, attachments=())

    def retain(self, source: Source, length: timedelta | None) -> int:
        """Keep all that came in one way for so long from when it happened (None: for good); return how many it is.

        What is older than that by now goes with the next `expire`.
        """
        seconds = None if length is None else length.total_seconds()
        with self._writing, self.store.database.write() as cursor:
            return cursor.execute("UPDATE memory SET expires = at + ? WHERE source = ?", (seconds, source)).rowcount

    def kept_under(self, consent: str) -> tuple[int, ...]:
        """Return the ids of the memories that are kept under one consent."""
        return tuple(row[0] for row in self.store.database.read("SELECT id FROM memory WHERE consent = ?", (consent,)))

    def embed_some(self, most: int) -> int:
        """Give at most `most` memories a vector of the present model, newest first; return how many were given one."""
        if self._embedder is None:
            return 0
        some = self.store.without_vector(TEXT, self.model, most)
        experiences = [consolidate.as_experience(one) for one in some]
        vectors = self._embedder.embed([consolidate.described(one) for one in experiences])
        digests = [consolidate.vector_digest(one) for one in experiences]
        with self._writing:
            self.store.put_vectors(zip((one.id for one in some), digests, vectors, strict=True), TEXT, self.model)
            self._indexes.put_vectors(some, vectors)
            while len(some) < most and self._indexes.pack():
                pass  # these were the last
        return len(some)

    def without_vector(self) -> int:
        """Return how many memories have no vector of the present model: after a change of model, all."""
        return 0 if self._embedder is None else self.store.count_without_vector(TEXT, self.model)

    def go_live(self) -> None:
        """Fill Chroma in the background; recall uses it as soon as it agrees with exact search."""
        with self._writing:
            self._indexes.go_live()

    def settled(self, timeout_s: float) -> bool:
        """Wait until the live index is filled and checked; return whether it is."""
        return self._indexes.settled(timeout_s)

    def parity(self) -> float | None:
        """Return how well the live index agreed with exact search, 0 to 1; None before it was checked."""
        return self._indexes.parity()

    def close(self) -> None:
        """Let the live index go."""
        with self._writing:
            self._indexes.close()

    # Reading.

    def recall(
        self,
        question: str,
        now: datetime,
        most: int = 10,
        *,
        as_of: datetime | None = None,
        threshold: float = THRESHOLD,
    ) -> list[Hit]:
        """Return at most `most` memories that answer `question`, asked at `now`, best first; none when none fits.

        `as_of`: what held at that time, instead of what holds.
        """
        question = consolidate.whole(question)
        vector = self._embedder.embed([question])[0] if self._embedder else None
        return self._indexes.find(question, now, most, vector, as_of=as_of, threshold=threshold)

    def show(self, memory: int) -> Recollection:
        """Return one memory; raises InputError when there is none of that id."""
        return self._one(memory)

    def newest(self, most: int, kind: str | None = None, *, before: int | None = None) -> list[Recollection]:
        """Return the newest memories, newest first, of one kind or of all; `before`: those that follow that one.

        None follows a memory that is gone.
        """
        conditions, values = ["1"], list[object]()
        if kind is not None:
            conditions.append("m.kind = ?")
            values.append(kind)
        if before is not None:
            conditions.append("m.at <= (SELECT at FROM memory WHERE id = ?)")  # this lets the index of times serve
            conditions.append("(m.at, m.id) < (SELECT at, id FROM memory WHERE id = ?)")
            values += [before, before]
        return self.store.select(f"{' AND '.join(conditions)} ORDER BY m.at DESC, m.id DESC LIMIT ?", (*values, most))

    def count_until(self, source: Source, until: datetime) -> int:
        """Return how many memories came in one way before `until`."""
        sql = "SELECT count(*) FROM memory WHERE source = ? AND at <= ?"
        return int(self.store.database.read(sql, (source, until.timestamp()))[0][0])

    def containing(self, phrase: str, most: int) -> list[Recollection]:
        """Return memories that hold these words in this order (in any inflection), newest first."""
        quoted = '"' + phrase.replace('"', '""') + '"'
        return self.store.select(
            "m.id IN (SELECT rowid FROM fts WHERE fts MATCH ?) ORDER BY m.at DESC LIMIT ?", (quoted, most)
        )

    def conversations(self, words: str = "", most: int = 500) -> list[ConversationInfo]:
        """Return at most `most` conversations, those that are pinned first, then the newest.

        With `words`: those in which a turn, or the user's own title, has them all (in any inflection; of the last one
        the beginning is enough), each with the words around the newest place.
        """
        return self._conversations.listed(words, most)

    def conversation_info(self, name: str) -> ConversationInfo:
        """Return what the list says of one conversation; raises InputError when there is none of that name."""
        return self._conversations.info(name)

    def conversation(self, name: str) -> list[KeptTurn]:
        """Return the turns of a conversation, oldest first; none when there is no such conversation."""
        return self._conversations.turns(name)

    def waiting(self) -> list[Recollection]:
        """Return what is held back until the user confirms it, oldest first."""
        return self.store.select("m.quarantined AND m.valid_to IS NULL ORDER BY m.id")

    def procedures(self) -> list[Recollection]:
        """Return how the user wants things done: what was confirmed and holds, oldest first."""
        return self.store.select("m.kind = 'procedure' AND NOT m.quarantined AND m.valid_to IS NULL ORDER BY m.id")

    def about(self, concept: str) -> list[Known]:
        """Return what the graph knows of a concept, each relation with the memory that told it."""
        return self.graph.about(concept)

    def stats(self) -> MemoryStats:
        """Count."""
        count, read = self.store.count, self.store.database.read
        return MemoryStats(
            memories=count(),
            episodes=count("kind = 'episode'"),
            facts=count("kind = 'fact'"),
            procedures=count("kind = 'procedure'"),
            quarantined=count("quarantined"),
            superseded=count("valid_to > valid_from"),
            vectors=int(read("SELECT count(*) FROM vec WHERE space = ? AND model = ?", (TEXT, self.model))[0][0]),
            concepts=int(read("SELECT count(*) FROM concept")[0][0]),
            relations=int(read("SELECT count(*) FROM edge")[0][0]),
            model=self.model,
            index="none" if self._embedder is None else "exact" if self._indexes.live() is None else "chroma",
        )

    def export(self, form: Literal["jsonl", "markdown"] = "jsonl", shown: Callable[[str], str] = str) -> Iterator[str]:
        """Yield everything, line by line: as JSON lines that `restore` reads, or as Markdown for people.

        `shown` returns what is told of a text, title or name.
        """
        return transfer.as_jsonl(self.store, shown) if form == "jsonl" else transfer.as_markdown(self.store, shown)

    def restore(self, untrusted_lines: Sequence[str]) -> int:
        """Take in an export, all or nothing; return how many memories were new. What is there stays as it is."""
        records, called = transfer.from_jsonl(untrusted_lines)
        with self._writing:
            known = {row[0] for row in self.store.database.read("SELECT uid FROM memory")}
            records = [one for one in records if one["uid"] not in known]
            vectors = self._vectors([transfer.experience_of(one) for one in records])
            now = datetime.now(UTC)
            made = [transfer.prepared_of(one, vector, now) for one, vector in zip(records, vectors, strict=True)]
            transfer.restore(self.store, records, made, called, self.model)
            self._indexes.reload()
        return len(records)

    def recall_parts(self) -> Recall:
        """Return what recall works with, for measuring it."""
        return self._indexes.recall

    # Inside.

    def _one(self, memory: int) -> Recollection:
        found = self.store.get([memory])
        if not found:
            raise InputError(f"There is no memory {memory}. `mia memory list` shows them.")
        return found[0]

    def _superseded(self, new: Experience) -> tuple[int, ...]:
        """Return the facts that cannot hold any longer when `new` does."""
        if new.kind != "fact" or new.trust != "user":
            return ()
        told = [one for one in keys(new.text, new.speaker).relations if one.relation in SINGULAR]
        ids = {i for one in told for i in self.store.holding(one.subject.lower(), one.relation, new.speaker)}
        return tuple(sorted(ids))

    def _vectors(self, experiences: Sequence[Experience]) -> list[Vectors | None]:
        if self._embedder is None:
            return [None] * len(experiences)
        digests = [consolidate.vector_digest(one) for one in experiences]
        known = self.store.known_vectors(digests, self.model)
        missing = [number for number, digest in enumerate(digests) if digest not in known]
        if missing:
            made = self._embedder.embed([consolidate.described(experiences[number]) for number in missing])
            known.update((digests[number], vector) for number, vector in zip(missing, made, strict=True))
        return [known[digest] for digest in digests]
