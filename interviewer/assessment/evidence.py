"""Which answers bear on which competency, what in them can be quoted, and what was missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.interview.plan import PlannedItem, PlannedRound
from interviewer.interview.probing import wanted_parts
from interviewer.interview.put_in import items_put_in
from interviewer.reading.answer import Reading, read, read_once
from interviewer.reading.protected import protected_in
from interviewer.research.sentences import sentences
from interviewer.transcript import Transcript, Turn

MOST_QUOTES = 3
# A quote is a sentence that can be read at a glance.
LONGEST_QUOTE = 260
_TELLING = ("result", "own_action", "specific", "reflection", "situation")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the candidate: an exact part of turn `seq`."""

    seq: int
    text: str


@dataclass(frozen=True, slots=True)
class Answered:
    """One planned item and everything the candidate said to it.

    Attributes:
        item: The item.
        turns: The candidate's turns, oldest first.
        before: What the first answer held, before any probe.
        together: What all of them hold.
        conceded: Parts and signs that were not heard at first and count as told since the
            candidate pointed to them, each with the place of its turn, None for another answer's.
    """

    item: PlannedItem
    turns: tuple[Turn, ...]
    before: Reading
    together: Reading
    conceded: tuple[tuple[str, int | None], ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Parts a full answer to this type of question has and this one lacks."""
        if self.together.silent or self.together.unclear:
            return ("more",)
        told = self.together.parts | {name for name, _ in self.conceded}
        lacking = [p for p in wanted_parts(self.item) if p not in told]
        if "specific" in told and "situation" in lacking:
            lacking.remove("situation")  # as in probing: a dated occasion has set the scene
        if self.together.too_short:
            lacking.insert(0, "more")
        return tuple(dict.fromkeys(lacking))

    @property
    def when_asked(self) -> tuple[str, ...]:
        """Parts that came only after a probe: what has to be volunteered next time."""
        return tuple(
            part for part in wanted_parts(self.item)
            if part in self.together.parts and part not in self.before.parts
        )  # fmt: skip


def answered_in(part: PlannedRound, transcript: Transcript, language: str) -> tuple[Answered, ...]:
    """Return the items of a round that were asked, with what was said to them and counts.

    A coach's questions follow the planned ones; without a competency named they bear on none.
    """
    said = said_to(part, transcript)
    found = []
    for item in (*part.items, *items_put_in(part, transcript.counted)):
        turns = tuple(said.get(item.id, ()))
        if turns:
            text = "\n".join(turn.content for turn in turns)
            before = read_once(turns[0].content, language)
            found.append(Answered(item, turns, before, read_once(text, language)))
    return tuple(found)


def said_to(part: PlannedRound, transcript: Transcript) -> dict[str, list[Turn]]:
    """Return what the candidate said in a round that counts, by the item it was said to."""
    said: dict[str, list[Turn]] = {}
    pending: str | None = None
    for turn in transcript.counted.turns:
        if turn.round != part.id:
            continue
        if turn.by_examiner and turn.move is not None:
            pending = turn.move.item or pending
        elif turn.by_candidate and pending is not None:
            said.setdefault(pending, []).append(turn)
    return said


def quotes_from(answers: Sequence[Answered], language: str) -> tuple[Quote, ...]:
    """Return the candidate's sentences that tell most, at most three, in the order said."""
    said = [
        Quote(turn.seq, turn.content)
        for answer in answers
        for turn in answer.turns
        if turn.seq is not None
    ]
    return telling_quotes(said, language)


def telling_quotes(said: Sequence[Quote], language: str) -> tuple[Quote, ...]:
    """Return the sentences of whole turns that tell most, at most three, in the order said."""
    rated: list[tuple[int, int, int, Quote]] = []
    for turn in said:
        for place, sentence in enumerate(sentences(turn.text, language)):
            worth = _worth(sentence, language)
            if worth:
                rated.append((-worth, turn.seq, place, Quote(turn.seq, sentence)))
    # Turns of a file from elsewhere may share a number: quotes themselves have no order.
    best = sorted(rated, key=lambda entry: entry[:3])[:MOST_QUOTES]
    return tuple(quote for _, _, _, quote in sorted(best, key=lambda r: (r[1], r[2])))


def _worth(sentence: str, language: str) -> int:
    """Return how much a sentence tells: its parts of a story, and whether it has a figure."""
    if not 12 <= len(sentence) * (3 if language.startswith("zh") else 1) <= LONGEST_QUOTE * 3:
        return 0
    if len(sentence) > LONGEST_QUOTE or protected_in(sentence, language):
        return 0
    reading = read(sentence, language)
    if reading.questions or reading.gives_orders:
        return 0
    worth = sum(2 for part in _TELLING[:2] if part in reading.parts)
    return worth + len(reading.parts) + bool(reading.claims)
