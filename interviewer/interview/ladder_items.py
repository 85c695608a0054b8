"""What a post's own ladders, work samples and explanations become in a plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from interviewer.content.format import Round
from interviewer.content.ladder import Explanation, Ladder, LadderFile, Sample, names_it
from interviewer.interview import seeds
from interviewer.interview.plan import Lead, PlannedItem, Rung

# A ladder starts one step below the level that is asked for (SCIENCE 2.3), a step lower or higher
# by difficulty; its lowest rung stands for level 2.
_LOWEST_RUNG = 2
MOST_LADDERS = 3
LADDER_MINUTES = 4.0
# Twelve of 45 minutes (SCIENCE 2.3); project, sample, risk, learning and explanation stay.
_LADDER_SHARE = 12 / 45
_OTHERS = 5

LAY, EXPERT = "lay", "expert"
Entry = TypeVar("Entry", Sample, Explanation)


def ladder_count(part: Round) -> int:
    """Return how many ladders a round climbs: three in 45 minutes, beside five other questions."""
    by_time = round(part.minutes * _LADDER_SHARE / LADDER_MINUTES)
    return max(1, min(MOST_LADDERS, by_time, part.scored_questions - _OTHERS))


@dataclass(frozen=True)
class LadderItems:
    """Makes planned items from one file of ladders.

    Attributes:
        file: The file that serves the post.
        round: Id of the round the items belong to.
        language: Language of the interview.
        seed: What the choice varies by.
        required: The level of knowledge the post asks for, 1 to 5.
        asked_for: What post and advert ask for, in their words.
        lead: Returns what is said before a ladder: of a requirement, or of any when None.
        shift: Steps above the usual start, by difficulty.
        before: Ids of what an earlier interview asked, without the round: passed over where
            there is another.
    """

    file: LadderFile
    round: str
    language: str
    seed: int
    required: int
    asked_for: Sequence[str]
    lead: Callable[[str | None], Lead | None]
    shift: int = 0
    before: frozenset[str] = frozenset()

    def ladders(self, count: int, competency: str) -> list[PlannedItem]:
        """Return ladders, those first that bear on what is asked for."""
        shuffled = seeds.shuffled(self._spoken(), self.seed, self.round, "ladders")
        by_bearing = sorted(
            shuffled,
            key=lambda ladder: (self._asked_before(ladder.id), self._bears_on(ladder) is None),
        )
        return [self._ladder(ladder, competency) for ladder in by_bearing[:count]]

    def sample(self, competency: str) -> PlannedItem | None:
        """Return one piece of the work to think through, None when there is none to speak."""
        samples = [sample for sample in self.file.samples if self.language in sample.text]
        if not samples:
            return None
        fresh, types = self._fresh(samples), {s.type for s in samples if self._asked_before(s.id)}
        parallel = [sample for sample in fresh if sample.type in types]
        chosen = seeds.pick(parallel or fresh, self.seed, self.round, "sample")
        return self._sample(chosen, competency)

    def explanation(self, competency: str) -> PlannedItem | None:
        """Return one thing to explain twice, None when there is none to speak."""
        spoken = [e for e in self.file.explains if self.language in e.lay.keys() & e.expert.keys()]
        if not spoken:
            return None
        chosen = seeds.pick(self._fresh(spoken), self.seed, self.round, "explain")
        return self._explanation(chosen, competency)

    def _spoken(self) -> list[Ladder]:
        language = self.language
        return [
            ladder
            for ladder in self.file.ladders
            if all(language in text for rung in ladder.rungs for text in rung.questions)
        ]

    def _bears_on(self, ladder: Ladder) -> str | None:
        """Return the first requirement that names what a ladder is about."""
        words = ladder.about.get(self.language, ())
        named = (text for text in self.asked_for if any(names_it(word, text) for word in words))
        return next(named, None)

    def _ladder(self, ladder: Ladder, competency: str) -> PlannedItem:
        language = self.language
        rungs = tuple(
            Rung(rung.step, tuple(text[language] for text in rung.questions))
            for rung in ladder.rungs
        )
        usual = self.required - 1 - _LOWEST_RUNG
        start = min(max(usual + self.shift, 0), len(rungs) - 1)
        # Ladders for any post say "this area": without a requirement nobody would know which.
        requirement = None if self.file.general else self._bears_on(ladder)
        lead = self.lead(requirement) if self.file.general or requirement else None
        return PlannedItem(
            id=self._id(ladder.id),
            kind="question",
            step="knowledge",
            competency=competency,
            type="knowledge",
            text=rungs[start].questions[0],
            lead=lead,
            minutes=LADDER_MINUTES,
            link=lead.text if lead else ladder.name.get(language, ""),
            rungs=rungs,
            start=start,
        )

    def _sample(self, sample: Sample, competency: str) -> PlannedItem:
        language = self.language
        probes = {
            slot: tuple(text[language] for text in texts if language in text)
            for slot, texts in (("own_action", sample.own_action), ("result", sample.result))
        }
        return PlannedItem(
            id=self._id(sample.id),
            kind="question",
            step="scenario",
            competency=competency,
            type=sample.type,
            text=sample.text[language],
            probes=MappingProxyType({slot: texts for slot, texts in probes.items() if texts}),
            minutes=sample.minutes,
            hints=tuple(hint[language] for hint in sample.hints if language in hint),
        )

    def _explanation(self, explanation: Explanation, competency: str) -> PlannedItem:
        lay, expert = explanation.lay[self.language], explanation.expert[self.language]
        return PlannedItem(
            id=self._id(explanation.id),
            kind="question",
            step="explain",
            competency=competency,
            type="work_sample",
            text=lay,
            minutes=explanation.minutes,
            rungs=(Rung(LAY, (lay,)), Rung(EXPERT, (expert,))),
        )

    def _fresh(self, entries: list[Entry]) -> list[Entry]:
        """Return entries that were not asked before, all where there are none."""
        return [entry for entry in entries if not self._asked_before(entry.id)] or entries

    def _asked_before(self, entry: str) -> bool:
        return f"{self.file.id}.{entry}" in self.before

    def _id(self, entry: str) -> str:
        return f"{self.round}.{self.file.id}.{entry}"
