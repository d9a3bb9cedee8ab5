from mia_desktop.library.catalog import HubSource, Model, ModelFile, Source, WheelPart, WheelSource
from mia_desktop.library.progress import Progress, Stage
from mia_desktop.library.tally import Standing, Tally

WHEELS = WheelSource(
    files={
        "model.bin": (
            WheelPart(requirement="one==1", member="a"),
            WheelPart(requirement="two==1", member="b"),
        ),
        "config.json": (WheelPart(requirement="one==1", member="c"),),
    }
)
HUB = HubSource(repo="a/b", revision="main", files={"model.bin": "model.bin", "config.json": "config.json"})


def model(*sources: Source) -> Model:
    files = (ModelFile(name="model.bin", bytes=1000), ModelFile(name="config.json", bytes=10))
    return Model(name="m", role="language", format="gguf", files=files, sources=sources)


def report(stage: Stage, item: str = "", done: int = 0, total: int = 0) -> Progress:
    return Progress(model="m", stage=stage, item=item, done_bytes=done, total_bytes=total)


def share(standing: Standing) -> tuple[int, int]:
    return standing.done_bytes, standing.total_bytes


def test_carriers_count_by_the_parts_in_them_until_the_index_tells_their_size() -> None:
    tally = Tally(model(WHEELS))
    assert share(tally.hear(report("downloading", "one==1", 100), 0.0)) == (100, 1010)
    assert share(tally.hear(report("downloading", "one==1", 200, 400), 1.0)) == (200, 900)
    assert share(tally.hear(report("assembling", "model.bin", 300, 1000), 1.1)) == (400, 900)
    assert share(tally.hear(report("downloading", "two==1", 250), 2.0)) == (650, 900)
    assert share(tally.hear(report("done"), 3.0)) == (900, 900)


def test_a_carrier_that_is_fetched_after_a_kill_counts_those_before_it() -> None:
    tally = Tally(model(WHEELS))
    assert share(tally.hear(report("downloading", "two==1", 0), 0.0)) == (510, 1010)


def test_a_resumed_file_is_no_speed_but_what_comes_now_is() -> None:
    tally = Tally(model(HUB))
    first = tally.hear(report("downloading", "model.bin", 500, 1000), 0.0)
    assert (share(first), first.bytes_per_s, first.left_s) == ((500, 1010), None, None)
    then = tally.hear(report("downloading", "model.bin", 600, 1000), 2.0)
    assert then.bytes_per_s == 50.0
    assert then.left_s == 410 / 50


def test_speed_is_that_of_the_last_seconds() -> None:
    tally = Tally(model(HUB))
    for second, done in ((0, 0), (1, 900), (2, 900), (8, 900)):
        standing = tally.hear(report("downloading", "model.bin", done, 1000), float(second))
    assert standing.bytes_per_s == 0.0
    assert standing.left_s is None


def test_another_source_is_counted_by_its_own_things() -> None:
    tally = Tally(model(HUB, WHEELS))
    tally.hear(report("downloading", "model.bin", 900, 1000), 0.0)
    assert share(tally.hear(report("downloading", "one==1", 10), 1.0)) == (10, 1010)


def test_a_check_counts_what_was_read_of_all_files() -> None:
    tally = Tally(model(WHEELS))
    tally.hear(report("verifying", "model.bin", 1000, 1000), 0.0)
    standing = tally.hear(report("verifying", "config.json", 5, 10), 1.0)
    assert (standing.stage, share(standing)) == ("verifying", (1005, 1010))
