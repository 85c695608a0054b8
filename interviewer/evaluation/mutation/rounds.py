"""Who asks and in which order, changed: examiners exchanged, rounds and questions moved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby

from interviewer.evaluation.mutation.mutant import (
    Base,
    Draw,
    Mutant,
    rewritten,
    seq_of,
    without,
)
from interviewer.evaluation.speech import MARK
from interviewer.transcript import Turn


def persona_swap(base: Base, draw: Draw) -> Mutant | None:
    """Have a whole round said in another examiner's words, borrowed from other interviews."""
    blocks = _rounds(base)
    names = {name for name, _ in blocks}
    options = [(own, other) for own, _ in blocks for other in names if other and other != own]
    if not options:
        return None
    own, other = draw.pick(sorted(options), "examiners")
    turns = next(found for name, found in blocks if name == own)
    lent = [
        turn
        for interview in base.others
        for turn in interview.turns
        if turn.by_examiner and turn.name == other and turn.content.strip()
    ]
    if not lent:
        return None
    changed = {}
    for turn in (t for t in turns if t.by_examiner):
        same = [o for o in lent if _kind(o) == _kind(turn)] or lent
        said = draw.pick(same, "words", turn.seq).content
        changed[seq_of(turn)] = replace(turn, content=" ".join(MARK.sub(" ", said).split()))
    return Mutant(rewritten(base.transcript, changed), frozenset(changed), f"{other} as {own}")


def followup_swap(base: Base, draw: Draw) -> Mutant | None:
    """Exchange two follow-up questions of different items."""
    probes = [turn for turn in base.turns if _kind(turn) == "probe"]
    pairs = [
        (one, other)
        for place, one in enumerate(probes)
        for other in probes[place + 1 :]
        if one.move and other.move and one.move.item != other.move.item
    ]
    if not pairs:
        return None
    one, other = draw.pick(pairs, "pair")
    changed = {
        seq_of(one): replace(one, content=other.content),
        seq_of(other): replace(other, content=one.content),
    }
    return Mutant(rewritten(base.transcript, changed), frozenset(changed))


def drop_plan_item(base: Base, draw: Draw) -> Mutant | None:
    """Leave out a planned question with its follow-ups and answers."""
    plan = base.speech.plan
    planned = {
        item.id
        for part in (plan.conversations if plan else ())
        for item in part.items
        if item.kind == "question" and item.text
    }
    asked = [t for t in base.turns if _kind(t) == "ask" and t.move and t.move.item in planned]
    whole = sorted({t.move.item or "" for t in asked if t.move} - _opening(base))
    if not whole:
        return None
    item = draw.pick(whole, "item")
    gone = _with_answers(base, lambda turn: turn.move is not None and turn.move.item == item)
    return Mutant(without(base.transcript, gone), gone)


def shuffle_rounds(base: Base, draw: Draw) -> Mutant | None:
    """Hold the rounds in another order."""
    blocks = [found for _, found in _rounds(base)]
    if len(blocks) < 2:
        return None
    orders = draw.shuffled(range(len(blocks)), "order")
    if orders == sorted(orders):
        orders = orders[::-1]
    moved = [turn for place in orders for turn in blocks[place]]
    turns = tuple(moved)
    injected = {
        seq_of(turn)
        for place, other in enumerate(orders)
        if place != other
        for turn in blocks[other]
    }
    return Mutant(replace(base.transcript, turns=turns), frozenset(injected))


def drop_round(base: Base, draw: Draw) -> Mutant | None:
    """Leave out a whole round."""
    blocks = _rounds(base)
    if len(blocks) < 2:
        return None
    place = draw.pick(range(len(blocks)), "round")
    gone = frozenset(seq_of(turn) for turn in blocks[place][1])
    kind = {0: "first", len(blocks) - 1: "last"}.get(place, "inner")
    return Mutant(without(base.transcript, gone), gone, kind)


def _rounds(base: Base) -> list[tuple[str, list[Turn]]]:
    """Return the rounds in order, each with the name of its examiner."""
    grouped = [list(found) for _, found in groupby(base.turns, key=lambda turn: turn.round)]
    held = [found for found in grouped if found[0].round]
    return [(next((t.name or "" for t in f if t.by_examiner), ""), f) for f in held]


def _kind(turn: Turn) -> str:
    return turn.move.kind if turn.move and turn.by_examiner else ""


def _opening(base: Base) -> set[str]:
    """Return the items that a greeting asks: they cannot go without it."""
    return {turn.move.item or "" for turn in base.turns if _kind(turn) == "open" and turn.move}


def _with_answers(base: Base, chosen: Callable[[Turn], bool]) -> frozenset[int]:
    """Return the numbers of chosen examiner turns and of what is answered to each."""
    gone = set()
    leaving = False
    for turn in base.turns:
        if turn.by_examiner:
            leaving = chosen(turn)
        if leaving:
            gone.add(seq_of(turn))
    return frozenset(gone)
