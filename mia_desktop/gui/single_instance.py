"""One window for each home folder: a second start hands its files over and raises the first."""

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QByteArray, QDir, QLockFile, QObject, QStandardPaths, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from mia_desktop.core.errors import RefusedError
from mia_desktop.core.paths import Paths

_PATIENCE_MS = 3000
_LONGEST_BYTES = 65_536
_MOST_FILES = 100
_HEARD = b"heard\n"


class SingleInstance(QObject):
    """The right to be the one window of a home folder.

    A lock file decides who is first; it names the process, so that what a crash leaves behind is noticed and taken
    over. The first listens on a local socket that only its user may open.

    Attributes:
        asked_for: a second start asks for the window; with the files to open (a list of `Path`) and the token with
            which a Wayland desktop lets a window come to the front, or empty.
    """

    asked_for = Signal(object, str)

    def __init__(self, paths: Paths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = paths.make_home()
        self._lock = QLockFile(str(self._home / "window.lock"))
        self._lock.setStaleLockTime(0)  # only a process that is gone makes it stale, not its age
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._meet)

    def claim(self) -> bool:
        """Become the one window, and tell whether that worked; if not, there is another."""
        if not self._lock.tryLock(0):
            return False
        QLocalServer.removeServer(self._name())  # of a first that crashed
        self._server.listen(self._name())
        return True

    def hand_over(self, files: Iterable[Path], token: str = "") -> None:
        """Ask the first window to show itself and to open `files`; raises RefusedError when it does not answer."""
        socket = QLocalSocket()
        socket.connectToServer(self._name())
        names = [str(path.absolute()) for path in files]
        words = json.dumps({"files": names[:_MOST_FILES], "token": token}).encode() + b"\n"
        if socket.waitForConnected(_PATIENCE_MS):
            socket.write(words)
            if socket.waitForBytesWritten(_PATIENCE_MS) and socket.waitForReadyRead(_PATIENCE_MS):
                return
        raise RefusedError("MIA is already running, but does not answer. End it and start MIA again.")

    def close(self) -> None:
        """Let another window be the one."""
        self._server.close()
        self._lock.unlock()

    def _name(self) -> str:
        short = "mia-" + sha256(str(self._home).encode()).hexdigest()[:12]
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.RuntimeLocation)
        return QDir(folder).filePath(short) if folder else short  # on Windows a pipe has a name and no folder

    @Slot()
    def _meet(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._listen)
            socket.disconnected.connect(socket.deleteLater)
            if socket.canReadLine():  # its words were faster than the slot
                self._hear(socket)

    @Slot()
    def _listen(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._hear(socket)

    def _hear(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST_BYTES:
                socket.abort()
            return
        untrusted = bytes(QByteArray(socket.readLine(_LONGEST_BYTES)).data())
        socket.write(_HEARD)
        socket.flush()
        files, token = understood(untrusted)
        self.asked_for.emit(files, token)


def understood(untrusted_words: bytes) -> tuple[list[Path], str]:
    """Return the files and the token that a second start sent; of what is not understood, none."""
    try:
        untrusted = json.loads(untrusted_words)
    except ValueError:
        return [], ""
    if not isinstance(untrusted, dict):
        return [], ""
    names, token = untrusted.get("files"), untrusted.get("token")
    files = [Path(name) for name in names if isinstance(name, str)] if isinstance(names, list) else []
    return (
        [file for file in files[:_MOST_FILES] if file.is_absolute() and "\0" not in str(file)],
        token if isinstance(token, str) and len(token) <= 200 else "",
    )
