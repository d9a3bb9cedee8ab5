"""The Hugging Face hub: one file, resumed where it stopped, verified by what the hub says of it."""

import contextlib
import hashlib
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlparse

from mia_desktop.core.errors import FetchError
from mia_desktop.library import disk
from mia_desktop.library.catalog import HubSource, ModelFile
from mia_desktop.library.growing import Growing
from mia_desktop.library.progress import Watch

if TYPE_CHECKING:
    from huggingface_hub import HfFileMetadata
    from typing_extensions import Buffer

_CHUNK_BYTES: Final = 256 * 1024
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_SHA1: Final = re.compile(r"[0-9a-f]{40}")


class _WatchedFile(io.BufferedWriter):
    """Appends to a file and tells how far it is."""

    def __init__(self, path: Path, name: str, total_bytes: int, watch: Watch) -> None:
        super().__init__(io.FileIO(path, "ab"))
        self._name, self._total_bytes, self._watch = name, total_bytes, watch

    def write(self, block: "Buffer", /) -> int:
        """Write all of `block`."""
        written = super().write(block)
        self._watch.tell("downloading", self._name, self.tell(), self._total_bytes)
        return written


def fetch(source: HubSource, file: ModelFile, growing: Growing, watch: Watch) -> tuple[str, str]:
    """Bring one file into `growing`; return its SHA-256 and where exactly it came from. Raises FetchError.

    Only what was asked for is told to the hub: no telemetry, no account's token.
    """
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    import httpx

    place = f"{source.repo}/{source.files[file.name]}"
    try:
        with _reachable():
            metadata = _download(source, file, growing, watch)
    except (httpx.HTTPError, OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk, not the hub
        raise FetchError(
            f"{place} could not be fetched from the hub: {_first_line(error)}. Try again later."
        ) from error
    digest = disk.sha256(growing.path, watch)
    growing.check(digest)
    etag = metadata.etag or ""
    if (_SHA256.fullmatch(etag) and etag != digest) or (_SHA1.fullmatch(etag) and etag != _git_sha1(growing.path)):
        growing.drop()
        raise FetchError(f"{place} arrived damaged. Try again: it will be fetched anew.")
    return digest, f"hub:{source.repo}@{metadata.commit_hash or source.revision}"


def _download(source: HubSource, file: ModelFile, growing: Growing, watch: Watch) -> "HfFileMetadata":
    from huggingface_hub import get_hf_file_metadata, hf_hub_url
    from huggingface_hub.file_download import http_get
    from huggingface_hub.utils import build_hf_headers, disable_progress_bars  # type: ignore[attr-defined] # documented there

    disable_progress_bars()
    endpoint = os.environ.get("HF_ENDPOINT") or None
    url = hf_hub_url(source.repo, source.files[file.name], revision=source.revision, endpoint=endpoint)
    if urlparse(url).scheme not in ("https", "http"):
        raise ValueError("HF_ENDPOINT is no web address")
    watch.tell("downloading", file.name, growing.size, file.bytes)
    metadata = get_hf_file_metadata(url, token=False, endpoint=endpoint)
    size = metadata.size
    if growing.journal() != {"etag": metadata.etag} or (size is not None and growing.size > size):
        growing.drop()
        growing.note({"etag": metadata.etag})
    disk.require_room(growing.path.parent, max(0, (size or file.bytes) - growing.size))
    with _WatchedFile(growing.path, file.name, size or 0, watch) as out:
        http_get(
            metadata.location,
            out,
            resume_size=growing.size,
            headers=build_hf_headers(token=False),
            expected_size=size,
            displayed_filename=file.name,
        )
    return metadata


@contextlib.contextmanager
def _reachable() -> Iterator[None]:
    """Let the hub be reached while the user fetches a model, though MIA keeps its libraries offline otherwise."""
    from huggingface_hub import constants

    before = constants.HF_HUB_OFFLINE, constants.DOWNLOAD_CHUNK_SIZE
    constants.HF_HUB_OFFLINE, constants.DOWNLOAD_CHUNK_SIZE = False, _CHUNK_BYTES
    try:
        yield
    finally:
        constants.HF_HUB_OFFLINE, constants.DOWNLOAD_CHUNK_SIZE = before


def _git_sha1(path: Path) -> str:
    """Return the name that git gives to a file's content; the hub's etag of small files."""
    digest = hashlib.sha1(b"blob %d\0" % path.stat().st_size, usedforsecurity=False)
    with path.open("rb") as file:
        for block in disk.blocks(file):
            digest.update(block)
    return digest.hexdigest()


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].rstrip(".")[:200]
