"""``mia memory``: what MIA remembers, from the command line."""

import dataclasses
import getpass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, get_args

import typer

from mia_desktop.cli.output import Context, JsonOption, context, give, note, say
from mia_desktop.cli.vault_door import from_environment, told, typed, unlocked
from mia_desktop.core.conversations import ConversationInfo
from mia_desktop.core.errors import InputError, UsageError
from mia_desktop.core.memories import (
    AboutPerson,
    Between,
    ById,
    Everything,
    Experience,
    FromSource,
    Hit,
    Kind,
    Recollection,
    Selector,
    Source,
)
from mia_desktop.engine import memory_files
from mia_desktop.engine.remembering import open_ruled_memory
from mia_desktop.engine.ruled_memory import RuledMemory
from mia_desktop.memory.memory import Memory

memory = typer.Typer(help="See, search, change and forget what MIA remembers.")

Most = Annotated[int, typer.Option("--most", min=1, max=1000, help="How many at most.")]


@memory.command()
def add(
    ctx: typer.Context,
    text: str,
    kind: Annotated[str, typer.Option(help="episode, fact or procedure.")] = "fact",
    speaker: Annotated[str, typer.Option(help="Whose words they are.")] = "",
    json_: bool = JsonOption,
) -> None:
    """Remember something. A procedure is used once it is confirmed, which adding it here does."""
    if kind not in get_args(Kind):
        raise UsageError("--kind must be one of: episode, fact, procedure.")
    ruled = _ruled(ctx)
    opened = ruled.memory
    experience = Experience(text=text, at=_now(), speaker=speaker or _user(), kind=kind)  # type: ignore[arg-type]
    (number,) = ruled.remember_all([experience])
    if number is None and not ruled.consents.keeps("typed"):
        raise InputError("You refused that what you type is kept. `mia privacy consents --allow keyboard.keep`.")
    if number is None:
        raise InputError("There is nothing to remember in that.")
    if kind == "procedure":
        ruled.confirm(number)
    if json_:
        give(_told(opened.show(number)))
    else:
        note(f"Remembered as {number}.")


@memory.command()
def search(ctx: typer.Context, question: str, most: Most = 10, as_of: str = "", json_: bool = JsonOption) -> None:
    """Find what answers a question, best first, with the reasons. --as-of DATE asks what held then."""
    then = _date(as_of, "--as-of") if as_of else None
    hits = _open(ctx).recall(question, _now(), most, as_of=then)
    if json_:
        give({"hits": [_hit(hit) for hit in hits]})
        return
    if not hits:
        note("Nothing comes to mind.")
    for hit in hits:
        say(f"{_line(hit.memory)}\n       {hit.score:.2f}: {hit.why}")


@memory.command()
def show(ctx: typer.Context, number: int, json_: bool = JsonOption) -> None:
    """Show everything about one memory."""
    one = _open(ctx).show(number)
    if json_:
        give(_told(one))
        return
    for name, value in _told(one).items():
        say(f"{name:<14} {'' if value is None else value}")


@memory.command("list")
def list_(
    ctx: typer.Context,
    most: Most = 20,
    kind: Annotated[str, typer.Option(help="Only episodes, facts or procedures.")] = "",
    waiting: Annotated[bool, typer.Option("--waiting", help="Only what waits for your word.")] = False,
    json_: bool = JsonOption,
) -> None:
    """List the newest memories."""
    if kind and kind not in get_args(Kind):
        raise UsageError("--kind must be one of: episode, fact, procedure.")
    opened = _open(ctx)
    found = opened.waiting()[:most] if waiting else opened.newest(most, kind or None)
    if json_:
        give({"memories": [_told(one) for one in found]})
        return
    for one in found:
        say(_line(one))


@memory.command()
def edit(ctx: typer.Context, number: int, text: str, json_: bool = JsonOption) -> None:
    """Put other words in the place of a memory. The old ones stay for "as of" questions until they are forgotten."""
    ruled = _ruled(ctx)
    changed = ruled.edit(number, text, _now())
    if json_:
        give(_told(ruled.memory.show(changed)))
    else:
        note(f"Memory {number} is now {changed}.")


@memory.command()
def confirm(ctx: typer.Context, number: int, json_: bool = JsonOption) -> None:
    """Let MIA use a memory that waits for your word."""
    ruled = _ruled(ctx)
    ruled.confirm(number)
    if json_:
        give(_told(ruled.memory.show(number)))
    else:
        note(f"Memory {number} will be used.")


@memory.command()
def forget(
    ctx: typer.Context,
    numbers: Annotated[list[int] | None, typer.Argument(metavar="[NUMBER]...", help="Memories to forget.")] = None,
    last_min: Annotated[float | None, typer.Option("--last-minutes", min=0, help="What came in these minutes.")] = None,
    person: Annotated[str, typer.Option(help="What a person said, and what names them.")] = "",
    day: Annotated[str, typer.Option(help="A day, as 2026-03-20.")] = "",
    source: Annotated[str, typer.Option(help="All that came this way: voice, typed, image, document ...")] = "",
    everything: Annotated[bool, typer.Option("--all", help="All memories.")] = False,
    json_: bool = JsonOption,
) -> None:
    """Forget for good: text, words, vectors, links, what was made of them; in backups as well. Choose one way."""
    chosen: list[Selector] = [ById(ids=tuple(numbers))] if numbers else []
    if last_min is not None:
        chosen.append(Between(start=_now() - timedelta(minutes=last_min), end=_now() + timedelta(days=1)))
    if person:
        chosen.append(AboutPerson(name=person))
    if day:
        start = _date(day, "--day")
        chosen.append(Between(start=start, end=start + timedelta(days=1)))
    if source:
        if source not in get_args(Source):
            raise UsageError(f"--source must be one of: {', '.join(get_args(Source))}.")
        chosen.append(FromSource(source=source))  # type: ignore[arg-type]
    if everything:
        chosen.append(Everything())
    if len(chosen) != 1:
        raise UsageError("Say one of: numbers, --last-minutes, --person, --day, --source, --all.")
    ruled = _ruled(ctx)
    gone = ruled.forget(chosen[0])
    backups = told(ruled.renew_backups())
    if json_:
        erased = {"forgotten": list(gone.ids), "derived": gone.derived, "attachments": list(gone.attachments)}
        give({**erased, "backups": backups})
    else:
        renewed = f" {len(backups['renewed'])} backups were renewed without them." if backups["renewed"] else ""
        note(f"{len(gone.ids)} memories are forgotten.{renewed}")


@memory.command()
def conversations(
    ctx: typer.Context,
    words: Annotated[str, typer.Argument(help="Only those in which these words were said.")] = "",
    most: Most = 20,
    json_: bool = JsonOption,
) -> None:
    """List the conversations, those that are pinned first, then the newest."""
    found = _open(ctx).conversations(words, most)
    if json_:
        give({"conversations": [_conversation(one) for one in found]})
        return
    if not found:
        note("There is no such conversation." if words else "No conversation is kept.")
    for one in found:
        mark = "*" if one.pinned else " "
        say(f"{mark} {one.changed_at:%Y-%m-%d %H:%M} {one.turns:>5}  {one.title}")
        if one.excerpt:
            say(f"{'':>26}{one.excerpt}")


@memory.command()
def stats(ctx: typer.Context, json_: bool = JsonOption) -> None:
    """Count what is remembered."""
    counted = dataclasses.asdict(_open(ctx).stats())
    if json_:
        give(counted)
        return
    for name, value in counted.items():
        say(f"{name:<14} {value}")


@memory.command()
def export(
    ctx: typer.Context,
    path: Path,
    markdown: Annotated[bool, typer.Option("--markdown", help="With --plain: for people, not for MIA.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Unencrypted, and without media.")] = False,
    mask: Annotated[
        bool, typer.Option("--mask", help="Numbers and addresses that identify somebody, left out.")
    ] = False,
    export_env: Annotated[
        str | None, typer.Option(metavar="NAME", help="Variable with the passphrase of the export.")
    ] = None,
    json_: bool = JsonOption,
) -> None:
    """Write everything to a file that a passphrase opens; --plain: one that anybody can read."""
    from mia_desktop.security.pii import masked

    ruled = _ruled(ctx)
    shown = masked if mask else str
    if plain:
        done = memory_files.export_plain(ruled, path, "markdown" if markdown else "jsonl", shown)
    else:
        secret = from_environment(export_env) if export_env else typed("Passphrase of the export", twice=True)
        if secret is None:
            raise UsageError(
                "Give the export a passphrase: --export-env NAME, or type it. --plain writes it unencrypted."
            )
        done = memory_files.export_sealed(ruled, path, secret, shown, media=not mask)
    if json_:
        give({"path": str(path), "lines": done.lines, "encrypted": not plain, "media": done.media})
    else:
        note(
            f"Written to {path}. {'It is not encrypted.' if plain else 'Keep its passphrase: without it, it is noise.'}"
        )


@memory.command("import")
def import_(
    ctx: typer.Context,
    path: Path,
    format_: Annotated[str, typer.Option("--format", help="mia, chatgpt or locomo.")] = "mia",
    speaker: Annotated[str, typer.Option(help="Your name in a ChatGPT export.")] = "",
    export_env: Annotated[
        str | None, typer.Option(metavar="NAME", help="Variable with the passphrase of the export.")
    ] = None,
    json_: bool = JsonOption,
) -> None:
    """Take memories in from a file. What is there already is not taken in again."""
    from mia_desktop.memory import chatgpt, locomo

    ruled = _ruled(ctx)
    opened = ruled.memory
    before = opened.stats().memories
    match format_:
        case "mia":
            memory_files.take_in(ruled, path, _export_passphrase(path, export_env))
        case "chatgpt":
            ruled.remember_all(chatgpt.read(path, speaker or _user()))
        case "locomo":
            ruled.remember_all([turn for one in locomo.read(path) for turn in one.turns])
        case _:
            raise UsageError("--format must be one of: mia, chatgpt, locomo.")
    added = opened.stats().memories - before
    if json_:
        give({"added": added})
    else:
        note(f"{added} memories were added.")


def _open(ctx: typer.Context) -> Memory:
    return _ruled(ctx).memory


def _ruled(ctx: typer.Context) -> RuledMemory:
    here: Context = context(ctx)
    vault = ctx.with_resource(unlocked(here))
    opened = open_ruled_memory(vault, here.paths, here.settings())
    ctx.call_on_close(opened.close)
    return opened


def _export_passphrase(path: Path, export_env: str | None) -> str | None:
    """Return the passphrase of an export that has one."""
    if not memory_files.is_sealed(path):
        return None
    return from_environment(export_env) if export_env else typed("Passphrase of the export")


def _date(text: str, option: str) -> datetime:
    try:
        return datetime.combine(datetime.fromisoformat(text).date(), time(), _now().tzinfo)
    except ValueError:
        raise UsageError(f"{option} must be a date like 2026-03-20.") from None


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def _user() -> str:
    return getpass.getuser()


def _line(one: Recollection) -> str:
    marks: list[str] = [one.kind] if one.kind != "episode" else []
    marks += ["waits for your word"] if one.quarantined else []
    marks += [f"until {one.valid_to:%Y-%m-%d}"] if one.valid_to else []
    marked = f" ({', '.join(marks)})" if marks else ""
    return f"{one.id:>6} {one.at:%Y-%m-%d %H:%M} {one.speaker}, {one.source}{marked}: {one.text}"


def _told(one: Recollection) -> dict[str, object]:
    times: dict[str, datetime | None] = {
        "at": one.at,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "expires_at": one.expires_at,
    }
    written = {name: value.isoformat() if value else None for name, value in times.items()}
    return {**dataclasses.asdict(one), **written, "time": one.at.isoformat()}


def _conversation(one: ConversationInfo) -> dict[str, object]:
    times = {"started_at": one.started_at.isoformat(), "changed_at": one.changed_at.isoformat()}
    return {**dataclasses.asdict(one), **times}


def _hit(hit: Hit) -> dict[str, object]:
    one = hit.memory
    return {
        "id": one.id,
        "text": one.text,
        "kind": one.kind,
        "time": one.at.isoformat(),
        "speaker": one.speaker,
        "source": one.source,
        "trust": one.trust,
        "reference": one.reference,
        "score": round(hit.score, 4),
        "parts": {name: round(value, 4) for name, value in dataclasses.asdict(hit.parts).items()},
        "why": hit.why,
    }
