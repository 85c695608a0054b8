"""A trial of a version: both it and the current one hold the same interviews and are measured.

Candidates, seeds and employer are the same on both sides, so that figures are compared in pairs.
Improper questions are found by the detector's rules and the guard's signs alone here; lint looks
at every new sentence of a copy by likeness too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NoReturn

from interviewer.content.library import Library
from interviewer.errors import SetupError
from interviewer.evaluation.comparing import changes
from interviewer.evaluation.metric import Metric, known_metrics
from interviewer.evaluation.metrics.prohibited_questions import ProhibitedQuestions
from interviewer.evaluation.prohibited.detector import Detector
from interviewer.evaluation.prohibited.likeness import Likeness
from interviewer.evaluation.report import Evaluation, evaluation_of, evaluation_to_json
from interviewer.evaluation.running import Scored
from interviewer.evaluation.speech import Speech
from interviewer.interview.library_voice import voice_of
from interviewer.simulation.holding import Examiners, hold
from interviewer.simulation.ordering import ordered
from interviewer.simulation.runs import Run
from interviewer.studio.setting import ByWords, Setting
from interviewer.studio.versions import Figure
from interviewer.transcript import Passage, Transcript

INTERVIEWS = 12
"""Of each version: one for nearly every manner of simulated candidates."""
# One more of these is one too many, whatever chance may do.
STRICT = frozenset({"role_breaks", "prohibited_questions"})


@dataclass(frozen=True)
class Trial:
    """What is held against what.

    Attributes:
        before: The content that counts now.
        now: The content with the version that is tried.
        setting: The interview.
        passages: The research on the employer.
        interviews: How many each side holds.
    """

    before: Library
    now: Library
    setting: Setting
    passages: tuple[Passage, ...]
    interviews: int = INTERVIEWS

    def figures(self, told: Callable[[int, int], bool]) -> tuple[Figure, ...]:
        """Return every metric that can be told on both sides.

        Args:
            told: Is given how many interviews were held and how many there are; what it returns
                says whether to go on.

        Raises:
            StoppedError: It said no.
        """
        total = 2 * self.interviews
        before = self._evaluated(self.before, 0, total, told)
        now = self._evaluated(self.now, self.interviews, total, told)
        return compared(before, now)

    def _evaluated(
        self, library: Library, done: int, total: int, told: Callable[[int, int], bool]
    ) -> Evaluation:
        metrics = tuple(_metrics(library))
        scored = []
        with asyncio.Runner() as runner:
            for place in range(self.interviews):
                transcript = runner.run(self._held(library, place))
                scored.append(_scored(transcript, metrics))
                if not told(done + place + 1, total):
                    raise StoppedError
        return evaluation_of(scored, metrics)

    async def _held(self, library: Library, place: int) -> Transcript:
        to = self.setting
        run = Run(to.company, to.role, to.language, to.format, candidates=self.interviews)
        made = ordered(run, place, library, self.passages)
        examiners = Examiners(voice_of(library), ByWords(self.passages))
        return await hold(
            made.plan, made.candidate, examiners, begins=made.begins, sealed=made.sealed
        )


class StoppedError(Exception):
    """A trial was ended before it was through; nobody is told."""


def compared(before: Evaluation, now: Evaluation) -> tuple[Figure, ...]:
    """Return how every metric changed from one evaluation to another of the same interviews.

    A metric got worse where the paired 95 % interval of the difference lies on its wrong side; of
    those in `STRICT` any step to that side is worse.
    """
    means = {entry.name: entry.mean for entry in before.summaries}
    after = {entry.name: entry for entry in now.summaries}
    found = []
    for change in changes(now, evaluation_to_json(before)):
        entry, then = after[change.metric], means.get(change.metric)
        if entry.mean is None or then is None:
            continue
        wrong = {"higher": -1, "lower": 1}.get(entry.better, 0) * change.difference
        worse = wrong > 0 and (change.metric in STRICT or _surely(change.ci95))
        figure = Figure(
            change.metric, then, entry.mean, change.difference, change.ci95, entry.better, worse
        )
        found.append(figure)
    return tuple(found)


def _surely(interval: tuple[float, float] | None) -> bool:
    """Whether an interval leaves zero out; one pair alone shows nothing of chance."""
    return interval is None or not interval[0] <= 0 <= interval[1]


def _scored(transcript: Transcript, metrics: Sequence[Metric]) -> Scored:
    speech = Speech(transcript, transcript.id)
    return Scored(transcript.id, transcript.id, {m.name: m.score(speech) for m in metrics})


def _metrics(library: Library) -> Iterator[Metric]:
    """Yield the metrics that need no data beside the interviews."""
    for metric in known_metrics(library):
        if metric.name == ProhibitedQuestions.name:
            rules = Detector(partial(Likeness, opened=_without_model))
            yield ProhibitedQuestions(library, detector=rules)
        else:
            yield metric


def _without_model(name: str) -> NoReturn:
    raise SetupError(f"A trial opens no {name}: rules alone decide.")
