"""Measuring: what the claims about speed rest on."""

import dataclasses
import importlib.util
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import typer

from mia_desktop.cli.output import JsonOption, context, give, note, quiet_libraries, say
from mia_desktop.core.errors import InputError, UsageError
from mia_desktop.engine import assembly

group = typer.Typer(no_args_is_help=True, help="Measure MIA on this machine, beside the plain way of doing the same.")


@group.callback()
def bench() -> None:
    """Measure MIA on this machine, beside the plain way of doing the same."""


@group.command()
def voice(
    ctx: typer.Context,
    wav_dir: Path | None = typer.Option(
        None, "--wav-dir", help="Folder of questions; a .txt beside each has its words."
    ),
    turns: int = typer.Option(30, "--turns", min=1, help="How many questions are asked."),
    echo_minutes: float = typer.Option(
        60.0, "--echo-minutes", min=0.0, help="Simulated minutes at each level of echo."
    ),
    through_devices: bool = typer.Option(
        False, "--through-devices", help="Also measure through a sound card made of software (needs pulseaudio)."
    ),
    plot: Path | None = typer.Option(None, "--plot", help="Where a picture of the result goes (PNG)."),
    json_: bool = JsonOption,
) -> None:
    """Measure how soon MIA answers a spoken question."""
    from mia_desktop.bench import plot as plots
    from mia_desktop.bench import voice_report

    _has_sounds(wav_dir)
    _can_plot(plot)
    here = context(ctx)
    settings = here.settings()
    with _progress() as tell:
        result = voice_report.run(
            settings,
            assembly.real_parts(here.paths, settings),
            wav_dir,
            tell,
            turns=turns,
            echo_minutes=echo_minutes,
            through_devices=through_devices,
        )
    if plot is not None:
        each = result["each"]
        ways = {"MIA": each["mia_s"], "sequential": each["sequential_s"], "floor": each["floor_s"]}
        plots.cumulative(plot, ways, "From releasing the talk key to the first sound")
    _show(result, json_)


@group.command()
def endpointing(
    ctx: typer.Context,
    wav_dir: Path | None = typer.Option(
        None, "--wav-dir", help="Folder of turns, each in a file; without it, clips that ship and made ones."
    ),
    aloud: bool = typer.Option(
        False, "--aloud", help="Also say them to the whole of MIA, in real time: does she speak too early?"
    ),
    json_: bool = JsonOption,
) -> None:
    """Measure how often a pause for thought is taken for the end of a turn, and how soon the real end is seen."""
    from mia_desktop.bench import endpointing

    _has_sounds(wav_dir)
    here = context(ctx)
    settings = here.settings()
    with _progress() as tell:
        result = endpointing.run(settings, assembly.real_parts(here.paths, settings), wav_dir, tell, aloud=aloud)
    if json_:
        give(result)
        return
    for name, of_clips in result.items():
        say(f"{name}, {of_clips['clips']} clips")
        for way, values in of_clips.items():
            if way != "clips":
                say(f"  {way:<12} " + "  ".join(f"{key}: {value}" for key, value in values.items()))


@group.command()
def devices(
    ctx: typer.Context,
    minutes: float = typer.Option(10.0, "--minutes", min=0.1, help="How long both devices are open."),
    json_: bool = JsonOption,
) -> None:
    """Count how often the sound card runs dry or over while all models work (needs pulseaudio)."""
    from mia_desktop.bench import device_load
    from mia_desktop.bench.voice import load

    here = context(ctx)
    settings = here.settings()
    with _progress() as tell:
        models = load(assembly.real_parts(here.paths, settings))
        result = device_load.xruns(settings, models, minutes, tell)
    _show(result, json_)


@group.command()
def speaker(
    ctx: typer.Context,
    turns: int = typer.Option(200, "--turns", min=1, help="How many questions are answered aloud."),
    json_: bool = JsonOption,
) -> None:
    """Look whether all that she says leaves her speaker, beginnings and ends (needs pulseaudio)."""
    from mia_desktop.bench.voice import load
    from mia_desktop.bench.voice_devices import spoken_turns

    here = context(ctx)
    settings = here.settings()
    with _progress() as tell:
        result = spoken_turns(settings, load(assembly.real_parts(here.paths, settings)), turns, tell)
    _show(result, json_)


@group.command()
def memory(
    ctx: typer.Context,
    locomo: Path | None = typer.Option(None, "--locomo", help="A LoCoMo file with conversations and questions."),
    conversations: str = typer.Option("", "--conversations", help="Names of conversations, with commas; empty: all."),
    sizes: str = typer.Option("1000,10000", "--sizes", help="Numbers of memories to measure at; empty: none."),
    keep: Path | None = typer.Option(
        None, "--keep", help="Folder where the vaults of --sizes stay; those in it are not filled again."
    ),
    live: bool = typer.Option(False, "--live", help="Also fill Chroma's live index and check that it agrees."),
    turns: int = typer.Option(0, "--turns", min=0, help="Turns in which to measure what keeping adds; at each size."),
    kills: int = typer.Option(0, "--kills", min=0, help="How often a process that remembers is killed."),
    plot: Path | None = typer.Option(None, "--plot", help="Where a picture of the result goes (PNG)."),
    json_: bool = JsonOption,
) -> None:
    """Measure what recall finds, how fast, and how soon after unlocking, in vaults made for it."""
    from mia_desktop.bench import first_answer, keeping, kill_storm
    from mia_desktop.bench import plot as plots
    from mia_desktop.bench.memory import measure
    from mia_desktop.bench.scale import Renamed
    from mia_desktop.bench.vaults import Vaults
    from mia_desktop.engine.remembering import load_embedder
    from mia_desktop.engine.ruled_memory import RuledMemory
    from mia_desktop.memory.memory import Memory

    _can_plot(plot)
    if locomo is not None and not locomo.is_file():
        raise InputError(f"There is no file {locomo}. Name a LoCoMo file.")
    if keep is not None and not keep.is_dir():
        raise InputError(f"There is no folder {keep}. Make one first.")
    try:
        counts = [int(one) for one in sizes.split(",") if one.strip()]
    except ValueError:
        raise InputError(f"--sizes takes numbers with commas between, not '{sizes[:40]}'.") from None
    here = context(ctx)
    names = [one.strip() for one in conversations.split(",") if one.strip()]
    embedder = load_embedder(here.paths, here.settings())
    with Vaults() as vaults, Vaults(keep) as kept:
        result = measure(
            path=locomo,
            names=names,
            sizes=counts,
            live=live,
            make=vaults.make,
            place=kept.place,
            embedder=embedder,
        )
        for name, one in zip((f"scale-{count}" for count in counts), result["scale"], strict=True):
            kept.lock(name)
            started = first_answer.measure(kept.folder(name), kept.passphrase, here.paths)
            one["started"] = dataclasses.asdict(started)
            if turns:
                talked = RuledMemory(Memory(kept.reopen(name), Renamed(embedder)), kept.vault(name))
                one["keeping"] = [
                    dataclasses.asdict(keeping.measure(talked, turns, pause_s)) for pause_s in keeping.PAUSES_S
                ]
        if kills:
            result["kill_storm"] = dataclasses.asdict(kill_storm.measure(vaults, kills))
    if plot is not None:
        plots.memory(plot, result)
    _show(result, json_)


@group.command()
def vision(
    ctx: typer.Context,
    rounds: int = typer.Option(5, "--rounds", min=1, help="How often a picture of each size is looked at."),
    turns: int = typer.Option(15, "--turns", min=0, help="Spoken questions with and without a camera; 0: none."),
    idle_s: float = typer.Option(10.0, "--idle-s", min=0.0, help="How long the camera is left open; 0: not at all."),
    plot: Path | None = typer.Option(None, "--plot", help="Where a picture of the result goes (PNG)."),
    json_: bool = JsonOption,
) -> None:
    """Measure what MIA's eyes find, how often they claim too much, and what it costs."""
    from mia_desktop.bench import plot as plots
    from mia_desktop.bench import vision, vision_report

    if importlib.util.find_spec("matplotlib") is None:
        raise UsageError("The packaged MIA cannot draw the pages that are read. Measure from a checkout.")
    here = context(ctx)
    with _progress() as tell:
        result = vision_report.run(
            here.paths,
            here.settings(),
            tell,
            rounds=rounds,
            turns=turns,
            idle_s=idle_s,
        )
    if plot is not None:
        plots.seeing(plot, *vision.plotted(result), result.get("camera_turn", []))
    _show(result, json_)


@group.command()
def soak(
    ctx: typer.Context,
    minutes: float = typer.Option(30.0, "--minutes", min=0.1, help="How long the conversation lasts."),
    json_: bool = JsonOption,
) -> None:
    """Talk for long and see whether anything grows, gets lost or gets stuck."""
    from mia_desktop.bench import clips, soak, voice

    here = context(ctx)
    settings = here.settings()
    models = voice.load(assembly.real_parts(here.paths, settings))
    questions = clips.spoken(clips.ANSWERED, models.synthesizer)
    result = soak.soak(settings, models, questions, minutes, note)
    _show(result, json_)


@group.command()
def focus(
    ctx: typer.Context,
    turns: int = typer.Option(10, "--turns", min=1, help="How many spoken questions are asked each way."),
    attacks: bool = typer.Option(True, help="Also try orders that are written in pictures."),
    json_: bool = JsonOption,
) -> None:
    """Measure what attention finds, what a camera costs a turn, and how often words in pictures are obeyed."""
    from mia_desktop.bench import focus as bench_focus

    here = context(ctx)
    with _progress() as tell:
        result = bench_focus.run(
            here.paths,
            here.settings(),
            tell,
            turns=turns,
            with_attacks=attacks,
        )
    if json_:
        give(result)
        return
    for name, values in result.items():
        say(name)
        for line in values if isinstance(values, list) else [values]:
            say("  " + "  ".join(f"{key}: {value}" for key, value in line.items()))


@group.command()
def gui(
    ctx: typer.Context,
    idle_s: float = typer.Option(10.0, "--idle-s", min=1.0, help="How long MIA is left alone."),
    json_: bool = JsonOption,
) -> None:
    """Measure the window: start, a whole turn, rest, end. It opens on this screen, or on none where there is none."""
    from mia_desktop.bench.gui import measure

    _show(measure(context(ctx).paths, idle_s, note), json_)


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Give what tells the user of progress while libraries are kept from telling theirs."""
    with os.fdopen(os.dup(2), "w", buffering=1) as progress, quiet_libraries():
        yield lambda sentence: print(sentence, file=progress)


def _has_sounds(wav_dir: Path | None) -> None:
    if wav_dir is not None and not wav_dir.is_dir():
        raise InputError(f"There is no folder {wav_dir}. Name one with sound files in it.")
    if wav_dir is not None and not any((*wav_dir.glob("*.wav"), *wav_dir.glob("*.flac"))):
        raise InputError(f"In {wav_dir} there are no sound files. Put WAV or FLAC files there.")


def _can_plot(plot: Path | None) -> None:
    if plot is not None and importlib.util.find_spec("matplotlib") is None:
        raise UsageError("The packaged MIA draws no plots. Leave --plot out, or measure from a checkout.")


def _show(result: dict[str, Any], json_: bool) -> None:
    if json_:
        give(result)
        return
    for key, value in result.items():
        if key != "each":
            say(f"{key:<32} {value}")
