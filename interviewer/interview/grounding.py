"""Facts for questions: which sentence of the research is spoken before which question."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from interviewer.content.rubric import Question
from interviewer.interview import seeds
from interviewer.interview.facts import is_stale, speakable
from interviewer.interview.plan import Lead
from interviewer.transcript import Passage


def states_fact(question: Question, seed: int, talk_share: float) -> bool:
    """Whether a fact is spoken before a question: always where it needs one, else now and then.

    Somebody with a quarter of the talk states a fact before half of the questions that may have
    one (SCIENCE 2.1 asks for relevance, not for a fact before every question).
    """
    if question.grounding == "optional":
        return seeds.chance(min(1.0, 2 * talk_share), seed, "states fact", question.id)
    return question.grounding == "required"


@dataclass(frozen=True, slots=True)
class _Candidate:
    passage: Passage
    sentence: str
    bearing: int


@dataclass
class FactFinder:
    """Gives out facts, each at most once, and no two from one passage while others are left.

    Attributes:
        passages: The research on the employer.
        names: What the employer is called.
        telling: Duties and requirements of the post; facts that share words with them come first.
        seed: What the choice varies by.
        today: The day from which a fact's age is told.
    """

    passages: Sequence[Passage]
    names: Sequence[str]
    telling: str
    seed: int
    today: datetime.date
    _by_topic: dict[str, list[_Candidate]] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Find what can be spoken, by topic."""
        words = _words(self.telling)
        for passage in self.passages:
            for sentence in speakable(passage, self.names):
                bearing = len(words & _words(sentence))
                candidate = _Candidate(passage, sentence, bearing)
                self._by_topic.setdefault(passage.topic, []).append(candidate)

    def has(self, topics: Sequence[str]) -> bool:
        """Whether a fact on one of the topics is left."""
        return bool(self._left(topics))

    def take(self, topics: Sequence[str], purpose: str, talk_share: float = 1.0) -> Lead | None:
        """Return a fact on one of the topics and count it as used; None when none is left.

        Args:
            topics: What it may be on.
            purpose: What the seed picks for, so that two questions get different facts.
            talk_share: The examiner's share of the talk: who speaks little states short facts.
        """
        left = self._left(topics)
        if not left:
            return None
        fresh = [c for c in left if not is_stale(c.passage, self.today)] or left
        fresh = _short_enough(fresh, talk_share)
        # The half that bears most on the post; the seed picks within it.
        ranked = sorted(fresh, key=lambda c: (-c.bearing, c.passage.id, c.sentence))
        candidate = seeds.pick(ranked[: (len(ranked) + 1) // 2], self.seed, "fact", purpose)
        self._used.update({candidate.sentence, candidate.passage.id})
        old = is_stale(candidate.passage, self.today)
        date = candidate.passage.date
        return Lead(
            kind="fact",
            text=candidate.sentence,
            cites=candidate.passage.id,
            dated=date[:7] if old and date else None,
        )

    def _left(self, topics: Sequence[str]) -> list[_Candidate]:
        on_topic = [c for topic in topics for c in self._by_topic.get(topic, ())]
        unspoken = [c for c in on_topic if c.sentence not in self._used]
        return [c for c in unspoken if c.passage.id not in self._used] or unspoken


def _short_enough(candidates: Sequence[_Candidate], talk_share: float) -> list[_Candidate]:
    """Return the facts that somebody with this share states; the shortest when all are long.

    A quarter of the talk leaves 14 English words or 26 Chinese characters for a fact.
    """
    most = {True: 104, False: 56}
    lengths = {c.sentence: _length(c) / (talk_share * most[_is_chinese(c)]) for c in candidates}
    short = [c for c in candidates if lengths[c.sentence] <= 1]
    by_length = sorted(candidates, key=lambda c: (lengths[c.sentence], c.passage.id))
    return short or by_length[: (len(by_length) + 2) // 3]


def _length(candidate: _Candidate) -> int:
    sentence = candidate.sentence
    return len(sentence) if _is_chinese(candidate) else len(sentence.split())


def _is_chinese(candidate: _Candidate) -> bool:
    return candidate.passage.language == "zh"


def _words(text: str) -> set[str]:
    latin = {word for word in re.findall(r"[a-z]{4,}", text.lower())}
    chinese = re.findall(r"[\u4e00-\u9fff]+", text)
    return latin | {run[i : i + 2] for run in chinese for i in range(len(run) - 1)}
