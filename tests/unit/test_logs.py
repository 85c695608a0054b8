"""Logs: events with fields, in one form, and no word or key of anybody in any of them."""

from __future__ import annotations

import io
import json
import logging
import sys
import warnings
from collections.abc import Iterator

import pytest

from interviewer.wiring.logs import set_up_logs

CANARY = "zugunruhe"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Give the process its own logging back."""
    root, hook = logging.getLogger(), sys.excepthook
    kept, level = list(root.handlers), root.level
    yield
    root.handlers[:], sys.excepthook = kept, hook
    root.setLevel(level)
    logging.captureWarnings(capture=False)


def speak() -> None:
    """Log in every way that may bring somebody's words along."""
    own = logging.getLogger("interviewer.ui.some")
    own.info("Request answered.", extra={"route": "/sessions/{session}", "status": 200})
    try:
        try:
            raise ValueError(CANARY)
        except ValueError as error:
            raise RuntimeError(f"{CANARY} again") from error
    except RuntimeError:
        own.exception("A page could not be drawn.")
        logging.getLogger("asyncio").exception("Task failed: %s", CANARY)
    logging.getLogger("elsewhere").warning(f"odd object {CANARY}", extra={"body": CANARY})
    logging.getLogger("httpx").info("POST http://x/%s", CANARY)
    logging.getLogger("uvicorn.error").error(f"Exception in ASGI application\n{CANARY}")
    own.warning("Kept: sk-abcdefghijkl, postgresql://me:secret@host/db, Bearer abc.def.ghi")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(CANARY, stacklevel=1)
    sys.excepthook(KeyError, KeyError(CANARY), None)


@pytest.mark.parametrize("form", ["text", "json"])
def test_no_word_and_no_key_is_logged(form: str) -> None:
    """Texts of exceptions, of other packages and of warnings stay out; keys are hidden."""
    out = io.StringIO()
    set_up_logs(form, "info", out)
    speak()
    told = out.getvalue()
    for word in (CANARY, "sk-abcdefghijkl", "secret", "abc.def.ghi"):
        assert word not in told
    for word in (
        "A page could not be drawn.",
        "RuntimeError < ValueError",
        "/sessions/{session}",
        "elsewhere said something in test_logs",
        "Exception in ASGI application",
    ):
        assert word in told
    assert "httpx" not in told


def test_json_is_one_object_a_line() -> None:
    """Each has a time, a level, a logger and an event; fields stand beside them."""
    out = io.StringIO()
    set_up_logs("json", "info", out)
    speak()
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert all({"at", "level", "logger", "event"} <= set(line) for line in lines)
    assert lines[0] | {"route": "/sessions/{session}", "status": 200} == lines[0]
    (failed,) = (line for line in lines if line["event"].startswith("A page"))
    assert any(place.startswith("test_logs.py:") for place in failed["places"])


def test_what_is_quieter_than_asked_is_not_told() -> None:
    """Usually warnings and louder; requests are told to whoever asks for them."""
    out = io.StringIO()
    set_up_logs(stream=out)
    logging.getLogger("interviewer.x").info("quiet")
    assert out.getvalue() == ""
