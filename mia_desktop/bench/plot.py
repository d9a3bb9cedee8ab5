"""Plots of the benches, as PNG files."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mia_desktop.core.errors import InputError


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


def stages(path: Path, sizes: Sequence[str], ways: Mapping[str, Sequence[float]], title: str) -> None:
    """Draw, for each size, a bar for each stage's milliseconds. Raises InputError when `path` cannot be written."""
    figure = _figure()
    axes = figure.add_subplot()
    width = 0.8 / len(ways)
    for number, (name, milliseconds) in enumerate(ways.items()):
        axes.bar([at + width * number for at in range(len(sizes))], milliseconds, width, label=name)
    axes.set(title=title, ylabel="milliseconds", yscale="log")
    axes.set_xticks([at + 0.4 - width / 2 for at in range(len(sizes))], sizes)
    axes.grid(alpha=0.3, axis="y")
    axes.legend()
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
