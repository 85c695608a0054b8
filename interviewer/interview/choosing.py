"""Which questions a round asks: every competency once before any twice, in the order of its steps.

The rule needs nothing but the files: a step asks questions of its types; a competency whose id
holds the step's name belongs to that step ("self" and `self_awareness`); otherwise the persona's
order decides, and the seed picks among a competency's questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from interviewer.content.format import STEP_TYPES, Round, Step
from interviewer.content.rubric import Question, Rubric
from interviewer.interview import seeds

# Asked in the frame of a round, not from its questions.
PAY_COMPETENCY = "negotiation_conduct"
QUESTIONS_COMPETENCY = "candidate_questions"
# Asked by the post's own ladders and work samples where it has them.
KNOWLEDGE_COMPETENCY = "job_knowledge"
SAMPLE_COMPETENCY = "problem_solving"
# A gap gets a second question, not the whole round.
_MOST_OF_A_GAP = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """A question chosen for a step."""

    step: Step
    rubric: Rubric
    question: Question


@dataclass(frozen=True)
class Chooser:
    """Chooses the questions of one round.

    Attributes:
        part: The round of the format.
        rubrics: The persona's rubrics, most important first.
        language: Questions without a text in it are passed over.
        seed: What the choice varies by.
        groundable: Whether a fact can be found for a question.
        taken: Ids of questions that another round asks.
        first: Competencies to ask about first, the most urgent in front.
        before: Ids of questions asked in an earlier interview: passed over where a competency has
            another.
    """

    part: Round
    rubrics: Sequence[Rubric]
    language: str
    seed: int
    groundable: Callable[[Question], bool]
    taken: frozenset[str] = frozenset()
    first: tuple[str, ...] = ()
    before: frozenset[str] = frozenset()

    def choose(self) -> tuple[Choice, ...]:
        """Return the round's questions in the order they are asked."""
        steps = [step for step in self.part.steps if step in STEP_TYPES]
        pays = "pay" in self.part.steps
        wanted = self.part.scored_questions - (1 if pays else 0)
        chosen: list[Choice] = []
        for step in [*steps[:wanted], *self._extra_steps(steps, wanted)]:
            if len(chosen) >= wanted:
                break
            choice = self._choose_one(step, chosen)
            if choice is not None:
                chosen.append(choice)
        order = {step: place for place, step in enumerate(self.part.steps)}
        return tuple(sorted(chosen, key=lambda choice: order[choice.step]))

    def _extra_steps(self, steps: Sequence[Step], wanted: int) -> list[Step]:
        """Return steps for a second, third … pass, those with the most to ask first."""
        by_width = sorted(
            steps, key=lambda step: (not self._has_gap(step), -len(self._rubrics_of(step)))
        )
        return [step for _ in range(wanted) for step in by_width]

    def _choose_one(self, step: Step, chosen: Sequence[Choice]) -> Choice | None:
        asked = {choice.question.id for choice in chosen} | self.taken
        covered = {choice.rubric.id for choice in chosen}
        able = [r for r in self._rubrics_of(step) if self._questions(r, step, asked)]
        fresh = [rubric for rubric in able if rubric.id not in covered]
        fresh.sort(key=lambda rubric: self._urgency(rubric, step))
        # A pass for coverage: a competency comes twice only when none is left uncovered anywhere.
        if not fresh and (not able or self._uncovered(covered, asked)):
            return None
        rubric = fresh[0] if fresh else self._again(able, step, chosen)
        options = self._questions(rubric, step, asked)
        question = seeds.pick(options, self.seed, self.part.id, rubric.id)
        return Choice(step, rubric, question)

    def _again(self, able: Sequence[Rubric], step: Step, chosen: Sequence[Choice]) -> Rubric:
        """Return a competency to ask about once more: one that comes first, at most twice."""
        often = Counter(choice.rubric.id for choice in chosen)
        gaps = [r for r in able if r.id in self.first and often[r.id] < _MOST_OF_A_GAP]
        if gaps:
            return min(gaps, key=lambda r: (often[r.id], self.first.index(r.id)))
        return seeds.pick(able, self.seed, self.part.id, step, len(chosen))

    def _urgency(self, rubric: Rubric, step: Step) -> tuple[bool, int]:
        """Return what competencies are sorted by: at home here, then those that come first.

        One that comes first and is at home in no step is at home in any.
        """
        gap = rubric.id in self.first
        home = self._belongs(rubric, step) or (
            gap and not any(self._is_home(rubric, other) for other in self.part.steps)
        )
        return not home, self.first.index(rubric.id) if gap else len(self.first)

    def _is_home(self, rubric: Rubric, step: Step) -> bool:
        asks = step in STEP_TYPES and self._may_ask(rubric, step)
        return asks and self._belongs(rubric, step)

    def _has_gap(self, step: Step) -> bool:
        return any(rubric.id in self.first for rubric in self._rubrics_of(step))

    def _uncovered(self, covered: set[str], asked: set[str] | frozenset[str]) -> bool:
        return any(
            rubric.id not in covered and self._questions(rubric, step, asked)
            for step in self.part.steps
            if step in STEP_TYPES
            for rubric in self._rubrics_of(step)
        )

    def _rubrics_of(self, step: Step) -> list[Rubric]:
        """Return the competencies a step may ask about, the fittest first."""
        own = [rubric for rubric in self.rubrics if self._may_ask(rubric, step)]
        return sorted(own, key=lambda rubric: not self._belongs(rubric, step))

    def _may_ask(self, rubric: Rubric, step: Step) -> bool:
        if rubric.id == QUESTIONS_COMPETENCY:
            return False
        if rubric.id == PAY_COMPETENCY and "pay" in self.part.steps:
            return False
        named = [other for other in self.part.steps if other in STEP_TYPES and other in rubric.id]
        if named and step not in named:
            return False
        return any(question.type in STEP_TYPES[step] for question in rubric.questions)

    def _belongs(self, rubric: Rubric, step: Step) -> bool:
        """Whether a competency is at home in a step: by name, or half its questions are."""
        own = sum(1 for question in rubric.questions if question.type in STEP_TYPES[step])
        return step in rubric.id or own * 2 >= len(rubric.questions)

    def _questions(
        self, rubric: Rubric, step: Step, asked: set[str] | frozenset[str]
    ) -> list[Question]:
        """Return what may be asked of a competency here; grounded questions where there are."""
        open_to = [
            question
            for question in rubric.questions
            if question.type in STEP_TYPES[step]
            and question.id not in asked
            and self.language in question.text
            and (question.grounding != "required" or self.groundable(question))
        ]
        open_to = self._parallel(rubric, open_to)
        grounded = [q for q in open_to if q.grounding != "none" and self.groundable(q)]
        return grounded or open_to

    def _parallel(self, rubric: Rubric, open_to: list[Question]) -> list[Question]:
        """Return questions that were not asked before, of a gap those of the type that was."""
        fresh = [question for question in open_to if question.id not in self.before] or open_to
        if rubric.id not in self.first:
            return fresh
        types = {q.type for q in rubric.questions if q.id in self.before}
        return [question for question in fresh if question.type in types] or fresh


def rubrics_of(competencies: Sequence[str], rubrics: Mapping[str, Rubric]) -> tuple[Rubric, ...]:
    """Return a persona's rubrics in its own order."""
    return tuple(rubrics[name] for name in competencies if name in rubrics)
