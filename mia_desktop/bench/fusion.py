"""What fusion and attention add: which picture is meant, and which moment a sentence finds."""

import dataclasses
import json
import time
from collections.abc import Callable, Collection, Sequence
from typing import Final

import numpy as np

from mia_desktop.bench.attacks import sign
from mia_desktop.core.paths import shipped
from mia_desktop.core.ports import Vectors
from mia_desktop.core.sights import Label, Modality, Percept, Vector
from mia_desktop.perception.attention import ALL_HEADS, Head, Talk, attend
from mia_desktop.perception.fusion import fuse, unit

Embed = Callable[[Sequence[str]], Vectors]
_MOMENTS: Final = 200
_APART_S: Final = 20.0
_SEED: Final = 5


def references(embed: Embed) -> dict[str, float]:
    """Return the share of questions whose picture is found, with all heads, without each, and by plain rules."""
    data = json.loads((shipped("resources") / "samples" / "references.json").read_text("utf-8"))
    percepts = []
    for number, one in enumerate(data["pictures"]):
        at_s = number * _APART_S
        labels = tuple(Label(name=name, confidence=0.8) for name in one["labels"])
        texts = {"image": ", ".join(one["labels"]), "reading": one["reading"].replace("\n", " ")}
        modalities = tuple(
            Modality(kind=kind, vector=embed([text])[0], at_s=at_s, confidence=0.8)  # type: ignore[arg-type]
            for kind, text in texts.items()
            if text
        )
        sight = dataclasses.replace(sign(one["reading"]), labels=labels)
        percepts.append(
            Percept(
                key=one["key"],
                number=number,
                group=number,
                at_s=at_s,
                sight=dataclasses.replace(sight, picture=dataclasses.replace(sight.picture, name="")),
                vector=fuse(modalities, at_s)[0],
                space="text",
                modalities=modalities,
            )
        )
    now_s = len(percepts) * _APART_S
    talk = Talk(current={percepts[-1].key}, now_s=now_s)
    places = [unit(one) for one in embed([text for text, _ in data["questions"]])]

    def found(heads: Collection[Head]) -> float:
        hits = 0
        for (text, meant), place in zip(data["questions"], places, strict=True):
            focus = attend(text, place, percepts, talk, heads)
            hits += [one.key for one in focus.percepts] == meant if focus else not meant
        return round(hits / len(places), 3)

    newest = [percepts[-1].key]
    return {
        "all heads": found(ALL_HEADS),
        **{f"without {name}": found([one for one in ALL_HEADS if one != name]) for name in ALL_HEADS},
        "always the newest picture": round(sum(meant == newest for _, meant in data["questions"]) / len(places), 3),
    }


def retrieval(embed: Embed) -> dict[str, dict[str, float]]:
    """Return how often a sentence finds its moment first among 200, and the mean of 1 / rank, by the way of fusing.

    50 moments have a picture and something written in it, and are asked for by either; 150 have a picture only.
    Pictures stand where ConSE puts them: on the mean of their classes' vectors, here the right one and two others.
    """
    samples = shipped("resources") / "samples"
    pairs = [line.split("\t") for line in (samples / "readings.tsv").read_text("utf-8").splitlines()]
    classes = (shipped("resources") / "imagenet" / "classes.tsv").read_text("utf-8").splitlines()
    chance = np.random.default_rng(_SEED)
    names = list(dict.fromkeys(line.split("\t")[0] for line in classes))
    chosen = [names[at] for at in chance.permutation(len(names))[: 3 * _MOMENTS]]
    shown = embed(chosen)
    pictures = [unit(shown[at] + 0.3 * shown[at + _MOMENTS] + 0.2 * shown[at + 2 * _MOMENTS]) for at in range(_MOMENTS)]
    written = embed([text for text, _ in pairs])
    moments = [
        (
            Modality(kind="image", vector=picture, at_s=0.0, confidence=0.6),
            *(
                [Modality(kind="reading", vector=unit(written[at]), at_s=0.0, confidence=0.9)]
                if at < len(pairs)
                else []
            ),
        )
        for at, picture in enumerate(pictures)
    ]
    questions = embed(
        [f"Have I shown you {name} before?" for name in chosen[: len(pairs)]] + [question for _, question in pairs]
    )
    answers = [*range(len(pairs)), *range(len(pairs))]

    def plain_mean(moment: tuple[Modality, ...], _: Vector) -> Vector:
        return unit(np.mean([one.vector for one in moment], axis=0))

    ways: dict[str, Callable[[tuple[Modality, ...], Vector], Vector]] = {
        "picture only": lambda moment, _: moment[0].vector,
        "writing only": lambda moment, _: moment[-1].vector,
        "plain mean": plain_mean,
        "fused, one vector": lambda moment, _: fuse(moment, 0.0)[0],
        "fused as the question asks": lambda moment, question: fuse(moment, 0.0, question)[0],
    }
    results = {}
    for name, way in ways.items():
        ranks = []
        for question, answer in zip(questions, answers, strict=True):
            likeness = np.array([way(moment, unit(question)) @ question for moment in moments])
            ranks.append(1 + int((likeness > likeness[answer]).sum()))
        results[name] = {
            "first": round(float(np.mean(np.array(ranks) == 1)), 3),
            "reciprocal_rank": round(float(np.mean(1 / np.array(ranks))), 3),
        }
    return results


def cost_ms(count: int = 64, dimensions: int = 384, rounds: int = 50) -> float:
    """Return the median time that attention over `count` percepts takes on one core, milliseconds of CPU time."""
    chance = np.random.default_rng(_SEED)
    percepts = []
    for at in range(count):
        modalities = tuple(
            Modality(kind=kind, vector=unit(chance.standard_normal(dimensions)), at_s=float(at), confidence=0.8)
            for kind in ("image", "reading", "words")
        )
        percepts.append(
            Percept(key=str(at), number=at, group=at, at_s=float(at), sight=sign("TOTAL 13.60"), modalities=modalities)
        )
    query, talk = unit(chance.standard_normal(dimensions)), Talk(current={"3"}, now_s=float(count))
    taken_s = []
    for _ in range(rounds):
        begun_s = time.thread_time()
        attend("What was the total on the receipt?", query, percepts, talk)
        taken_s.append(time.thread_time() - begun_s)
    return round(1000 * float(np.median(taken_s)), 2)
