"""How far a judge can be relied on, and what its verdicts show beside a control."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from interviewer.evaluation.agreement.marks import FOLLOW_UP, Mark, Thing
from interviewer.evaluation.agreement.pairing import Pair
from interviewer.evaluation.agreement.resampling import Interval, interval
from interviewer.evaluation.agreement.statistics import Figures, exact, kappa, sums_of
from interviewer.evaluation.intervals import share_interval
from interviewer.evaluation.judged.verdicts import Judged, Looked, Verdict, share
from interviewer.reading.tongue import word_count

Told = dict[str, object]
# What the ends of an interval of one value may differ by where sums are rounded.
_NO_WIDTH = 1e-9


def relevance(looked: Sequence[Looked]) -> tuple[float, Interval | None] | None:
    """Return rate(real) - rate(control) over follow-ups judged with both, None without any.

    The interval draws transcripts.
    """
    return mean_of(
        (entry.follow_up.where, of) for entry in looked if (of := difference(entry)) is not None
    )


def mean_of(points: Iterable[tuple[str, float]]) -> tuple[float, Interval | None] | None:
    """Return the mean of values by where their transcripts lie, None without any.

    The interval draws transcripts. There is none where all of them say the same: whatever is
    drawn then is that, and an interval without any width would claim a certainty nobody has.
    """
    found = tuple(points)
    if not found:
        return None
    rows = _rows((where, (1.0, value)) for where, value in found)
    ends = interval(rows, lambda totals: totals[..., 1] / totals[..., 0])
    wide = ends is not None and ends[1] - ends[0] > _NO_WIDTH
    return float(np.mean([value for _, value in found])), ends if wide else None


def difference(entry: Looked) -> float | None:
    """Return share of yes on the real less that on the control, None without both."""
    real, control = share(entry.real), share(entry.control)
    return None if real is None or control is None else real - control


def rates(judged: Judged) -> Told:
    """Return the rates of real follow-ups and controls with their intervals (Wilson)."""
    return {
        "judge": judged.judge,
        "prompt": judged.prompt,
        "follow_ups_found": judged.found,
        "follow_ups_judged": len(judged.all),
        "real": rate(entry.real for entry in judged.all),
        "swapped": rate(entry.control for entry in judged.all),
    }


def rate(given: Iterable[Sequence[Verdict]]) -> Told:
    """Return the share of yes with its interval (Wilson), each thing's verdicts as one."""
    told = [value for verdicts in given if (value := share(verdicts)) is not None]
    share_of = sum(told) / len(told) if told else None
    ends = share_interval(sum(told), len(told)) if told else None
    return {"rate": share_of, "n": len(told), "ci95": list(ends) if ends else None}


def retest(judged: Judged) -> tuple[float | None, Interval | None, int]:
    """Return kappa of the first two verdicts on the same, its interval, and of how many pairs."""
    return kappa_of(
        pair
        for entry in judged.all
        for verdicts in (entry.real, entry.control)
        for pair in _pair(entry, verdicts[:2])
    )


def reliability(judged: Judged, people: Sequence[Mark]) -> Told:
    """Return everything that tells how far a judge can be relied on.

    Args:
        judged: What it said.
        people: Marks of people on the same follow-ups, as `follow_up_relevance`.
    """
    return {
        "judge": judged.judge,
        "verdicts_asked": judged.asked,
        "verdicts_known_before": judged.cached,
        **uncounted(
            (
                verdict
                for entry in judged.all
                for verdict in (*entry.real, *entry.control, *entry.turned)
            ),
            judged.asked,
        ),
        "retest": kappa_told(*retest(judged)),
        "order_swap": _order_swap(judged),
        "verbosity_slope": {
            "real": _slope(judged, lambda entry: (entry.follow_up.answer, share(entry.real))),
            "swapped": _slope(judged, lambda entry: (entry.control_answer, share(entry.control))),
        },
        "people": _people(judged, people),
        "failed": list(judged.failed),
        "usage": dict(judged.usage),
    }


def uncounted(verdicts: Iterable[Verdict], asked: int) -> Told:
    """Return how many verdicts do not count by why, and their share of those asked for."""
    faults = Counter(verdict.fault for verdict in verdicts if verdict.fault)
    return {
        "not_counted": dict(sorted(faults.items())),
        "not_counted_share": sum(faults.values()) / asked if asked else None,
    }


def kappa_told(value: float | None, ends: Interval | None, pairs: int) -> Told:
    """Return a kappa as it stands in documents."""
    return {"kappa": value, "ci95": list(ends) if ends else None, "pairs": pairs}


def _order_swap(judged: Judged) -> Told:
    """Return how often the verdict is the same when the follow-up is shown before the answer."""
    found: list[Pair] = []
    for entry in judged.all:
        for verdicts, turned in zip((entry.real, entry.control), entry.turned, strict=False):
            found += _pair(entry, [*verdicts[:1], turned])
    if not found:
        return {"consistency": None, "kappa": None, "pairs": 0}
    value, _, _ = kappa_of(found)
    same = float(exact(sums_of(found).rows.sum(axis=0)))
    return {"consistency": same, "kappa": value, "pairs": len(found)}


def _people(judged: Judged, people: Sequence[Mark]) -> Told:
    told = {
        Thing(entry.follow_up.transcript, entry.follow_up.seq, FOLLOW_UP): (entry, value)
        for entry in judged.all
        if (value := share(entry.real)) is not None
    }
    pairs = [
        Pair(mark.thing, mark.candidate or mark.thing.transcript, mark.value, told[mark.thing][1],
             (mark.rater, judged.judge))
        for mark in people
        if mark.thing in told
    ]  # fmt: skip
    return kappa_told(*kappa_of(pairs))


def _pair(entry: Looked, verdicts: Sequence[Verdict]) -> list[Pair]:
    thing = Thing(entry.follow_up.transcript, entry.follow_up.seq, FOLLOW_UP)
    return twice(thing, entry.follow_up.where, verdicts)


def twice(thing: Thing, where: str, verdicts: Sequence[Verdict]) -> list[Pair]:
    """Return the first two verdicts on the same as a pair, none where one does not count."""
    told = [verdict.value for verdict in verdicts[:2]]
    if len(told) < 2 or told[0] is None or told[1] is None:
        return []
    return [Pair(thing, where, float(told[0]), float(told[1]), ("first", "again"))]


def kappa_of(pairs: Iterable[Pair]) -> tuple[float | None, Interval | None, int]:
    """Return kappa (quadratic weights) of pairs, its interval, and of how many pairs."""
    found = tuple(pairs)
    if not found:
        return None, None, 0
    rows = sums_of(found).rows
    value = float(kappa(rows.sum(axis=0)))
    return (
        (None, None, len(found)) if value != value else (value, interval(rows, kappa), len(found))
    )


def _slope(judged: Judged, of: Callable[[Looked], tuple[str, float | None]]) -> Told:
    """Return by how much the share of yes grows each time the answer is twice as long."""
    points = []
    for entry in judged.all:
        answer, value = of(entry)
        words = word_count(answer, entry.follow_up.language)
        if value is not None and words:
            x = math.log2(words)
            points.append((entry.follow_up.where, (1.0, x, value, x * x, x * value)))
    if len(points) < 3:
        return {"slope": None, "ci95": None, "n": len(points)}
    rows = _rows(points)
    value = float(_steepness(rows.sum(axis=0)))
    ends = interval(rows, _steepness)
    told = value == value
    return {"slope": value if told else None, "ci95": list(ends) if ends and told else None,
            "n": len(points)}  # fmt: skip


def _steepness(totals: Figures) -> Figures:
    n, x, y, xx, xy = np.moveaxis(totals, -1, 0)
    spread = n * xx - x * x
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(spread > 1e-9, (n * xy - x * y) / spread, np.nan)


def _rows(points: Iterable[tuple[str, tuple[float, ...]]]) -> Figures:
    sums: dict[str, Figures] = {}
    for where, values in points:
        sums[where] = sums.get(where, 0.0) + np.array(values)
    return np.stack(list(sums.values()))
