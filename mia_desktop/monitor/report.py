"""A report of how MIA does, to be given to whoever helps: nothing in it tells of the user or their words. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mia_desktop.core.events import ModelLoaded
from mia_desktop.monitor.alerts import Alert
from mia_desktop.monitor.observed import CLOCKS, Observed
from mia_desktop.monitor.resources import Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a report tells.

    Attributes:
        versions: of MIA and what she runs on, by name.
        state: what she does.
        usage: what she costs; None: not measured.
        queues: how many items wait, by stage.
        samples_lost: of the microphone.
        checks: what was checked, and whether it works.
        alerts: what is over its bound.
        changed: keys of the settings that differ from their defaults, never their values.
        known_models: names of the catalogue that MIA ships; a model of the user's own may be named after anything.
    """

    versions: Mapping[str, str]
    state: str
    usage: Usage | None
    queues: Sequence[tuple[str, int]]
    samples_lost: int
    checks: Sequence[tuple[str, bool]]
    alerts: Sequence[Alert]
    changed: Sequence[str]
    known_models: frozenset[str]


def report(facts: Facts, observed: Observed) -> str:
    """Return the report as text, a fact a line."""
    lines = ["MIA diagnostics"]
    lines += [f"{name}: {value}" for name, value in facts.versions.items()]
    lines.append(f"state: {facts.state}")
    if facts.usage is not None:
        one = facts.usage
        lines.append(
            f"MIA: {one.cpu_percent:.0f} % of a core, {one.rss_bytes / 1e6:.0f} MB, {one.threads} threads; machine: "
            f"{one.cores} cores at {one.machine_cpu_percent:.0f} %, {one.machine_memory_bytes / 1e9:.1f} GB at "
            f"{one.machine_memory_percent:.0f} %"
        )
    lines += [_model(one, facts.known_models) for one in observed.models.values()]
    lines.append("queues: " + ", ".join(f"{name} {depth}" for name, depth in facts.queues))
    lines.append(f"samples lost: {facts.samples_lost}")
    for clock in CLOCKS:
        half, most = observed.within_s(clock, 0.5), observed.within_s(clock, 0.95)
        if half is not None and most is not None:
            lines.append(f"{clock}: p50 {half:.2f}, p95 {most:.2f}, of {observed.turns} turns")
    lines += [f"alert: {one.kind} {one.value:.1f} over {one.bound:.1f}" for one in facts.alerts]
    lines += [f"check {name}: {'works' if ok else 'fails'}" for name, ok in facts.checks]
    lines += [f"failed: {worker} {code}" for worker, code in observed.failures]
    lines.append("settings changed: " + (", ".join(facts.changed) or "none"))
    return "\n".join(lines) + "\n"


def _model(one: ModelLoaded, known: frozenset[str]) -> str:
    name = one.model if one.model in known or one.model in ("silero", "vault") else "a model of the user's own"
    return f"model {one.role}: {name}, {one.load_s:.1f} s, {one.rss_bytes / 1e6:.0f} MB"
