import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from mia_desktop.core.errors import CancelledError, FetchError
from mia_desktop.core.paths import Paths
from mia_desktop.library.progress import Progress
from mia_desktop.library.store import Store
from tests.library.tiny_models import Seen, catalogue_entry, sha, store_of

COMMIT = "c" * 40
FILES = {"weights.gguf": bytes(range(256)) * 8000, "config.json": b'{"small": true}'}


class Hub(ThreadingHTTPServer):
    """The part of the hub's protocol that fetching a file needs: HEAD with its headers, a redirect, ranges."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.files = dict(FILES)
        self.sent = dict(FILES)
        self.requests: list[tuple[str, str, str | None]] = []
        self.authorized = False


class _Answer(BaseHTTPRequestHandler):
    server: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_HEAD(self) -> None:
        name = self.path.rpartition("/")[2]
        self._note()
        if name not in self.server.files or not self.path.startswith("/owner/repo/resolve/main/"):
            self.send_response(404)
            self.send_header("X-Error-Code", "EntryNotFound")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        content = self.server.files[name]
        large = name.endswith(".gguf")
        self.send_response(302 if large else 200)
        self.send_header("X-Repo-Commit", COMMIT)
        if large:
            self.send_header("X-Linked-Etag", f'"{sha(content)}"')
            self.send_header("X-Linked-Size", str(len(content)))
            self.send_header("Location", f"http://localhost:{self.server.server_port}/cdn/{name}")
            self.send_header("Content-Length", "0")
        else:
            blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
            self.send_header("ETag", f'"{blob}"')
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()

    def do_GET(self) -> None:
        self._note()
        content = self.server.sent[self.path.rpartition("/")[2]]
        start = 0
        if (wanted := self.headers["Range"]) is not None:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        try:
            self.wfile.write(content[start:])
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _note(self) -> None:
        self.server.authorized |= "authorization" in self.headers
        self.server.requests.append((self.command, self.path, self.headers["Range"]))


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    from huggingface_hub import close_session

    server = Hub()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    yield server
    close_session()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def store(paths: Paths) -> Store:
    names = "\n".join(f'"{name}" = "{name}"' for name in FILES)
    source = f'kind = "hub"\nrepo = "owner/repo"\nrevision = "main"\n[model.sources.files]\n{names}'
    return store_of(paths, catalogue_entry("remote", FILES, source, hashes=False))


def test_files_come_from_the_hub_and_their_hashes_are_remembered(hub: Hub, store: Store, paths: Paths) -> None:
    store.pull("remote")
    assert {name: path.read_bytes() for name, path in store.located("remote").files.items()} == FILES
    manifest = (paths.models / "remote" / "installed.json").read_text()
    assert all(sha(content) in manifest for content in FILES.values())
    assert f"hub:owner/repo@{COMMIT}" in manifest
    assert not hub.authorized
    main = store.located("remote").main
    main.write_bytes(main.read_bytes()[:-1] + b"!")
    assert store.verify("remote") == ["weights.gguf"]
    store.pull("remote")
    assert store.verify("remote") == []


def test_a_stopped_download_goes_on_where_it_was(hub: Hub, store: Store, seen: Seen) -> None:
    cancel = threading.Event()

    def stop_half_way(progress: Progress) -> None:
        if progress.done_bytes > 1_000_000:
            cancel.set()

    with pytest.raises(CancelledError):
        store.pull("remote", stop_half_way, cancel)
    assert store.status("remote") == "missing"
    store.pull("remote", seen)
    ranges = [wanted for command, path, wanted in hub.requests if command == "GET" and path.startswith("/cdn/")]
    assert ranges[0] is None
    assert ranges[1] is not None
    assert int(ranges[1].removeprefix("bytes=").rstrip("-")) > 500_000
    assert store.verify("remote") == []


def test_a_file_that_changed_on_the_hub_meanwhile_is_begun_anew(hub: Hub, store: Store) -> None:
    cancel = threading.Event()

    def stop_half_way(progress: Progress) -> None:
        if progress.done_bytes > 1_000_000:
            cancel.set()

    with pytest.raises(CancelledError):
        store.pull("remote", stop_half_way, cancel)
    hub.files["weights.gguf"] = hub.sent["weights.gguf"] = bytes(2_100_000)
    store.pull("remote")
    assert store.located("remote").main.read_bytes() == bytes(2_100_000)


@pytest.mark.parametrize("name", FILES)
def test_bytes_that_are_not_what_the_hub_says_are_refused(hub: Hub, store: Store, name: str) -> None:
    content = bytearray(FILES[name])
    content[3] ^= 1
    hub.sent[name] = bytes(content)
    with pytest.raises(FetchError, match="arrived damaged"):
        store.pull("remote")
    hub.sent[name] = FILES[name]
    store.pull("remote")
    assert store.verify("remote") == []


def test_what_the_hub_has_not_is_explained(hub: Hub, store: Store) -> None:
    del hub.files["weights.gguf"]
    with pytest.raises(FetchError, match=r"owner/repo/weights\.gguf could not be fetched from the hub"):
        store.pull("remote")


def test_a_hub_that_cannot_be_reached_is_explained(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(FetchError, match="could not be fetched from the hub"):
        store.pull("remote")


def test_the_users_own_pull_works_though_the_libraries_are_kept_offline(
    hub: Hub, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    store.pull("remote")
    assert store.status("remote") == "installed"
    assert constants.HF_HUB_OFFLINE
