"""The rules of interview formats, looked at in one interview and in its report (SCIENCE 2.5, 2.6).

What is improper is judged of all an examiner says but three things: words of the plan, which are
checked where they lie, facts with their source, and the notice a board reads out, which names what
candidates must not tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from interviewer.assessment.board import BoardReport
from interviewer.assessment.findings import Assessment
from interviewer.content.format import Format
from interviewer.content.library import Library
from interviewer.content.phrasebook import SLOT, Phrasebook
from interviewer.interview.guard.signs import plain, signs_for
from interviewer.interview.plan import Plan, PlannedItem, PlannedRound
from interviewer.interview.rules.anonymity import IDENTITY
from interviewer.interview.session import plan_of, stage_of
from interviewer.transcript import Transcript, Turn

MOST_PROBES = 2
NOTICES = {"open": "open.frame", IDENTITY: "bridge.identity"}
"""Phrases of an anonymous board that are read out and ask nothing, by kind or slot of the move."""
LEAST_TO_DROP = 3

Broken = Iterator[tuple[str, str]]
"""Rules that were broken, each with what was seen."""


def broken_in(transcript: Transcript, library: Library) -> Broken:
    """Yield the rules of its format that an interview broke."""
    plan = plan_of(transcript)
    held = library.formats[plan.format]
    if stage_of(transcript).waiting != "nobody":
        yield "goes to its end", stage_of(transcript).round.id
    yield from _examiners(plan, held)
    probes: Counter[str] = Counter()
    for turn in transcript.turns:
        if not turn.by_examiner or turn.move is None:
            continue
        part = plan.round(turn.round)
        probes[turn.move.item or ""] += turn.move.kind == "probe"
        yield from _turn(plan, part, turn)
        yield from _improper(plan, part, turn, library)
    for item, number in probes.items():
        if number > MOST_PROBES:
            yield "at most two probes", f"{number} on {item}"
    if held.same_questions:
        yield from _set_questions(plan, transcript)
    yield from _paper(plan, transcript)


def _examiners(plan: Plan, held: Format) -> Broken:
    """All rounds of the format in its order, or the one that was chosen."""
    wanted = [part.persona for part in held.rounds]
    seen = [part.persona for part in plan.conversations]
    if seen != wanted and not (len(seen) == 1 and seen[0] in wanted):
        yield "the examiners of the format, in its order", f"{seen} instead of {wanted}"


def _turn(plan: Plan, part: PlannedRound | None, turn: Turn) -> Broken:
    kind = turn.move.kind if turn.move else ""
    if kind == "probe" and plan.probing == "none":
        yield "no probes where none are allowed", turn.content
    if kind == "hint" and not plan.practice:
        yield "no hints in an exam", turn.content
    if kind == "offer" and part is not None and "pay_negotiation" in part.keeps_out:
        yield "no pay where it is kept out", turn.content
    if plan.anonymous and (turn.cites or kind in ("hint", "offer")):
        yield "a board answers no question", turn.content


def _improper(plan: Plan, part: PlannedRound | None, turn: Turn, library: Library) -> Broken:
    if part is None or turn.cites:
        return
    words = turn.content
    if part.kind == "interview":
        book = library.personas[part.persona].phrasebooks[plan.language]
        words = _without_notice(turn, plan, book)
    for text in _worded(part):
        words = words.replace(text, " ")
    found = signs_for(plan.language).patterns["improper"].search(plain(words))
    if found:
        yield "nothing improper", f"{found[0]!r} in: {turn.content}"


def _without_notice(turn: Turn, plan: Plan, book: Phrasebook) -> str:
    """Return what was said without the notice that this move of a board reads out."""
    move = turn.move
    key = (NOTICES.get(move.slot or "") or NOTICES.get(move.kind)) if move else None
    if not plan.anonymous or key is None:
        return turn.content
    text = turn.content
    for variant in book.variants(key):
        text = re.sub(".+?".join(map(re.escape, SLOT.split(variant)[::2])), " ", text)
    return text


def _worded(part: PlannedRound) -> Iterator[str]:
    """Yield the words of a round that stand in the plan, the longest first."""
    texts = {text for item in part.items for text in _of(item) if text}
    yield from sorted(texts, key=len, reverse=True)


def _of(item: PlannedItem) -> Iterator[str]:
    yield from (item.text, item.material, *item.hints, *item.options)
    yield item.lead.text if item.lead else ""
    yield from (question for rung in item.rungs for question in rung.questions)
    yield from (probe for probes in item.probes.values() for probe in probes)


def _set_questions(plan: Plan, transcript: Transcript) -> Broken:
    """Set questions are put in their order and word for word, and a board leaves none out."""
    for part in plan.conversations:
        planned = {item.id: item for item in part.items if item.kind == "question"}
        asked: list[str] = []
        for turn in transcript.turns:
            item = planned.get(turn.move.item or "") if turn.move else None
            if item is None or turn.move is None or turn.move.kind not in ("open", "ask"):
                continue
            asked += [item.id] if item.id not in asked else []
            if item.text not in turn.content:
                yield "set questions word for word", turn.content
        if asked != [name for name in planned if name in asked]:
            yield "set questions in their order", ", ".join(asked)
        silent = any(
            turn.move is not None and "says nothing" in turn.move.reason
            for turn in transcript.turns
        )
        if plan.anonymous and not silent and len(asked) < len(planned):
            yield "a board leaves no question out", ", ".join(asked)


def _paper(plan: Plan, transcript: Transcript) -> Broken:
    """Each item of a written test is put once, with its own words."""
    for part in plan.rounds:
        if part.kind != "written":
            continue
        put = [
            (turn.move.item, turn.content)
            for turn in transcript.turns
            if turn.by_examiner and turn.move and turn.move.kind == "ask" and turn.round == part.id
        ]
        if [item for item, _ in put] != [item.id for item in part.items]:
            yield "each item of a test is put once", ", ".join(str(item) for item, _ in put)
        texts = {item.id: item.text for item in part.items}
        for item, said in put:
            if texts.get(item or "", "") not in said:
                yield "items of a test word for word", said


def broken_in_report(plan: Plan, report: Assessment, library: Library) -> Broken:
    """Yield the rules that a report broke: levels within their scale, sums that are right."""
    for part in report.rounds:
        for entry in part.competencies:
            level = entry.score.level
            if level is not None and not entry.scale.min <= level <= entry.scale.max:
                yield "levels within their scale", f"{entry.id}: {level}"
            if level is not None and not entry.answers:
                yield "no level without an answer", entry.id
    if report.board is not None:
        yield from _table(plan, report.board, library)
    if report.written is not None:
        test = report.written
        marks = sum(item.marks or 0 for item in test.items)
        by_topic = sum(topic.marks for topic in test.topics)
        if not test.marks == marks == by_topic <= test.most:
            yield "marks of a test add up", f"{test.marks}, items {marks}, topics {by_topic}"


def _table(plan: Plan, board: BoardReport, library: Library) -> Broken:
    elements = [one for one in library.formats[plan.format].elements if not one.seen_only]
    if [line.id for line in board.lines] != [one.id for one in elements]:
        yield "a line for each element that text shows", ", ".join(x.id for x in board.lines)
    for line in board.lines:
        if line.points is not None and not 0 <= line.points <= line.most:
            yield "points within their element", f"{line.id}: {line.points} of {line.most}"
    points = [line.points for line in board.lines]
    total = total_of(points, [line.most for line in board.lines])
    said = board.combined.points
    if board.combined.raters < LEAST_TO_DROP and total != (
        None if said is None else Fraction(said)
    ):
        yield "element points add up", f"{said} is not {points} scaled to 100"


def total_of(points: Sequence[int | None], most: Sequence[int]) -> Fraction | None:
    """Return points scaled to 100, to two decimals; None while one is missing."""
    if not points or None in points:
        return None
    return _two_decimals(Fraction(sum(p for p in points if p is not None) * 100, sum(most)))


def trimmed_mean(totals: Sequence[Fraction]) -> Fraction:
    """Return the mean without the highest and the lowest, to two decimals."""
    kept = sorted(totals)[1:-1]
    return _two_decimals(sum(kept, Fraction(0)) / len(kept))


def _two_decimals(value: Fraction) -> Fraction:
    # Halves go up, as on a score sheet.
    return Fraction(int(value * 100 + Fraction(1, 2)), 100)
