"""What is logged: events with fields, as lines or JSON on standard error; never anybody's words.

Own events are written for the log. What other packages say may quote a request, a document or a
key, so of them only who spoke, where in the code and how loudly is told; of an exception its
kinds and the places it passed, never its text.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterator, MutableMapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from structlog.typing import Processor

Event = MutableMapping[str, Any]
_OWN = "interviewer"
# Loggers whose messages are constant sentences about the server itself.
_PLAIN = ("uvicorn", "alembic.runtime")
_KEYS = re.compile(
    r"\b(?:sk|pk|key|ghp|gho|hf|xox[a-z])[-_][A-Za-z0-9_\-]{6,}"  # as providers write theirs
    r"|(?<=[Bb]earer )\S+"
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
)
_HIDDEN = "[hidden]"
_MOST_PLACES = 12


def set_up_logs(form: str = "text", level: str = "warning", stream: TextIO | None = None) -> None:
    """Let everything that is logged in this process go out in one form.

    Args:
        form: `text` for people, `json` for programs, one object a line.
        level: The quietest that is told: `debug`, `info`, `warning` or `error`.
        stream: Where to; standard error for None.
    """
    import structlog

    shared: list[Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        without_others_words,
        without_exception_text,
        without_keys,
    ]
    drawn: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.processors.KeyValueRenderer(key_order=["at", "level", "event"])
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, drawn],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # A server that speaks at every request would say more than the app itself.
    for quiet in ("httpx", "httpx2", "openai", "chromadb", "gradio", "urllib3"):
        logging.getLogger(quiet).setLevel(max(logging.WARNING, root.level))
    logging.captureWarnings(capture=True)
    sys.excepthook = _unforeseen


def without_others_words(_logger: object, _method: str, event: Event) -> Event:
    """Replace what another package says by where it says it."""
    record: logging.LogRecord | None = event.get("_record")
    name = str(event.get("logger", ""))
    if record is None or name == _OWN or name.startswith(f"{_OWN}."):
        return event
    if name.startswith(_PLAIN) and not record.args:
        event["event"] = str(record.msg).splitlines()[0] if record.msg else ""
    else:
        event["event"] = f"{name} said something in {record.module}, line {record.lineno}"
    event.pop("positional_args", None)
    known = {"event", "logger", "level", "at", "_record", "_from_structlog", "exc_info"}
    for extra in [key for key in event if key not in known]:
        del event[extra]
    return event


def without_exception_text(_logger: object, _method: str, event: Event) -> Event:
    """Replace an exception by its kinds and the places it passed."""
    given = event.pop("exc_info", None)
    if given is True:
        given = sys.exc_info()
    error = given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["error"] = " < ".join(_kinds(error))
        event["places"] = _places(error.__traceback__)
    event.pop("stack_info", None)
    record: logging.LogRecord | None = event.get("_record")
    if record is not None:
        # The standard library's formatter would add the text of the exception again.
        record.exc_info = record.exc_text = record.stack_info = None
    return event


def without_keys(_logger: object, _method: str, event: Event) -> Event:
    """Hide what looks like a key or a password in any text."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = _KEYS.sub(_HIDDEN, value)
    return event


def _kinds(error: BaseException) -> Iterator[str]:
    """Yield the kinds of an exception and of what caused it."""
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield type(found).__name__
        found = found.__cause__ or found.__context__


def _places(passed: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(passed)[-_MOST_PLACES:]
    return [f"{_module(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _module(file: str) -> str:
    """Return the end of a file's path; its beginning tells where somebody keeps things."""
    _, found, after = file.rpartition("site-packages/")
    if found:
        return after
    _, found, after = file.rpartition("/interviewer/")
    return f"interviewer/{after}" if found else file.rpartition("/")[2]


def _unforeseen(
    kind: type[BaseException], error: BaseException, passed: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, passed)
        return
    logging.getLogger(_OWN).critical("The program ended.", exc_info=(kind, error, passed))
