"""Answers on the work itself: ladders, pieces of work to think through, one thing explained twice.

Where the wanted points are known (the post has ladders of its own), somebody who knows the work
says most of them, in words that a listener would take for them; elsewhere they speak in general.
"""

from __future__ import annotations

from collections.abc import Sequence

from interviewer.content.phrasebook import SLOT
from interviewer.interview import seeds
from interviewer.interview.sealed import Points
from interviewer.reading.cues import cues_for
from interviewer.simulation.asked import Asked
from interviewer.simulation.candidate import Candidate
from interviewer.simulation.draft import Draft, Sentence, replies, worded
from interviewer.simulation.material import Material, fresh
from interviewer.simulation.person import Person
from interviewer.simulation.raising import raised

_SHARE = {"high": 0.9, "medium": 0.5, "low": 0.0}
_LEVELS = {"high": 5, "medium": 3, "low": 1}
# Limits, a comparison, a test, what is not known: what the highest anchor asks of knowledge.
_RAISED = 2
_TWICE = ("lay", "expert")
_RUNGS = ("define", "apply", "trade_off", "failure")


def knowledge(candidate: Candidate, asked: Asked, person: Person, material: Material) -> Draft:
    """Return the answer to a question on the work."""
    points = known_points(asked) if material.language == asked.plan.language else ()
    level = _level_here(candidate, asked)
    if level == "low":
        return _nothing_much(candidate, asked, person, material)
    general = _in_general(level, candidate, asked, person, material)
    if not points:
        return general
    around = () if asked.rung in _TWICE else general.sentences
    named = _with_points(points, level, candidate, asked, person, material)
    # What holds for any work frames what is known of this one: an answer is no list of terms.
    return Draft("knowledge", (*around[:1], *named, *around[2:3]), level=general.level)


def known_points(asked: Asked) -> Points:
    """Return what a good answer to the open question holds, as far as it is known."""
    key = f"{asked.item.id}:{asked.rung}" if asked.rung in _RUNGS else asked.item.id
    return asked.points.get(key, ())


def _level_here(candidate: Candidate, asked: Asked) -> str:
    """Return the level of this answer: on the upper rungs even the medium get thin."""
    high_up = asked.rung in ("trade_off", "failure")
    if candidate.level == "medium" and high_up:
        thin = seeds.chance(0.4, candidate.seed, "height", asked.item.id, asked.rung)
        return "low" if thin else "medium"
    if candidate.manner == "thin_junior" and high_up:
        return "low"
    return candidate.level


def _with_points(
    points: Points, level: str, candidate: Candidate, asked: Asked,
    person: Person, material: Material,
) -> tuple[Sentence, ...]:  # fmt: skip
    """Return sentences that name a share of the points, in the order of the file."""
    purpose = (candidate.seed, "points", asked.item.id, asked.rung, len(asked.here))
    count = max(2, round(_SHARE[level] * len(points)))
    order = seeds.shuffled(range(len(points)), *purpose)[:count]
    phrases = [_phrase(points[place], *purpose, place) for place in sorted(order)]
    both = dict(zip(("a", "b"), phrases, strict=False))
    frames = [("first", both)] if len(both) == 2 else []
    rest = phrases[2:] if frames else phrases
    frames += [("next", {"a": phrase}) for phrase in rest[:-1]]
    frames += [("last" if level == "high" else "next", {"a": phrase}) for phrase in rest[-1:]]
    sentences: list[Sentence] = []
    for number, (place, slots) in enumerate(frames):
        said = asked.said + "".join(sentence.text for sentence in sentences)
        text = _unheard(material.get(f"ladder.points.{place}"), said, *purpose, number)
        sentences.append(worded("reply", text, {**person.slots, **slots}))
    return tuple(sentences)


def _unheard(options: Sequence[str], said: str, seed: int, *purpose: object) -> str:
    """Return a frame that was said least often, told by the longest part without a slot."""

    def times(option: str) -> tuple[int, int]:
        plain = max(SLOT.split(option)[::2], key=len)
        return said.count(plain), seeds.number(seed, *purpose, option)

    return min(options, key=times)


def _phrase(point: Sequence[str], seed: int, *purpose: object) -> str:
    """Return words that show a point; several words in a row are no stem that was cut off."""
    hanging = cues_for("en").listed["stop"]
    whole = [words for words in point if " " in words and words.split()[-1] not in hanging]
    return seeds.pick(whole or list(point), seed, *purpose)


def _in_general(
    level: str, candidate: Candidate, asked: Asked, person: Person, material: Material
) -> Draft:
    height = "good" if level == "high" else "fair"
    if asked.rung in _TWICE:
        texts = material.get(f"explained.{asked.rung}")
        texts = texts if level == "high" else texts[:2]
    elif not asked.rung and asked.item.type != "knowledge":
        texts = material.get(f"samples.{height}")
    else:
        texts = _set(height, candidate, asked, person, material)
    draft = Draft("knowledge", replies(list(texts), person.slots), level=_LEVELS[level])
    if level == "medium":
        return _with_case(draft, asked, person, material)
    lifts = raised(candidate, asked, person, material, _RAISED)
    return draft.adding(*replies(lifts, person.slots))


def _with_case(draft: Draft, asked: Asked, person: Person, material: Material) -> Draft:
    """Return a fair answer with one thing of one's own work that was not said yet."""
    for name in ("specific", "own_action", "more"):
        cases = replies(list(material.get(f"more.knowledge.{name}")), person.slots)
        unsaid = [case for case in cases if case.text not in asked.said]
        if unsaid:
            return draft.adding(unsaid[0])
    return draft


def _set(
    height: str, candidate: Candidate, asked: Asked, person: Person, material: Material
) -> tuple[str, ...]:
    """Return one of the answers for a rung that was not given yet; less when all have been."""
    steps = material.get(f"steps.{asked.question_id}")
    rung = asked.rung or (steps[0] if steps else "apply")
    purpose = (candidate.seed, asked.item.id, rung)
    for stock in dict.fromkeys((height, "good", "fair")):
        place = f"ladder.{stock}.{rung}"
        sets = [material.get(f"{place}.{name}") for name in material.below(place)]
        unsaid = [
            texts for texts in sets if worded("", texts[0], person.slots).text not in asked.said
        ]
        if unsaid:
            texts = seeds.pick(unsaid, *purpose)
            return texts if stock == height or height == "good" else texts[:2]
    more = fresh(material.get("more.knowledge.more"), asked.said, *purpose)
    return (fresh(material.get("emptied.same"), asked.said, *purpose), more)


def _nothing_much(candidate: Candidate, asked: Asked, person: Person, material: Material) -> Draft:
    purpose = (candidate.seed, "unknown", asked.seq)
    if seeds.chance(0.35, *purpose):
        text = fresh(material.get("emptied.unsure"), asked.said, *purpose)
        return Draft("unknown", replies([text], person.slots), level=1)
    kind = asked.item.type or "knowledge"
    weak = material.get(f"weak.{kind}") or material.get("weak.knowledge")
    texts = seeds.shuffled(weak, *purpose)[:3]
    return Draft("knowledge", replies(texts, person.slots), level=_LEVELS["low"])
