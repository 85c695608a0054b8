"""What a voice is told and what it owes: scene, protocol, the account of how it was said."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from interviewer.interview.facts import is_stale
from interviewer.interview.handoff import Note, handoff
from interviewer.interview.improper import without_improper
from interviewer.interview.moves import Move
from interviewer.interview.plan import Plan
from interviewer.interview.progress import Progress
from interviewer.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said earlier in the round.

    Attributes:
        speaker: Who said it, as the prompt names them; empty for the candidate.
        text: What was said, with its citation marks.
    """

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What a voice may know besides the move.

    Attributes:
        persona: Persona id.
        name: The examiner's name.
        title: Their title.
        company: The employer's name.
        post: The post's title.
        language: Language of the interview.
        minutes: What the round may take.
        seed: What the words vary by.
        seq: Number of the turn that will be spoken, practice on improper questions and what was
            taken again not counted.
        said: What this persona has said before, oldest first.
        heard: What the candidate said last, empty at an opening.
        numbers: Citation mark of every passage the turn states a fact from.
        model: Who the interview was settled to be spoken by.
        keeps_out: Matters this examiner does not discuss.
        others: Names of the other examiners of this interview.
        facts: Facts planned for this round, passage id and sentence, in plan order.
        lines: What was said in this round, oldest first.
        handed_on: What earlier examiners have passed on.
        manner: How the examiner carries themselves, empty for their own way.
        stale: ISO month of every passage of the answer that is to be named with its date.
        thinking_time: Seconds suggested for thinking before an answer.
        number: Number by which the candidate is addressed where nobody has a name.
        reads_only: Whether questions are read out and nothing of the examiner's own is said.
    """

    persona: str
    name: str
    title: str
    company: str
    post: str
    language: str
    minutes: float
    seed: int
    seq: int
    said: tuple[str, ...]
    heard: str
    numbers: Mapping[str, int]
    model: str = "builtin"
    keeps_out: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    lines: tuple[Line, ...] = ()
    handed_on: tuple[Note, ...] = ()
    manner: str = ""
    stale: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    thinking_time: int = 0
    number: int = 0
    reads_only: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A sentence of a model that the candidate did not get to see.

    Attributes:
        kind: What was wrong with it, a word of the guard's.
        sentence: Its place in the reply, counted from 0.
    """

    kind: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a turn came to be said; a voice that has anything to account for yields it last.

    Attributes:
        spoken_by: The model whose words were used, empty when none were.
        usage: Tokens, `{"input": n, "output": n, …}`, empty when nothing was counted.
        fallback: None, or why and from which sentence on the built-in voice spoke.
        refusals: Sentences the guard kept back.
    """

    spoken_by: str = ""
    usage: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    fallback: Mapping[str, object] | None = None
    refusals: tuple[Refusal, ...] = ()


def scene_of(plan: Plan, transcript: Transcript, move: Move, state: Progress) -> Scene:
    """Return the scene for the turn that comes next, where the interview stands."""
    part = plan.round(move.round) or plan.rounds[0]
    numbers = transcript.citation_numbers()
    for passage_id in move.cites:
        numbers.setdefault(passage_id, len(numbers) + 1)
    # Words vary by what was said in the interview itself; nothing of practice on improper
    # questions reaches a voice, and nothing of an answer that was taken again.
    seq = transcript.next_seq - len(transcript.turns)
    transcript = without_improper(plan, transcript.counted)
    seq += len(transcript.turns)
    last = transcript.last
    here = [turn for turn in transcript.turns if turn.round == part.id]
    return Scene(
        persona=part.persona,
        name=part.name,
        title=part.title,
        company=plan.company_name,
        post=plan.post_title,
        language=plan.language,
        minutes=part.minutes,
        seed=plan.seed,
        seq=seq,
        said=tuple(turn.content for turn in here if turn.by_examiner),
        heard=last.content if last is not None and last.by_candidate else "",
        numbers=numbers,
        model=transcript.interview.model or "builtin",
        keeps_out=part.keeps_out,
        others=tuple(entry.name for entry in plan.conversations if entry.id != part.id),
        facts=_planned_facts(plan, part.id),
        lines=tuple(Line(part.name if turn.by_examiner else "", turn.content) for turn in here),
        handed_on=handoff(plan, state, part.id).notes,
        manner=part.manner,
        stale=_stale(move, transcript),
        thinking_time=plan.thinking_time,
        reads_only=plan.anonymous,
        number=plan.number,
    )


def _stale(move: Move, transcript: Transcript) -> Mapping[str, str]:
    """Return the months of what the answer stands in where that is old (SCIENCE 2.1)."""
    # Of an interview without a day nothing is old.
    held = datetime.date.fromisoformat((transcript.interview.created or "0001-01-01")[:10])
    passages = (entry.passage for entry in move.found)
    return MappingProxyType({p.id: p.date[:7] for p in passages if p.date and is_stale(p, held)})


def _planned_facts(plan: Plan, round_id: str) -> tuple[tuple[str, str], ...]:
    part = plan.round(round_id) or plan.rounds[0]
    leads = [item.lead for item in part.items if item.lead is not None]
    return tuple((lead.cites, lead.text) for lead in leads if lead.kind == "fact" and lead.cites)


class Voice(Protocol):
    """Puts a decided move into a persona's words."""

    def speak(
        self, move: Move, scene: Scene, stop: asyncio.Event | None = None
    ) -> AsyncIterator[str | Delivery]:
        """Yield the turn piece by piece; the pieces joined are the whole turn.

        When `stop` is set, whoever takes long comes to an end.
        """
        ...
