"""Plots of the benches, as PNG files."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from mia_desktop.core.errors import InputError

_CATEGORIES: Final = ("several\nturns", "time", "open", "one turn", "never\nhappened")


def cumulative(path: Path, ways: Mapping[str, Sequence[float]], title: str) -> None:
    """Draw, for each way, the share of turns (0 to 1) that had their first audio within so many seconds.

    Raises InputError when `path` cannot be written.
    """
    figure = _figure()
    axes = figure.add_subplot()
    for name, seconds in ways.items():
        axes.ecdf(seconds, label=f"{name} ({len(seconds)})", linewidth=2)
    axes.axhline(0.5, color="0.8", linewidth=0.8, zorder=0)
    axes.set(title=title, xlabel="seconds to the first audio", ylabel="share of turns", xlim=(0, None))
    axes.grid(alpha=0.3)
    axes.legend(loc="lower right")
    _save(figure, path)


def seeing(
    path: Path,
    sizes: Sequence[str],
    stages: Mapping[str, Sequence[float]],
    turns: Sequence[Mapping[str, Any]],
) -> None:
    """Draw, for each size, a bar for each stage's milliseconds, and when turns with and without a camera sounded.

    Raises InputError when `path` cannot be written.
    """
    figure = _figure()
    panels = iter(figure.subplots(1, 1 + bool(turns), squeeze=False)[0])
    axes = next(panels)
    width = 0.8 / len(stages)
    for number, (name, milliseconds) in enumerate(stages.items()):
        axes.bar([at + width * number for at in range(len(sizes))], milliseconds, width, label=name)
    axes.set(title="What each part of seeing takes", ylabel="milliseconds", yscale="log")
    axes.set_xticks([at + 0.4 - width / 2 for at in range(len(sizes))], sizes)
    axes.set_ylim(top=10 * max(max(one) for one in stages.values()))
    axes.grid(alpha=0.3, axis="y")
    axes.legend(loc="upper left", ncols=3)
    if turns:
        axes = next(panels)
        for one in turns:
            axes.ecdf(one["each_s"], label=one["camera"], linewidth=2)
        axes.axhline(0.5, color="0.8", linewidth=0.8, zorder=0)
        axes.set(title="From the last word to the first sound", xlabel="seconds", ylabel="share of turns")
        axes.grid(alpha=0.3)
        axes.legend(loc="lower right")
    _save(figure, path)


def memory(path: Path, result: Mapping[str, Any]) -> None:
    """Draw what `mia bench memory` measured: what recall finds by kind of question, and how fast it is by size.

    Raises InputError when nothing was measured, or `path` cannot be written.
    """
    found, sizes = result.get("by_category"), result["scale"]
    if not (found or sizes):
        raise InputError("Nothing was measured, so there is nothing to draw. Give --locomo or --sizes.")
    figure = _figure()
    figure.set_size_inches(11, 4.5)
    panels = iter(figure.subplots(1, bool(found) + bool(sizes), squeeze=False)[0])
    if found:
        axes = next(panels)
        axes.bar([_CATEGORIES[number] for number in range(len(found))], found)
        axes.axhline(result["turn_recall_at_10"], color="0.3", linestyle="--", linewidth=1)
        axes.set(title="LoCoMo: evidence among the first ten", ylabel="share", ylim=(0, 1))
    if sizes:
        axes = next(panels)
        counts = [one["memories"] for one in sizes]
        for name, label in (("recall_p50_ms", "recall, p50"), ("recall_p95_ms", "recall, p95")):
            axes.plot(counts, [one[name] for one in sizes], marker="o", label=label)
        opened = [1000 * one["first_answer_s"] for one in sizes]
        axes.plot(counts, opened, marker="s", label="open vault to the first answer")
        if all("started" in one for one in sizes):
            started = [1000 * one["started"]["all_s"] for one in sizes]
            axes.plot(counts, started, marker="^", label="passphrase to the first answer, new process")
        axes.set(title="Time by number of memories", xlabel="memories", ylabel="ms", xscale="log", yscale="log")
        axes.grid(alpha=0.3)
        axes.legend(fontsize="small", loc="upper left", bbox_to_anchor=(0, 0.78))
    _save(figure, path)


def _figure() -> Any:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 4.5), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def _save(figure: Any, path: Path) -> None:
    try:
        figure.savefig(path, dpi=120)
    except OSError:
        raise InputError(f"{path} cannot be written. Choose another place with --plot.") from None
