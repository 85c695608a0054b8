"""How far figures can be trusted, as pages show it: read from what an evaluation's JSON says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from interviewer.evaluation.reports.bars import Bar, bar_of


@dataclass(frozen=True, slots=True)
class Seen:
    """How often a metric sees a planted fault.

    Attributes:
        metric: The metric.
        planted: What was planted.
        share: Share of interviews that were found worse.
        interval: Its 95 % interval, None where it is not told.
        n: Of how many.
        bar: The same as a drawing.
    """

    metric: str
    planted: str
    share: float
    interval: tuple[float, float] | None
    n: int
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class Alarm:
    """How often a metric alarms where nothing is wrong.

    Attributes:
        metric: The metric.
        hits: How often.
        n: Of how many turns.
    """

    metric: str
    hits: int
    n: int


@dataclass(frozen=True, slots=True)
class Trust:
    """The validity card of a report.

    Attributes:
        told: What it was made with, and whether it is out of date.
        seen: What each metric sees.
        alarms: How often each alarms on interviews with nothing planted.
    """

    told: str
    seen: tuple[Seen, ...]
    alarms: tuple[Alarm, ...]


def trust_in(document: Mapping[str, object]) -> Trust | None:
    """Return the validity card of an evaluation's JSON, None where it has none."""
    card = _mapping(document.get("validity"))
    metrics = _mapping(card.get("metrics"))
    if not metrics:
        return None
    seen = tuple(row for name, told in metrics.items() for row in _seen(name, _mapping(told)))
    alarms = tuple(row for name, told in metrics.items() for row in _alarm(name, _mapping(told)))
    return Trust(str(card.get("told", "")), seen, alarms)


def _seen(metric: str, told: Mapping[str, object]) -> Iterator[Seen]:
    for planted, entry in _mapping(told.get("detection")).items():
        found = _mapping(entry)
        share, ends, n = found.get("share"), found.get("ci95"), found.get("n")
        if not isinstance(share, int | float) or not isinstance(n, int):
            continue
        interval = (float(ends[0]), float(ends[1])) if isinstance(ends, list | tuple) else None
        yield Seen(metric, planted, float(share), interval, n, bar_of(float(share), interval))


def _alarm(metric: str, told: Mapping[str, object]) -> Iterator[Alarm]:
    originals = _mapping(_mapping(told.get("false_alarms")).get("originals"))
    flagged = _mapping(originals.get("turns_flagged"))
    hits, n = flagged.get("hits"), flagged.get("n")
    if isinstance(hits, int) and isinstance(n, int) and n:
        yield Alarm(metric, hits, n)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
