"""The level of one answer for one competency, with what caps it and what would lift it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from interviewer.assessment.scoring.caps import caps_on
from interviewer.assessment.scoring.evidence_held import (
    STORIES,
    Held,
    anchors_of,
    held_in,
    matter_of,
)
from interviewer.assessment.scoring.gates import Unscored, unscored
from interviewer.assessment.scoring.judged import judged_text
from interviewer.assessment.scoring.newness import Source, kept_of, source_of
from interviewer.assessment.scoring.scales import onto
from interviewer.assessment.scoring.strength import HIGHEST, LOWEST, strength
from interviewer.content.rubric import Rubric
from interviewer.reading.order import disorder
from interviewer.reading.tongue import spoken_in

SIGNS = ("reason", "other_side", "weighing", "checking", "lasting", "own_share", "passing_on",
         "seeking")  # fmt: skip
_FULL_WEIGHT, _LEAST_WEIGHT = 20.0, 0.3
_MOST_LIFTS = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and all that was said to it.

    Attributes:
        question: Its words.
        kind: Its type, empty where it is not known.
        said: The candidate's turns, oldest first.
        before: What the examiner said before each of them.
        share: How much of what a good answer holds was found, 0 to 1; None where nothing is kept
            of it. A ladder's is the height that was reached.
        planned: Whether the plan asked it for this competency.
        repeated: Sentences that were said before, word for word, to whatever question.
        conceded: Parts and signs that count as told though the first reading did not find them,
            each with the place of its turn, None for a turn to another question.
    """

    question: str
    kind: str
    said: tuple[str, ...]
    before: tuple[str, ...]
    share: float | None = None
    planned: bool = True
    repeated: tuple[str, ...] = ()
    conceded: tuple[tuple[str, int | None], ...] = ()

    def conceded_in(self, turns: int) -> frozenset[str]:
        """Return what is conceded of the first so many turns; of all, also from elsewhere."""
        every = turns == len(self.said)
        return frozenset(
            name for name, place in self.conceded if every or (place is not None and place < turns)
        )


@dataclass(frozen=True, slots=True)
class AnswerScore:
    """What one answer is worth.

    Attributes:
        level: On the rubric's scale, None without evidence.
        before_probes: The level of the first answer alone.
        reason: Why there is no level.
        lifts: What would lift it, by name: first the cap, then what is missing.
        weight: How much it says, 0 to 1.
        held: Parts of a story and signs that were found in it, by name.
    """

    level: float | None
    before_probes: float | None
    reason: Unscored | None
    lifts: tuple[str, ...] = ()
    weight: float = 0.0
    held: frozenset[str] = frozenset()


@dataclass(frozen=True)
class AnswerScorer:
    """Scores answers for one rubric.

    Attributes:
        rubric: The rubric.
        language: Language of the interview.
    """

    rubric: Rubric
    language: str

    def score(
        self, asked: Asked, earlier: Source, void: frozenset[int] = frozenset()
    ) -> AnswerScore:
        """Return what an answer is worth.

        Args:
            asked: The question and what was said to it.
            earlier: What was said to others of the same competency before.
            void: Places of turns that take something back, and bring nothing.
        """
        said = [text for place, text in enumerate(asked.said) if place not in void]
        spoken = spoken_in(" ".join(said), self.language)
        if spoken != self.language:
            # What is said in the other language is judged by that language's signs; the question
            # shares no words with it.
            other = AnswerScorer(self.rubric, spoken)
            return other.score(replace(asked, question=""), earlier, void)
        whole = self._of(asked, said, earlier, len(asked.said) - 1)
        if len(asked.said) == 1 or whole.level is None:
            return whole
        first = self._of(asked, asked.said[:1], earlier, 0)
        return replace(whole, before_probes=first.level)

    def _of(self, asked: Asked, said: Sequence[str], earlier: Source, probes: int) -> AnswerScore:
        turns = [judged_text((turn,), self.language) for turn in said]
        kept = kept_of(
            turns,
            self.language,
            asked=asked.question,
            before=earlier,
            given=self._given,
            kind=asked.kind,
        )
        held = held_in(
            kept,
            self.language,
            matter=self._matter(asked),
            asked=asked.question if asked.planned else "",
            kind=asked.kind if asked.planned else "",
            disorder=disorder(turns, self.language, question=asked.question, kind=asked.kind),
        )
        reason = unscored(kept, held, planned=asked.planned, knows=bool(asked.share))
        if reason is not None:
            return AnswerScore(None, None, reason)
        held = held.conceding(asked.conceded_in(probes + 1))
        capped = caps_on(held, asked.kind, self.rubric, probes)
        level = onto(self.rubric.scale, self._strength(asked, held))
        level = min([level, *(float(limit) for _, limit in capped)])
        weight = max(_LEAST_WEIGHT, min(1.0, held.news / _FULL_WEIGHT))
        lifts = (*(cap for cap, _ in capped), *_missing(held, asked.kind))
        found = held.reading.parts | held.signs
        return AnswerScore(level, level, None, lifts[:_MOST_LIFTS], weight, found)

    def _strength(self, asked: Asked, held: Held) -> float:
        told = strength(held, asked.kind)
        if asked.share is None:
            return told
        known = LOWEST + (HIGHEST - LOWEST) * asked.share
        # What is known counts; how well it is told only beside it.
        return 0.75 * known + 0.25 * told

    @cached_property
    def _given(self) -> Source:
        """What the candidate should not have: the anchors."""
        return source_of(anchors_of(self.rubric, self.language), self.language)

    @cached_property
    def _rubrics_matter(self) -> frozenset[str]:
        return matter_of(self.rubric, self.language)

    @cached_property
    def _asked_for(self) -> frozenset[str]:
        """What the questions of the rubric are about."""
        own = source_of(
            [
                text.get(self.language, "")
                for question in self.rubric.questions
                for text in (question.text, *(p for ps in question.probes.values() for p in ps))
            ],
            self.language,
        )
        return own.terms

    def _matter(self, asked: Asked) -> frozenset[str]:
        return self._rubrics_matter | self._asked_for if asked.planned else self._rubrics_matter


def _missing(held: Held, kind: str) -> list[str]:
    parts = ("own_action", "result", "specific", "reflection") if kind in STORIES else ()
    lacking = [part for part in parts if part not in held.reading.parts]
    return lacking + [sign for sign in SIGNS if sign not in held.signs]
