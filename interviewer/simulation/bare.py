"""An interview by a model alone: one prompt, the same inputs, no director and no guard.

What the house adds to a model is what it does better than this. The candidate is the same: what a
turn of the model is about is told from its words, for the candidate alone; the transcript holds no
decisions, for nobody made any.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Protocol

from interviewer.interview.plan import Plan, PlannedItem, PlannedRound
from interviewer.interview.progress import EXAMINER_TURN_MINUTES, Progress, after, spoken_minutes
from interviewer.interview.sealed import Sealed
from interviewer.interview.session import new_transcript
from interviewer.interview.turn import answer_turn
from interviewer.research.lexical import terms
from interviewer.simulation.answering import answer
from interviewer.simulation.asked import Asked
from interviewer.simulation.candidate import Candidate
from interviewer.simulation.holding import Watch, interview_id
from interviewer.simulation.mixed import levels_of
from interviewer.simulation.sheet import sheet_for
from interviewer.simulation.truth import Truth, record
from interviewer.transcript import EMPTY, Json, MoveRecord, Passage, Transcript, Turn

BARE = "bare"
# Turns a planned question may take, and some to spare, before the interview is cut off.
_TURNS_EACH, _SPARE = 3, 6
# Share of a planned question's terms that a turn must have to be taken for it.
_ASKED = 0.5
_MARK = re.compile(r"\[(\d{1,3})\]")
_END = re.compile(r"\[\s*end\s*\]", re.IGNORECASE)
_ROUND = re.compile(r"\A\s*\[\s*([a-z_]+)\s*\]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Briefing:
    """What a model that interviews alone is told.

    Attributes:
        plan: For employer, post, examiners, competencies and pay; its questions are not told.
        passages: The research, numbered from 1 in this order.
        competencies: Name and definition of each, by round.
    """

    plan: Plan
    passages: tuple[Passage, ...]
    competencies: Mapping[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Words:
    """What a model said.

    Attributes:
        text: The whole reply, with its marks.
        usage: Tokens.
        seconds: How long it took.
    """

    text: str
    usage: Json = field(default_factory=lambda: EMPTY)
    seconds: float = 0.0


class BareExaminer(Protocol):
    """A model that holds an interview by itself."""

    @property
    def model(self) -> str:
        """The model, as `INTERVIEWER_MODEL` names it."""
        ...

    async def say(self, briefing: Briefing, turns: Sequence[Turn]) -> Words:
        """Return the next turn.

        Raises:
            ModelError: It failed.
        """
        ...


async def hold_bare(
    plan: Plan, candidate: Candidate, examiner: BareExaminer, briefing: Briefing, *, watch: Watch,
    sealed: Sealed,
) -> Transcript:  # fmt: skip
    """Return the transcript of an interview that a model held alone, with `interview.bare`.

    Args:
        plan: What the candidate is there for; the model is not told its questions.
        candidate: The candidate.
        examiner: The model.
        briefing: What the model is told.
        watch: The time.
        sealed: What candidates who know the work would say.

    Raises:
        ModelError: The model failed.
    """
    transcript = new_transcript(
        interview_id(plan, candidate), plan, model=examiner.model, clock=watch
    ).using(briefing.passages)
    rounds = [part for part in plan.rounds if part.kind == "interview"]
    state, sheet = Progress(round=rounds[0]), sheet_for(candidate, sealed.pay)
    told: tuple[Truth, ...] = ()
    unmarked, ended = 0, False
    for _ in range(_TURNS_EACH * sum(len(part.items) for part in rounds) + _SPARE):
        words = await examiner.say(briefing, transcript.turns)
        heard = _ROUND.match(words.text)
        spoken = next((p for p in rounds if heard and p.id == heard[1].lower()), None)
        unmarked += spoken is None
        part, ended = spoken or state.round, bool(_END.search(words.text))
        turn = _turn(words, part, transcript, briefing, watch)
        transcript = transcript.add(turn)
        watch.go_on(EXAMINER_TURN_MINUTES)
        if ended:
            break
        if part.id != state.round.id:
            state = Progress(round=part, memory=state.memory)
        move = _move_for(turn.content, state, plan.language)
        state = after(plan, state, replace(turn, move=move))
        asked = Asked(
            plan, state, move, transcript.next_seq, sheet, told, sealed.points, watch.time.year,
            sealed.keys,
        )  # fmt: skip
        said = answer(candidate, asked)
        told = (*told, said.truth)
        reply = answer_turn(transcript, part.id, said.text, watch)
        transcript = transcript.add(reply)
        watch.go_on(spoken_minutes(said.text, plan.language))
        state = after(plan, state, reply)
    simulated = record(candidate, sheet, told, levels_of(candidate, plan))
    account = {"ended": "by the model" if ended else "at the limit", "without_round": unmarked,
               "passages": len(briefing.passages)}  # fmt: skip
    extra = {**transcript.interview.extra, BARE: account, "simulated": simulated}
    interview = replace(transcript.interview, extra=MappingProxyType(extra))
    return replace(transcript, interview=interview)


def _turn(
    words: Words, part: PlannedRound, transcript: Transcript, briefing: Briefing, watch: Watch
) -> Turn:
    """Return a reply as a turn: without marks of rounds, its passages numbered as they came."""
    text = _END.sub("", _ROUND.sub("", words.text, count=1)).strip()
    known = {str(number): found.id for number, found in enumerate(briefing.passages, start=1)}
    cites = tuple(dict.fromkeys(known[n] for n in _MARK.findall(text) if n in known))
    turn = Turn(
        seq=transcript.next_seq,
        role="assistant",
        content=text,
        name=part.persona,
        at=watch.time.strftime("%Y-%m-%dT%H:%M:%SZ"),
        round=part.id,
        cites=cites,
        usage=words.usage,
        seconds=MappingProxyType({"total": round(words.seconds, 4)}),
    )
    numbers = transcript.add(turn).citation_numbers()

    def renumbered(mark: re.Match[str]) -> str:
        key = known.get(mark[1])
        # A number that no passage has stays as it was said; metrics see that it leads nowhere.
        return f"[{numbers[key]}]" if key else mark[0]

    return replace(turn, content=_MARK.sub(renumbered, text))


def _move_for(text: str, state: Progress, language: str) -> MoveRecord:
    """Return what a turn is about, as the candidate takes it."""
    patterns = _patterns(language)
    for item in state.round.items:
        pattern = patterns.get(item.kind)
        if pattern is not None and pattern.search(text):
            return MoveRecord("ask", item.id)
    said = terms(text)
    questions = [item for item in state.round.items if item.kind == "question" and item.text]
    best = max(questions, key=lambda item: _share(item, said), default=None)
    pending = state.pending.id if state.pending else None
    if best is not None and _share(best, said) >= _ASKED and best.id != pending:
        return MoveRecord("ask", best.id)
    follows = bool(state.answers) and len(said & terms(state.answers[-1])) > 1
    fresh = next((item for item in questions if item.id not in state.asked), None)
    if pending is not None and (follows or fresh is None):
        return MoveRecord("probe", pending, slot="more")
    return MoveRecord("ask", fresh.id if fresh else None)


def _share(item: PlannedItem, said: frozenset[str]) -> float:
    own = terms(item.text)
    return len(own & said) / len(own) if own else 0.0


@cache
def _patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    base = "zh" if language.startswith("zh") else "en"
    file = resources.files(__package__) / f"bare.{base}.toml"
    document = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        kind: re.compile("|".join(f"(?:{entry})" for entry in entries), re.IGNORECASE)
        for kind, entries in document.items()
    }
