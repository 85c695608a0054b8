"""How the talk about pay went: what was offered, on what grounds, what was left on the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from interviewer.assessment.evidence import Answered
from interviewer.assessment.words import ReportWords
from interviewer.content.library import Library
from interviewer.interview.bid import POINTS
from interviewer.interview.left import Left, what_was_left
from interviewer.interview.negotiation import Table
from interviewer.interview.plan import Offer, Plan
from interviewer.interview.sealing import sealing
from interviewer.interview.spoken_forms import joined
from interviewer.interview.table_file import table_from
from interviewer.transcript import Transcript, Turn

PayTalk = Mapping[str, object]


def pay_talk(
    plan: Plan,
    by_round: Mapping[str, Sequence[Answered]],
    transcript: Transcript,
    library: Library,
    words: ReportWords,
) -> PayTalk:
    """Return what was said of pay, by name; empty when nothing was.

    `range`, `opening` and `expectation` are texts; `offers` has an entry an offer; `agreed` is the
    figure both settled on; `grounds` the grounds given and missing; `left` what the same steps
    would have come to with all of them. The limit itself is not among them.
    """
    found: dict[str, object] = {}
    offers = [turn for turn in transcript.turns if turn.move and turn.move.extra.get("offer")]
    stated = any(turn.move and turn.move.kind == "offer" for turn in transcript.turns)
    for part in plan.conversations:
        if part.offer is not None and stated:
            found["range"] = f"{part.offer.low} – {part.offer.high} {part.offer.period}"
            found["opening"] = part.offer.opening
        for answer in by_round[part.id]:
            if answer.item.kind == "expectation":
                found["expectation"] = answer.turns[0].content[:400]
        if part.offer is not None and part.offer.pattern and offers:
            found |= _bargaining(part.offer, offers, plan, library, words)
    return MappingProxyType(found)


def _bargaining(
    offer: Offer, offers: Sequence[Turn], plan: Plan, library: Library, words: ReportWords
) -> dict[str, object]:
    table = Table()
    listed = []
    for turn in offers:
        extra = turn.move.extra if turn.move else {}
        table = table_from(extra, table)
        listed.append(_entry(turn, extra.get("offer"), offer))
    found: dict[str, object] = {
        "offers": [entry for entry in listed if entry["figure"]],
        "grounds": {
            "given": [words.grounds[p] for p in POINTS if p in table.points],
            "missing": [words.grounds[p] for p in POINTS if p not in table.points],
        },
    }
    if table.agreed is not None:
        found["agreed"] = f"{offer.money(table.agreed)} {offer.period}"
    pay = sealing(library)(plan).pay
    left = what_was_left(pay, table) if pay is not None else None
    if left is not None:
        found["left"] = _left(left, offer, words, plan.language)
    return found


def _entry(turn: Turn, record: object, offer: Offer) -> dict[str, object]:
    fields = record if isinstance(record, Mapping) else {}
    figure, asked = fields.get("figure"), fields.get("asked")
    return {
        "seq": turn.seq,
        "kind": str(fields.get("kind", "")),
        "figure": offer.money(figure) if isinstance(figure, int | float) else None,
        "asked": offer.money(asked) if isinstance(asked, int | float) else None,
    }


def _left(left: Left, offer: Offer, words: ReportWords, language: str) -> list[str]:
    """Return sentences on what was left; none where nothing was."""
    told = []
    if left.earned is not None:
        told.append(words.pay["earned"].format(figure=offer.money(left.earned)))
    never = offer.said(left.levers)
    if never:
        told.append(words.pay["levers"].format(levers=joined(list(never), language)))
    return told
