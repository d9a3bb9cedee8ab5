from hypothesis import given
from hypothesis import strategies as st

from mia_desktop.library.catalog import Catalog
from mia_desktop.library.fit import fit
from mia_desktop.library.machine import Gpu, Machine, read_nvidia

GB = 10**9
CATALOG = tuple(Catalog.load())


def verdicts(machine: Machine) -> dict[str, str]:
    return {one.model.name: one.verdict for one in fit(machine, CATALOG).fits}


def test_a_laptop_without_a_gpu_is_given_the_starter_models() -> None:
    laptop = Machine(memory_bytes=8 * GB, cores=4)
    best = fit(laptop, CATALOG).recommended
    assert best["language"] == "qwen2.5-coder-0.5b"
    assert best["speech_to_text"] == "whisper-base"
    assert best["text_embedding"] == "minilm-l6-v2-int8"
    assert best["end_of_turn"] == "smart-turn-v3"
    assert verdicts(laptop)["qwen2.5-7b-instruct"] == "no"


def test_more_memory_without_a_gpu_is_slow() -> None:
    desktop = Machine(memory_bytes=64 * GB, cores=2)
    assert verdicts(desktop)["qwen2.5-7b-instruct"] == "slow"
    assert fit(desktop, CATALOG).recommended["language"] == "qwen2.5-coder-0.5b"


def test_a_gpu_carries_the_larger_ones() -> None:
    gpu = Gpu(name="Card", kind="cuda", memory_bytes=12 * GB)
    best = fit(Machine(memory_bytes=16 * GB, cores=8, gpu=gpu), CATALOG).recommended
    assert best["language"] == "qwen2.5-7b-instruct"
    assert best["speech_to_text"] == "whisper-large-v3-turbo"


def test_a_tiny_machine_is_told_no() -> None:
    advice = fit(Machine(memory_bytes=10_000_000, cores=1), CATALOG)
    assert {one.verdict for one in advice.fits} == {"no"}
    assert advice.recommended == {}


@given(st.integers(0, 256 * GB), st.integers(1, 64), st.integers(0, 80 * GB))
def test_more_machine_never_fits_less(memory: int, cores: int, gpu_memory: int) -> None:
    order = {"no": 0, "slow": 1, "yes": 2}
    small = verdicts(Machine(memory_bytes=memory, cores=cores))
    gpu = Gpu(name="Card", kind="cuda", memory_bytes=gpu_memory)
    large = verdicts(Machine(memory_bytes=memory + GB, cores=cores + 1, gpu=gpu))
    assert all(order[large[name]] >= order[small[name]] for name in small)


def test_every_verdict_has_a_sentence() -> None:
    assert all(one.why.endswith(".") for one in fit(Machine(memory_bytes=8 * GB, cores=2), CATALOG).fits)


def test_the_largest_of_several_gpus_counts() -> None:
    gpu = read_nvidia("NVIDIA A, 4096\nNVIDIA B, Ti, 8192\nbroken\n")
    assert gpu == Gpu(name="NVIDIA B, Ti", kind="cuda", memory_bytes=8192 * 1024 * 1024)
    assert read_nvidia("") is None


def test_this_machine_can_be_measured() -> None:
    machine = Machine.measure()
    assert machine.memory_bytes > 0
    assert machine.cores > 0
