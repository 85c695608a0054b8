"""The same interview in another dress: no metric may find it worse."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

from interviewer.evaluation.mutation.claims import claims
from interviewer.evaluation.mutation.mutant import Base, Draw, Mutant, rewritten, seq_of
from interviewer.transcript import Turn

_AT_MOST = 2


def whitespace(base: Base, draw: Draw) -> Mutant | None:
    """Space the examiners' words in another way."""
    changed = {}
    for turn in (t for t in base.turns if t.by_examiner):
        gap = draw.pick(("  ", "\n", "   ", " \n "), turn.seq)
        end = draw.pick(("", " ", "\n"), "end", turn.seq)
        content = turn.content.replace(" ", gap, 1 + draw.place % 3) + end
        if content == turn.content:
            content = f"{turn.content}\n"
        changed[seq_of(turn)] = replace(turn, content=content)
    return Mutant(rewritten(base.transcript, changed), frozenset(changed))


def contractions(base: Base, draw: Draw) -> Mutant | None:
    """Use short forms for long ones, and long for short."""
    short = base.wordings.contractions
    swaps = {**short, **{value: key for key, value in short.items()}}
    if not swaps:
        return None
    pattern = re.compile("|".join(rf"\b{re.escape(form)}\b" for form in swaps), re.IGNORECASE)
    changed = {}
    for turn in (t for t in base.turns if t.by_examiner):
        content = pattern.sub(lambda found: _as_begun(found[0], swaps), turn.content)
        if content != turn.content:
            changed[seq_of(turn)] = replace(turn, content=content)
    return Mutant(rewritten(base.transcript, changed), frozenset(changed)) if changed else None


def rename(base: Base, draw: Draw) -> Mutant | None:
    """Give the candidate another name: address them by one."""
    openings = [turn for turn in base.turns if turn.by_examiner and turn.content.strip()]
    if not openings:
        return None
    address = draw.pick(base.wordings.address, "address")
    named = address.format(name=draw.pick(base.wordings.people, "name"))
    gap = "" if base.language == "zh" else " "
    turn = replace(openings[0], content=f"{named}{gap}{openings[0].content}")
    seq = seq_of(turn)
    return Mutant(rewritten(base.transcript, {seq: turn}), frozenset({seq}))


def synonym_paraphrase(base: Base, draw: Draw) -> Mutant | None:
    """Say a question and what it is grounded in with one or two other words."""
    options = []
    for claim in claims(base):
        content = _reworded(claim.sentence.turn, base, draw)
        if content != claim.sentence.turn.content:
            options.append(replace(claim.sentence.turn, content=content))
    if not options:
        return None
    turn = draw.pick(options, "turn")
    seq = seq_of(turn)
    return Mutant(rewritten(base.transcript, {seq: turn}), frozenset({seq}))


def reorder_research(base: Base, draw: Draw) -> Mutant | None:
    """Hold the research in another order."""
    research = base.transcript.interview.research
    if len(research) < 2:
        return None
    order = draw.shuffled(research, "order")
    if order == list(research):
        order.reverse()
    moved = MappingProxyType({key: research[key] for key in order})
    interview = replace(base.transcript.interview, research=moved)
    turns = tuple(
        replace(turn, retrieved=tuple(draw.shuffled(turn.retrieved, "retrieved", turn.seq)))
        for turn in base.turns
    )
    return Mutant(replace(base.transcript, interview=interview, turns=turns), frozenset())


def pad_answer(base: Base, draw: Draw) -> Mutant | None:
    """Add words that say nothing to an answer that is followed up: a judge may not care."""
    pairs = zip(base.turns, base.turns[1:], strict=False)
    options = [
        answer
        for answer, asked in pairs
        if answer.by_candidate and asked.move and asked.move.kind == "probe"
    ]
    if not options:
        return None
    answer = draw.pick(options, "answer")
    gap = "" if base.language == "zh" else " "
    padded = gap.join((answer.content, *draw.shuffled(base.wordings.replies, "words")))
    seq = seq_of(answer)
    changed = {seq: replace(answer, content=padded)}
    return Mutant(rewritten(base.transcript, changed), frozenset({seq, seq + 1}))


def _reworded(turn: Turn, base: Base, draw: Draw) -> str:
    content, done = turn.content, 0
    border = r"\b" if base.language == "en" else ""
    for word in draw.shuffled(base.wordings.synonyms, "words", turn.seq):
        if done == _AT_MOST:
            break
        pattern = re.compile(rf"{border}{re.escape(word)}{border}")
        new = draw.pick(base.wordings.synonyms[word], "other", word)
        content, number = pattern.subn(new, content, count=1)
        done += number
    return content


def _as_begun(found: str, swaps: dict[str, str]) -> str:
    form = next((swaps[key] for key in swaps if key.lower() == found.lower()), found)
    return form[:1].upper() + form[1:] if found[:1].isupper() else form[:1].lower() + form[1:]
