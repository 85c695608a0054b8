"""What one examiner leaves to the next: claims, stories, what is missing, questions left open.

It holds no score and no reason: the next examiner learns what was said and what was not, never
what anybody made of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from interviewer.interview.heard import Heard
from interviewer.interview.ledger.comparing import lasts
from interviewer.interview.ledger.entry import Entry
from interviewer.interview.plan import Plan, PlannedItem, PlannedRound
from interviewer.interview.probing import missing_part, wanted_parts
from interviewer.interview.progress import Progress
from interviewer.reading.answer import Reading, read_once

NoteKind = Literal["claim", "number", "pay", "story", "to_probe", "open_question"]
KINDS: tuple[NoteKind, ...] = ("claim", "number", "pay", "story", "to_probe", "open_question")
# Of each kind an examiner remembers no more than this.
MOST_OF_A_KIND = 4
_STORIES = ("past_behaviour",)
_WORTH_A_PROBE = ("past_behaviour", "background")
# Figures worth telling beside those of one's standing: how long, and what came of it.
_TELLING = frozenset({"served", "experience", "share", "money"})
_ABOUT: dict[str, NoteKind] = {
    "ownership": "claim", "number": "number", "date": "number", "pay": "pay",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that is passed on.

    Attributes:
        kind: What it is.
        text: In the candidate's own words; the missing part's id for `to_probe`.
        teller: The examiner who was told.
        turns: The candidate's turns it stands in.
        item: The planned item it was told to, empty for none.
    """

    kind: NoteKind
    text: str
    teller: str
    turns: tuple[int, ...] = ()
    item: str = ""


@dataclass(frozen=True, slots=True)
class Handoff:
    """Everything the examiner of a round is told of the rounds before.

    Attributes:
        round: The round it is for.
        notes: By kind, in the order said.
    """

    round: str
    notes: tuple[Note, ...] = ()

    def of(self, kind: NoteKind) -> tuple[Note, ...]:
        """Return the notes of one kind."""
        return tuple(note for note in self.notes if note.kind == kind)


def handoff(plan: Plan, state: Progress, round_id: str) -> Handoff:
    """Return what the examiner of a round is told.

    Args:
        plan: The frozen plan.
        state: How far the interview is.
        round_id: The round; what was said in it or later is left out.
    """
    ids = [part.id for part in plan.rounds]
    earlier = plan.rounds[: ids.index(round_id)] if round_id in ids else ()
    keeps_out = plan.rounds[ids.index(round_id)].keeps_out if round_id in ids else ()
    found: list[Note] = []
    for part in earlier:
        heard = [answer for answer in state.heard if answer.round == part.id]
        found += _claims(part, heard)
        found += _stories(part, heard, plan.language)
    found += _open(plan, state, earlier)
    kept = [
        note
        for kind in KINDS
        if kind != "pay" or "pay_negotiation" not in keeps_out
        for note in [note for note in found if note.kind == kind][-MOST_OF_A_KIND:]
    ]
    return Handoff(round_id, tuple(kept))


def _claims(part: PlannedRound, heard: list[Heard]) -> Iterator[Note]:
    said: set[str] = set()
    for answer in heard:
        for entry in answer.entries:
            if entry.quote and entry.quote not in said and _worth(entry):
                said.add(entry.quote)
                turns = (answer.seq,) if answer.seq is not None else ()
                yield Note(_ABOUT[entry.kind], entry.quote, part.name, turns, answer.item or "")


def _worth(entry: Entry) -> bool:
    """Whether the next examiner is told: own work, pay, one's standing, what came of it."""
    if entry.kind == "ownership":
        return entry.owner == "own"
    return lasts(entry) or bool(entry.about & _TELLING)


def _stories(part: PlannedRound, heard: list[Heard], language: str) -> Iterator[Note]:
    for item in part.items:
        answers = [answer for answer in heard if answer.item == item.id]
        if not answers or item.left_alone or item.type not in _WORTH_A_PROBE:
            continue
        turns = tuple(answer.seq for answer in answers if answer.seq is not None)
        together = read_once("\n".join(answer.text for answer in answers), language)
        thing = next((a.reading.thing for a in answers if a.reading.thing), None)
        if item.type in _STORIES and thing and not together.too_short:
            yield Note("story", thing, part.name, turns, item.id)
        lacking = lacks(item, together)
        if lacking:
            yield Note("to_probe", lacking, part.name, turns, item.id)


def lacks(item: PlannedItem, together: Reading) -> str:
    """Return the part that is still missing from all answers to an item, empty for none."""
    missing = missing_part(item, together, probed=())
    return missing if missing in wanted_parts(item) else ""


def asks_for_story(item: PlannedItem) -> bool:
    """Return whether a question asks what somebody did, in a case or a project of their own."""
    return item.kind == "question" and (item.type in _STORIES or item.step == "project")


def missing_before(plan: Plan, state: Progress) -> str | None:
    """Return the part to ask for first in the open question, since it was missing before.

    It is the part an earlier round's story lacked last, and it bears on the first question of this
    round that asks for one.
    """
    stories = [item for item in state.round.items if asks_for_story(item)]
    told = next((item for item in stories if item.id in state.asked), None)
    if told is None or told != state.pending:
        return None
    notes = handoff(plan, state, state.round.id).of("to_probe")
    return notes[-1].text if notes else None


def _open(plan: Plan, state: Progress, earlier: tuple[PlannedRound, ...]) -> Iterator[Note]:
    names = {part.id: part.name for part in earlier}
    for left in state.memory.open:
        if left.round in names:
            turns = (left.seq,) if left.seq is not None else ()
            yield Note("open_question", left.text, names[left.round], turns)
