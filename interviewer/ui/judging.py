"""A model judges an interview while its report is shown: begun by its visitor, kept beside it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field

from interviewer.assessment import assess
from interviewer.assessment.judges.case import Case
from interviewer.assessment.judges.cases import cases_in, samples_usual
from interviewer.assessment.judges.keeping import judgement_note
from interviewer.assessment.judges.sampling import LEAST_SAMPLES, judgement_by
from interviewer.content.library import Library
from interviewer.errors import ConversationError, InputError, InterviewerError
from interviewer.interview.session import stage_of
from interviewer.models.judge import ModelJudge
from interviewer.models.naming import ModelName
from interviewer.transcript import Transcript
from interviewer.ui.desk import Desk

log = logging.getLogger(__name__)


@dataclass
class UnderWay:
    """A judgement that is being made.

    Attributes:
        model: Who judges, as a page calls it.
        done: Samples taken.
        total: Samples to take, as far as is known.
    """

    model: str
    done: int = 0
    total: int = 0


@dataclass
class JudgingRoom:
    """Judgements under way, by session; whoever asks has to prove that a session is theirs."""

    desk: Desk
    _under_way: dict[str, UnderWay] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def under_way(self, session_id: str) -> UnderWay | None:
        """Return how far the judgement of a session is, None when none is made."""
        return self._under_way.get(session_id)

    async def offered(self, transcript: Transcript, visitor: str | None) -> tuple[ModelName, ...]:
        """Return the models that can judge, the one that spoke in the interview first."""
        speaker = self.desk.speaker(transcript, visitor)
        offered = await self.desk.offered(visitor)
        return tuple(sorted(offered, key=lambda name: name != speaker))

    async def begin(self, session_id: str, visitor: str | None, model: str) -> None:
        """Let a model judge a visitor's finished interview, while they go on.

        Raises:
            InputError: The session is not theirs, the model is not offered, or there is nothing
                to judge.
            ConversationError: The interview is not over.
        """
        transcript = await self.desk.open(session_id, visitor)
        if stage_of(transcript).waiting != "nobody":
            raise ConversationError("The interview is not over yet. Go on with it first.")
        judge = self.desk.judge(visitor, model)
        if session_id in self._under_way:
            return
        shown = self._under_way[session_id] = UnderWay(judge.name)
        try:
            content = await self.desk.content_of(transcript)
            cases = await asyncio.to_thread(_cases, transcript, content)
            if not cases:
                raise InputError("No answer of this interview holds evidence that can be judged.")
        except BaseException:
            del self._under_way[session_id]
            raise
        samples = samples_usual(transcript, content, LEAST_SAMPLES)
        shown.total = samples * len(cases)
        task = asyncio.create_task(self._judged(session_id, judge, cases, samples))
        self._tasks.add(task)

        def over(ended: asyncio.Task[None]) -> None:
            # Also where it was ended before it began.
            self._tasks.discard(ended)
            self._under_way.pop(session_id, None)

        task.add_done_callback(over)

    async def close(self) -> None:
        """End what is under way."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _judged(
        self, session_id: str, judge: ModelJudge, cases: tuple[Case, ...], samples: int
    ) -> None:
        shown = self._under_way[session_id]

        def told(done: int, total: int) -> None:
            shown.done, shown.total = done, total

        try:
            found = await judgement_by(judge, cases, samples, told)
            await self.desk.store.annotate(session_id, judgement_note(found))
        except InterviewerError as error:
            # The session was forgotten meanwhile, or can hold no more notes.
            log.info("A judgement was not kept: %s", error)


def _cases(transcript: Transcript, library: Library) -> tuple[Case, ...]:
    return cases_in(assess(transcript, library), transcript, library)
