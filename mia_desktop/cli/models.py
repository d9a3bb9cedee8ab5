"""``mia models``: list, fetch, check, remove and add models."""

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from mia_desktop.cli.output import give, say
from mia_desktop.core.errors import ModelDamagedError, UsageError
from mia_desktop.core.paths import Paths
from mia_desktop.library.disk import human
from mia_desktop.library.progress import Progress
from mia_desktop.library.store import Store

models = typer.Typer(help="Fetch, check and remove models.")

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
_WORDS = {
    "waiting": "waiting for another MIA",
    "downloading": "fetching",
    "assembling": "writing",
    "verifying": "checking",
}


@models.command("list")
def list_(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List every model, and whether it is on this machine."""
    store = _store(ctx)
    rows = [
        {
            "name": model.name,
            "status": store.status(model.name),
            "role": model.role,
            "format": model.format,
            "packs": list(model.packs),
            "bytes": model.bytes,
            "memory_bytes": model.memory_bytes,
            "languages": list(model.languages),
            "licence": model.licence,
            "summary": model.summary,
            "not_run_here": model.not_run_here,
        }
        for model in store.catalog
    ]
    if as_json:
        give({"models": rows})
        return
    for row in rows:
        size = human(int(str(row["bytes"])))
        say(f"{row['name']:<24} {row['status']:<10} {row['role']:<15} {size:>9}  {row['summary']}")


@models.command()
def pull(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Models to fetch.")] = None,
    pack: Annotated[str | None, typer.Option(help="Fetch all models of a pack.")] = None,
    as_json: AsJson = False,
) -> None:
    """Fetch models; without a name, the starter pack. What is there and whole is not fetched again."""
    store = _store(ctx)
    wanted = [store.catalog[name].name for name in names or ()]
    if pack is not None or not wanted:
        wanted += [model.name for model in store.catalog.pack(pack or "starter") if model.name not in wanted]
    pulled: list[str] = []
    present: list[str] = []
    with _stoppable() as cancel, _ProgressLine() as line:
        for name in wanted:
            before = store.status(name)
            store.pull(name, line.show, cancel)
            (present if before == "installed" else pulled).append(name)
    if as_json:
        give({"pulled": pulled, "already_there": present})
    else:
        say(f"{len(pulled)} fetched, {len(present)} were there already.")


@models.command()
def verify(
    ctx: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Models to check.")] = None,
    as_json: AsJson = False,
) -> None:
    """Read every file of the installed models and compare it with what the catalogue says."""
    store = _store(ctx)
    wanted = [store.catalog[name].name for name in names or ()]
    wanted = wanted or [model.name for model in store.catalog if store.status(model.name) != "missing"]
    with _stoppable() as cancel, _ProgressLine() as line:
        damaged = {name: store.verify(name, line.show, cancel) for name in wanted}
    bad = {name: files for name, files in damaged.items() if files}
    if as_json:
        give({"verified": wanted, "damaged": bad})
        if bad:
            raise typer.Exit(ModelDamagedError.exit_code)
        return
    if bad:
        listed = "; ".join(f"{name}: {', '.join(files)}" for name, files in bad.items())
        raise ModelDamagedError(f"Missing or damaged: {listed}. `mia models pull {' '.join(bad)}` fetches them again.")
    say(f"{len(wanted)} models are whole.")


@models.command()
def remove(ctx: typer.Context, name: str, as_json: AsJson = False) -> None:
    """Delete a model from this machine; of one that you added, only what MIA knows of it."""
    store = _store(ctx)
    freed_bytes = sum(path.stat().st_size for path in store.files(name)) if store.catalog[name].folder is None else 0
    store.remove(name)
    if as_json:
        give({"removed": name, "freed_bytes": freed_bytes})
    else:
        say(f"Removed {name}.")


@models.command()
def add(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(help="A GGUF file, a Piper .onnx, or the folder of a Whisper or CLIP.")],
    name: Annotated[str | None, typer.Option(help="What to call it.")] = None,
    role: Annotated[str | None, typer.Option(help="What it is for.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a model known that lies on this machine. It is used where it is, not copied."""
    model = _store(ctx).add(path, name, role)
    if as_json:
        give({"added": model.name, "role": model.role, "format": model.format, "bytes": model.bytes})
    else:
        say(f"Added {model.name} ({model.role}, {human(model.bytes)}).")


@models.command("fit")
def fit_(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Tell which models suit this machine."""
    from mia_desktop.library.fit import fit
    from mia_desktop.library.machine import Machine

    machine = Machine.measure()
    advice = fit(machine, _store(ctx).catalog)
    if as_json:
        gpu = {"name": machine.gpu.name, "memory_bytes": machine.gpu.memory_bytes} if machine.gpu else None
        fits = [{"name": one.model.name, "fits": one.verdict, "why": one.why} for one in advice.fits]
        about = {"memory_bytes": machine.memory_bytes, "cores": machine.cores, "gpu": gpu}
        give({"machine": about, "models": fits, "recommended": dict(advice.recommended)})
        return
    for one in advice.fits:
        mark = "*" if advice.recommended.get(one.model.role) == one.model.name else " "
        say(f"{mark} {one.model.name:<24} {one.verdict:<5} {one.why}")
    say("* is the best that suits this machine, for each role.")


def _store(ctx: typer.Context) -> Store:
    paths = getattr(ctx.obj, "paths", None)
    if not isinstance(paths, Paths):
        raise UsageError("Use this command as `mia models`.")
    return Store(paths)


@contextlib.contextmanager
def _stoppable() -> Iterator[threading.Event]:
    """Let Ctrl-C set an event, so that what was fetched is kept; a second Ctrl-C stops at once."""
    cancel = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield cancel
        return

    def stop(signum: int, frame: FrameType | None) -> None:
        del signum, frame
        signal.signal(signal.SIGINT, before)
        cancel.set()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield cancel
    finally:
        signal.signal(signal.SIGINT, before)


class _ProgressLine:
    """One line on a terminal that is written over; elsewhere a line for each file."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._last = ("", "", "")
        self._width = 0

    def __enter__(self) -> "_ProgressLine":
        return self

    def __exit__(self, *error: object) -> None:
        if self._width:
            print(file=sys.stderr)

    def show(self, progress: Progress) -> None:
        """Show where it is."""
        key = (progress.model, progress.stage, progress.item)
        text = f"{progress.model}: {_WORDS.get(progress.stage, progress.stage)} {progress.item}".rstrip()
        if not self._terminal:
            if key != self._last and progress.stage != "verifying":
                print(text, file=sys.stderr, flush=True)
            self._last = key
            return
        if progress.done_bytes and progress.stage != "done":
            text += f" {human(progress.done_bytes)}"
            if progress.total_bytes:
                text += f" of {human(progress.total_bytes)}"
        print("\r" + text.ljust(self._width), end="", file=sys.stderr, flush=True)
        self._width = len(text)
