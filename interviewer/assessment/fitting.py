"""Claims of one interview that do not fit together, both quoted, and what was said about them."""

from __future__ import annotations

from dataclasses import dataclass

from interviewer.interview.ledger.comparing import contradictions
from interviewer.interview.ledger.entry import Entry, EntryKind
from interviewer.interview.progress import Progress

MOST = 8


@dataclass(frozen=True, slots=True)
class Claimed:
    """One of two claims.

    Attributes:
        seq: The candidate's turn.
        round: Its round.
        text: The claim in a few words, an exact part of the sentence.
        sentence: The sentence, an exact part of the turn.
    """

    seq: int
    round: str
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Two claims that do not fit, unless something changed in between.

    Attributes:
        kind: What they are about.
        before: The earlier one.
        now: The later one.
        raised: Whether an examiner put them side by side.
        answer_seq: The turn of the answer to that, None where there is none.
        answer: What was answered; empty where nothing was asked or said.
    """

    kind: EntryKind
    before: Claimed
    now: Claimed
    raised: bool
    answer_seq: int | None = None
    answer: str = ""


def mismatches_in(state: Progress) -> tuple[Mismatch, ...]:
    """Return the claims that do not fit, in the order they were said, at most eight.

    Of two turns one pair is told.
    """
    found: dict[tuple[int, int], Mismatch] = {}
    entries: list[Entry] = []
    for place, heard in enumerate(state.heard):
        for pair in contradictions(entries, heard.entries):
            before, now = _claimed(pair.before), _claimed(pair.now)
            if before is None or now is None or (before.seq, now.seq) in found:
                continue
            raised = (before.seq, now.seq) in state.memory.raised
            answered = state.heard[place + 1 : place + 2] if raised else ()
            found[before.seq, now.seq] = Mismatch(
                pair.kind,
                before,
                now,
                raised,
                answered[0].seq if answered else None,
                answered[0].text if answered else "",
            )
        entries += heard.entries
    return tuple(found.values())[:MOST]


def _claimed(entry: Entry) -> Claimed | None:
    if entry.seq is None:
        return None
    return Claimed(entry.seq, entry.round, entry.quote, entry.sentence)
