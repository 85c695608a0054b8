"""What an examiner says, changed: questions that are not asked, asked again, or put as two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from interviewer.evaluation.mutation.claims import before_the_question
from interviewer.evaluation.mutation.mutant import (
    Base,
    Draw,
    Mutant,
    answered,
    exchange,
    rewritten,
    seq_of,
)
from interviewer.evaluation.mutation.texts import Text, paraphrases, planted, prohibited
from interviewer.interview.plan import PlannedItem
from interviewer.reading.tongue import word_count
from interviewer.research.sentences import sentences
from interviewer.transcript import Turn

# An answer of so many words (characters) is one: asking again after it is no courtesy.
_AN_ANSWER = {"en": 25, "zh": 40}
_ASKS = re.compile(r"[?？]\s*$")


def illegal_direct(base: Base, draw: Draw) -> Mutant | None:
    """Ask outright what nobody may ask."""
    return _asked(base, draw.text(prohibited("direct", base.language)), draw)


def illegal_indirect(base: Base, draw: Draw) -> Mutant | None:
    """Ask the same by a hint."""
    return _asked(base, draw.text(prohibited("indirect", base.language)), draw)


def permitted(base: Base, draw: Draw) -> Mutant | None:
    """Ask what may be asked in place of a prohibited question."""
    return _asked(base, draw.text(prohibited("permitted", base.language)), draw)


def persona_break(base: Base, draw: Draw) -> Mutant | None:
    """Step out of the part, in a turn or in one of its own."""
    return _said(base, draw.text(planted("persona_break", base.language)), draw)


def answer_leak(base: Base, draw: Draw) -> Mutant | None:
    """Tell the candidate what a full answer holds."""
    return _said(base, draw.text(planted("answer_leak", base.language)), draw)


def repeat_verbatim(base: Base, draw: Draw) -> Mutant | None:
    """Ask a question again in the same words, later on."""
    options = [(turn, _question_of(turn, base)) for turn in _with_an_answer(base)]
    if not options:
        return None
    turn, asked = draw.pick(options, "question")
    return _again(base, turn, asked, draw)


def repeat_paraphrase(base: Base, draw: Draw) -> Mutant | None:
    """Ask a question of the banks again in other words, later on."""
    known = paraphrases(base.language)
    options = [
        (turn, text)
        for turn in _with_an_answer(base)
        if turn.move and turn.move.item and not turn.move.slot
        for text in known.get(turn.move.item.split(".", 1)[1], ())
    ]
    if not options:
        return None
    turn, text = draw.pick(options, "question")
    found = _again(base, turn, text.words, draw)
    return replace(found, held_out=text.held_out) if found else None


def re_ask(base: Base, draw: Draw) -> Mutant | None:
    """Ask for a part of a story right after the candidate has told it.

    Only simulated interviews say for certain what was told.
    """
    options = list(_told_parts(base))
    if not options:
        return None
    answer, probe = draw.pick(options, "part")
    transcript, injected = exchange(base, answer, probe, draw)
    return Mutant(transcript, injected)


def double_barrel(base: Base, draw: Draw) -> Mutant | None:
    """Put two questions in one breath."""
    asking = [turn for turn in base.turns if turn.by_examiner and _ASKS.search(turn.content)]
    if not asking:
        return None
    turn = draw.pick(asking, "turn")
    last = sentences(turn.content, base.language)[-1]
    others = [question for t in asking if t != turn and (question := _last(t, base)) != last]
    if not others:
        return None
    second = draw.pick(others, "second").rstrip("?？")
    if base.language == "en" and second.split(" ", 1)[0] not in {"I", "I'm", "I'd"}:
        second = second[:1].lower() + second[1:]
    join = draw.pick(base.wordings.joins, "join")
    asked = join.format(first=last.rstrip("?？"), second=second)
    at = turn.content.rfind(last)
    changed = replace(turn, content=turn.content[:at] + asked)
    seq = seq_of(turn)
    return Mutant(rewritten(base.transcript, {seq: changed}), frozenset({seq}))


def _asked(base: Base, text: Text, draw: Draw) -> Mutant | None:
    places = answered(base)
    if not places:
        return None
    transcript, injected = exchange(base, draw.pick(places, "place"), text.words, draw)
    return Mutant(transcript, injected, text.kind, text.held_out)


def _said(base: Base, text: Text, draw: Draw) -> Mutant | None:
    turns = [turn for turn in base.turns if turn.by_examiner and turn.content.strip()]
    if not turns:
        return None
    turn = draw.pick(turns, "turn")
    changed = before_the_question(turn, text.words, base.language)
    seq = seq_of(turn)
    injected = frozenset({seq})
    return Mutant(rewritten(base.transcript, {seq: changed}), injected, text.kind, text.held_out)


def _with_an_answer(base: Base) -> list[Turn]:
    """Return the turns that ask something and get an answer of some length."""
    least = _AN_ANSWER[base.language]
    pairs = zip(base.turns, base.turns[1:], strict=False)
    return [
        turn
        for turn, answer in pairs
        if turn.by_examiner
        and _ASKS.search(turn.content)
        and answer.by_candidate
        and word_count(answer.content, base.language) >= least
        and not _ASKS.search(answer.content)
    ]


def _again(base: Base, turn: Turn, asked: str, draw: Draw) -> Mutant | None:
    """Return the interview in which a turn's question comes again, two answers later at least."""
    after = base.turns.index(turn) + 2
    later = [t for t in answered(base) if base.turns.index(t) > after]
    if not later:
        return None
    transcript, injected = exchange(base, draw.pick(later, "place"), asked, draw)
    return Mutant(transcript, injected)


def _question_of(turn: Turn, base: Base) -> str:
    """Return the question of a turn with what sets it up: as planned, else its last sentence."""
    item = _items(base).get(turn.move.item or "") if turn.move else None
    if item and item.text and item.text in turn.content:
        return item.text
    return _last(turn, base)


def _last(turn: Turn, base: Base) -> str:
    return sentences(turn.content, base.language)[-1]


def _items(base: Base) -> Mapping[str, PlannedItem]:
    plan = base.speech.plan
    return {item.id: item for part in plan.conversations for item in part.items} if plan else {}


def _told_parts(base: Base) -> Iterator[tuple[Turn, str]]:
    """Yield answers of simulated candidates with a planned probe for a part they hold."""
    simulated = base.transcript.interview.extra.get("simulated")
    told = simulated.get("truth") if isinstance(simulated, Mapping) else None
    open_to = {turn.seq: turn for turn in answered(base)}
    items = _items(base)
    for entry in told if isinstance(told, list | tuple) else ():
        item = items.get(str(entry.get("item")))
        turn = open_to.get(entry.get("seq"))
        if item is None or turn is None:
            continue
        for part in entry.get("parts", ()):
            for probe in item.probes.get(part, ()):
                yield turn, probe
