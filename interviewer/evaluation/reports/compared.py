"""What stands beside the figures of an evaluation: a baseline, a bare model, what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from interviewer.evaluation.reports.bars import Bar, bar_of

Entry = Mapping[str, object]
MOST_FINDINGS = 5


@dataclass(frozen=True, slots=True)
class Difference:
    """How a metric differs from something.

    Attributes:
        difference: Mean of this less the other, over interviews of the same id.
        interval: Its paired 95 % interval, None where it is not told.
        n: Over how many interviews.
    """

    difference: float
    interval: tuple[float, float] | None
    n: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean of somebody else.

    Attributes:
        mean: The mean.
        interval: Its 95 % interval, None where it is not told.
        bar: The same as a drawing.
    """

    mean: float
    interval: tuple[float, float] | None
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class Compared:
    """What stands beside the figures; empty for nothing.

    Attributes:
        changes: Since a baseline, by metric.
        bare: A bare model's figures, by metric.
        gains: Over the bare model, by metric.
        examples: Transcripts that changed most, each with what was found then and now.
    """

    changes: Mapping[str, Difference] = field(default_factory=dict)
    bare: Mapping[str, Figure] = field(default_factory=dict)
    gains: Mapping[str, Difference] = field(default_factory=dict)
    examples: Sequence[Entry] = ()


def compared_in(document: Entry) -> Compared:
    """Return what an evaluation's JSON compares with."""
    bare = _mapping(document.get("bare"))
    figures = {name: _figure(_mapping(e)) for name, e in _mapping(bare.get("metrics")).items()}
    return Compared(
        changes=_differences(document.get("changes")),
        bare={name: figure for name, figure in figures.items() if figure is not None},
        gains=_differences(bare.get("gains")),
        examples=tuple(_example(entry) for entry in _entries(document.get("examples"))),
    )


def _differences(value: object) -> dict[str, Difference]:
    return {
        str(entry.get("metric")): Difference(float(told), _interval(entry.get("ci95")), n)
        for entry in _entries(value)
        if isinstance(told := entry.get("difference"), int | float)
        and isinstance(n := entry.get("n"), int)
    }


def _figure(entry: Entry) -> Figure | None:
    mean, interval = entry.get("mean"), _interval(entry.get("ci95"))
    if not isinstance(mean, int | float):
        return None
    return Figure(float(mean), interval, bar_of(float(mean), interval))


def _example(entry: Entry) -> Entry:
    sides = {side: _entries(entry.get(side))[:MOST_FINDINGS] for side in ("gone", "new")}
    return {**entry, **sides}


def _interval(value: object) -> tuple[float, float] | None:
    return (float(value[0]), float(value[1])) if isinstance(value, list | tuple) else None


def _entries(value: object) -> list[Entry]:
    return [_mapping(entry) for entry in value] if isinstance(value, list) else []


def _mapping(value: object) -> Entry:
    return value if isinstance(value, Mapping) else {}
