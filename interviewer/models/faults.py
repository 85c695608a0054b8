"""What went wrong with a model, in one word for the record and one sentence for people."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from interviewer.interview.delivery import SpeechFault

_BY_STATUS: Mapping[int, str] = MappingProxyType(
    {401: "key", 403: "key", 404: "model_name", 408: "timeout", 429: "busy"}
)
# Waits of a server that are worth keeping within a turn, in seconds.
_WORTH_WAITING = 1.0
# How replies end when they are whole, as providers call it.
_WHOLE = frozenset({"stop", "end_turn", "stop_sequence", "eos", "complete"})
_ENDS: Mapping[str, str] = MappingProxyType(
    {
        "length": "length",
        "max_tokens": "length",
        "content_filter": "content_filter",
        "safety": "content_filter",
        "tool_calls": "tool_call",
        "tool_use": "tool_call",
        "function_call": "tool_call",
    }
)


def fault_of(error: Exception) -> SpeechFault:
    """Return what an error of a client library means; its text is not kept."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        return _by_status(status, error)
    name = type(error).__name__.lower()
    if "timeout" in name:
        return SpeechFault("timeout")
    # A page instead of an API makes the library stumble over what it takes for a reply.
    if isinstance(error, ValueError | TypeError | AttributeError) or "decode" in name:
        return SpeechFault("garbled", again=True)
    if isinstance(error, ConnectionError | OSError) or "connect" in name or "protocol" in name:
        return SpeechFault("connection", again=True)
    return SpeechFault("server", again="api" in name)


def _by_status(status: int, error: Exception) -> SpeechFault:
    if status == 429 and _asked_wait(error) > _WORTH_WAITING:
        return SpeechFault("busy")
    cause = _BY_STATUS.get(status, "server" if status >= 500 else "request")
    return SpeechFault(cause, again=status >= 500 or status in (408, 409, 429))


def _asked_wait(error: Exception) -> float:
    headers = getattr(getattr(error, "response", None), "headers", {})
    try:
        return float(headers.get("retry-after", 0))
    except ValueError:
        return 0.0


def ending_fault(reason: object, *, said: bool) -> SpeechFault | None:
    """Return what is wrong with the way a reply ended; None when it is whole.

    Args:
        reason: What the provider gave as the reason, None when it gave none.
        said: Whether there was any text.
    """
    word = str(reason).lower() if reason else ""
    if word in _ENDS:
        return SpeechFault(_ENDS[word], again=word == "length" and not said)
    if not said:
        return SpeechFault("empty", again=True)
    if word not in _WHOLE:
        return SpeechFault("cut", again=True)
    return None


@cache
def _sentences(language: str) -> Mapping[str, str]:
    base = "zh" if language.startswith("zh") else "en"
    text = (resources.files(__package__) / f"faults.{base}.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def explained(cause: str, model: str, place: str, language: str = "en") -> str:
    """Return what a cause means and what to do about it, in plain words.

    Args:
        cause: The word of the record.
        model: The model's name.
        place: Where it was looked for.
        language: Of the words.
    """
    sentences = _sentences(language)
    return sentences.get(cause, sentences["other"]).format(model=model, place=place, cause=cause)
