"""The constructions: published vectors, frozen vectors of our own, and what must not fit (T5)."""

import dataclasses
import io
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mia_desktop.core.errors import InputError, VaultDamagedError, VaultKeyError
from mia_desktop.security import cipher, keys, recovery, sealed_stream
from mia_desktop.security.envelope import Envelope
from mia_desktop.security.keys import Stretching, Wrapped, derive, unwrap, wrap
from mia_desktop.security.sealed_stream import CHUNK_BYTES, seal, unseal

KEY = bytearray(range(32))
# Made once with HMAC of the standard library and the bare AES-GCM.
FROZEN_WRAP = "78a89f1c4f42143b8ccf60ff10ca2a00e7d77d379a77bbf406350d8d00b89d70d56a70a7ca37142869fedeac83da6f0c"
FROZEN_STREAM = "7db3d3902bc60716394b0611a750c02bc6906b9e12"
FROZEN_DATABASE_KEY = (
    b"x'e50661ea3f8df95b191c896bc2107a42d702df59288ff3ebee5507bdf97e31fd422ed33032e2c317953452c0d56bdf39'"
)


def test_derived_keys_are_those_of_rfc_5869() -> None:
    okm = derive(bytearray(b"\x0b" * 22), bytes(range(0xF0, 0xFA)), 42, salt=bytes(range(13)))
    assert okm.hex() == ("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")


def test_a_stretched_passphrase_is_that_of_the_reference_implementation() -> None:
    stretching = Stretching(salt=b"somesalt", memory_kib=65_536, passes=2, lanes=1)
    assert stretching.key("password").hex() == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"


def test_stretching_is_at_least_the_published_minimum() -> None:
    fresh = Stretching.fresh()
    assert fresh.memory_kib >= 19_456
    assert fresh.passes >= 2
    assert fresh.salt != Stretching.fresh().salt


def test_a_passphrase_is_the_same_on_every_keyboard() -> None:
    stretching = Stretching(salt=bytes(16), memory_kib=64, passes=1, lanes=1)
    assert stretching.key("caf\u00e9") == stretching.key("cafe\u0301")


def test_wraps_of_earlier_versions_still_open() -> None:
    wrapped = Wrapped(
        salt=bytes(32),
        nonce=bytes(12),
        sealed=bytes.fromhex(FROZEN_WRAP),
    )
    assert unwrap(wrapped, KEY, b"about") == bytearray(b"d" * 32)


def test_streams_and_names_of_earlier_versions_are_the_same() -> None:
    sink = io.BytesIO()
    seal([b"hello"], sink, KEY, b"about")
    assert sink.getvalue().hex() == FROZEN_STREAM
    assert bytes(cipher.database_key(KEY, "vault-1.db")) == FROZEN_DATABASE_KEY


@pytest.mark.parametrize("what", ["secret", "about", "salt", "nonce", "sealed", "short", "empty"])
def test_a_wrap_opens_with_everything_right_or_not_at_all(what: str) -> None:
    data_key = keys.fresh()
    wrapped = wrap(data_key, KEY, b"about")
    assert unwrap(wrapped, KEY, b"about") == data_key
    secret, about = KEY, b"about"
    if what == "secret":
        secret = bytearray(b"x") + KEY[1:]
    elif what == "about":
        about = b"another vault"
    elif what in ("short", "empty"):
        wrapped = dataclasses.replace(wrapped, sealed=wrapped.sealed[:40] if what == "short" else b"")
    else:
        value = getattr(wrapped, what)
        wrapped = dataclasses.replace(wrapped, **{what: bytes([value[0] ^ 1]) + value[1:]})
    with pytest.raises(VaultKeyError, match="does not open"):
        unwrap(wrapped, secret, about)


def test_wraps_never_repeat() -> None:
    made = [wrap(KEY, KEY, b"") for _ in range(2000)]
    assert (
        len({one.salt for one in made}) == len({one.nonce for one in made}) == len({one.sealed for one in made}) == 2000
    )


def test_wiped_keys_are_zeros_where_they_lay() -> None:
    key = keys.fresh()
    same = memoryview(key)
    keys.wipe(key, None)
    assert bytes(same) == bytes(32)


def test_a_wrap_is_bound_to_vault_generation_way_and_parameters() -> None:
    one = Envelope.fresh("2026-01-01")
    other = Envelope.fresh("2026-01-01")
    stretching = Stretching.fresh()
    said = {
        one.about("daily", "a", None),
        one.about("daily", "b", None),
        one.about("daily", None, stretching),
        one.about("daily", "a", stretching),
        one.about("daily", "a", dataclasses.replace(stretching, passes=4)),
        one.about("recovery"),
        one.next("2026").about("recovery"),
        other.about("recovery"),
        dataclasses.replace(one, made="2027-01-01").about("recovery"),
    }
    assert len(said) == 9


SIZES = st.sampled_from([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 3 * CHUNK_BYTES + 5])


def sealed(data: bytes, key: bytearray = KEY) -> bytes:
    sink = io.BytesIO()
    assert seal([data[:7], data[7:]], sink, key, b"about") == len(data)
    return sink.getvalue()


def opened(data: bytes, about: bytes = b"about") -> bytes:
    return b"".join(unseal(io.BytesIO(data), KEY, about))


@settings(max_examples=20, deadline=None)
@given(size=SIZES)
def test_a_stream_comes_back_whole(size: int) -> None:
    data = bytes(i % 251 for i in range(size))
    assert opened(sealed(data)) == data


@settings(max_examples=30, deadline=None)
@given(size=SIZES, cut=st.integers(1, CHUNK_BYTES + 17))
def test_a_stream_that_was_cut_is_found_out(size: int, cut: int) -> None:
    whole = sealed(bytes(size))
    with pytest.raises(VaultDamagedError):
        opened(whole[: -min(cut, len(whole))])


@settings(max_examples=30, deadline=None)
@given(size=SIZES, place=st.integers(0, 10**7))
def test_a_stream_with_one_bit_changed_is_found_out(size: int, place: int) -> None:
    whole = bytearray(sealed(bytes(size)))
    whole[place % len(whole)] ^= 1 << place % 8
    with pytest.raises(VaultDamagedError):
        opened(bytes(whole))


def _swapped(chunks: list[bytes]) -> Iterable[bytes]:
    return [chunks[1], chunks[0], *chunks[2:]]


@pytest.mark.parametrize(
    "change",
    [
        _swapped,
        lambda chunks: [chunks[0], chunks[0], *chunks[2:]],
        lambda chunks: [*chunks, chunks[-1]],
        lambda chunks: chunks[:-1],
        lambda chunks: chunks[1:],
        lambda chunks: chunks[:1],
    ],
    ids=["swapped", "repeated", "longer", "cut", "headless", "one"],
)
def test_chunks_stay_in_their_places(change: object) -> None:
    whole = sealed(bytes(3 * CHUNK_BYTES + 5))
    size = CHUNK_BYTES + keys.TAG_BYTES
    chunks = [whole[i : i + size] for i in range(0, len(whole), size)]
    assert b"".join(chunks) == whole
    with pytest.raises(VaultDamagedError):
        opened(b"".join(change(chunks)))  # type: ignore[operator]


def test_a_stream_is_bound_to_what_it_is_about() -> None:
    with pytest.raises(VaultDamagedError):
        opened(sealed(b"abc"), b"another")


def test_no_nonce_of_a_stream_repeats() -> None:
    nonces = {sealed_stream._nonce(number, last) for number in range(50_000) for last in (False, True)}
    assert len(nonces) == 100_000


@settings(max_examples=50)
@given(secret=st.binary(min_size=32, max_size=32))
def test_a_recovery_code_is_read_however_it_is_typed(secret: bytes) -> None:
    code = recovery.written(bytearray(secret))
    assert len(code.split("-")) == 14
    assert recovery.read(code) == secret
    assert recovery.read(code.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == secret
    assert recovery.read(recovery.from_page(recovery.page(code, "id", "now"))) == secret


@settings(max_examples=50)
@given(
    secret=st.binary(min_size=32, max_size=32),
    place=st.integers(0, 68),
    letter=st.sampled_from("0123456789ABCDEFGHJKMN"),
)
def test_a_slip_in_a_recovery_code_is_told(secret: bytes, place: int, letter: str) -> None:
    code = recovery.written(bytearray(secret))
    if code[place] in ("-", letter):
        return
    with pytest.raises(InputError, match="slip"):
        recovery.read(code[:place] + letter + code[place + 1 :])


@pytest.mark.parametrize("code", ["", "hello", "0000-" * 13 + "0000", "é" * 56, "A" * 10_000])
def test_what_is_no_recovery_code_is_told(code: str) -> None:
    with pytest.raises(InputError):
        recovery.read(code)
