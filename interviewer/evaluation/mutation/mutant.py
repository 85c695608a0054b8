"""An interview and what is changed in it: always a new transcript, with the turns that differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from interviewer.evaluation.mutation.texts import Text, Wordings, wordings
from interviewer.evaluation.speech import Speech
from interviewer.interview import seeds
from interviewer.transcript import Transcript, Turn

Option = TypeVar("Option")


@dataclass(frozen=True, slots=True)
class Draw:
    """Chance of one mutant: the same seed, operator and place choose the same.

    Attributes:
        seed: Of the whole run.
        operator: Whose mutant it is.
        place: Which of its mutants, from 0.
    """

    seed: int
    operator: str
    place: int

    def pick(self, options: Sequence[Option], *purpose: object) -> Option:
        """Return one of the options."""
        return seeds.pick(options, self.seed, self.operator, self.place, *purpose)

    def shuffled(self, options: Iterable[Option], *purpose: object) -> list[Option]:
        """Return the options in some order."""
        return seeds.shuffled(options, self.seed, self.operator, self.place, *purpose)

    def chance(self, share: float, *purpose: object) -> bool:
        """Return whether something that happens in this share of cases happens here."""
        return seeds.chance(share, self.seed, self.operator, self.place, *purpose)

    def text(self, texts: Sequence[Text]) -> Text:
        """Return the text of this mutant: all of them come in turn, in an order of the seed."""
        order = seeds.shuffled(texts, self.seed, self.operator, "texts")
        return order[self.place % len(order)]


@dataclass(frozen=True)
class Base:
    """An interview to change, its turns numbered.

    Attributes:
        transcript: The interview.
        others: Interviews in the same language, whose words may be borrowed.
    """

    transcript: Transcript
    others: tuple[Transcript, ...] = ()

    @cached_property
    def speech(self) -> Speech:
        """The interview as metrics look at it."""
        return Speech(self.transcript)

    @property
    def language(self) -> str:
        """`en` or `zh`."""
        return self.speech.language

    @property
    def wordings(self) -> Wordings:
        """How sentences of its language are changed."""
        return wordings(self.language)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What was said."""
        return self.transcript.turns


@dataclass(frozen=True, slots=True)
class Mutant:
    """An interview with something planted.

    Attributes:
        transcript: The interview.
        injected: Numbers of the turns that differ from the base: changed, new, moved or left out.
        kind: Of what is planted, in one word; empty where there is one kind only.
        held_out: Whether its text is one that metrics may not be developed on, None without text.
    """

    transcript: Transcript
    injected: frozenset[int]
    kind: str = ""
    held_out: bool | None = None


def with_numbers(transcript: Transcript) -> Transcript:
    """Return the transcript with every turn numbered by its place: all can be told apart."""
    turns = [replace(turn, seq=place) for place, turn in enumerate(transcript.turns, start=1)]
    return replace(transcript, turns=tuple(turns))


def seq_of(turn: Turn) -> int:
    """Return the number of a numbered turn.

    Raises:
        ValueError: It has none.
    """
    if turn.seq is None:
        raise ValueError("The turn has no number; bases are numbered first.")
    return turn.seq


def rewritten(transcript: Transcript, changed: Mapping[int, Turn]) -> Transcript:
    """Return the transcript with other turns in place of those of these numbers."""
    turns = tuple(changed.get(seq_of(turn), turn) for turn in transcript.turns)
    return replace(transcript, turns=turns)


def without(transcript: Transcript, left_out: Iterable[int]) -> Transcript:
    """Return the transcript without the turns of these numbers."""
    gone = frozenset(left_out)
    kept = tuple(turn for turn in transcript.turns if seq_of(turn) not in gone)
    return replace(transcript, turns=kept)


def exchange(base: Base, after: Turn, asked: str, draw: Draw) -> tuple[Transcript, frozenset[int]]:
    """Return the interview with a question and an answer more, and the numbers of both.

    Args:
        base: The interview.
        after: The candidate's turn after which the same examiner goes on to ask it.
        asked: The question.
        draw: Chance.
    """
    place = base.turns.index(after)
    before = next(turn for turn in reversed(base.turns[:place]) if turn.by_examiner)
    number = base.transcript.next_seq
    question = Turn(number, before.role, asked, name=before.name, round=before.round, at=after.at)
    told = draw.pick(base.wordings.replies, "reply")
    answer = Turn(number + 1, after.role, told, name=after.name, round=after.round, at=after.at)
    turns = (*base.turns[: place + 1], question, answer, *base.turns[place + 1 :])
    return replace(base.transcript, turns=turns), frozenset({number, number + 1})


def answered(base: Base) -> list[Turn]:
    """Return the candidate's turns after which the same examiner goes on."""
    around = zip(base.turns, base.turns[1:], base.turns[2:], strict=False)
    return [
        turn
        for before, turn, after in around
        if before.by_examiner
        and turn.by_candidate
        and after.by_examiner
        and (before.name, before.round) == (after.name, after.round)
    ]
