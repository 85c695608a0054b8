"""A mutant beside its base: which metrics find it worse, and where they say it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from interviewer.evaluation.metric import Finding, Metric, Score
from interviewer.evaluation.mutation.mutant import Base, Draw, Mutant
from interviewer.evaluation.mutation.operators import Operator
from interviewer.evaluation.speech import Speech

_NO_CHANGE = 1e-9


@dataclass(frozen=True, slots=True)
class Seen:
    """What one metric says of a mutant.

    Attributes:
        worse: Its value is strictly worse than the base's.
        flagged: It has a finding at a turn that was changed, or one on the whole that the base
            has not: what somebody sees who has no base to compare with.
        new: It has a finding that the base has not.
        located: Every such finding is at a turn that was changed, or on the whole.
    """

    worse: bool
    flagged: bool
    new: bool
    located: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """One mutant and what every metric says of it.

    Attributes:
        operator: How it was made.
        language: Of the interview.
        kind: Of what was planted.
        held_out: Whether its text was one that metrics may not be developed on; None without.
        seen: By metric; without those that have no value for base or mutant.
    """

    operator: str
    language: str
    kind: str
    held_out: bool | None
    seen: Mapping[str, Seen]


@dataclass(frozen=True)
class Stock:
    """Interviews to change, with what metrics say of them as they are.

    Attributes:
        language: Of all of them.
        bases: The interviews.
        scores: Of each, by metric.
    """

    language: str
    bases: tuple[Base, ...]
    scores: tuple[Mapping[str, Score], ...]

    def mutant(self, operator: Operator, seed: int, place: int) -> tuple[int, Mutant] | None:
        """Return a mutant with its base's place: of the first base, from `place` on, that can.

        None where no base has anything the operator could change.
        """
        draw = Draw(seed, operator.name, place)
        for step in range(len(self.bases)):
            at = (place + step) % len(self.bases)
            found = operator.make(self.bases[at], draw)
            if found is not None:
                return at, found
        return None

    def trial(
        self, operator: Operator, seed: int, place: int, metrics: Sequence[Metric]
    ) -> Trial | None:
        """Return what metrics say of a mutant, None where none can be made."""
        made = self.mutant(operator, seed, place)
        if made is None:
            return None
        at, mutant = made
        speech = Speech(mutant.transcript)
        seen = {}
        for metric in metrics:
            before, now = self.scores[at][metric.name], metric.score(speech)
            if (found := _seen(metric, before, now, mutant)) is not None:
                seen[metric.name] = found
        return Trial(operator.name, self.language, mutant.kind, mutant.held_out, seen)


def _seen(metric: Metric, before: Score, now: Score, mutant: Mutant) -> Seen | None:
    if before.value is None or now.value is None:
        return None
    change = now.value - before.value
    worse = {"higher": -change, "lower": change, "neither": 0.0}[metric.better] > _NO_CHANGE
    known = {_place(finding) for finding in before.findings}
    new = [finding for finding in now.findings if _place(finding) not in known]
    flagged = any(f.seq in mutant.injected for f in now.findings if f.seq is not None)
    whole = any(finding.seq is None for finding in new)
    located = all(f.seq is None or f.seq in mutant.injected for f in new)
    return Seen(worse, flagged or whole, bool(new), located)


def _place(finding: Finding) -> tuple[object, ...]:
    return finding.seq, finding.tag, finding.evidence if finding.seq is None else ""
