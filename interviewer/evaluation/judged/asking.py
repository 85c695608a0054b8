"""What is judged is drawn with a seed; follow-ups are found, each with a control."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from interviewer.evaluation.speech import Speech
from interviewer.transcript import Turn

Order = Literal["answer_first", "follow_up_first"]
Found = TypeVar("Found")
# Shorter answers hold nothing that could be followed up.
_LEAST = 5


class Asked(Protocol):
    """What a judge sees once, whatever it judges."""

    @property
    def kind(self) -> str:
        """What is asked, by the metric's name."""
        ...

    @property
    def language(self) -> str:
        """Of what is shown."""
        ...

    @property
    def template(self) -> str:
        """Which prompt of its kind it is."""
        ...

    @property
    def slots(self) -> Mapping[str, str]:
        """What the prompt is filled with, by name."""
        ...

    @property
    def quotable(self) -> str:
        """The text whose words a verdict quotes."""
        ...

    @property
    def repeat(self) -> int:
        """How often it was asked before."""
        ...

    def has_to_quote(self, value: int) -> bool:
        """Whether a verdict needs words for it."""
        ...


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that may depend on the answer before it.

    Attributes:
        where: The file, with the line.
        transcript: The transcript's id.
        seq: The turn of the follow-up.
        language: Of both.
        answer: What the candidate said before.
        text: What the examiner said then.
    """

    where: str
    transcript: str
    seq: int
    language: str
    answer: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a judge sees once: an answer and a follow-up, real or from elsewhere.

    Attributes:
        follow_up: What is asked about.
        answer: The answer shown with it: its own, or for a control another one's.
        control: Whether it is another one's.
        order: Which of the two is shown first.
        repeat: How often it was asked before in this order.
    """

    follow_up: FollowUp
    answer: str
    control: bool
    order: Order
    repeat: int

    @property
    def kind(self) -> str:
        """What is asked, by the metric's name."""
        return "follow_up_relevance"

    @property
    def language(self) -> str:
        """Of both."""
        return self.follow_up.language

    @property
    def template(self) -> str:
        """The prompt of this order."""
        return self.order

    @property
    def slots(self) -> Mapping[str, str]:
        """What the prompt is filled with."""
        return {"answer": self.answer, "question": self.follow_up.text}

    @property
    def quotable(self) -> str:
        """The answer shown."""
        return self.answer

    def has_to_quote(self, value: int) -> bool:
        """Whether a verdict needs words for it: a yes does."""
        return bool(value)


def follow_ups(speech: Speech, where: str) -> Iterator[FollowUp]:
    """Yield follow-ups: probes where the file tells moves, else all questions after an answer."""
    turns = speech.transcript.turns
    told = any(turn.move for turn in turns)
    asking = {sentence.place for sentence in speech.questions}
    for place, turn in enumerate(turns, start=1):
        if not turn.by_examiner or place not in asking or (told and not _probes(turn)):
            continue
        before = speech.answer_before(place)
        if before is None or len(before.content.strip()) < _LEAST:
            continue
        seq = place if turn.seq is None else turn.seq
        yield FollowUp(
            where, speech.transcript.id, seq, speech.language, before.content, turn.content
        )


def _probes(turn: Turn) -> bool:
    return turn.move is not None and turn.move.kind == "probe"


def sample(found: Iterable[Found], most: int, seed: int) -> tuple[Found, ...]:
    """Return at most so many of what is found, drawn with a seed and without holding all of it."""
    chance = random.Random(f"sample {seed}")
    kept: list[tuple[int, Found]] = []
    for number, entry in enumerate(found):
        if number < most:
            kept.append((number, entry))
        elif (place := chance.randrange(number + 1)) < most:
            kept[place] = (number, entry)
    return tuple(entry for _, entry in sorted(kept, key=lambda pair: pair[0]))


def swapped(drawn: Sequence[FollowUp], seed: int) -> dict[FollowUp, str]:
    """Return for each follow-up the answer of another one in its language, as a control.

    None gets an answer with the words of its own, nor, where there are others, one of its own
    interview; what has no such partner has no control.
    """
    chance = random.Random(f"swap {seed}")
    found = {}
    for follow_up in drawn:
        others = [
            other.answer
            for other in drawn
            if other.answer != follow_up.answer and other.language == follow_up.language
        ]
        apart = [
            other.answer
            for other in drawn
            if other.where != follow_up.where
            and other.answer != follow_up.answer
            and other.language == follow_up.language
        ]
        if others:
            found[follow_up] = chance.choice(apart or others)
    return found


def sheets_for(drawn: Sequence[FollowUp], repeats: int, seed: int) -> tuple[Sheet, ...]:
    """Return all that a judge is asked: each follow-up and its control, repeated, and once turned.

    Args:
        drawn: The sample.
        repeats: How often each is asked with the answer first; once more the other way round.
        seed: Decides the controls.
    """
    controls = swapped(drawn, seed)
    orders: list[tuple[Order, int]] = [("answer_first", n) for n in range(repeats)]
    orders.append(("follow_up_first", 0))
    return tuple(
        Sheet(follow_up, answer, control, order, repeat)
        for follow_up in drawn
        for answer, control in ((follow_up.answer, False), (controls.get(follow_up), True))
        if answer is not None
        for order, repeat in orders
    )
