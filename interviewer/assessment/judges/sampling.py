"""A judge asked several times about each competency; extreme levels are asked about again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from interviewer.assessment.judges.case import Case
from interviewer.assessment.judges.judge import Judge, Ruling, Usage
from interviewer.assessment.judges.settling import Judged, settle, wants_more

# Fewer samples have no median worth the name.
LEAST_SAMPLES = 3
Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge made of an interview.

    Attributes:
        judge: Its name.
        samples: How many were asked for at first of each competency.
        by: What they come to, by round and competency.
        asked: How many samples were taken in all.
        usage: Tokens as `input` and `output`, and `cost_usd` where a price is known.
        failed: Why the samples failed that could not be read, as sentences, each once.
        rulings: What the judge said, by round and competency, from which all else follows.
    """

    judge: str
    samples: int
    by: Mapping[tuple[str, str], Judged]
    asked: int
    usage: Usage
    failed: tuple[str, ...] = ()
    rulings: Mapping[tuple[str, str], tuple[Ruling, ...]] = field(default_factory=dict)

    @property
    def silent(self) -> bool:
        """Whether not one verdict could be read, so that there is nothing to report."""
        read = (s for judged in self.by.values() for s in judged.samples if s.fault != "no_form")
        return next(read, None) is None


async def judgement_by(
    judge: Judge,
    cases: Sequence[Case],
    samples: int = LEAST_SAMPLES,
    told: Told = lambda done, total: None,
) -> Judgement:
    """Return what a judge makes of each case.

    Args:
        judge: Who is asked.
        cases: What about.
        samples: How often; as often again where a level is extreme.
        told: Called with samples taken and samples to take.
    """
    sitting = _Sitting(judge, asyncio.Semaphore(judge.at_once), told, total=samples * len(cases))
    given = await asyncio.gather(*(sitting.rulings(case, samples) for case in cases))
    usage: dict[str, float] = {}
    for ruling in chain(*given):
        for kind, count in ruling.usage.items():
            usage[kind] = usage.get(kind, 0) + count
    rulings = {case.key: found for case, found in zip(cases, given, strict=True)}
    return settled(judge.name, samples, cases, rulings, usage)


def settled(
    judge: str,
    samples: int,
    cases: Sequence[Case],
    rulings: Mapping[tuple[str, str], tuple[Ruling, ...]],
    usage: Usage,
) -> Judgement:
    """Return what rulings come to, of the cases that have any."""
    by = {case.key: settle(case, rulings[case.key]) for case in cases if case.key in rulings}
    given = [ruling for key in by for ruling in rulings[key]]
    failed = tuple(dict.fromkeys(ruling.why for ruling in given if ruling.why))
    return Judgement(judge, samples, by, len(given), usage, failed, rulings)


@dataclass
class _Sitting:
    judge: Judge
    free: asyncio.Semaphore
    told: Told
    total: int
    done: int = 0

    async def rulings(self, case: Case, samples: int) -> tuple[Ruling, ...]:
        """Return the rulings on a case, with as many again where its level is extreme."""
        first = await self._asked(case, range(samples))
        if not wants_more(case, settle(case, first)):
            return tuple(first)
        self.total += samples
        return (*first, *await self._asked(case, range(samples, 2 * samples)))

    async def _asked(self, case: Case, places: range) -> list[Ruling]:
        async def one(place: int) -> Ruling:
            async with self.free:
                ruling = await self.judge.rule(case.sheet, place)
            self.done += 1
            self.told(self.done, self.total)
            return ruling

        return list(await asyncio.gather(*(one(place) for place in places)))
