"""What a simulated candidate says to pay, from their private sheet; figures never read back."""

from __future__ import annotations

import re

from interviewer.interview import seeds
from interviewer.simulation.asked import Asked
from interviewer.simulation.candidate import Candidate
from interviewer.simulation.conduct import CONDUCTS
from interviewer.simulation.draft import Draft, replies
from interviewer.simulation.material import Material, fresh
from interviewer.simulation.person import Person
from interviewer.simulation.sheet import Sheet
from interviewer.transcript import MoveRecord

# Who negotiates hard asks this much above what they hope for; a changed ask differs by this much.
_HARD = 1.06
_CHANGED = 1.12
_FIGURE = re.compile(r"\d[\d,. ]*")


def pay_words(amount: float, sheet: Sheet, material: Material) -> str:
    """Return a figure as it is said, with its currency."""
    patterns = material.get(f"pay.money.{sheet.currency}")
    pattern = patterns[0] if patterns else "{amount} " + sheet.currency
    shown = f"{amount:,.0f}" if material.language == "en" else f"{amount:.0f}"
    return pattern.replace("{amount}", shown)


def expectation(candidate: Candidate, asked: Asked, person: Person, material: Material) -> Draft:
    """Return what is asked for."""
    sheet, conduct = asked.sheet, CONDUCTS[candidate.manner]
    before = next((t for t in asked.told if "pay" in t.facts), None)
    if sheet.target is None:
        text = seeds.pick(material.get("pay.unknown"), candidate.seed, "pay")
        return Draft("pay", replies([text], person.slots), must=True)
    if before is None and candidate.level == "low" and not conduct.reasons:
        text = seeds.pick(material.get("pay.unknown"), candidate.seed, "pay")
        return Draft("pay", replies([text], person.slots), level=2, must=True)
    amount = first_ask(candidate, sheet)
    changed = before is not None and "pay" in person.changed
    amount = sheet.rounded(amount * _CHANGED) if changed else amount
    with_reason = conduct.reasons and candidate.level != "low"
    options = material.get("pay.reasoned" if with_reason else "pay.ask")
    text = seeds.pick(options, candidate.seed, "pay")
    slots = {**person.slots, **_money(amount, sheet, material)}
    return Draft(
        "pay",
        replies([text], slots),
        level=4 if with_reason else 3,
        facts={"asked": f"{amount:g}"},
        contradicts=before.seq if before is not None and changed else None,
        must=True,
    )


def reply_to_offer(
    candidate: Candidate, asked: Asked, person: Person, material: Material
) -> Draft:
    """Return yes, another figure, or no."""
    sheet, conduct = asked.sheet, CONDUCTS[candidate.manner]
    offered = figure_of(asked.move, asked)
    asks = [float(t.facts["asked"]) for t in asked.told if "asked" in t.facts]
    counters = sum(truth.kind == "counter" for truth in asked.told)
    if asked.move.slot == "agreed" or any(t.kind == "accepted" for t in asked.told):
        return _said("thanks", "asks.any.none", candidate, asked, person, material)
    if sheet.reservation is None or offered is None:
        return _said("accepted", "pay.accept", candidate, asked, person, material)
    last = asks[-1] if asks else sheet.target or offered
    if offered >= last:
        return _accepting(offered, candidate, asked, person, material)
    if counters < conduct.counters and asked.move.slot != "last":
        return _counter(offered, last, counters, candidate, asked, person, material)
    if offered >= sheet.reservation:
        return _accepting(offered, candidate, asked, person, material)
    key = "pay.think" if seeds.chance(0.5, candidate.seed, "think") else "pay.decline"
    return _said("declined", key, candidate, asked, person, material)


def first_ask(candidate: Candidate, sheet: Sheet) -> float:
    """Return the figure somebody begins with."""
    hard = candidate.manner == "negotiating_hard"
    return sheet.rounded((sheet.target or 0.0) * (_HARD if hard else 1.0))


def figure_of(move: MoveRecord, asked: Asked) -> float | None:
    """Return the figure on the table: as recorded with the move, else the plan's opening."""
    kept = move.extra.get("offer")
    if isinstance(kept, dict) and isinstance(kept.get("figure"), int | float):
        return float(kept["figure"])
    offer = asked.state.round.offer
    found = _FIGURE.search(offer.opening) if offer else None
    return float(re.sub(r"[, ]", "", found[0]).rstrip(".")) if found else None


def _counter(
    offered: float, last: float, counters: int, candidate: Candidate, asked: Asked,
    person: Person, material: Material,
) -> Draft:  # fmt: skip
    """Return a lower figure than the last, with a reason where the manner has them."""
    sheet, conduct = asked.sheet, CONDUCTS[candidate.manner]
    left = max(1, conduct.counters - counters)
    step = (last - max(offered, sheet.reservation or offered)) / (left + 1)
    amount = max(sheet.rounded(last - step), sheet.reservation or 0.0, offered + sheet.step)
    key = "pay.counter" if conduct.reasons and candidate.level != "low" else "pay.soft"
    slots = {**person.slots, **_money(amount, sheet, material)}
    options = [o for o in material.get(key) if not _begun(o, asked.said)]
    text = seeds.pick(options or material.get(key), candidate.seed, "counter", counters)
    return Draft(
        "counter", replies([text], slots), level=4 if key == "pay.counter" else 2,
        facts={"asked": f"{amount:g}"}, must=True,
    )  # fmt: skip


def _begun(option: str, said: str) -> bool:
    """Whether a wording with a figure in it was used before, by its longest plain part."""
    return max(option.split("{value}"), key=len) in said


def _accepting(
    offered: float, candidate: Candidate, asked: Asked, person: Person, material: Material
) -> Draft:
    draft = _said("accepted", "pay.accept", candidate, asked, person, material)
    return Draft("accepted", draft.sentences, facts={"accepted": f"{offered:g}"}, must=True)


def _said(
    kind: str, key: str, candidate: Candidate, asked: Asked, person: Person, material: Material
) -> Draft:
    text = fresh(material.get(key), asked.said, candidate.seed, key)
    return Draft(kind, replies([text], person.slots), must=True)


def _money(amount: float, sheet: Sheet, material: Material) -> dict[str, str]:
    periods = material.get(f"pay.periods.{sheet.period}")
    return {
        "value": pay_words(amount, sheet, material),
        "period": periods[0] if periods else sheet.period,
    }


def pay_fact(candidate: Candidate, sheet: Sheet, material: Material) -> dict[str, str]:
    """Return the words for the pay somebody mentions to an examiner who does not discuss it."""
    return _money(first_ask(candidate, sheet), sheet, material)
