"""One level from several samples, in code: which of them count, their median, what holds it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from interviewer.assessment.evidence import MOST_QUOTES, Quote
from interviewer.assessment.judges.case import Case
from interviewer.assessment.judges.judge import Ruling
from interviewer.assessment.judges.quoting import bears, found_in
from interviewer.assessment.scoring.competency_score import Score

SampleFault = Literal["no_form", "not_offered", "no_quote", "not_found", "void"]
Unjudged = Literal["too_few", "abstained"]
Held = Literal["cap", "built_in"]


@dataclass(frozen=True, slots=True)
class Sample:
    """One verdict, looked at.

    Attributes:
        level: The level it gives; None for none, or when it does not count.
        quotes: Its quotes as they stand in the transcript.
        fault: Why it does not count: nothing readable, a level that was not offered, no quote, a
            quote nobody said, or only quotes of sentences that hold no evidence. None when it
            counts, also as finding no evidence.
    """

    level: int | None
    quotes: tuple[Quote, ...] = ()
    fault: SampleFault | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What a judge's samples come to for one competency.

    Attributes:
        level: The median of those that count, held by caps and rules, to a tenth; None for none.
        reason: Why there is none.
        samples: All of them, in the order they were asked for.
        spread: Highest less lowest of the levels that count, as given.
        held: What kept the level from the median, None when nothing did.
        quotes: What the samples quote most, in the order said.
        built_in: The score by rules.
    """

    level: float | None
    reason: Unjudged | None
    samples: tuple[Sample, ...]
    spread: int | None
    held: Held | None
    quotes: tuple[Quote, ...]
    built_in: Score

    @property
    def levels(self) -> tuple[int, ...]:
        """The levels that count."""
        return tuple(sample.level for sample in self.samples if sample.level is not None)


def sample_of(case: Case, ruling: Ruling) -> Sample:
    """Return a ruling as a sample; one quote that nobody said voids it."""
    verdict = ruling.verdict
    if verdict is None:
        return Sample(None, fault="no_form")
    if verdict.level is None:
        return Sample(None)
    if verdict.level not in case.sheet.levels:
        return Sample(None, fault="not_offered")
    if not verdict.quotes:
        return Sample(None, fault="no_quote")
    quotes = [found_in(case.turns, copied) for copied in verdict.quotes]
    found = tuple(quote for quote in quotes if quote is not None)
    if len(found) < len(quotes):
        return Sample(None, fault="not_found")
    if not any(bears(quote, case.counted) for quote in found):
        return Sample(None, fault="void")
    return Sample(verdict.level, found)


def settle(case: Case, rulings: Sequence[Ruling]) -> Judged:
    """Return the level of all samples: the median, where more than half of them count.

    Of three samples two have to count. What is missing is never filled up.
    """
    samples = tuple(sample_of(case, ruling) for ruling in rulings)
    levels = [sample.level for sample in samples if sample.level is not None]
    enough = len(levels) >= 2 and 2 * len(levels) > len(samples)
    if not enough:
        silent = sum(sample.fault is None and sample.level is None for sample in samples)
        reason: Unjudged = "abstained" if 2 * silent > len(samples) else "too_few"
        return Judged(None, reason, samples, None, None, (), case.built_in)
    middle = float(median(levels))
    level, held = held_level(case, middle)
    return Judged(
        level=round(level, 1),
        reason=None,
        samples=samples,
        spread=max(levels) - min(levels),
        held=held,
        quotes=_quotes(samples),
        built_in=case.built_in,
    )


def held_level(case: Case, level: float) -> tuple[float, Held | None]:
    """Return a level within the rubric's caps and near enough to the rules, and what held it.

    Nobody but the model knows why it gave a level, and an answer may have talked it round. So it
    moves a level by half the scale at most, either way, and no higher than the caps allow.
    """
    reach, built = reach_of(case), case.built_in.level or 0.0
    near = max(built - reach, min(built + reach, level))
    if near > case.ceiling:
        return case.ceiling, "cap"
    return near, "built_in" if near != level else None


def wants_more(case: Case, judged: Judged) -> bool:
    """Return whether as many samples again are to be taken before a level stands.

    A level at either end of the scale, and one far from that of the rules, is looked at twice:
    the highest as the lowest.
    """
    if judged.level is None:
        return False
    middle = median(judged.levels)
    ends = (case.rubric.scale.min, case.rubric.scale.max)
    return middle in ends or abs(middle - (case.built_in.level or 0.0)) >= reach_of(case)


def reach_of(case: Case) -> float:
    """Return half the scale: two levels of five."""
    return (case.rubric.scale.max - case.rubric.scale.min) / 2


def _quotes(samples: Sequence[Sample]) -> tuple[Quote, ...]:
    counted = (quote for s in samples if s.level is not None for quote in set(s.quotes))
    # A turn without a number cannot be shown to anybody.
    counts = Counter(quote for quote in counted if quote.seq)
    best = sorted(counts, key=lambda quote: (-counts[quote], quote.seq, quote.text))[:MOST_QUOTES]
    return tuple(sorted(best, key=lambda quote: (quote.seq, quote.text)))
