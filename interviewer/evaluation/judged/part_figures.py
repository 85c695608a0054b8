"""What a judge says of examiners in their parts: beside controls, and with its own agreement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from interviewer.evaluation.agreement.marks import Thing
from interviewer.evaluation.agreement.pairing import Pair
from interviewer.evaluation.agreement.resampling import Interval
from interviewer.evaluation.judged.parts import APART, Arm, Kind, Part, PartSheet
from interviewer.evaluation.judged.reliability import (
    Told,
    kappa_of,
    kappa_told,
    mean_of,
    rate,
    twice,
    uncounted,
)
from interviewer.evaluation.judged.verdicts import Hearing, Said, Verdict, share, verdict_of

_MOST_NAMED = 20
# Five that all go one way do so by chance in more than one case of twenty (sign test, two-sided).
_FEWEST = 6
# A turn more verdicts than this share call broken is named; a round below this level is.
_BROKEN, _LITTLE = 0.5, 3.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """A turn or a round with all that was said of it.

    Attributes:
        part: What was judged.
        arms: Verdicts on it as it is and on its controls, in the order asked.
    """

    part: Part
    arms: Mapping[Arm, tuple[Verdict, ...]]

    def mean(self, arm: Arm) -> float | None:
        """Return the share of yes, or the mean level; None where no verdict counts."""
        return share(self.arms.get(arm, ()))


@dataclass(frozen=True, kw_only=True)
class JudgedParts(Hearing):
    """Everything a judge said of turns, or of rounds.

    Attributes:
        kind: What was judged.
        all: What was judged, each with its verdicts.
    """

    kind: Kind
    all: tuple[Weighed, ...]


def weighed(sheets: Sequence[PartSheet], said: Sequence[Said]) -> tuple[Weighed, ...]:
    """Return what replies come to, by what was judged.

    Args:
        sheets: What was asked.
        said: What came, in the same order.
    """
    found: dict[Part, dict[Arm, tuple[Verdict, ...]]] = {}
    for sheet, reply in zip(sheets, said, strict=True):
        arms = found.setdefault(sheet.part, {})
        arms[sheet.arm] = (*arms.get(sheet.arm, ()), verdict_of(sheet, reply))
    return tuple(Weighed(part, arms) for part, arms in found.items())


def part_figures(judged: JudgedParts) -> Told:
    """Return a judge's figure with its controls, its faults and its agreement with itself.

    `value` is the breaks per 100 turns less those it sees in clean questions, or the mean level of
    rounds from 1 to 5. There is none, and nothing is named, where the two arms that have to differ
    do not differ beyond chance: fewer than six have both, or the lower end of the difference's
    interval is not above nought.
    """
    differences = list(_differences(judged.all, *APART[judged.kind]))
    apart = mean_of(differences)
    trusted = _beyond_chance(differences, apart)
    value = _value(judged) if trusted else None
    arms: dict[Arm, None] = {arm: None for entry in judged.all for arm in entry.arms}
    return {
        "judge": judged.judge,
        "prompt": judged.prompt,
        "found": judged.found,
        "judged": len(judged.all),
        "value": value[0] if value else None,
        "ci95": _listed(value),
        **{arm: _arm(judged, arm) for arm in arms},
        "apart": {
            "difference": apart[0] if apart else None,
            "n": len(differences),
            "ci95": _listed(apart),
        },
        "retest": kappa_told(*kappa_of(_twice(judged))),
        "verdicts_asked": judged.asked,
        "verdicts_known_before": judged.cached,
        **uncounted(
            (v for e in judged.all for verdicts in e.arms.values() for v in verdicts), judged.asked
        ),
        "named": list(_named(judged))[:_MOST_NAMED] if trusted else [],
        "failed": list(judged.failed),
        "usage": dict(judged.usage),
    }


def _beyond_chance(
    points: Sequence[tuple[str, float]], found: tuple[float, Interval | None] | None
) -> bool:
    """Whether differences are above nought beyond chance, fewer than six never.

    Where all of them are the same there is no interval; then that none of so many goes the other
    way tells, as in a sign test, unless they are of one transcript.
    """
    if found is None or len(points) < _FEWEST:
        return False
    mean, ends = found
    if ends is not None:
        return ends[0] > 0
    return mean > 0 and len({where for where, _ in points}) > 1


def _value(judged: JudgedParts) -> tuple[float, Interval | None] | None:
    if judged.kind == "role_breaks":
        points = _differences(judged.all, "real", "clean")
        return mean_of((where, 100 * value) for where, value in points)
    return mean_of(_means(judged.all, "real"))


def _arm(judged: JudgedParts, arm: Arm) -> Told:
    if judged.kind == "role_breaks":
        return rate(entry.arms.get(arm, ()) for entry in judged.all)
    points = list(_means(judged.all, arm))
    found = mean_of(points)
    return {"level": found[0] if found else None, "n": len(points), "ci95": _listed(found)}


def _means(entries: Sequence[Weighed], arm: Arm) -> Iterator[tuple[str, float]]:
    for entry in entries:
        value = entry.mean(arm)
        if value is not None:
            yield entry.part.where, value


def _differences(entries: Sequence[Weighed], high: Arm, low: Arm) -> Iterator[tuple[str, float]]:
    for entry in entries:
        one, other = entry.mean(high), entry.mean(low)
        if one is not None and other is not None:
            yield entry.part.where, one - other


def _twice(judged: JudgedParts) -> Iterator[Pair]:
    for entry in judged.all:
        thing = Thing(entry.part.transcript, entry.part.seq, judged.kind)
        for verdicts in entry.arms.values():
            yield from twice(thing, entry.part.where, verdicts)


def _named(judged: JudgedParts) -> Iterator[Told]:
    """Yield turns that are called broken and rounds that show little, with the words quoted."""
    for entry in judged.all:
        value = entry.mean("real")
        if value is None:
            continue
        if value > _BROKEN if judged.kind == "role_breaks" else value < _LITTLE:
            quote = next((v.quote for v in entry.arms["real"] if v.quote), "")
            where = {"file": entry.part.where, "seq": entry.part.seq}
            yield {**where, "value": value, "quote": quote}


def _listed(found: tuple[float, Interval | None] | None) -> list[float] | None:
    ends = found[1] if found else None
    return list(ends) if ends else None
