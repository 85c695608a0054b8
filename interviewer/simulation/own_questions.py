"""The questions a simulated candidate puts to the examiners."""

from __future__ import annotations

from interviewer.interview import seeds
from interviewer.simulation.asked import Asked
from interviewer.simulation.bargaining import pay_fact
from interviewer.simulation.candidate import Candidate
from interviewer.simulation.draft import Draft, Sentence, replies, worded
from interviewer.simulation.material import Material, fresh
from interviewer.simulation.person import Person

_MOST = {"high": (2, 3), "medium": (1, 2), "low": (0, 1)}
# A question in the middle of a round, once an interview at most.
_BEFORE = 0.05
_SILENT_MANNERS = frozenset({"silent", "terse", "thin_junior"})


def own_question(candidate: Candidate, asked: Asked, person: Person, material: Material) -> Draft:
    """Return the next question, or that there is none."""
    purpose = (candidate.seed, "questions", asked.state.round.id)
    count = seeds.pick(_MOST[candidate.level], *purpose)
    put = sum(truth.kind == "question" for truth in asked.here)
    if asked.place == 0 and candidate.manner == "negotiating_hard" and not asked.here:
        return _question(seeds.pick(material.get("pay.hr_probe"), *purpose))
    told = _pay_told(candidate, asked, person, material)
    if told is not None:
        return told
    options = _options(candidate, asked, material)
    if put >= count or not options or asked.state.silences:
        text = fresh(material.get("asks.any.none"), asked.said, *purpose, "none")
        return Draft("no_question", replies([text], person.slots), must=True)
    lead = "" if put else seeds.pick(material.get("asks.any.lead"), *purpose, "lead")
    draft = _question(seeds.pick(options, *purpose, put))
    return draft.beginning(Sentence("reply", lead)) if lead else draft


def question_before(
    candidate: Candidate, asked: Asked, person: Person, material: Material
) -> Draft | None:
    """Return a question that somebody puts instead of an answer, None as a rule."""
    if candidate.manner in _SILENT_MANNERS or candidate.level == "low" or asked.here:
        return None
    if any(truth.kind == "question_before" for truth in asked.told) or not asked.item.scored:
        return None
    if not seeds.chance(_BEFORE, candidate.seed, "before", asked.item.id):
        return None
    text = seeds.pick(material.get("asks.any.before"), candidate.seed, "before")
    return Draft("question_before", (Sentence("question", text),), must=True)


def _question(text: str) -> Draft:
    return Draft("question", (Sentence("question", text),), must=True)


def _options(candidate: Candidate, asked: Asked, material: Material) -> list[str]:
    height = "weak" if candidate.level == "low" else "good"
    persona = asked.state.round.persona
    names = material.below("asks")
    known = persona if persona in names else "technical"
    return [
        text for text in material.get(f"asks.{known}.{height}") if text not in asked.said
    ]  # fmt: skip


def _pay_told(
    candidate: Candidate, asked: Asked, person: Person, material: Material
) -> Draft | None:
    """Return the hope that is mentioned to the first examiner, None for most."""
    if asked.place or "pay" not in person.repeats or asked.sheet.target is None:
        return None
    if any("pay" in truth.facts for truth in asked.told):
        return None
    slots = {**person.slots, **pay_fact(candidate, asked.sheet, material)}
    text = seeds.pick(material.get("facts.pay.first"), candidate.seed, "pay told")
    return Draft("fact", (worded("fact", text, slots),), facts={"pay": slots["value"]}, must=True)
