"""Whether levels agree with those people gave; told over all transcripts together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from interviewer.assessment import assess
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.evaluation.agreement.agreeing import agreement_of
from interviewer.evaluation.agreement.marks import FOLLOW_UP, OUTCOME, Mark, Thing
from interviewer.evaluation.agreement.pairing import with_machine
from interviewer.evaluation.agreement.telling import agreement_to_json
from interviewer.evaluation.metric import SAME, TOGETHER, Overall, Score
from interviewer.evaluation.speech import Speech

if TYPE_CHECKING:
    from interviewer.evaluation.given import Given

BUILTIN = "built-in assessor"
LACKS = "It needs levels given by people; give them with --human."
_NOBODY = "No person marked an answer or a competency of this transcript that has a level."


@dataclass(frozen=True)
class ScoringAgreement:
    """Quadratic weighted kappa of levels with people's, of the built-in assessor or those given.

    Attributes:
        library: Rubrics of the built-in assessor.
        people: Levels by people, by transcript; None where none were given.
        machine: Levels by a machine, by transcript; the built-in assessor's where none were given.
    """

    library: Library
    people: Mapping[str, tuple[Mark, ...]] | None = None
    machine: Mapping[str, tuple[Mark, ...]] | None = None
    name: str = "scoring_agreement"
    version: str = "1"
    better: Literal["higher"] = "higher"

    def informed(self, given: Given) -> ScoringAgreement:
        """Return the metric with levels by people and by a machine."""
        if not given.people:
            return self
        machine = _by_transcript(given.machine)
        return replace(self, people=_by_transcript(given.people), machine=machine or None)

    def score(self, speech: Speech) -> Score:
        """Return the levels that are held against people's."""
        if self.people is None:
            return Score(None, LACKS)
        own = self.people.get(speech.transcript.id, ())
        if not own:
            return Score(None, _NOBODY)
        machine = self._levels(speech)
        paired = {pair.thing for pair in with_machine(own, machine)}
        seen = tuple(mark for mark in machine if mark.thing in paired)
        return Score(None, TOGETHER if seen else _NOBODY, observed=(*own, *seen))

    def together(self, scores: Mapping[str, Score]) -> Overall | None:
        """Return kappa over all transcripts, with every other figure beside it."""
        if self.people is None:
            return None
        told = {where: score for where, score in scores.items() if score.reason == TOGETHER}
        if not told:
            return None
        # Two transcripts may bear one id: its marks count once.
        seen = dict.fromkeys(mark for score in told.values() for mark in score.observed)
        everybody = tuple(seen)
        raters = {mark.rater for marks in self.people.values() for mark in marks}
        people = [mark for mark in everybody if mark.rater in raters]
        found = agreement_of(people, [mark for mark in everybody if mark.rater not in raters])
        row = next(row for row in found.rows if row.name not in ("people", "constant"))
        reason = SAME if row.kappa.value is None else ""
        details = agreement_to_json(found)
        return Overall(row.kappa.value, row.kappa.ci95, len(told), details, reason)

    def _levels(self, speech: Speech) -> tuple[Mark, ...]:
        if self.machine is not None:
            return self.machine.get(speech.transcript.id, ())
        return builtin_levels(speech, self.library)


def builtin_levels(speech: Speech, library: Library) -> tuple[Mark, ...]:
    """Return the built-in assessor's levels: by competency, and by answer where it has a number.

    A competency that two rounds look at has two levels, and so none that could be compared.
    """
    if speech.plan is None:
        return ()
    report = assess(speech.transcript, library)
    name = speech.transcript.id
    found: list[Mark] = []
    for entry in (entry for part in report.rounds for entry in part.competencies):
        if entry.score.level is not None:
            found.append(Mark(Thing(name, None, entry.id), BUILTIN, entry.score.level, name))
        found += [
            Mark(Thing(name, seq, entry.id), BUILTIN, answer.level, name)
            for seq, answer in entry.answers
            if answer.level is not None
        ]
    things = [mark.thing for mark in found]
    return tuple(mark for mark in found if things.count(mark.thing) == 1)


def _by_transcript(marks: Sequence[Mark]) -> dict[str, tuple[Mark, ...]]:
    found: dict[str, tuple[Mark, ...]] = {}
    for mark in marks:
        if mark.thing.item not in (OUTCOME, FOLLOW_UP):
            name = mark.thing.transcript
            found[name] = (*found.get(name, ()), mark)
    return found


def one_side_each(people: Sequence[Mark], machine: Sequence[Mark]) -> None:
    """Make sure that no rater is among people and machines.

    Raises:
        InputError: One is, or bears the built-in assessor's name.
    """
    names = {mark.rater for mark in machine} | {BUILTIN}
    both = {mark.rater for mark in people} & names
    if both:
        raise InputError(f"{min(both)} is a rater among people and among machines.")
