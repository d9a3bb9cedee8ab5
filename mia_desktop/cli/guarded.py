"""Whatever goes wrong in a command is told in one sentence, with the documented exit code."""

import os
import sys
from collections.abc import Callable

import typer

from mia_desktop.cli.output import give, note
from mia_desktop.core import log
from mia_desktop.core.errors import MiaError

CANCELLED = 130


def guarded(call: Callable[[], object], *, wants_json: bool = False) -> int:
    """Call and return the exit code: what the call returned if that is a number, 0, or that of the error."""
    try:
        code = call()
        sys.stdout.flush()
    except MiaError as error:
        return _fail(error.code, str(error), error.exit_code, wants_json)
    except typer.Exit as error:
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return _fail("cancelled", "Stopped.", CANCELLED, wants_json)
    except typer.TyperException as error:
        what = error.format_message().rstrip(".")
        return _fail("usage", f"{what}. `mia --help` shows how.", 2, wants_json)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - no traceback may reach a user
        report_id = log.report(error)
        sentence = f"Something unforeseen happened. Try again; when asking for help, quote report {report_id}."
        return _fail("unforeseen", sentence, 1, wants_json)
    return code if isinstance(code, int) else 0


def _fail(code: str, sentence: str, exit_code: int, wants_json: bool) -> int:
    if wants_json:
        give({"error": {"code": code, "message": sentence}})
    note(sentence)
    return exit_code
