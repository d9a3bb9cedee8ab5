"""Requests: what the user asks of memory itself, recognised by rule in the whole of what they said. Pure; English.

A request must be all that was said, apart from politeness: what only sounds like one in the middle of a talk must
never delete anything.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from mia_desktop.memory.time_words import find_time


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberThis:
    """Keep it as a fact.

    Attributes:
        what: the words; empty: what was said just before.
    """

    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetLast:
    """Forget what was said just before, and its answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetTime:
    """Forget what was said in a time.

    Attributes:
        start: from then on.
        end: until before then.
        words: how it was said.
    """

    start: datetime
    end: datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetAbout:
    """Forget what somebody said and what names them.

    Attributes:
        name: who, or what.
    """

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetFact:
    """Forget something that was told.

    Attributes:
        what: as it is told now.
    """

    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetAll:
    """Forget everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRules:
    """Tell how things are to be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetRules:
    """Do things as if nobody had said how."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LockUp:
    """Lock the vault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskWhy:
    """Tell which memories the last answer rests on.

    Attributes:
        bare: whether it was only "why?", which may as well be about the matter.
    """

    bare: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Take the last change back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Yes or no, to a question of MIA's.

    Attributes:
        yes: which.
    """

    yes: bool


Request = (
    RememberThis
    | ForgetLast
    | ForgetTime
    | ForgetAbout
    | ForgetFact
    | ForgetAll
    | ListRules
    | ForgetRules
    | LockUp
    | AskWhy
    | Undo
    | Answer
)

_POLITE: Final = re.compile(
    r"^(?:(?:hey |hi |ok |okay |now |and |mia|so|please|could you|can you|will you|would you|i want you to"
    r"|go ahead and)\b[,. ]*)+(?=\w)",
    re.IGNORECASE,
)
_AFTER: Final = re.compile(r"[,. ]+(?:please|mia|now|for me|thanks|thank you)$", re.IGNORECASE)
_THAT: Final = r"(?:that|this|it|what i (?:just )?(?:said|told you)|my last (?:words|sentence|message))"
_UNITS: Final = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
_COUNTS: Final = {
    "": 1,
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "few": 5,
    "couple of": 2,
    "half": 0.5,
    "half an": 0.5,
    "half a": 0.5,
}
_LAST_TIME: Final = re.compile(
    r"^(?:the |my )?(?:last|past) (?P<count>\d{1,3}|"
    rf"{'|'.join(sorted(filter(None, _COUNTS), key=len, reverse=True))})? ?(?P<unit>second|minute|hour|day)s?$"
)


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:{pattern})$", re.IGNORECASE)


_REMEMBER_LAST: Final = _rule(rf"(?:remember|note|keep|save) {_THAT}|(?:don't|do not|never) forget {_THAT}")
_REMEMBER: Final = _rule(
    r"(?:remember|note|memori[sz]e|keep in mind|(?:don't|do not|never) forget)"
    r"(?: that|,? this:|:)? (?P<what>(?:(?<=that )|(?<=: )|(?=my |i |i'm |i've |we |our |the |to )).+)"
)
_FORGET_LAST: Final = _rule(
    rf"(?:forget|delete|erase|scratch) {_THAT}|(?:don't|do not) (?:remember|keep|save) {_THAT}|that was private"
)
_FORGET_ALL: Final = _rule(
    r"(?:forget|delete|erase) (?:everything|all)(?: (?:you know|you remember|of it|your memories|memories))?"
    r"|(?:delete|erase|clear|wipe) (?:all )?your (?:memory|memories)"
)
_FORGET_RULES: Final = _rule(
    r"forget (?:all )?(?:my|the|your|our) (?:rules|preferences)|forget how i (?:want|like) (?:things|it)(?: done)?"
)
_FORGET_FACT: Final = _rule(r"(?:forget|delete|erase) that (?P<what>\w+ .+)")
_FORGET_ABOUT: Final = _rule(
    r"(?:forget|delete|erase) (?:everything|all|anything|whatever|what)"
    r"(?: (?:that )?(?:you know|you remember|i told you|i said|was said))? (?:about|of|from) (?P<name>.+)"
)
_FORGET_TIME: Final = _rule(
    r"(?:forget|delete|erase) (?:(?:everything|all|what (?:i|we) (?:said|talked about)|our (?:talk|conversation))"
    r"(?: that)? ?(?:from|of|in|during|on|about|since)? ?)?(?P<when>.+)"
)
_LIST_RULES: Final = _rule(
    r"what (?:are )?(?:my|your) (?:rules|preferences)(?: are there| do you have)?"
    r"|what rules (?:do you have|have i given you|did i give you)|how do i (?:want|like) things(?: done)?"
)
_LOCK: Final = _rule(r"lock (?:yourself|up|the vault|your vault|your memory|my memory|memory|mia)(?: up)?")
_WHY: Final = _rule(
    r"how (?:do|did|could|can|come) you know(?: (?:that|this|it|about that))?"
    r"|where did you (?:get|hear|learn) (?:that|this)(?: from)?|who told you(?: (?:that|this|so))?"
    r"|when did i (?:tell you|say)(?: (?:that|this|so))?"
    r"|why do you (?:say|think|believe|know) (?:that|this|so)|what makes you (?:say|think) (?:that|so)"
    r"|which memor(?:y|ies)(?: did you use| was that| is that| were those)?|what (?:is|was) that based on"
)
_UNDO: Final = _rule(
    r"undo(?: (?:that|this|it))?|take (?:that|it) back|bring (?:that|it) back|"
    r"(?:no,? )?(?:don't|do not) forget (?:that|it) after all|i (?:didn't|did not) mean (?:that|it|to)"
)
_YES: Final = _rule(
    r"(?:yes|yeah|yep|yup|sure|ok|okay|right|correct|exactly|do|do it|do that|do so|please do|go ahead|of course|yes,? "
    r"(?:please|do|do it|do so|do that|go ahead|forget (?:it|them|that)|from now on))"
)
_NO: Final = _rule(
    r"(?:no|nope|nah|don't|do not|cancel|stop|never mind|no,? (?:thanks|thank you|don't|do not|only once|just once"
    r"|keep (?:it|them))|only this time|just this once|keep (?:it|them)|rather not|better not)"
)


def request(said: str, now: datetime) -> Request | None:
    """Return what `said`, at `now`, asks of memory, or None when it asks for something else."""
    asks = said.strip().endswith("?")
    words = " ".join(said.split()).rstrip(".!? ").replace("’", "'")
    bare = _AFTER.sub("", _POLITE.sub("", words)) or words
    return _answer(words) or _asked(bare) or (None if asks and bare == words else _told(bare, now))


def _answer(words: str) -> Request | None:
    plain = words.removesuffix(", mia").removesuffix(" mia").rstrip(",. ")
    return Answer(yes=True) if _YES.match(plain) else Answer(yes=False) if _NO.match(plain) else None


def _asked(words: str) -> Request | None:
    if words.lower() == "why":
        return AskWhy(bare=True)
    if _WHY.match(words):
        return AskWhy(bare=False)
    return ListRules() if _LIST_RULES.match(words) else None


def _told(words: str, now: datetime) -> Request | None:
    if _UNDO.match(words):
        return Undo()
    if _REMEMBER_LAST.match(words):
        return RememberThis(what="")
    if match := _REMEMBER.match(words):
        return RememberThis(what=match["what"])
    if _LOCK.match(words):
        return LockUp()
    return _forgetting(words, now)


def _forgetting(words: str, now: datetime) -> Request | None:
    if _FORGET_LAST.match(words):
        return ForgetLast()
    if _FORGET_ALL.match(words):
        return ForgetAll()
    if _FORGET_RULES.match(words):
        return ForgetRules()
    if match := _FORGET_TIME.match(words):
        span = _span(match["when"], now)
        if span is not None:
            return span
    if match := _FORGET_ABOUT.match(words):
        return ForgetAbout(name=match["name"])
    if match := _FORGET_FACT.match(words):
        return ForgetFact(what=match["what"])
    return None


def _span(when: str, now: datetime) -> ForgetTime | None:
    """Return the time that all of `when` speaks of."""
    if match := _LAST_TIME.match(when.lower()):
        count = match["count"] or ""
        length_s = (float(count) if count.isdigit() else _COUNTS[count]) * _UNITS[match["unit"]]
        return ForgetTime(start=now - timedelta(seconds=length_s), end=now + timedelta(days=1), words=when)
    if when.lower() in ("this conversation", "our conversation", "this talk"):
        return None
    found = find_time(f"on {when}", now) if when.lower().endswith("day") else find_time(when, now)
    if found is None or len(found.words) < len(when) - len("on the "):
        return None
    return ForgetTime(start=found.start, end=found.end, words=when)
