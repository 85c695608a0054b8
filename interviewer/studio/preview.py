"""What an examiner says: an opening, a question, a probe, and replies to three planted answers.

The answers are those of simulated candidates: weak, middling and strong ones to the same question.
The built-in voice holds the interview up to each place; the words shown are the speaker's.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from interviewer.content.format import STEP_TYPES
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview.director import decide
from interviewer.interview.library_voice import voice_of
from interviewer.interview.plan import PlannedItem, PlannedRound
from interviewer.interview.planning import in_language
from interviewer.interview.turn import Spoken, carry_out
from interviewer.interview.voice import Voice
from interviewer.simulation.candidate import Level, Manner
from interviewer.simulation.holding import Examiners, Moment, moments
from interviewer.simulation.ordering import Ordered, ordered
from interviewer.simulation.runs import Run
from interviewer.studio.setting import ByWords, Setting
from interviewer.transcript import Passage

Kind = Literal["opening", "question", "probe", "weak", "middling", "strong"]
KINDS: tuple[Kind, ...] = ("opening", "question", "probe", "weak", "middling", "strong")
PLANTED: tuple[tuple[Manner, Level, Kind], ...] = (
    ("terse", "low", "weak"),
    ("strong", "medium", "middling"),
    ("strong", "high", "strong"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One turn of the examiner's.

    Attributes:
        kind: What it is.
        said: What the examiner says.
        answer: What the candidate said before it; empty for nothing.
        fallback: Whether the built-in voice spoke where a model was asked to.
    """

    kind: Kind
    said: str
    answer: str = ""
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """A round of a plan, for looking at a format.

    Attributes:
        name: The examiner's name.
        title: Their title.
        minutes: What it may take.
        items: Step and words of what is asked; no words where the phrasebook has them.
    """

    name: str
    title: str
    minutes: float
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Stage:
    """One version of the content, ready to be listened to.

    Attributes:
        library: The content.
        setting: The interview.
        passages: The research on the employer.
        question: Id of the competency's question that is shown; empty for its first.
    """

    library: Library
    setting: Setting
    passages: tuple[Passage, ...]
    question: str = ""

    async def said(self, speaker: Voice | None = None) -> tuple[Shown, ...]:
        """Return what the examiner says, in the built-in voice where no other speaks.

        Raises:
            InputError: No plan asks of the competency.
        """
        # Plans and walks are the machine's own work; only a model is waited for here.
        made, places = await asyncio.to_thread(lambda: asyncio.run(self._places()))
        kinds = [kind for kind in KINDS if kind in places]
        return tuple(
            await asyncio.gather(*(self._shown(made, k, places[k], speaker) for k in kinds))
        )

    async def _places(self) -> tuple[Ordered, dict[Kind, Moment]]:
        """Return the moments before the turns that are shown."""
        made, item = self._made()
        places: dict[Kind, Moment] = {}
        for manner, level, kind in PLANTED:
            candidate = replace(made.candidate, manner=manner, level=level)
            async for found, moment in self._walk(replace(made, candidate=candidate), item, kind):
                places.setdefault(found, moment)
        return made, places

    def outline(self) -> tuple[Outline, ...]:
        """Return what a plan made with this content asks, round by round.

        Raises:
            InputError: No plan can be made.
        """
        made = self._ordered(self.setting.format)
        return tuple(
            Outline(
                part.name,
                part.title,
                part.minutes,
                tuple((item.step, item.text) for item in part.items),
            )
            for part in made.plan.rounds
        )

    def _ordered(self, form: str) -> Ordered:
        to = self.setting
        run = Run(to.company, to.role, to.language, form, candidates=1)
        return ordered(run, 0, self.library, self.passages)

    def _made(self) -> tuple[Ordered, str]:
        """Return the examiner's round cut to three questions, and the id of the middle one."""
        made = self._ordered(self.setting.round)
        part = made.plan.conversations[0]
        asked = [item for item in part.items if item.kind == "question"]
        shown = self._of_competency(part) or _telling(asked)
        if shown is None:
            raise InputError("The examiner asks nothing in this interview that could be shown.")
        others = [item for item in asked if item.id != shown.id]
        short = replace(part, items=(*others[:1], shown, *others[1:2]))
        return replace(made, plan=replace(made.plan, rounds=(short,))), shown.id

    def _of_competency(self, part: PlannedRound) -> PlannedItem | None:
        """Return a question of the competency as a plan would have it, whatever the seed."""
        rubric = self.library.rubrics.get(self.setting.competency)
        questions = rubric.questions if rubric else ()
        chosen = [question for question in questions if question.id == self.question]
        for question in chosen or questions[:1]:
            language = self.setting.language
            probes: dict[str, tuple[str, ...]] = {
                slot: tuple(in_language(words, language) for words in told)
                for slot, told in question.probes.items()
            }
            return PlannedItem(
                f"{part.id}.{question.id}", "question", _step(question.type),
                competency=self.setting.competency, type=question.type,
                text=in_language(question.text, language), probes=MappingProxyType(probes),
                minutes=question.minutes,
            )  # fmt: skip
        return None

    async def _walk(
        self, made: Ordered, item: str, kind: Kind
    ) -> AsyncIterator[tuple[Kind, Moment]]:
        """Yield the moments before turns that are to be shown, as they come."""
        examiners = Examiners(voice_of(self.library), ByWords(self.passages))
        answered = False
        walk = moments(
            made.plan, made.candidate, examiners, begins=made.begins, sealed=made.sealed
        )
        async for moment in walk:
            move = decide(made.plan, moment.state, made.sealed)
            if moment.state.waiting != "examiner" or move is None:
                continue
            if answered:
                yield kind, moment
            if move.kind == "probe":
                yield "probe", moment
            if move.kind == "open":
                yield "opening", moment
            elif answered and kind != "weak":
                return
            if move.item is not None and move.item.id == item and move.kind in ("ask", "open"):
                yield "question", moment
                answered = True

    async def _shown(
        self, made: Ordered, kind: Kind, moment: Moment, speaker: Voice | None
    ) -> Shown:
        move = decide(made.plan, moment.state, made.sealed)
        if move is None:
            raise InputError("The interview has no such turn.")
        last = moment.transcript.last
        pieces = carry_out(
            made.plan, moment.transcript, move, state=moment.state,
            voice=speaker or voice_of(self.library), retriever=ByWords(self.passages),
        )  # fmt: skip
        turn = [piece.turn async for piece in pieces if isinstance(piece, Spoken)][-1]
        answer = last.content if last is not None and kind != "opening" else ""
        return Shown(kind, turn.content, answer, turn.fallback is not None)


def _telling(asked: Sequence[PlannedItem]) -> PlannedItem | None:
    """Return the question whose answers differ most by level: one that asks for a story."""
    scored = [item for item in asked if item.scored]
    stories = [item for item in scored if item.type == "past_behaviour"]
    return next(iter((*stories, *scored[1:], *scored)), None)


def _step(kind: str) -> str:
    return next((step for step, kinds in STEP_TYPES.items() if kind in kinds), "behaviour")
