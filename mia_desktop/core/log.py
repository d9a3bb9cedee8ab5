"""Logs: ids, lengths and times to a file of the user's; never speech, text, names or keys."""

import logging
import logging.handlers
import secrets

from mia_desktop.core.paths import Paths

log = logging.getLogger(__name__)
logging.getLogger("mia_desktop").addHandler(logging.NullHandler())  # without a log file nothing goes to stderr
_BYTES = 1_000_000
_OLD_FILES = 3


def write_to(paths: Paths) -> None:
    """Send MIA's log to ``logs/mia.log`` under the home folder; without a writable folder there is no log."""
    root = logging.getLogger("mia_desktop")
    root.propagate = False
    root.setLevel(logging.INFO)
    if len(root.handlers) > 1:
        return
    handler: logging.Handler
    try:
        paths.make_home()
        paths.logs.mkdir(exist_ok=True, mode=0o700)
        handler = logging.handlers.RotatingFileHandler(
            paths.logs / "mia.log", maxBytes=_BYTES, backupCount=_OLD_FILES, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    root.addHandler(handler)


def report(error: BaseException) -> str:
    """Log where an unforeseen error arose, without its message, and return the id to quote."""
    report_id = secrets.token_hex(4)
    trace = error.__traceback__
    places = []
    while trace is not None:
        places.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    log.error("report %s: %s at %s", report_id, type(error).__name__, " > ".join(places))
    return report_id
