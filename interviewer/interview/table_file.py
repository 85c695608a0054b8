"""What lies on the table, read back from the offers a transcript records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast, get_args

from interviewer.content.company import LeverId
from interviewer.interview.negotiation import Table
from interviewer.transcript import Json

_LEVERS = frozenset(get_args(LeverId))


def table_from(extra: Json, before: Table) -> Table:
    """Return the table a move has left, the one before where its record says nothing of it."""
    record = extra.get("offer")
    if not isinstance(record, Mapping):
        return before
    return Table(
        figures=tuple(_numbers(record.get("figures"))),
        steps=_count(record.get("steps")),
        points=frozenset(_texts(record.get("points"))),
        levers=_levers(record.get("granted")),
        added=_levers(record.get("added")),
        above=_count(record.get("above")),
        ended=record.get("ended") is True,
        agreed=next(iter(_numbers([record.get("agreed")])), None),
    )


def _levers(value: object) -> tuple[LeverId, ...]:
    return tuple(cast("LeverId", text) for text in _texts(value) if text in _LEVERS)


def _numbers(value: object) -> list[float]:
    entries = value if isinstance(value, list | tuple) else ()
    plain = [e for e in entries if isinstance(e, int | float) and not isinstance(e, bool)]
    return [float(entry) for entry in plain if abs(entry) < 1e12]


def _count(value: object) -> int:
    return value if isinstance(value, int) and 0 <= value < 1000 else 0


def _texts(value: object) -> list[str]:
    entries = value if isinstance(value, list | tuple) else ()
    return [entry for entry in entries if isinstance(entry, str)]
