"""An unforeseen error: a report without anything personal, and a calm sentence instead of a traceback."""

import faulthandler
import logging
import platform
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6 import __version__ as qt_version
from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, Slot, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QMessageBox

import mia_desktop
from mia_desktop.core import log, whole_file
from mia_desktop.core.paths import Paths

_MOST_REPORTS = 20
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_qt_log = logging.getLogger("mia_desktop.qt")

Excepthook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


class CrashGuard(QObject):
    """Stands between an error that nobody expected and the user.

    While it stands, errors of all threads become a report under ``logs/reports`` and one calm dialog at a time; Qt's
    own messages become entries of the log without their text, which may name files.

    Attributes:
        unforeseen: an error came; with the id of its report.
    """

    unforeseen = Signal(str)

    def __init__(self, paths: Paths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = paths.logs / "reports"
        self._dialog: QMessageBox | None = None
        self._before: tuple[Excepthook, Callable[..., object]] | None = None
        self._faults: TextIO | None = None
        # From whichever thread it comes, the dialog is made in the main one.
        self.unforeseen.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def stand(self) -> None:
        """Take over Python's and Qt's last words."""
        self._before = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._main_thread_error
        threading.excepthook = self._thread_error
        qInstallMessageHandler(_log_qt)
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._faults = (self._folder / "fault.txt").open("w", encoding="utf-8")
            faulthandler.enable(self._faults)  # names of functions only, when a library takes the process down
        except OSError:
            self._faults = None

    def leave(self) -> None:
        """Give Python and Qt their own ways back."""
        if self._before is not None:
            sys.excepthook, threading.excepthook = self._before
            qInstallMessageHandler(None)
            self._before = None
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
            self._faults = None

    def note(self, error: BaseException) -> str:
        """Write the report of `error`, tell of it, and return its id."""
        report_id = log.report(error)
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            whole_file.write(self._folder / f"{report_id}.txt", report(error, report_id))
            for old in sorted(self._folder.glob("????????.txt"), key=lambda path: path.stat().st_mtime)[
                :-_MOST_REPORTS
            ]:
                old.unlink(missing_ok=True)
        except OSError:
            _qt_log.error("report %s could not be written", report_id)
        self.unforeseen.emit(report_id)
        return report_id

    def _main_thread_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.note(error.with_traceback(trace))

    def _thread_error(self, what: threading.ExceptHookArgs) -> None:
        if what.exc_value is not None and not isinstance(what.exc_value, SystemExit):
            self.note(what.exc_value)

    @Slot(str)
    def _tell(self, report_id: str) -> None:
        if self._dialog is not None:  # one is enough; the others are in the log
            return
        dialog = QMessageBox(QApplication.activeWindow())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setIcon(QMessageBox.Icon.Information)
        dialog.setWindowTitle("MIA")
        dialog.setText(self.tr("Something unforeseen happened. MIA goes on."))
        dialog.setInformativeText(
            self.tr(
                "If something does not work now, start MIA again; what was kept is kept. When you ask for help, "
                "quote report {id}. It holds nothing that you said or wrote."
            ).format(id=report_id)
        )
        dialog.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        dialog.finished.connect(self._told)
        self._dialog = dialog
        dialog.open()

    @Slot()
    def _told(self) -> None:
        self._dialog = None


def report(error: BaseException, report_id: str) -> str:
    """Return a report: where in MIA and the libraries an error arose, and on what system.

    The error's own message is left out, as is every folder above a package: they may hold words or names of the user.
    """
    lines = [
        f"report: {report_id}",
        f"when: {time.strftime('%Y-%m-%d %H:%M', time.gmtime())} UTC",
        f"MIA: {mia_desktop.__version__}, {'package' if getattr(sys, 'frozen', False) else 'checkout'}",
        f"system: {platform.system()} {platform.release()} {platform.machine()}",
        f"Python: {platform.python_version()}, Qt: {qt_version}",
        f"thread: {threading.current_thread().name}",
        "error:",
    ]
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines.append(f"  {type(cause).__module__}.{type(cause).__qualname__}")
        trace = cause.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            lines.append(f"    {_place(code.co_filename)}:{trace.tb_lineno} {code.co_name}")
            trace = trace.tb_next
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n"


def _place(file: str) -> str:
    """Return a source file's name without the folders that tell whose machine this is."""
    parts = Path(file).parts
    for mark in ("site-packages", "mia_desktop"):
        if mark in parts:
            return "/".join(parts[parts.index(mark) :])
    return Path(file).name


def _log_qt(kind: QtMsgType, context: QMessageLogContext, untrusted_message: str) -> None:
    # Only length and category: Qt's messages name files and windows.
    _qt_log.log(
        _LEVELS.get(kind, logging.WARNING),
        "Qt (%s): a message of %d characters",
        context.category,
        len(untrusted_message),
    )
