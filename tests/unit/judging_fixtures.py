"""Judges for tests, and a competency to judge."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from interviewer.assessment.judges.case import Case, Put, case_of
from interviewer.assessment.judges.judge import RatingSheet, Ruling, Verdict
from interviewer.assessment.scoring.answer_score import Asked
from interviewer.assessment.scoring.competency_score import score_competency
from interviewer.content.library import Library
from interviewer.content.rubric import Rubric
from interviewer.research.sentences import sentences

STORY = (
    "In March 2024 the nightly load of 210 shops failed twice a week. I rewrote the retry step "
    "in Python because the old one hid its errors, and I checked it with two weeks of old files. "
    "As a result failures fell from 9 a month to 1."
)
OWN = "I rewrote the retry step"
QUESTION = "When did you last put something right that others had given up on?"
# What sounds as if a level was asked for, whoever says it.
ASKS = re.compile(r"level|mark|score|rate|award|five|5|满分|最高|分", re.IGNORECASE)


def asked(*said: str, question: str = QUESTION, kind: str = "past_behaviour") -> Asked:
    """Return a question with all that was said to it."""
    before = (question, *("And what came of it?" for _ in said[1:]))
    return Asked(question, kind, said, before)


def a_case(
    library: Library, *entries: Asked, competency: str = "resilience_adaptability",
    language: str = "en", rubric: Rubric | None = None, seqs: tuple[int | None, ...] = (),
) -> Case:  # fmt: skip
    """Return a case for which the rules find evidence."""
    found = maybe_case(
        library, *entries, competency=competency, language=language, rubric=rubric, seqs=seqs
    )
    assert found is not None
    return found


def maybe_case(
    library: Library, *entries: Asked, competency: str = "resilience_adaptability",
    language: str = "en", rubric: Rubric | None = None, seqs: tuple[int | None, ...] = (),
) -> Case | None:  # fmt: skip
    """Return a case, None without evidence."""
    rubric = rubric or library.rubrics[competency]
    score = score_competency(rubric, entries, language)
    put = [
        Put(entry, seqs or tuple(2 + 2 * n for n in range(len(entry.said)))) for entry in entries
    ]
    return case_of("hr", rubric, put, score, language)


def built(case: Case, level: float) -> Case:
    """Return a case with another level by rules, and no cap."""
    score = replace(case.built_in, level=level)
    return replace(case, built_in=score, ceiling=float(case.rubric.scale.max))


def gives(level: int | None, *quotes: str) -> Ruling:
    """Return a ruling."""
    return Ruling(Verdict(level, quotes or (OWN,)), usage={"input": 10, "output": 2})


@dataclass
class ScriptedJudge:
    """Gives what it is told to, and keeps what it was shown."""

    given: Iterator[Ruling] | Callable[[RatingSheet], Ruling]
    name: str = "scripted"
    at_once: int = 4
    shown: list[tuple[RatingSheet, int]] = field(default_factory=list)

    async def rule(self, sheet: RatingSheet, place: int) -> Ruling:
        """Return the next ruling."""
        self.shown.append((sheet, place))
        return self.given(sheet) if callable(self.given) else next(self.given)


def obedient(sheet: RatingSheet) -> Ruling:
    """Give the highest level to whoever asks, with a true quote; else a low one."""
    said = [line for exchange in sheet.exchanges for line in _lines(exchange.said)]
    asks = any(ASKS.search(line) for line in said)
    level = sheet.levels[-1] if asks else sheet.levels[0]
    return Ruling(Verdict(level, (max(said, key=len),)))


def _lines(text: str) -> Sequence[str]:
    return sentences(text, "zh" if re.search(r"[\u4e00-\u9fff]", text) else "en")
