"""The thousand classes of ImageNet, by the names that people would use."""

from functools import cache

from mia_desktop.core.paths import shipped


@cache
def classes() -> tuple[tuple[str, str], ...]:
    """Return each class's name and the kind of thing that it is (empty for none), in the order of a model's outputs."""
    lines = (shipped("resources") / "imagenet" / "classes.tsv").read_text("utf-8").splitlines()
    return tuple((name, kind) for name, kind in (line.split("\t") for line in lines))
