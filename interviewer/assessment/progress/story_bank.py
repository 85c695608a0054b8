"""The story bank: which stories a candidate tells, how often, to whom, and which are missing.

A story is known again by its words. How often that goes right, and wrong, stands in
docs/progress.md (`python -m benchmarks.carrying_over`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from interviewer.assessment.progress.sitting import Sitting
from interviewer.assessment.progress.telling import Telling
from interviewer.content.library import Library

# Share of terms that a telling has in common with those of its story, on the average; tuned on the
# stories of simulated candidates, so that two taken for one are rarer than one taken for two.
SAME_FROM = 0.3
# So many questions are more than one piece of work answers well.
MOST_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class Story:
    """One story and every time it was told.

    Attributes:
        tellings: Oldest first, one at least.
    """

    tellings: tuple[Telling, ...]

    @property
    def newest(self) -> Telling:
        """The telling it is shown by."""
        return self.tellings[-1]

    @property
    def competencies(self) -> dict[str, str]:
        """Names of the competencies it served, by id, in the order it did."""
        return {telling.competency: telling.name for telling in self.tellings}

    @property
    def questions(self) -> tuple[str, ...]:
        """The questions it was told to, each once."""
        return tuple(dict.fromkeys(telling.question for telling in self.tellings))

    @property
    def sessions(self) -> tuple[str, ...]:
        """The interviews it was told in, each once."""
        return tuple(dict.fromkeys(telling.session for telling in self.tellings))

    @property
    def examiners(self) -> tuple[str, ...]:
        """Who was told, each once."""
        return tuple(dict.fromkeys(telling.examiner for telling in self.tellings))

    @property
    def overused(self) -> bool:
        """Whether another should be ready: many questions, or two of the same interview."""
        in_one = {(telling.session, telling.question) for telling in self.tellings}
        return len(self.questions) >= MOST_QUESTIONS or len(in_one) > len(self.sessions)


def stories_in(sittings: Iterable[Sitting]) -> tuple[Story, ...]:
    """Return the stories told in these interviews, those told to most questions first."""
    ordered = sorted(sittings, key=lambda sitting: (sitting.at, sitting.session))
    groups: list[list[Telling]] = []
    for telling in (telling for sitting in ordered for telling in sitting.tellings):
        nearest = max(groups, key=lambda group: _nearness(telling, group), default=None)
        if nearest is not None and _nearness(telling, nearest) >= SAME_FROM:
            nearest.append(telling)
        else:
            groups.append([telling])
    stories = [Story(tuple(group)) for group in groups]
    return tuple(sorted(stories, key=lambda s: (-len(s.questions), -len(s.sessions))))


def without_story(
    sitting: Sitting, stories: Sequence[Story], library: Library
) -> Mapping[str, str]:
    """Return competencies of a post that ask for a story and have none, names by id.

    Args:
        sitting: An interview for the post: its examiners are those of the post.
        stories: Those told so far.
        library: Rubrics and personas.
    """
    told = {name for story in stories for name in story.competencies}
    asked = (
        library.rubrics[name]
        for persona in sitting.personas
        if persona in library.personas
        for name in library.personas[persona].about.competencies
        if name in library.rubrics
    )
    return {
        rubric.id: rubric.name.get(sitting.language) or next(iter(rubric.name.values()))
        for rubric in asked
        if rubric.id not in told
        and any(question.type == "past_behaviour" for question in rubric.questions)
    }


def alike(one: frozenset[str], two: frozenset[str]) -> float:
    """Return how much of what two tellings speak of is the same, 0 to 1 (Dice)."""
    return 2 * len(one & two) / (len(one) + len(two) or 1)


def _nearness(telling: Telling, group: Sequence[Telling]) -> float:
    return fmean(alike(telling.terms, other.terms) for other in group)
