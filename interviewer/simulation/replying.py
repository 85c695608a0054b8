"""Answers that are no stories: of oneself, of motives, of what one would do, of conditions."""

from __future__ import annotations

from collections.abc import Mapping

from interviewer.interview import seeds
from interviewer.simulation.asked import Asked
from interviewer.simulation.candidate import Candidate, Level
from interviewer.simulation.draft import Draft, replies, worded
from interviewer.simulation.material import Material, fresh
from interviewer.simulation.person import Person
from interviewer.simulation.raising import raised
from interviewer.simulation.telling import ENOUGH

# The answer itself with its reason is the middling one; what lifts it above comes on top.
_SENTENCES = {"high": 3, "medium": 2, "low": 0}
_RAISED = {"high": 3, "medium": 0, "low": 0}
_LEVELS = {"high": 5, "medium": 3, "low": 2}
# Of a question nobody foresaw: what is true of anybody, and what is told of oneself.
_WEAK = {"high": 1, "medium": 2, "low": 3}
_CASES: Mapping[Level, tuple[str, ...]] = {
    "high": ("own_action", "specific", "result"),
    "medium": ("own_action",),
    "low": (),
}
_OPENER = ("who", "work", "result", "draw")


def opener(candidate: Candidate, asked: Asked, person: Person, material: Material) -> Draft:
    """Return what somebody says of themselves at the beginning."""
    purpose = (candidate.seed, "opener")
    if candidate.manner == "thin_junior":
        return Draft("opener", replies(material.get("opener.junior"), person.slots), level=2)
    who = seeds.pick(material.get("opener.who"), *purpose, "who")
    if candidate.level == "low":
        weak = seeds.shuffled(material.get("opener.weak"), *purpose)[:3]
        return Draft("opener", replies([who, *weak], person.slots), level=2)
    parts = _OPENER if candidate.level == "high" else ("who", "work", "draw")
    texts = [seeds.pick(material.get(f"opener.{part}"), *purpose, part) for part in parts]
    return Draft("opener", replies(texts, person.slots), level=_LEVELS[candidate.level])


def reply(candidate: Candidate, asked: Asked, person: Person, material: Material) -> Draft:
    """Return the answer to a question on motives, views, or what one would do."""
    good = _good(asked, material)
    kind = asked.item.type or "situational"
    if candidate.level == "low" or not good:
        return _weak(candidate, asked, person, material, kind)
    texts = [
        *good[: _SENTENCES[candidate.level]],
        *raised(candidate, asked, person, material, _RAISED[candidate.level]),
    ]
    return Draft("reply", replies(texts, person.slots), level=_LEVELS[candidate.level])


def _good(asked: Asked, material: Material) -> tuple[str, ...]:
    """Return what a sound answer holds: to the question itself, else to one of its kind."""
    question = asked.question_id
    own = material.get(f"good.{question}")
    return own or material.get(f"good.{question.rpartition('.')[0]}")


def addition(candidate: Candidate, asked: Asked, person: Person, material: Material) -> Draft:
    """Return what is added when something is asked for that no story holds."""
    kind = asked.item.type or "situational"
    purpose = (candidate.seed, "more", asked.seq)
    level = max((truth.level for truth in asked.here), default=0)
    if candidate.level == "low" and seeds.chance(0.5, *purpose):
        text = fresh(material.get("emptied.end"), asked.said, *purpose)
        return Draft("reply", replies([text], person.slots), level=level)
    slot = asked.probe
    texts: list[str] = []
    unsaid = [
        text
        for text in material.get(f"good.{asked.question_id}")
        if worded("reply", text, person.slots).text not in asked.said
    ]
    for name in dict.fromkeys((slot, "more", "specific")):
        options = [
            text
            for text in material.get(f"more.{kind}.{name}")
            if worded("reply", text, person.slots).text not in asked.said
        ]
        if options:
            texts.append(seeds.pick(options, *purpose, name))
    if candidate.level == "high" or not texts:
        texts = [*texts[:1], *unsaid[:2], *texts[1:]]
    texts = texts or [fresh(material.get("emptied.end"), asked.said, *purpose)]
    return _cut(Draft("reply", replies(texts, person.slots), level=level), candidate, material)


def conditions(candidate: Candidate, asked: Asked, person: Person, material: Material) -> Draft:
    """Return what somebody says to start date, travel and place of work."""
    text = fresh(material.get("conditions.say"), asked.said, candidate.seed, "conditions")
    return Draft("conditions", replies([text], person.slots))


def after_break(candidate: Candidate, asked: Asked, person: Person, material: Material) -> Draft:
    """Return what somebody says of a time without a post: what came after it."""
    text = fresh(material.get("conditions.break"), asked.said, candidate.seed, "break")
    return Draft("reply", replies([text], person.slots))


def _weak(
    candidate: Candidate, asked: Asked, person: Person, material: Material, kind: str
) -> Draft:
    """Return something true of anybody; for a question nobody foresaw, with a little more."""
    purpose = (candidate.seed, asked.item.id, "weak")
    weak = material.get(f"weak.{kind}") or material.get("weak.situational")
    unsaid = [text for text in weak if text not in asked.said] or list(weak)
    texts = seeds.shuffled(unsaid, *purpose)[: _WEAK[candidate.level]]
    texts += [
        fresh(material.get(f"more.{kind}.{name}"), asked.said, *purpose, name)
        for name in _CASES[candidate.level]
    ]
    texts += raised(candidate, asked, person, material, _RAISED[candidate.level])
    level = {"high": 4, "medium": 3, "low": 2}[candidate.level]
    return Draft("reply", replies(texts, person.slots), level=level)


def _cut(draft: Draft, candidate: Candidate, material: Material) -> Draft:
    """Return the draft without the sentences that are more than enough."""
    kept = Draft(draft.kind, draft.sentences[:1], level=draft.level)
    for sentence in draft.sentences[1:]:
        if kept.words(material.language) >= ENOUGH[material.language]:
            break
        kept = kept.adding(sentence)
    return kept
