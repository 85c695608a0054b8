"""Times as formats want them, from the ISO times of a transcript."""

from __future__ import annotations

import datetime

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def moment(text: object) -> datetime.datetime | None:
    """Return an ISO time with its zone, UTC where it names none; None for what is no time."""
    if not isinstance(text, str):
        return None
    try:
        told = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=datetime.UTC)


def nanoseconds(text: object) -> str:
    """Return an ISO time in nanoseconds since 1970 as OTLP writes them; empty for no time."""
    told = moment(text)
    if told is None or told < _EPOCH:
        return ""
    return str((told - _EPOCH) // datetime.timedelta(microseconds=1) * 1000)
