"""Plots of the benches, as PNG files."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from mia_desktop.core.errors import InputError


def cumulative(path: Path, ways: Mapping[str, Sequence[float]], title: str) -> None:
    """Draw, for each way, the share of turns (0 to 1) that had their first audio within so many seconds.

    Raises InputError when `path` cannot be written.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 4.5), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    for name, seconds in ways.items():
        axes.ecdf(seconds, label=f"{name} ({len(seconds)})", linewidth=2)
    axes.axhline(0.5, color="0.8", linewidth=0.8, zorder=0)
    axes.set(title=title, xlabel="seconds to the first audio", ylabel="share of turns", xlim=(0, None))
    axes.grid(alpha=0.3)
    axes.legend(loc="lower right")
    try:
        figure.savefig(path, dpi=120)
    except OSError:
        raise InputError(f"{path} cannot be written. Choose another place with --plot.") from None
