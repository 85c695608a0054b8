"""The record of an interview: frozen values.

A session is its transcript. Turns are appended and never changed; whatever else is known of an
interview is a fold over them. `interviewer.transcript_file` has the form others read and write.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, make_dataclass, replace
from types import MappingProxyType
from typing import Literal, cast

Json = Mapping[str, object]
EMPTY: Json = MappingProxyType({})

MoveKind = Literal["open", "ask", "probe", "hint", "answer", "bridge", "offer", "deflect", "close"]
MOVE_KINDS: tuple[MoveKind, ...] = (
    "open", "ask", "probe", "hint", "answer", "bridge", "offer", "deflect", "close",
)  # fmt: skip
EXAMINER = "assistant"
CANDIDATE = "user"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of research on an employer, small enough to cite.

    Attributes:
        id: `<company>/<document>#<number>`, unique in an installation.
        text: What it says, 80 to 300 words where the document allows.
        source: Where it comes from, as a reader would name it.
        topic: One of the nine topic ids.
        date: ISO date of what it says, or None when the document gives none.
        language: `en` or `zh`.
        heading: The heading it stands under, empty when there is none.
    """

    id: str
    text: str
    source: str
    topic: str
    date: str | None = None
    language: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that answers a question.

    Attributes:
        passage: The passage.
        score: How near it is, 0 to 1; comparable within one embedding model only.
        sentence: The sentences of the passage that answer, an exact substring of its text.
    """

    passage: Passage
    score: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Retrieved:
    """That a passage was considered for a turn, and how near it was."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class MoveRecord:
    """Which decision a turn of the examiner carries out, as the transcript keeps it.

    Attributes:
        kind: What the turn does.
        item: The planned item it is about, `<round>.<question id>`, or None.
        slot: The missing part a probe asks for, or the matter a deflection keeps out.
        planned: Whether its words stand in the plan.
        reason: Why the director chose it, one sentence.
        by: `director`, or `coach` for a question or hint put in by one.
        extra: Fields of newer or other programs, kept as read.
    """

    kind: MoveKind
    item: str | None = None
    slot: str | None = None
    planned: bool = True
    reason: str = ""
    by: str = "director"
    extra: Json = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing said by one side.

    Attributes:
        seq: Position in the transcript, counted from 1; None in a plain chat file.
        role: `assistant` is the examiner, `user` the candidate; other roles are kept as read.
        content: What was said.
        name: The persona's id, None for the candidate.
        at: ISO time in UTC, None when unknown.
        round: The round's id, None when unknown.
        move: The decision behind an examiner's turn.
        cites: Ids of the passages whose facts the turn states, in the order of its marks.
        retrieved: Passages considered for the turn.
        usage: Tokens, `{"input": n, "output": n}`, empty for the built-in voice.
        seconds: `{"first": s, "total": s}`, seconds to the first sentence and to the last.
        fallback: None, or `{"cause", "from_sentence"}`.
        retakes: Number of the answer this one stands in for, None for an answer of its own.
        extra: Fields of newer or other programs, kept as read.
        message: The same for fields beside `metadata`.
    """

    seq: int | None
    role: str
    content: str
    name: str | None = None
    at: str | None = None
    round: str | None = None
    move: MoveRecord | None = None
    cites: tuple[str, ...] = ()
    retrieved: tuple[Retrieved, ...] = ()
    usage: Json = field(default_factory=lambda: EMPTY)
    seconds: Json = field(default_factory=lambda: EMPTY)
    fallback: Json | None = None
    retakes: int | None = None
    extra: Json = field(default_factory=lambda: EMPTY)
    message: Json = field(default_factory=lambda: EMPTY)

    @property
    def by_examiner(self) -> bool:
        """Whether an examiner said it."""
        return self.role == EXAMINER

    @property
    def by_candidate(self) -> bool:
        """Whether the candidate said it."""
        return self.role == CANDIDATE


# Python sets each field of a frozen value by a call; in the millions of turns of an evaluation
# that is most of the reading. A draft has the same fields in the same layout, and is frozen by
# becoming a turn before anybody sees it.
_Draft = make_dataclass("_Draft", [f.name for f in fields(Turn)], slots=True, eq=False)


def plain_turn(role: str, content: str, name: str | None, message: Json) -> Turn:
    """Return the turn of a plain chat, which has these fields alone; quick, for there are many."""
    draft = _Draft(
        None,
        role,
        content,
        name,
        None,
        None,
        None,
        (),
        (),
        EMPTY,
        EMPTY,
        None,
        None,
        EMPTY,
        message,
    )
    draft.__class__ = Turn
    return cast("Turn", draft)


@dataclass(frozen=True, slots=True)
class Interview:
    """What an interview is, settled before its first turn.

    Attributes:
        created: ISO time in UTC.
        company: The employer's id.
        role: The post's id.
        language: Language of the interview.
        format: Id of the interview format.
        seed: What the plan and the built-in voice vary by.
        model: Who puts moves into words; `builtin` without a model.
        personas: Version by persona id.
        plan: The frozen plan, `{"hash": …, "rounds": […], …}`; empty in a plain chat file.
        research: Every passage that was used, by id.
        extra: Fields of newer or other programs, kept as read.
    """

    created: str | None = None
    company: str | None = None
    role: str | None = None
    language: str | None = None
    format: str | None = None
    seed: int | None = None
    model: str | None = None
    personas: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    plan: Json = field(default_factory=lambda: EMPTY)
    research: Mapping[str, Passage] = field(default_factory=lambda: MappingProxyType({}))
    extra: Json = field(default_factory=lambda: EMPTY)


@dataclass(frozen=True, slots=True)
class Transcript:
    """An interview and everything said in it; adding returns a new one."""

    id: str
    interview: Interview = field(default_factory=Interview)
    turns: tuple[Turn, ...] = ()
    extra: Json = field(default_factory=lambda: EMPTY)

    def add(self, turn: Turn, passages: Iterable[Passage] = ()) -> Transcript:
        """Return the transcript with one more turn and the passages that turn used."""
        return replace(self, turns=(*self.turns, turn)).using(passages)

    def using(self, passages: Iterable[Passage]) -> Transcript:
        """Return the transcript with these passages among its research."""
        new = {passage.id: passage for passage in passages}
        if not new:
            return self
        research = MappingProxyType({**self.interview.research, **new})
        return replace(self, interview=replace(self.interview, research=research))

    @property
    def last(self) -> Turn | None:
        """The newest turn, None before the first."""
        return self.turns[-1] if self.turns else None

    @property
    def next_seq(self) -> int:
        """The number the next turn gets."""
        numbered = [turn.seq for turn in self.turns if turn.seq is not None]
        return max(numbered, default=len(self.turns)) + 1

    @property
    def counted(self) -> Transcript:
        """The conversation that counts: without answers taken again, and what was said to them.

        Only the last answer of a round can be taken again, so that the mark of a file from
        elsewhere takes no more than that back; any other mark leaves an answer like the rest.
        """
        if all(turn.retakes is None for turn in self.turns):
            return self
        kept: list[Turn] = []
        for turn in self.turns:
            place = _retaken(kept, turn)
            if place is not None:
                del kept[place:]
            kept.append(turn)
        return replace(self, turns=tuple(kept))

    def citation_numbers(self) -> dict[str, int]:
        """Return the number each cited passage carries in this interview, in order of use.

        Passages are numbered through the whole interview, so `[2]` means the same passage in
        every round.
        """
        numbers: dict[str, int] = {}
        for turn in self.turns:
            for passage_id in turn.cites:
                numbers.setdefault(passage_id, len(numbers) + 1)
        return numbers


def _retaken(said: Sequence[Turn], turn: Turn) -> int | None:
    """Return the place of the answer a turn stands in for, None for a turn of its own."""
    if turn.retakes is None or not turn.by_candidate:
        return None
    answers = [place for place, earlier in enumerate(said) if earlier.by_candidate]
    if not answers:
        return None
    last = said[answers[-1]]
    same = (last.seq, last.round) == (turn.retakes, turn.round)
    return answers[-1] if same else None
